// SPDX-License-Identifier: GPL-2.0-or-later
/* The bpf backend: loads systape.bpf.c, drains its per-CPU rings. */
#include "format/tape/record.h"
#include "tracer/backend/backend.h"
#include "tracer/bpf/bpf_attach.h"
#include "tracer/bpf/bpf_cgroups.h"
#include "tracer/bpf/bpf_object.h"
#include "tracer/bpf/bpf_plan_load.h"
#include "tracer/bpf/bpf_rings.h"
#include "tracer/system/clock.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	MARGIN = 50000, /* ns: a record whose time is older has been marked as being written by now
			 */
	RING_MOST = 256 << 20, /* bytes: the verifier lets no program reach further into a map
				  (BPF_MAX_VAR_OFF) */
	/* Bytes that are delivered at once, and make a block: their room is the ring's again. */
	PIECE_LEAST = 512 << 10,
	PIECE_MOST = 1 << 20,
	LINE = 64,
	AHEAD = 1024, /* bytes: what another CPU has written takes as long as some records here */
};

/* All that was there at one moment, for which more than one drain may be needed. */
struct round {
	uint64_t limit; /* ns: of records before it; 0: none is under way */
	int cpu;	/* where it goes on */
	int last_cpu;	/* that has any: what stands behind it is sealed */
};

struct capture {
	const struct backend_settings *settings;
	struct bpf_object *object;
	struct bpf_programs programs;
	int links[BPF_PROGRAMS]; /* descriptors: while they are open, the programs run */
	int link_count;
	int cgroup_links[BPF_CGROUP_PROGRAMS]; /* descriptors, or -1 */
	int targets;			       /* map's descriptor */
	uint32_t counted;		       /* a thread that was one of them; 0: none */
	struct bpf_names *names;	       /* in the program's memory */
	struct bpf_rings rings;
	size_t data_size; /* of each */
	int cpus;
	struct ring_buffer *bell;
	uint64_t sealed;
	struct round round;
	struct trace_lost missed; /* what the kernel has left the programs out of, in all */
	uint64_t missed_at;	  /* when that was last looked at */
};

static struct bpf_ring *ring(struct capture *c, int cpu)
{
	return (void *)(c->rings.at + cpu * c->rings.stride);
}

static void bpf_close(struct capture *c)
{
	if (!c)
		return;
	for (int i = 0; i < c->link_count; i++)
		close(c->links[i]);
	for (int i = 0; i < BPF_CGROUP_PROGRAMS; i++)
		if (c->cgroup_links[i] >= 0)
			close(c->cgroup_links[i]);
	bpf_programs_close(&c->programs);
	bpf_rings_close(&c->rings);
	ring_buffer__free(c->bell);
	bpf_object__close(c->object);
	free(c);
}

static int no_sound(void *context, void *data, size_t size)
{
	(void)context, (void)data, (void)size;
	return 0;
}

static int map_rest(struct capture *c)
{
	int bell = bpf_object__find_map_fd_by_name(c->object, "bell");
	struct bpf_map *data = bpf_object__find_map_by_name(c->object, ".data");

	c->bell = ring_buffer__new(bell, no_sound, NULL, NULL);
	c->targets = bpf_object__find_map_fd_by_name(c->object, "targets");
	c->names = bpf_object_variables(data);
	return c->bell && c->names ? 0 : -ENOMEM;
}

static void begin_rings(struct capture *c)
{
	bpf_rings_begin(&c->rings, PLAN_RING_HEADER + c->data_size + PLAN_SLACK, c->cpus);
}

/* Rings are halved until the kernel has the memory; the smallest still holds two of the largest
 * records. */
static int load(struct capture *c, struct tape_error *why)
{
	const struct backend_settings *settings = c->settings;
	struct bpf_object_wishes wishes = { .settings = settings, .rings = &c->rings };
	int error;

	for (;;) {
		wishes.data = c->data_size;
		error = bpf_object_load(&wishes, &c->object, &c->programs, why);
		if (error != -ENOMEM || c->data_size / 2 < 4 * (uint64_t)settings->plan->room)
			return error;
		bpf_rings_close(&c->rings);
		c->data_size /= 2;
		backend_debug(settings, "no memory for rings of %zu bytes, trying %zu",
			      c->data_size * 2, c->data_size);
		begin_rings(c);
	}
}

/* The kernel is asked for the rings before anything else: that takes it longest. */
static struct capture *bpf_begin(const struct backend_settings *settings)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c)
		return NULL;
	c->cpus = libbpf_num_possible_cpus();
	c->data_size = settings->buffer < RING_MOST ? settings->buffer : RING_MOST;
	memset(c->cgroup_links, -1, sizeof(c->cgroup_links));
	begin_rings(c);
	return c;
}

static struct capture *bpf_open(const struct backend_settings *settings, struct tape_error *why)
{
	struct capture *c = settings->begun ? settings->begun : bpf_begin(settings);
	int error = -ENOMEM;

	if (!c)
		goto fail;
	c->settings = settings;
	error = load(c, why);
	if (error)
		goto fail_said;
	*why->text = '\0';
	error = map_rest(c);
	if (!error)
		error = bpf_plan_load(c->object, &c->rings, settings->plan);
	if (!error && bpf_cgroups_load(c->object, &c->programs, settings, c->cgroup_links, why))
		goto fail_said;
	if (!error)
		return c;
fail:
	snprintf(why->text, sizeof(why->text), "cannot set up the bpf backend: %s",
		 strerror(-error));
fail_said:
	bpf_close(c);
	return NULL;
}

static int bpf_target(struct capture *c, pid_t tid, enum backend_target how)
{
	static const struct bpf_target states[] = {
		[BACKEND_LEAVE_OUT] = { .state = TARGET_OUT, .threads = 1 },
		[BACKEND_AT_EXEC] = { .state = TARGET_ARMED },
		[BACKEND_THREAD] = { .state = TARGET_ON },
		[BACKEND_PROCESS] = { .state = TARGET_ON, .threads = 1 },
		[BACKEND_LATE] = { .state = TARGET_ON, .threads = 1 },
	};
	uint32_t key = tid;

	if (how == BACKEND_GONE)
		bpf_map_delete_elem(c->targets, &key);
	else if (bpf_map_update_elem(c->targets, &key, &states[how],
				     how == BACKEND_LATE ? BPF_NOEXIST : BPF_ANY))
		return how == BACKEND_LATE && errno == EEXIST ? 1 : -errno;
	for (int cpu = 0; cpu < c->cpus; cpu++)
		__atomic_add_fetch(&ring(c, cpu)->changes, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static int attach(struct capture *c, int program, struct tape_error *why)
{
	int link = bpf_attach(&c->programs.at[program], why);

	if (link < 0)
		return link;
	c->links[c->link_count++] = link;
	return 0;
}

/* thread_switch comes first, call_enter (the object's first) second: the end of a call believes it
 * that no other thread has been on the CPU since the beginning. */
static int bpf_start(struct capture *c, struct tape_error *why)
{
	int error = 0;

	c->missed_at = clock_ns();
	for (int others = 0; others < 2; others++)
		for (int i = 0; i < c->programs.count && !error; i++)
			if (others == !!strcmp(c->programs.at[i].name, "thread_switch") &&
			    !bpf_cgroups_owns(&c->programs.at[i]))
				error = attach(c, i, why);
	return error;
}

/* Those two last, thread_switch before call_enter: it tells which call a thread is within, and
 * without the beginnings that would be an earlier one. */
static void bpf_stop(struct capture *c)
{
	while (c->link_count > 2)
		close(c->links[--c->link_count]);
	for (int i = 0; i < c->link_count; i++)
		close(c->links[i]);
	c->link_count = 0;
}

static void bpf_retell(struct capture *c)
{
	__atomic_add_fetch(&c->names->epoch, 1, __ATOMIC_SEQ_CST);
}

static bool is_target(const struct capture *c, uint32_t tid)
{
	struct bpf_target target;

	return !bpf_map_lookup_elem(c->targets, &tid, &target) && target.state != TARGET_OUT;
}

/* The first is enough: a walk through all of them would take long where there are many, and begin
 * anew whenever the one at hand ends. The one of the last time is asked before: the kernel looks
 * for the first one in a table that is empty almost everywhere. */
static int bpf_count(struct capture *c)
{
	uint32_t key, *at = NULL;

	if (c->counted && is_target(c, c->counted))
		return 1;
	while (!bpf_map_get_next_key(c->targets, at, &key)) {
		at = &key;
		if (!is_target(c, key))
			continue;
		c->counted = key;
		return 1;
	}
	return 0;
}

static int bpf_wake_fd(struct capture *c)
{
	return ring_buffer__epoll_fd(c->bell);
}

/* No more than a part of a ring, or it fills up meanwhile. */
static size_t piece_most(const struct capture *c)
{
	size_t part = c->data_size / 8;

	return part < PIECE_LEAST ? PIECE_LEAST : part < PIECE_MOST ? part : PIECE_MOST;
}

/* Bytes, from `tail` on, of records before `limit` that stand in one piece: up to the end of the
 * ring, and no more than make a block. */
static size_t whole_records(struct capture *c, struct bpf_ring *r, uint64_t tail, uint64_t head,
			    uint64_t limit, bool *more)
{
	const char *data = (char *)r + PLAN_RING_HEADER + (tail & (c->data_size - 1));
	size_t room = c->data_size - (tail & (c->data_size - 1)), at = 0, most = piece_most(c);

	*more = false;
	while (tail + at < head) {
		const struct trace_record *record = (const void *)(data + at);

		*more = at >= room; /* what lies there is no record: the next one is at the front */
		if (*more || record->time >= limit)
			return at;
		for (size_t line = 0; line < record->length && line < AHEAD; line += LINE)
			__builtin_prefetch(data + at + AHEAD + line);
		*more = at && at + record->length > most;
		if (*more)
			return at;
		at += record->length;
	}
	return at;
}

/* What is ready of one ring is delivered where it lies, without a copy. */
static int drain_ring(struct capture *c, int cpu, uint64_t limit, uint64_t sealed,
		      backend_deliver *deliver, void *context)
{
	struct bpf_ring *r = ring(c, cpu);
	uint64_t head = __atomic_load_n(&r->head, __ATOMIC_ACQUIRE), tail = r->tail;
	bool more = true;
	int result = 0;

	/* What begins below the ring's end may run beyond it. */
	if (head != tail)
		result = bpf_rings_reach(&c->rings, cpu,
					 head > c->data_size ? c->rings.stride
							     : PLAN_RING_HEADER + head);
	while (more && !result) {
		size_t size = whole_records(c, r, tail, head, limit, &more);

		if (size)
			result = deliver(context, cpu,
					 (char *)r + PLAN_RING_HEADER + (tail & (c->data_size - 1)),
					 size, more ? c->sealed : sealed);
		tail += size;
		__atomic_store_n(&r->tail, tail, __ATOMIC_RELEASE);
	}
	__atomic_store_n(&r->rung, 0, __ATOMIC_RELEASE);
	return result;
}

/* Loss at the very end has no record behind it: the recorder writes what stands in the counters. */
static int deliver_pending(struct capture *c, int cpu, backend_deliver *deliver, void *context)
{
	struct bpf_ring *r = ring(c, cpu);
	struct trace_lost l = {
		.record = { .length = sizeof(l), .type = TRACE_LOST, .time = r->pending_last },
		.calls = r->pending_calls,
		.enters = r->pending_enters,
		.events = r->pending_events,
		.first = r->pending_first,
		.last = r->pending_last,
		.reason = TRACE_LOST_RING,
	};

	return r->pending_first ? deliver(context, cpu, &l, sizeof(l), c->sealed) : 0;
}

/* How often each program was left out: which is for kernels where it can be (systape.bpf.c). Whose
 * call it would have been, nobody knows: there may be fewer that were wanted. */
static void count_missed(const struct capture *c, struct trace_lost *missed)
{
	bool apart = false;

	for (int i = 0; i < c->programs.count; i++)
		apart = apart || c->programs.at[i].event;
	for (int i = 0; apart && i < c->programs.count; i++) {
		const struct bpf_loaded *program = &c->programs.at[i];
		uint64_t n = bpf_attach_misses(program);

		if (!strncmp(program->name, "call_exit", strlen("call_exit")))
			missed->calls += n;
		else if (!strncmp(program->name, "call_enter", strlen("call_enter")))
			missed->enters += n;
		else
			missed->events += n;
	}
}

/* On which CPU is not known either: it stands on the first one, before what is drained now. */
static int deliver_missed(struct capture *c, uint64_t before, backend_deliver *deliver,
			  void *context)
{
	struct trace_lost l = {
		.record = { .length = sizeof(l), .type = TRACE_LOST, .time = c->missed_at },
		.first = c->missed_at,
		.last = before,
		.reason = TRACE_LOST_KERNEL,
	}, all = { .calls = 0 };

	count_missed(c, &all);
	l.calls = all.calls - c->missed.calls;
	l.enters = all.enters - c->missed.enters;
	l.events = all.events - c->missed.events;
	c->missed = all;
	c->missed_at = before;
	return l.calls + l.enters + l.events ? deliver(context, 0, &l, sizeof(l), c->sealed) : 0;
}

/*
 * Everything older than the limit is in the rings for good: a program that has read the clock has
 * said RING_BUSY before, and the limit lies a margin in the past, so that the word has reached this
 * CPU.
 */
static void begin_round(struct capture *c, uint64_t limit)
{
	c->round = (struct round){ .limit = limit, .last_cpu = -1 };
	for (int cpu = 0; cpu < c->cpus; cpu++) {
		struct bpf_ring *r = ring(c, cpu);
		uint64_t head = __atomic_load_n(&r->head, __ATOMIC_ACQUIRE);

		for (int spin = 0; __atomic_load_n(&r->calls, __ATOMIC_ACQUIRE) & RING_BUSY &&
				   head == r->head && spin < 1000000;
		     spin++)
			__builtin_ia32_pause();
		if (r->head != r->tail)
			c->round.last_cpu = cpu;
	}
}

static int run_round(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	struct round *round = &c->round;
	int result = 0;

	if (last || !round->limit) {
		uint64_t limit = clock_ns() - MARGIN;

		begin_round(c, last ? UINT64_MAX : limit);
		result = deliver_missed(c, last ? clock_ns() : limit, deliver, context);
	}
	for (; round->cpu < c->cpus && !result; round->cpu += !result) {
		result = drain_ring(c, round->cpu, round->limit,
				    round->cpu == round->last_cpu ? round->limit : c->sealed,
				    deliver, context);
		if (!result && last)
			result = deliver_pending(c, round->cpu, deliver, context);
	}
	if (result)
		return result;
	c->sealed = round->limit;
	round->limit = 0;
	return 0;
}

static int bpf_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	bool resumed = c->round.limit && !last;
	int result;

	ring_buffer__consume(c->bell);
	result = run_round(c, last, deliver, context);
	return resumed && !result ? run_round(c, last, deliver, context) : result;
}

static void bpf_stats(struct capture *c, struct backend_stats *stats)
{
	memset(stats, 0, sizeof(*stats));
	stats->ring = c->data_size;
	for (int cpu = 0; cpu < c->cpus; cpu++) {
		struct bpf_ring *r = ring(c, cpu);

		stats->calls += r->calls / RING_CALL;
		stats->lost_calls += r->lost_calls;
		stats->lost_enters += r->lost_enters;
		stats->lost_events += r->lost_events;
	}
	stats->lost_events += c->names->cgroups_unknown;
	stats->calls += c->missed.calls;
	stats->lost_calls += c->missed.calls;
	stats->lost_enters += c->missed.enters;
	stats->lost_events += c->missed.events;
	stats->strayed = c->missed.calls + c->missed.enters + c->missed.events;
}

static const char *bpf_feature(enum backend_feature feature)
{
	switch (feature) {
	case FEATURE_ORDINARY: return "loading programs takes CAP_BPF and CAP_PERFMON";
	default: return "yes";
	}
}

const struct backend bpf_backend = {
	.name = "bpf",
	.state = true,
	.tells = true,
	.help = "a BPF program on the raw tracepoints, one lock-free ring per CPU",
	.available = bpf_object_available,
	.feature = bpf_feature,
	.begin = bpf_begin,
	.open = bpf_open,
	.target = bpf_target,
	.start = bpf_start,
	.count = bpf_count,
	.retell = bpf_retell,
	.wake_fd = bpf_wake_fd,
	.drain = bpf_drain,
	.stop = bpf_stop,
	.stats = bpf_stats,
	.close = bpf_close,
};
