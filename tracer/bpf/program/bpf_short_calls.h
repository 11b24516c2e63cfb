/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_short_calls: the records of the commonest calls, in one go: those with numbers alone, and
 * those with one string or buffer. Included once, by systape.bpf.c.
 */
#ifndef SYSTAPE_BPF_SHORT_CALLS_H
#define SYSTAPE_BPF_SHORT_CALLS_H

/* The common call: numbers only, its beginning nowhere else. Stores are 8 bytes wide: they are what
 * it costs. */
static __always_inline void write_plain(struct bpf_ring *r, const struct pt_regs *regs, long ret,
					uint64_t ids, uint32_t row)
{
	uint32_t arch = r->arch & 3, args = row >> PLAN_ARGS_SHIFT & 7,
		 length = sizeof(struct trace_call) + args * 8;
	uint64_t now = bpf_ktime_get_ns(), start;
	struct trace_call *c;
	uint64_t *words;

	if (!ring_begin(r, sizeof(*c) + 6 * sizeof(uint64_t), now, &start)) {
		lose(LOSE_CALL, now);
		return;
	}
	c = ring_at(r, start);
	words = (uint64_t *)c;
	words[0] = length | (uint64_t)TRACE_CALL << 32;
	words[1] = now;
	words[2] = ids;
	words[3] = r->nr | (uint64_t)arch << 32 | (uint64_t)args << 40;
	words[4] = r->enter;
	words[5] = ret;
	if (args)
		read_args(regs, arch, c->arg);
	ring_publish(r, start, length);
}

/* The length rule of a PLAN_SIMPLE call, as `length_of` has it. */
static __always_inline uint64_t simple_length(const struct trace_call *c, const struct plan_op *op,
					      long ret)
{
	uint64_t units;

	if (op->kind == PLAN_FIXED)
		return op->size;
	if (op->kind == PLAN_BY_RESULT)
		units = ret > 0 ? ret : 0;
	else
		units = op->narrow ? (uint32_t)c->arg[op->length_arg & 7]
				   : c->arg[op->length_arg & 7];
	if (units > 1u << 30)
		units = 1u << 30;
	if (op->divide > 1)
		units = (units + op->divide - 1) / op->divide;
	return units * op->size + op->add;
}

/* The only piece of a PLAN_SIMPLE call, whose arguments stand in the record: the bytes that it
 * takes there, 0 if there is none; negative: not all of it can be read so. */
static __always_inline long simple_piece(struct trace_call *c, struct trace_piece *piece,
					 const struct plan_op *op, long ret)
{
	uint32_t limit = op->limit & PLAN_SIMPLE_MOST, flags = 0;
	uint64_t address = c->arg[op->arg & 7], total = 0;
	long n;

	if (!address)
		return 0;
	if (op->kind == PLAN_STRING) {
		n = copy_string((char *)(piece + 1), limit, address, &flags);
	} else {
		total = simple_length(c, op, ret);
		if (!total)
			return 0;
		if (total < limit)
			limit = total;
		if (total > limit)
			flags = TRACE_P_TRUNCATED;
		n = bpf_probe_read_user(piece + 1, limit & PLAN_SIMPLE_MOST, (void *)address);
		n = n < 0 ? n : limit;
	}
	if (n < 0)
		return n;
	if (op->when & (PLAN_AT_EXIT | PLAN_AT_EXIT_ALWAYS))
		flags |= TRACE_P_EXIT;
	if (total > ~0u)
		total = ~0u;
	((uint64_t *)piece)[0] = (uint32_t)n | total << 32;
	((uint64_t *)piece)[1] = (uint64_t)op->arg << 32 | (uint64_t)flags << 48;
	return sizeof(*piece) + ((n + 7) & ~7l);
}

/* Almost as common: one string or buffer, all of it there to be read. False: nothing is written,
 * the way of all others is the right one. A function of its own: the stack of the longest chain of
 * calls has no room for it. */
static __noinline bool write_simple(struct bpf_ring *r, const struct pt_regs *regs, long ret,
				    uint64_t ids, uint32_t row)
{
	uint32_t args = row >> PLAN_ARGS_SHIFT & 7, length = sizeof(struct trace_call) + args * 8;
	struct plan_call *plan = r ? plan_of(TRACE_X86_64, r->nr) : NULL;
	uint32_t when = PLAN_AT_EXIT_ALWAYS | PLAN_LATE;
	uint64_t now, start;
	struct trace_call *c;
	uint64_t *words;
	long n = 0;

	if (!r || !plan)
		return false;
	now = bpf_ktime_get_ns();
	if (!ring_begin(r, plan->room, now, &start))
		return false;
	c = ring_at(r, start);
	read_args(regs, TRACE_X86_64, c->arg);
	if (ret < -4095 || ret >= 0)
		when |= PLAN_AT_EXIT;
	if (plan->op[0].when & when)
		n = simple_piece(c, (void *)c + length, &plan->op[0], ret);
	if (n < 0)
		return false;
	length += n;
	words = (uint64_t *)c;
	words[0] = length | (uint64_t)TRACE_CALL << 32;
	words[1] = now;
	words[2] = ids;
	words[3] =
		r->nr | (uint64_t)(r->arch & 3) << 32 | (uint64_t)args << 40 | (n ? 1ull << 48 : 0);
	words[4] = r->enter;
	words[5] = ret;
	ring_publish(r, start, length);
	return true;
}

#endif
