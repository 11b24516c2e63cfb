// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The perf backend: perf events on the tracepoints, a ring per CPU and lane. It needs the least
 * privileges of all: where the process tracepoints are refused, perf's own notes on forks and ends
 * stand in for them.
 */
#include "tracer/assembler/event_assembler.h"
#include "tracer/assembler/fork_notes.h"
#include "tracer/backend/backend.h"
#include "tracer/backend/event_filter.h"
#include "tracer/names/ftrace_names.h"
#include "tracer/perf/perf_events.h"
#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/system/clock.h"
#include "tracer/system/hotplug.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_tidy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MARGIN = 20000, /* ns: events older than this are in the rings */
};

struct target {
	pid_t tid;
	enum backend_target how;
};

struct capture {
	const struct backend_settings *settings;
	struct tracepoints points;
	struct event_assembler *assembler;
	struct ftrace_names *names;
	struct fork_notes *notes;
	struct perf_events events;
	struct target *targets; /* whose events are opened at the start */
	size_t target_count;
	char *left_out; /* a filter expression */
	bool started;
};

static bool perf_available(struct tape_error *why)
{
	struct perf_how how = { .tid = getpid(), .cpu = -1, .follow = PERF_TASK, .output = -1 };
	struct tracepoints points;
	bool mounted;
	const char *root = tracepoint_root(&mounted, why);
	int fd;

	if (!root || tracepoints_load(&points, root, why))
		return false;
	if (perf_privileged()) /* closing one for a trial takes the kernel as long as an attach */
		return true;
	fd = perf_open(&points.at[TP_EXIT], &how);
	if (fd < 0)
		perf_refused("a process", fd, why);
	else
		close(fd);
	return fd >= 0;
}

static void perf_close(struct capture *c)
{
	if (!c)
		return;
	ftrace_names_close(c->names);
	fork_notes_close(c->notes);
	perf_events_free(&c->events);
	assembler_free(c->assembler);
	free(c->targets);
	free(c->left_out);
	free(c);
}

static bool prepare(struct capture *c, struct tape_error *why)
{
	const char *root;
	bool mounted;

	root = tracepoint_root(&mounted, why);
	if (!root || tracepoints_load(&c->points, root, why))
		return false;
	if (!c->settings->cpus)
		c->points.at[TP_MIGRATE].id = 0;
	if (mounted)
		backend_debug(c->settings, "mounted tracefs on %s", root);
	c->events.cpus = hotplug_cpus();
	c->events.room = perf_room(c->settings->buffer, c->events.cpus);
	if (c->events.room < c->settings->buffer)
		backend_debug(c->settings,
			      "perf: rings of %llu KiB per CPU: an ordinary user may not lock more "
			      "memory",
			      (unsigned long long)c->events.room >> 10);
	c->assembler = assembler_new(c->settings, &c->points, c->events.cpus);
	c->events.settings = c->settings;
	c->events.points = &c->points;
	c->events.assembler = c->assembler;
	if (c->assembler && !perf_events_init(&c->events))
		return true;
	snprintf(why->text, sizeof(why->text), "out of memory");
	return false;
}

static bool open_all(struct capture *c, struct tape_error *why)
{
	struct perf_events *e = &c->events;
	int error;

	if (!prepare(c, why))
		return false;
	error = fork_notes_open(&c->notes, c->settings, c->assembler);
	c->names = ftrace_names_open(c->settings, c->assembler);
	ftrace_names_watch(c->names, c->events.bell);
	for (int kind = TP_EXIT + 1; kind < TP_KINDS && !error; kind++)
		error = perf_events_add(e, kind, -1, PERF_WHOLE_CPU);
	if (error && !c->settings->everything) {
		backend_debug(c->settings,
			      "perf: no process tracepoints (%s): perf's own notes on tasks in "
			      "their place, no signals",
			      strerror(-error));
		perf_events_use_notes(e);
		return true;
	}
	if (!error && c->settings->everything) {
		error = perf_events_add(e, TP_EXIT, -1, PERF_WHOLE_CPU);
		error = error ? error : perf_events_add(e, TP_ENTER, -1, PERF_WHOLE_CPU);
		assembler_scan(c->assembler);
	}
	if (error)
		perf_refused(c->settings->everything ? "the whole machine" : "processes", error,
			     why);
	return !error;
}

static struct capture *perf_open_capture(const struct backend_settings *settings,
					 struct tape_error *why)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	c->settings = settings;
	c->events.bell = c->events.hotplug = -1;
	if (open_all(c, why))
		return c;
	perf_close(c);
	return NULL;
}

static int leave_out(struct capture *c, pid_t tid)
{
	char *more;

	if (c->settings->numbers && !(tid = pid_numbers_ask(c->settings->numbers, tid)))
		return 0; /* it has ended */
	if (asprintf(&more, "%s%scommon_pid != %d", c->left_out ? c->left_out : "",
		     c->left_out ? " && " : "", tid) < 0)
		return -ENOMEM;
	free(c->left_out);
	c->left_out = more;
	return 0;
}

/* Until the start: a thread that is named twice keeps one set of events. */
static int remember(struct capture *c, pid_t tid, enum backend_target how)
{
	struct target *more;
	int error;

	for (size_t i = 0; i < c->target_count; i++) {
		if (c->targets[i].tid == tid) {
			c->targets[i].how = how;
			return 0;
		}
	}
	error = perf_may_open(tid);
	if (error)
		return error == -ESRCH ? 0 : error; /* it has ended in the meantime */
	more = reallocarray(c->targets, c->target_count + 1, sizeof(*more));
	if (!more)
		return -ENOMEM;
	c->targets = more;
	c->targets[c->target_count++] = (struct target){ tid, how };
	return 0;
}

static int open_target(struct capture *c, pid_t tid, enum backend_target how)
{
	enum perf_follow follow = c->settings->follow ? PERF_TASK_CHILDREN : PERF_TASK_THREADS;
	int error;

	if (how == BACKEND_THREAD && !c->settings->follow)
		follow = PERF_TASK;
	error = c->events.notes ? perf_events_add(&c->events, TP_KINDS, tid, follow) : 0;
	error = error ? error : perf_events_add(&c->events, TP_EXIT, tid, follow);
	error = error ? error : perf_events_add(&c->events, TP_ENTER, tid, follow);
	return error == -ESRCH ? 0 : error;
}

/* The assembler hears of it when its set of events is whole. */
static int target_late(struct capture *c, pid_t tid)
{
	int error = open_target(c, tid, BACKEND_PROCESS);

	c->events.ids.needed = true;
	return error ? error : assembler_target(c->assembler, tid, BACKEND_LATE);
}

static int perf_target(struct capture *c, pid_t tid, enum backend_target how)
{
	int error;

	ftrace_names_target(c->names, tid, how);
	if (how == BACKEND_LATE && !c->settings->everything)
		return target_late(c, tid);
	error = assembler_target(c->assembler, tid, how);
	if (!error && how == BACKEND_LEAVE_OUT)
		return leave_out(c, tid);
	if (error || how == BACKEND_GONE || c->settings->everything)
		return error;
	return c->started ? open_target(c, tid, how) : remember(c, tid, how);
}

static int start_all(struct capture *c)
{
	int error = 0;

	for (size_t i = 0; i < c->events.count && !error; i++)
		error = perf_events_enable(&c->events, &c->events.at[i]);
	for (size_t i = 0; i < c->target_count && !error; i++)
		error = open_target(c, c->targets[i].tid, c->targets[i].how);
	return error;
}

static int perf_start(struct capture *c, struct tape_error *why)
{
	int error;

	c->events.filters[TP_ENTER] = event_filter(c->settings, false, c->left_out);
	c->events.filters[TP_EXIT] = event_filter(c->settings, true, c->left_out);
	fork_notes_start(c->notes);
	ftrace_names_start(c->names);
	error = start_all(c);
	c->started = true;
	if (error)
		perf_refused("processes", error, why);
	return error;
}

static void perf_attached(struct capture *c)
{
	assembler_start(c->assembler);
}

static void perf_stop(struct capture *c)
{
	assembler_stop(c->assembler);
	ftrace_names_stop(c->names);
	fork_notes_stop(c->notes);
	perf_events_stop(&c->events);
}

static int perf_count(struct capture *c)
{
	return assembler_count(c->assembler);
}

static int perf_wake_fd(struct capture *c)
{
	return c->events.bell;
}

static int perf_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	uint64_t limit = clock_ns() - (last ? 0 : MARGIN);
	int error = last ? assembler_drain(c->assembler, limit, false, deliver, context) : 0;

	if (last)
		perf_events_settle(&c->events);
	if (!error)
		error = assembler_drain(c->assembler, last ? clock_ns() : limit, last, deliver,
					context);
	if (c->started && !last)
		perf_events_renew(&c->events);
	return error;
}

static void perf_stats(struct capture *c, struct backend_stats *stats)
{
	const struct perf_source *sources = c->events.sources;

	stats->ring = 0;
	for (int lane = 0; lane < ASSEMBLER_LANES; lane++)
		stats->ring += sources[lane].ring.size;
	assembler_stats(c->assembler, stats);
	for (int i = 0; i < c->events.cpus * ASSEMBLER_LANES; i++)
		stats->strayed += sources[i].strayed;
	stats->missed = ftrace_names_missed(c->names);
}

const struct backend perf_backend = {
	.name = "perf",
	.first_numbers = true,
	.help = "perf events on the tracepoints; numbers only, for ordinary users too where the "
		"kernel lets them",
	.available = perf_available,
	.feature = assembler_feature,
	.open = perf_open_capture,
	.target = perf_target,
	.start = perf_start,
	.attached = perf_attached,
	.count = perf_count,
	.wake_fd = perf_wake_fd,
	.drain = perf_drain,
	.stop = perf_stop,
	.stats = perf_stats,
	.close = perf_close,
	.tidy = ftrace_tidy,
};
