/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_arrays: arrays of pointers to more memory: argv and envp, struct iovec, struct msghdr, struct mmsghdr. The array itself is
 * one piece of the argument, what it points to are nested pieces with their own addresses.
 */
#ifndef SYSTAPE_BPF_ARRAYS_H
#define SYSTAPE_BPF_ARRAYS_H

struct array_walk {
	struct walk *w;
	struct want *p;
	uint64_t address, rest;
	uint32_t width, count, limit;
};

static __always_inline uint32_t word_size(struct walk *w)
{
	return w->arch == TRACE_I386 || w->arch == TRACE_X32 ? 4 : 8;
}

static long count_pointer(uint32_t i, struct array_walk *a)
{
	if (!read_word(a->w, a->address + (uint64_t)i * a->width, 0))
		return 1;
	a->count = i + 1;
	return 0;
}

static long append_string(uint32_t i, struct array_walk *a)
{
	struct want p = { .arg = a->p->arg, .string = 1, .nested = 1, .exit = a->p->exit, .limit = a->limit };

	p.address = read_word(a->w, a->address + (uint64_t)i * a->width, 0);
	if (!p.address)
		return 1;
	append(a->w, &p);
	return 0;
}

static __noinline int append_strings(struct walk *w, struct want *p, struct plan_op *op)
{
	struct array_walk a = { .w = w, .p = p, .address = p->address, .width = word_size(w), .limit = op->limit };
	uint32_t most = op->count;

	/* The pointers, with the NULL if it is there: how many there are is asked of envp beyond those followed. */
	bpf_loop(PLAN_PIECE_MAX / 8, count_pointer, &a, 0);
	p->total = ((uint64_t)a.count + 1) * a.width;
	p->limit = PLAN_PIECE_MAX & ~7u;
	append(w, p);
	if (most > a.count)
		most = a.count;
	bpf_loop(most, append_string, &a, 0);
	return 0;
}

static long append_vector(uint32_t i, struct array_walk *a)
{
	struct want p = { .arg = a->p->arg, .nested = 1, .exit = a->p->exit, .limit = a->limit };
	uint64_t element = a->address + (uint64_t)i * 2 * a->width;

	p.address = read_word(a->w, element, 0);
	p.total = read_word(a->w, element, 8);
	if (p.total > a->rest)
		p.total = a->rest;
	if (p.address && p.total)
		append(a->w, &p);
	a->rest -= p.total;
	return a->rest ? 0 : 1;
}

/* What readv and recvmsg have filled is as long as the result says. */
static __always_inline uint64_t bytes_moved(struct walk *w, struct want *p)
{
	if (!p->exit)
		return ~0ull;
	return w->result > 0 ? w->result : 0;
}

static __noinline int append_vectors(struct walk *w, struct want *p, struct array_walk *a)
{
	uint32_t most = a->count > ARRAY_MOST ? ARRAY_MOST : a->count;

	a->w = w;
	a->p = p;
	a->width = word_size(w);
	bpf_loop(most, append_vector, a, 0);
	return 0;
}

static __always_inline void append_iovec(struct walk *w, struct want *p, struct plan_op *op, uint64_t address, uint64_t count)
{
	struct array_walk a = {
		.address = address, .count = count > 1024 ? 1024 : count, .limit = op->limit, .rest = bytes_moved(w, p),
	};

	p->address = address;
	p->total = (uint64_t)a.count * 2 * word_size(w);
	p->limit = PLAN_PIECE_MAX & ~7u;
	append(w, p);
	append_vectors(w, p, &a);
}

/* struct msghdr: name, namelen, iov, iovlen, control, controllen, flags; each a word wide but for padding. */
static __noinline int append_message(struct walk *w, struct want *p, uint64_t address, uint32_t limit, uint64_t moved)
{
	struct array_walk a = { .limit = limit, .rest = moved };
	struct want part = { .arg = p->arg, .nested = 1, .exit = p->exit };

	part.address = read_word(w, address, 0);
	part.total = (uint32_t)read_word(w, address, 8);
	part.limit = 128;
	if (part.address && part.total)
		append(w, &part);
	a.address = read_word(w, address, 16);
	a.count = read_word(w, address, 24);
	part.address = a.address;
	part.total = (uint64_t)a.count * 2 * word_size(w);
	part.limit = ARRAY_MOST * 16;
	if (part.address && part.total)
		append(w, &part);
	part.address = read_word(w, address, 32);
	part.total = read_word(w, address, 40);
	part.limit = 4096;
	if (part.address && part.total)
		append(w, &part);
	append_vectors(w, p, &a);
	return 0;
}

static __always_inline void append_msghdr(struct walk *w, struct want *p, struct plan_op *op, uint64_t address)
{
	p->total = 7 * word_size(w);
	p->limit = 64;
	append(w, p);
	append_message(w, p, address, op->limit, bytes_moved(w, p));
}

static long append_one_message(uint32_t i, struct array_walk *a)
{
	uint64_t each = a->address + (uint64_t)i * 8 * a->width, moved = ~0ull;

	if (a->p->exit) /* msg_len, behind the header */
		moved = (uint32_t)read_word(a->w, each, 56);
	append_message(a->w, a->p, each, a->limit, moved);
	return 0;
}

static __noinline int append_mmsghdr(struct walk *w, struct want *p, struct plan_op *op)
{
	struct array_walk a = { .w = w, .p = p, .address = p->address, .width = word_size(w), .limit = op->limit };
	uint64_t count = arg_of(w, op->length_arg);

	if (p->exit && w->result >= 0 && w->result < count)
		count = w->result;
	p->total = (count > 1024 ? 1024 : count) * 8 * a.width;
	p->limit = PLAN_PIECE_MAX & ~7u;
	append(w, p);
	bpf_loop(count > ARRAY_MOST ? ARRAY_MOST : count, append_one_message, &a, 0);
	return 0;
}

#endif
