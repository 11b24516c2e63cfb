// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/perf/perf_events.h"

#include "tracer/backend/guardian.h"
#include "tracer/system/hotplug.h"

#include <errno.h>
#include <linux/membarrier.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	EVENTS_LEAST = 1 << 20, /* bytes of a ring for the events of processes, with privileges */
	SMALLEST = 16 << 10,	/* bytes of a ring */
	SETTLE = 20000,		/* us, where the kernel cannot say */
};

int perf_events_init(struct perf_events *e)
{
	struct epoll_event event = { .events = EPOLLIN };

	e->sources = calloc((size_t)e->cpus * ASSEMBLER_LANES, sizeof(*e->sources));
	e->bell = epoll_create1(EPOLL_CLOEXEC);
	e->hotplug = hotplug_open();
	if (e->hotplug >= 0)
		epoll_ctl(e->bell, EPOLL_CTL_ADD, e->hotplug, &event);
	return e->sources && e->bell >= 0 ? 0 : -ENOMEM;
}

static void close_ring(struct perf_source *s)
{
	if (s->ring.page)
		close(s->ring.fd);
	perf_ring_close(&s->ring);
}

static bool is_event(const void *context, int fd)
{
	const struct perf_events *e = context;

	for (size_t i = 0; i < e->count; i++)
		if (e->at[i].fd == fd)
			return true;
	return false;
}

/* Those that every call of the machine passes go first. */
static void close_events(const void *context)
{
	const struct perf_events *e = context;

	for (size_t i = 0; i < e->count; i++)
		if (e->at[i].kind <= TP_EXIT)
			close(e->at[i].fd);
}

/*
 * For the last event of a tracepoint the kernel waits until no CPU can be in it any more, one
 * tracepoint after the other (perf_trace_event_unreg): a third of a second in all. Turned off they
 * have long been: the waiting is left to a guardian, whose copies are the last.
 */
static void close_all(struct perf_events *e)
{
	struct guardian_work work = { close_events, is_event, e };

	if (e->count)
		guardian_start(&work);
	for (size_t i = 0; i < e->count; i++)
		close(e->at[i].fd);
}

void perf_events_free(struct perf_events *e)
{
	for (int i = 0; e->sources && i < e->cpus * ASSEMBLER_LANES; i++)
		close_ring(&e->sources[i]);
	close_all(e);
	if (e->bell >= 0)
		close(e->bell);
	if (e->hotplug >= 0)
		close(e->hotplug);
	free(e->sources);
	free(e->at);
	free(e->ids.at);
	free(e->filters[TP_ENTER]);
	free(e->filters[TP_EXIT]);
}

/* Sizes in the proportion of the events' own, powers of two. */
static uint64_t ring_size(const struct perf_events *e, enum assembler_lane lane)
{
	uint64_t size = e->room / (lane == ASSEMBLER_ENTERS ? 2 : lane == ASSEMBLER_EXITS ? 4 : 16);

	/* Losing one event of a process would break the thread of all the others. */
	if (lane == ASSEMBLER_EVENTS && !e->notes && size < EVENTS_LEAST)
		return EVENTS_LEAST;
	return size < SMALLEST ? SMALLEST : size;
}

static int map_ring(struct perf_events *e, struct perf_source *s, int fd, uint64_t size)
{
	int error;

	while ((error = perf_ring_open(&s->ring, fd, size)) && size > SMALLEST) {
		backend_debug(e->settings, "perf: no ring of %llu bytes (%s), trying half of it",
			      (unsigned long long)size, strerror(-error));
		size /= 2;
	}
	return error;
}

/* The ring of a CPU and lane is there afterwards. */
static int need_ring(struct perf_events *e, int cpu, enum assembler_lane lane, bool whole)
{
	struct perf_source *s = &e->sources[cpu * ASSEMBLER_LANES + lane];
	struct epoll_event event = { .events = EPOLLIN };
	uint64_t size = ring_size(e, lane);
	bool ids = e->settings->attaches && !whole;
	int fd, error;

	if (s->ring.page)
		return 0;
	fd = perf_open_owner(cpu, whole, size / 4);
	if (fd < 0)
		return fd;
	error = map_ring(e, s, fd, size);
	if (error) {
		close(fd);
		return error;
	}
	perf_source_init(s, cpu, lane, e->points, ids ? &e->ids : NULL);
	epoll_ctl(e->bell, EPOLL_CTL_ADD, fd, &event);
	if (s->added)
		return 0;
	s->added = true;
	return assembler_add(e->assembler, &s->source);
}

static int remember_id(struct perf_events *e, int fd, pid_t tid)
{
	struct perf_ids *ids = &e->ids;
	uint64_t id;

	if (ioctl(fd, PERF_EVENT_IOC_ID, &id))
		return -errno;
	if (ids->count == ids->room) {
		size_t room = ids->room ? 2 * ids->room : 64;
		struct perf_id *more = reallocarray(ids->at, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		ids->at = more;
		ids->room = room;
	}
	ids->at[ids->count++] = (struct perf_id){ id, tid };
	return 0;
}

static int set_filter(struct perf_events *e, const struct perf_event *event)
{
	if (event->kind > TP_EXIT || !e->filters[event->kind] ||
	    !ioctl(event->fd, PERF_EVENT_IOC_SET_FILTER, e->filters[event->kind]))
		return 0;
	if (errno != EINVAL)
		return -errno;
	backend_debug(e->settings,
		      "perf: the kernel refuses the filter of calls: it is left to the recorder");
	free(e->filters[event->kind]);
	e->filters[event->kind] = NULL;
	return 0;
}

int perf_events_enable(struct perf_events *e, struct perf_event *event)
{
	int error = set_filter(e, event);

	return error ? error : ioctl(event->fd, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

static int add_one(struct perf_events *e, enum tracepoint_kind kind, struct perf_how *how)
{
	enum assembler_lane lane = kind < TP_KINDS ? assembler_lane_of(kind) : ASSEMBLER_EVENTS;
	bool whole = how->follow == PERF_WHOLE_CPU;
	struct perf_event *more = reallocarray(e->at, e->count + 1, sizeof(*more)), event;
	int error;

	if (!more)
		return -ENOMEM;
	e->at = more;
	error = need_ring(e, how->cpu, lane, whole);
	if (error)
		return error;
	how->output = e->sources[how->cpu * ASSEMBLER_LANES + lane].ring.fd;
	event = (struct perf_event){ .cpu = how->cpu, .kind = kind };
	event.fd = kind < TP_KINDS ? perf_open(&e->points->at[kind], how) : perf_open_tasks(how);
	if (event.fd < 0)
		return event.fd;
	e->at[e->count++] = event;
	if (how->on && kind < TP_KINDS)
		error = set_filter(e, &event);
	return error || !how->ids ? error : remember_id(e, event.fd, how->tid);
}

/* -C is about calls. */
static bool is_chosen(const struct perf_events *e, enum tracepoint_kind kind, int cpu)
{
	if (e->notes) /* nothing would tell where threads go: the assembler looks at every CPU */
		return true;
	return kind > TP_EXIT || !e->settings->cpus ||
	       e->settings->cpus[cpu / 64 & 15] >> (cpu & 63) & 1;
}

int perf_events_add(struct perf_events *e, enum tracepoint_kind kind, pid_t tid,
		    enum perf_follow follow)
{
	struct perf_how how = {
		.tid = tid,
		.follow = follow,
		.on = follow != PERF_WHOLE_CPU,
		.ids = e->settings->attaches && follow != PERF_WHOLE_CPU,
	};
	int error = 0;

	if (kind < TP_KINDS && !e->points->at[kind].id)
		return 0;
	if (follow == PERF_WHOLE_CPU)
		e->whole |= 1u << kind;
	for (; how.cpu < e->cpus && !error; how.cpu++) {
		if (!is_chosen(e, kind, how.cpu))
			continue;
		error = add_one(e, kind, &how);
		if (error == -ENODEV)
			error = 0;
	}
	return error;
}

/* What happened there until now went past us: one event stands for all of it. */
static void note_gap(struct perf_events *e, int cpu)
{
	struct perf_source *s = &e->sources[cpu * ASSEMBLER_LANES + ASSEMBLER_EVENTS];

	s->lost++;
	s->hits++;
	s->strayed++;
}

static void renew(struct perf_events *e, int cpu)
{
	struct perf_how how = { .tid = -1, .cpu = cpu, .follow = PERF_WHOLE_CPU };
	int error = 0;

	for (int kind = 0; kind < TP_KINDS && !error; kind++) {
		if (!(e->whole >> kind & 1) || !is_chosen(e, kind, cpu))
			continue;
		error = add_one(e, kind, &how);
		if (!error)
			error = perf_events_enable(e, &e->at[e->count - 1]);
	}
	note_gap(e, cpu);
	backend_debug(e->settings, "perf: CPU %d has come up: %s", cpu,
		      error ? strerror(-error) : "its events are opened anew");
}

void perf_events_renew(struct perf_events *e)
{
	int cpu;

	while ((cpu = hotplug_next(e->hotplug)) >= 0)
		if (cpu < e->cpus && e->whole)
			renew(e, cpu);
}

/* What the kernel counted and no ring brought has been lost at the very end, behind the last note
 * of a loss. */
static void count_hits(struct perf_events *e)
{
	for (size_t i = 0; i < e->count; i++) {
		struct perf_event *event = &e->at[i];
		enum assembler_lane lane =
			event->kind < TP_KINDS ? assembler_lane_of(event->kind) : ASSEMBLER_EVENTS;
		uint64_t hits;

		if (event->kind < TP_KINDS && read(event->fd, &hits, sizeof(hits)) == sizeof(hits))
			e->sources[event->cpu * ASSEMBLER_LANES + lane].hits += hits;
	}
}

void perf_events_stop(struct perf_events *e)
{
	for (size_t i = 0; i < e->count; i++)
		ioctl(e->at[i].fd, PERF_EVENT_IOC_DISABLE, 0);
	count_hits(e);
}

void perf_events_settle(const struct perf_events *e)
{
	bool behind = false;

	for (int i = 0; i < e->cpus * ASSEMBLER_LANES; i++)
		behind |= e->sources[i].hits > e->sources[i].taken + e->sources[i].lost;
	/* Events are written with preemption off, and this waits until every CPU has had it on. */
	if (behind && syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0, 0))
		usleep(SETTLE);
}

void perf_events_use_notes(struct perf_events *e)
{
	for (int cpu = 0; cpu < e->cpus; cpu++)
		close_ring(&e->sources[cpu * ASSEMBLER_LANES + ASSEMBLER_EVENTS]);
	e->notes = true;
	perf_source_use_notes(e->points);
}
