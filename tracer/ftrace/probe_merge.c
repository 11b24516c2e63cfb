// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/ftrace/probe_merge.h"

#include "tracer/system/clock.h"

#include "tracer/ftrace/ftrace_side.h"
#include "tracer/system/hotplug.h"
#include "tracer/tracefs/ftrace_tidy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if HAVE_TRACEFS
enum {
	MARGIN = 200000, /* ns: more than any backend's own: what is older has been delivered by it
			  */
};

/* Hits of one CPU that wait for the calls before them. */
struct waiting {
	char *data;
	size_t size, room, at;
};

struct capture {
	const struct backend_settings *settings;
	const struct backend *calls;
	struct capture *inner;
	struct side *side;
	struct waiting *waiting;
	char *merged;
	size_t merged_room;
	uint64_t sealed, drained;
	int cpus;
	/* during a drain */
	backend_deliver *deliver;
	void *context;
};

static void probe_merge_close(struct capture *c)
{
	if (!c)
		return;
	if (c->inner)
		c->calls->close(c->inner);
	side_close(c->side);
	for (int i = 0; c->waiting && i < c->cpus; i++)
		free(c->waiting[i].data);
	free(c->waiting);
	free(c->merged);
	free(c);
}

static struct capture *probe_merge_open(const struct backend_settings *settings,
					struct tape_error *why)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (c) {
		c->settings = settings;
		c->calls = settings->calls;
		c->cpus = hotplug_cpus();
		c->waiting = calloc(c->cpus, sizeof(*c->waiting));
	}
	if (!c || !c->waiting) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		free(c);
		return NULL;
	}
	c->side = side_open(settings, why);
	c->inner = c->side ? c->calls->open(settings, why) : NULL;
	if (c->inner)
		return c;
	probe_merge_close(c);
	return NULL;
}

static int probe_merge_target(struct capture *c, pid_t tid, enum backend_target how)
{
	int error = side_target(c->side, tid, how);

	return error ? error : c->calls->target(c->inner, tid, how);
}

static void probe_merge_retell(struct capture *c)
{
	if (c->calls->retell)
		c->calls->retell(c->inner);
}

static int probe_merge_describe(struct capture *c, struct tape_writer *writer)
{
	int error = c->calls->describe ? c->calls->describe(c->inner, writer) : 0;

	return error ? error : side_describe(c->side, writer);
}

static int probe_merge_start(struct capture *c, struct tape_error *why)
{
	int error = side_start(c->side, why);

	return error ? error : c->calls->start(c->inner, why);
}

static void probe_merge_attached(struct capture *c)
{
	if (c->calls->attached)
		c->calls->attached(c->inner);
}

static int probe_merge_count(struct capture *c)
{
	return c->calls->count(c->inner);
}

static int probe_merge_wake_fd(struct capture *c)
{
	return c->calls->wake_fd(c->inner);
}

static bool grow(char **data, size_t *room, size_t size)
{
	size_t more = *room ? *room : 64 << 10;
	char *new;

	if (size <= *room)
		return true;
	while (more < size)
		more *= 2;
	new = realloc(*data, more);
	if (!new)
		return false;
	*data = new;
	*room = more;
	return true;
}

static int take_hits(void *context, uint32_t cpu, const void *records, size_t size, uint64_t sealed)
{
	struct capture *c = context;
	struct waiting *w = &c->waiting[cpu];

	(void)sealed;
	if (w->at) {
		memmove(w->data, w->data + w->at, w->size - w->at);
		w->size -= w->at;
		w->at = 0;
	}
	if (!grow(&w->data, &w->room, w->size + size))
		return -ENOMEM;
	memcpy(w->data + w->size, records, size);
	w->size += size;
	return 0;
}

/* All hits up to that time lie in `waiting` afterwards. */
static int drain_hits(struct capture *c, uint64_t limit, bool last)
{
	if (limit <= c->drained && !last)
		return 0;
	c->drained = limit;
	return side_drain(c->side, limit, last, take_hits, c);
}

/* The next hit that waits, if it is before that time. */
static const struct trace_record *next_hit(const struct waiting *w, uint64_t before)
{
	const struct trace_record *r = w->at < w->size ? (const void *)(w->data + w->at) : NULL;

	return r && r->time < before ? r : NULL;
}

static uint64_t last_time(const void *records, size_t size)
{
	const struct trace_record *r;
	uint64_t time = 0;
	size_t at = 0;

	while ((r = tape_record_next(records, size, &at)))
		time = r->time;
	return time;
}

/* Calls of one CPU: the hits that lie between them go along. */
static int merge_records(void *context, uint32_t cpu, const void *records, size_t size,
			 uint64_t sealed)
{
	struct capture *c = context;
	struct waiting *w = &c->waiting[cpu];
	uint64_t until = last_time(records, size);
	const struct trace_record *call, *hit;
	size_t at = 0, used = 0;
	int error = drain_hits(c, until, false);

	(void)sealed; /* of the calls alone */
	if (error || !next_hit(w, until))
		return error ? error : c->deliver(c->context, cpu, records, size, c->sealed);
	if (!grow(&c->merged, &c->merged_room, size + w->size - w->at))
		return -ENOMEM;
	while ((call = tape_record_next(records, size, &at))) {
		while ((hit = next_hit(w, call->time))) {
			memcpy(c->merged + used, hit, hit->length);
			used += hit->length;
			w->at += hit->length;
		}
		memcpy(c->merged + used, call, call->length);
		used += call->length;
	}
	return c->deliver(c->context, cpu, c->merged, used, c->sealed);
}

/* Hits before the limit: no call before it is still to come. The last CPU's block says so. */
static int deliver_rest(struct capture *c, uint64_t limit)
{
	int error = 0, last = -1;

	for (int cpu = 0; cpu < c->cpus; cpu++)
		if (next_hit(&c->waiting[cpu], limit))
			last = cpu;
	for (int cpu = 0; cpu <= last && !error; cpu++) {
		struct waiting *w = &c->waiting[cpu];
		const struct trace_record *hit;
		size_t from = w->at;

		while ((hit = next_hit(w, limit)))
			w->at += hit->length;
		if (w->at > from)
			error = c->deliver(c->context, cpu, w->data + from, w->at - from,
					   cpu == last ? limit : c->sealed);
	}
	if (!error && limit > c->sealed)
		c->sealed = limit;
	return error;
}

static int probe_merge_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	uint64_t limit = clock_ns() - MARGIN;
	int error;

	c->deliver = deliver;
	c->context = context;
	error = c->calls->drain(c->inner, last, merge_records, c);
	if (last)
		limit = clock_ns();
	if (!error)
		error = drain_hits(c, limit, last);
	return error ? error : deliver_rest(c, last ? UINT64_MAX : limit);
}

static void probe_merge_stop(struct capture *c)
{
	c->calls->stop(c->inner);
	side_stop(c->side);
}

static void probe_merge_stats(struct capture *c, struct backend_stats *stats)
{
	c->calls->stats(c->inner, stats);
	side_stats(c->side, stats);
}

static const struct backend merged = {
	.name = "merged",
	.first_numbers = true,
	.help = "the calls of another backend and the hits of probes",
	.open = probe_merge_open,
	.target = probe_merge_target,
	.describe = probe_merge_describe,
	.retell = probe_merge_retell,
	.start = probe_merge_start,
	.attached = probe_merge_attached,
	.count = probe_merge_count,
	.wake_fd = probe_merge_wake_fd,
	.drain = probe_merge_drain,
	.stop = probe_merge_stop,
	.stats = probe_merge_stats,
	.close = probe_merge_close,
	.tidy = ftrace_tidy,
};

const struct backend *probe_merge_backend(void)
{
	return &merged;
}
#else
const struct backend *probe_merge_backend(void)
{
	return NULL;
}
#endif
