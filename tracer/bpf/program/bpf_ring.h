/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_ring: room in this CPU's ring, and the count of what found none. A record begins below the
 * end of the ring and may run into the slack behind it, so it is always in one piece.
 */
#ifndef SYSTAPE_BPF_RING_H
#define SYSTAPE_BPF_RING_H

#define barrier() asm volatile("" ::: "memory")

enum lose { LOSE_CALL, LOSE_ENTER, LOSE_EVENT };

static __always_inline struct bpf_ring *this_ring(void)
{
	uint32_t cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&rings, &cpu);
}

static __always_inline void *ring_at(struct bpf_ring *r, uint64_t start)
{
	return (char *)r + PLAN_RING_HEADER + (start & setting(ring_mask));
}

/* The recorder takes no record that may still be written: see `calls` where it drains. */
static __always_inline void set_busy(struct bpf_ring *r, uint32_t calls)
{
	*(volatile uint64_t *)&r->calls = (r->calls + calls) | RING_BUSY;
	barrier();
}

static __always_inline void clear_busy(struct bpf_ring *r)
{
	barrier();
	*(volatile uint64_t *)&r->calls = r->calls & ~(uint64_t)RING_BUSY;
}

/* Global, as the next one, so that the verifier goes through what is rare once, and not for each
 * way that leads there. */
__attribute__((noinline)) int lose(uint32_t what, uint64_t now)
{
	struct bpf_ring *r = this_ring();

	if (!r)
		return 0;
	if (!r->pending_first)
		r->pending_first = now;
	r->pending_last = now;
	r->limit = 0; /* it goes before the next record */
	if (what == LOSE_CALL) {
		r->pending_calls++;
		r->lost_calls++;
	} else if (what == LOSE_ENTER) {
		r->pending_enters++;
		r->lost_enters++;
	} else {
		r->pending_events++;
		r->lost_events++;
	}
	return 0;
}

/* The loss that came before stands before the record that follows it. */
static __always_inline void write_lost(struct bpf_ring *r, uint64_t now)
{
	struct trace_lost *l = ring_at(r, r->head);

	__builtin_memset(l, 0, sizeof(*l));
	l->record.length = sizeof(*l);
	l->record.type = TRACE_LOST;
	l->record.time = now;
	l->calls = r->pending_calls;
	l->enters = r->pending_enters;
	l->events = r->pending_events;
	l->first = r->pending_first;
	l->last = r->pending_last;
	l->reason = TRACE_LOST_RING;
	r->pending_calls = r->pending_enters = r->pending_events = r->pending_first =
		r->pending_last = 0;
	barrier();
	*(volatile uint64_t *)&r->head += sizeof(*l);
}

#define LOOK_AGAIN 8192 /* bytes on, while the recorder has been woken */

/* What is not to be done for each record: looks how far the recorder is, wakes it, tells of loss.
 * 0: no room. */
__attribute__((noinline)) int ring_look(uint64_t need, uint64_t now)
{
	uint64_t size = setting(ring_mask) + 1, tail, wake = setting(wake), head;
	struct bpf_ring *r = this_ring();

	if (!r)
		return 0;
	tail = *(volatile uint64_t *)&r->tail;
	if (r->head - tail + need > size)
		return 0;
	if (r->pending_first)
		write_lost(r, now);
	head = r->head;
	if (head - tail > wake && !r->rung) {
		r->rung = 1;
		bpf_ringbuf_output(&bell, &head, sizeof(head), BPF_RB_FORCE_WAKEUP);
	}
	wake += tail;
	if (head + need > wake)
		wake = head + need + LOOK_AGAIN;
	r->limit = wake < tail + size ? wake : tail + size;
	return 1;
}

/* `room`: the most that the record can take. */
static __always_inline bool ring_begin(struct bpf_ring *r, uint32_t room, uint64_t now,
				       uint64_t *start)
{
	uint64_t need = (uint64_t)room + sizeof(struct trace_lost);

	if (unlikely(r->head + need > r->limit) && !ring_look(need, now))
		return false;
	*start = r->head;
	return true;
}

/* The record is whole: the recorder may have it. */
static __always_inline void ring_publish(struct bpf_ring *r, uint64_t start, uint32_t length)
{
	barrier();
	*(volatile uint64_t *)&r->head = start + length;
}

static __always_inline void ring_end(struct bpf_ring *r, void *record, uint64_t start,
				     uint32_t length)
{
	((struct trace_record *)record)->length = length;
	ring_publish(r, start, length);
}

#endif
