// SPDX-License-Identifier: GPL-2.0-or-later
/* The ftrace backend: three private instances, so that what is lost in each is known for what it
 * was. */
#include "tracer/assembler/event_assembler.h"
#include "tracer/assembler/fork_notes.h"
#include "tracer/backend/backend.h"
#include "tracer/backend/event_filter.h"
#include "tracer/names/ftrace_names.h"
#include "tracer/perf_event/perf_open.h"
#include "tracer/system/clock.h"
#include "tracer/system/hotplug.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_instance.h"
#include "tracer/tracefs/ftrace_source.h"
#include "tracer/tracefs/ftrace_tidy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/utsname.h>
#include <unistd.h>

enum {
	EVENTS_LEAST = 1 << 20, /* bytes per CPU for the events of processes */
	MARGIN = 20000,		/* ns: events older than this are in the buffers */
};

struct capture {
	const struct backend_settings *settings;
	const char *root;
	struct tracepoints points;
	struct event_assembler *assembler;
	struct tracefs_instance *instances[ASSEMBLER_LANES];
	struct ftrace_names *names;
	struct fork_notes *notes;
	struct ftrace_sources sources;
	int cpus, bell;
	int hotplug; /* descriptor, or negative */
	uint64_t ring;
};

static bool ftrace_available(struct tape_error *why)
{
	struct tracepoints points;
	bool mounted;
	const char *root = tracepoint_root(&mounted, why);
	char path[256];

	if (!root || tracepoints_load(&points, root, why))
		return false;
	snprintf(path, sizeof(path), "%s/instances", root);
	if (access(path, W_OK)) {
		snprintf(why->text, sizeof(why->text),
			 "cannot make an instance in %.150s: %s; run as root", path,
			 strerror(errno));
		return false;
	}
	return true;
}

static void ftrace_stop(struct capture *c)
{
	assembler_stop(c->assembler);
	for (int lane = 0; lane < ASSEMBLER_PROBES; lane++)
		ftrace_instance_stop(c->instances[lane]);
	ftrace_names_stop(c->names);
	fork_notes_stop(c->notes);
}

static void ftrace_close(struct capture *c)
{
	if (!c)
		return;
	ftrace_stop(c);
	ftrace_names_close(c->names);
	fork_notes_close(c->notes);
	ftrace_sources_close(&c->sources);
	for (int lane = 0; lane < ASSEMBLER_PROBES; lane++)
		ftrace_instance_free(c->settings, c->instances[lane]);
	if (c->bell >= 0)
		close(c->bell);
	if (c->hotplug >= 0)
		close(c->hotplug);
	assembler_free(c->assembler);
	free(c);
}

/* Sizes in the proportion of the events' own. */
static bool make_instances(struct capture *c, struct tape_error *why)
{
	static const char *const names[] = {
		[ASSEMBLER_EVENTS] = "", [ASSEMBLER_ENTERS] = "-enter", [ASSEMBLER_EXITS] = "-exit"
	};
	uint64_t sizes[ASSEMBLER_LANES] = {
		[ASSEMBLER_EVENTS] = c->settings->buffer / 32,
		[ASSEMBLER_ENTERS] = c->settings->buffer / 16 * 11,
		[ASSEMBLER_EXITS] = c->settings->buffer / 4,
	};

	/* Losing one of these few would break the thread of all the others. */
	if (sizes[ASSEMBLER_EVENTS] < EVENTS_LEAST)
		sizes[ASSEMBLER_EVENTS] = EVENTS_LEAST;
	for (int lane = 0; lane < ASSEMBLER_PROBES; lane++) {
		if (ftrace_sources_make(&c->sources, c->settings, names[lane], &sizes[lane], lane,
					&c->instances[lane], why) < 0)
			return false;
		c->ring += sizes[lane];
	}
	ftrace_sources_watch(&c->sources, -1, c->bell);
	return !ftrace_sources_add(&c->sources, c->assembler);
}

static bool fd_tracking_forks(struct capture *c, struct tape_error *why)
{
	int error = fork_notes_open(&c->notes, c->settings, c->assembler);

	if (error)
		perf_refused("the threads of this pid namespace", error, why);
	return !error;
}

static bool open_all(struct capture *c, struct tape_error *why)
{
	struct epoll_event event = { .events = EPOLLIN };
	bool mounted;

	c->root = tracepoint_root(&mounted, why);
	if (!c->root || tracepoints_load(&c->points, c->root, why))
		return false;
	if (!c->settings->cpus)
		c->points.at[TP_MIGRATE].id = 0;
	if (mounted)
		backend_debug(c->settings, "mounted tracefs on %s", c->root);
	ftrace_tidy_leftovers(c->settings, c->root);
	c->cpus = hotplug_cpus();
	c->assembler = assembler_new(c->settings, &c->points, c->cpus);
	c->sources.points = &c->points;
	c->bell = epoll_create1(EPOLL_CLOEXEC);
	if (!c->assembler || c->bell < 0) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return false;
	}
	if (!make_instances(c, why) || !fd_tracking_forks(c, why))
		return false;
	c->names = ftrace_names_open(c->settings, c->assembler);
	ftrace_names_watch(c->names, c->bell);
	c->hotplug = hotplug_open();
	if (c->hotplug >= 0)
		epoll_ctl(c->bell, EPOLL_CTL_ADD, c->hotplug, &event);
	if (c->settings->everything)
		assembler_scan(c->assembler);
	backend_debug(c->settings, "ftrace: %s pages of %d CPUs, %llu KiB each",
		      ftrace_pages_mapped(c->sources.at[0].pages) ? "mapped" : "read", c->cpus,
		      (unsigned long long)c->ring >> 10);
	return true;
}

static struct capture *ftrace_open(const struct backend_settings *settings, struct tape_error *why)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	c->settings = settings;
	c->bell = c->hotplug = -1;
	if (open_all(c, why))
		return c;
	ftrace_close(c);
	return NULL;
}

/* The kernel keeps lists of threads and their children; the assembler has the last word. */
static int ftrace_target(struct capture *c, pid_t tid, enum backend_target how)
{
	int followed = 1, error;

	for (int lane = ASSEMBLER_ENTERS; lane < ASSEMBLER_PROBES; lane++) {
		error = ftrace_instance_target(c->settings, c->instances[lane], tid, how);
		if (error < 0)
			return error;
		followed &= error;
	}
	ftrace_names_target(c->names, tid, how);
	error = assembler_target(c->assembler, tid, how);
	return error ? error : followed;
}

static void ftrace_attached(struct capture *c)
{
	assembler_start(c->assembler);
}

static int enable(struct capture *c, enum tracepoint_kind kind, struct tape_error *why)
{
	const struct tracepoint *tp = &c->points.at[kind];
	char *filter, file[224];
	int error;

	if (!tp->id)
		return 0;
	filter = kind <= TP_EXIT ? event_filter(c->settings, kind == TP_EXIT, NULL) : NULL;
	snprintf(file, sizeof(file), "events/%s/%s/filter", tp->system, tp->name);
	if (filter &&
	    tracefs_instance_file_write(c->instances[assembler_lane_of(kind)], file, filter) < 0)
		backend_debug(
			c->settings,
			"ftrace: the kernel refuses the filter '%s': it is left to the recorder",
			filter);
	free(filter);
	error = ftrace_instance_event(c->instances[assembler_lane_of(kind)], tp->system, tp->name,
				      true);
	if (error)
		snprintf(why->text, sizeof(why->text), "cannot enable the event %s:%s: %s",
			 tp->system, tp->name, strerror(-error));
	return error;
}

/* -C: the mask of the calls' instances; in groups of 32 bits, the highest first. */
static void choose_cpus(struct capture *c)
{
	char mask[16 * 18 + 1] = "";
	size_t n = 0;

	if (!c->settings->cpus)
		return;
	for (int word = (c->cpus - 1) / 32; word >= 0 && word < 32; word--)
		n += snprintf(mask + n, sizeof(mask) - n, "%s%08x", n ? "," : "",
			      (uint32_t)(c->settings->cpus[word / 2] >> word % 2 * 32));
	for (int lane = ASSEMBLER_ENTERS; lane < ASSEMBLER_PROBES; lane++)
		if (tracefs_instance_file_write(c->instances[lane], "tracing_cpumask", mask) < 0)
			backend_debug(c->settings, "ftrace: the kernel refuses the CPU mask %s",
				      mask);
}

static int ftrace_start(struct capture *c, struct tape_error *why)
{
	int error = 0;

	choose_cpus(c);
	fork_notes_start(c->notes);
	ftrace_names_start(c->names);
	for (int lane = 0; lane < ASSEMBLER_PROBES; lane++)
		tracefs_instance_file_write(c->instances[lane], "tracing_on", "1");
	/* Ends first: a call whose beginning alone is seen would look as if it had not ended. */
	for (int kind = TP_KINDS - 1; kind >= 0 && !error; kind--)
		error = enable(c, kind, why);
	return error;
}

static int ftrace_count(struct capture *c)
{
	return assembler_count(c->assembler);
}

static int ftrace_wake_fd(struct capture *c)
{
	return c->bell;
}

/* The kernel makes the buffers of a CPU when it comes up for the first time, and records there from
 * then on; what is missing is the bell. */
static void watch_new_cpus(struct capture *c)
{
	int cpu;

	while ((cpu = hotplug_next(c->hotplug)) >= 0)
		ftrace_sources_watch(&c->sources, cpu, c->bell);
}

static int ftrace_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	watch_new_cpus(c);
	return assembler_drain(c->assembler, clock_ns() - (last ? 0 : MARGIN), last, deliver,
			       context);
}

static void ftrace_stats(struct capture *c, struct backend_stats *stats)
{
	stats->ring = c->ring;
	assembler_stats(c->assembler, stats);
	for (size_t i = 0; i < c->sources.count; i++)
		stats->strayed += ftrace_pages_skipped(c->sources.at[i].pages);
	stats->missed = ftrace_names_missed(c->names);
}

/* Whether this kernel is new enough; only an instance would prove it. */
static bool kernel_maps(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname u;

	return !uname(&u) && sscanf(u.release, "%u.%u", &major, &minor) == 2 &&
	       (major > 6 || (major == 6 && minor >= 10));
}

static const char *ftrace_feature(enum backend_feature feature)
{
	switch (feature) {
	case FEATURE_MAPPED:
		return kernel_maps()
			       ? "yes"
			       : "trace_pipe_raw can be mapped from Linux 6.10 on: it is read";
	case FEATURE_ORDINARY: return "instances are root's";
	default: return assembler_feature(feature);
	}
}

const struct backend ftrace_backend = {
	.name = "ftrace",
	.first_numbers = true,
	.help = "the kernel's own trace buffers in private instances; numbers only",
	.available = ftrace_available,
	.feature = ftrace_feature,
	.open = ftrace_open,
	.target = ftrace_target,
	.start = ftrace_start,
	.attached = ftrace_attached,
	.count = ftrace_count,
	.wake_fd = ftrace_wake_fd,
	.drain = ftrace_drain,
	.stop = ftrace_stop,
	.stats = ftrace_stats,
	.close = ftrace_close,
	.tidy = ftrace_tidy,
};
