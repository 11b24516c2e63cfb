// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/ftrace/boot_buffer.h"

#include "tracer/system/clock.h"

#if HAVE_TRACEFS
#include "tracer/assembler/event_assembler.h"
#include "tracer/names/ftrace_boot_names.h"
#include "tracer/system/hotplug.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_instance.h"
#include "tracer/tracefs/ftrace_source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <tracefs.h>
#include <unistd.h>

enum {
	MARGIN = 20000, /* ns: events older than this are in the buffers */
};

struct capture {
	const struct backend_settings *settings;
	struct tracepoints points;
	struct event_assembler *assembler;
	struct tracefs_instance *instance; /* NULL: the top-level buffer */
	struct boot_names names;
	const char *root;
	char directory[256];
	struct ftrace_sources sources;
	bool found[TP_KINDS]; /* was enabled when we came */
	int bell;
};

static void boot_buffer_stop(struct capture *c)
{
	for (int kind = 0; kind < TP_KINDS; kind++)
		if (c->points.at[kind].id)
			ftrace_instance_event(c->instance, c->points.at[kind].system,
					      c->points.at[kind].name, false);
	boot_names_stop(c->instance);
}

static void boot_buffer_close(struct capture *c)
{
	if (!c)
		return;
	ftrace_sources_close(&c->sources);
	tracefs_instance_free(c->instance);
	if (c->bell >= 0)
		close(c->bell);
	assembler_free(c->assembler);
	boot_names_free(&c->names);
	free(c);
}

static void tell_name(struct ftrace_source *source, const struct ftrace_event *e)
{
	const struct capture *c = source->all->owner;

	name_event_tell(source, c->names.events, c->names.probes.count, e);
}

static uint64_t missed(void *capture)
{
	struct capture *c = capture;

	return ftrace_probes_missed(&c->names.probes, c->root);
}

/* All kinds are in one buffer: what is lost in it is known to be events, no more. */
static bool add_sources(struct capture *c, struct tape_error *why)
{
	if (ftrace_sources_open(&c->sources, c->directory, ASSEMBLER_EVENTS, why) <= 0)
		return false;
	ftrace_sources_watch(&c->sources, -1, c->bell);
	return !ftrace_sources_add(&c->sources, c->assembler);
}

static bool is_enabled(struct capture *c, enum tracepoint_kind kind)
{
	const struct tracepoint *tp = &c->points.at[kind];
	char file[128], *text;
	bool enabled;

	snprintf(file, sizeof(file), "events/%s/%s/enable", tp->system, tp->name);
	text = tracefs_instance_file_read(c->instance, file, NULL);
	enabled = text && *text == '1';
	free(text);
	return enabled;
}

/* The buffer must be what the kernel's command line made of it, or its times and calls are worth
 * nothing. */
static bool check(struct capture *c, struct tape_error *why)
{
	char *clock = tracefs_instance_file_read(c->instance, "trace_clock", NULL);
	bool mono = clock && strstr(clock, "[mono]");

	free(clock);
	for (int kind = 0; kind < TP_KINDS; kind++)
		c->found[kind] = c->points.at[kind].id && is_enabled(c, kind);
	if (mono && c->found[TP_ENTER] && c->found[TP_EXIT])
		return true;
	snprintf(why->text, sizeof(why->text),
		 "cannot adopt %.60s: %s; boot with trace_event=raw_syscalls:sys_enter,"
		 "raw_syscalls:sys_exit trace_clock=mono",
		 c->directory, mono ? "it does not record system calls" : "its clock is not mono");
	return false;
}

static bool open_all(struct capture *c, struct tape_error *why)
{
	const char *name = c->settings->adopt, *root;
	bool mounted;

	root = tracepoint_root(&mounted, why);
	if (!root || tracepoints_load(&c->points, root, why))
		return false;
	c->points.at[TP_MIGRATE].id = 0;
	c->root = root;
	snprintf(c->directory, sizeof(c->directory), "%s%s%s", root, *name ? "/instances/" : "",
		 name);
	if (access(c->directory, X_OK)) {
		snprintf(why->text, sizeof(why->text), "cannot adopt %.120s: %s", c->directory,
			 strerror(errno));
		return false;
	}
	c->assembler = assembler_new(c->settings, &c->points, hotplug_cpus());
	c->sources = (struct ftrace_sources){
		.points = &c->points, .tell = tell_name, .missed = missed, .owner = c
	};
	c->bell = epoll_create1(EPOLL_CLOEXEC);
	c->instance = *name ? tracefs_instance_create(name) : NULL;
	if (!c->assembler || c->bell < 0 || (*name && !c->instance) ||
	    boot_names_find(&c->names, root)) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return false;
	}
	return check(c, why) && add_sources(c, why);
}

static struct capture *boot_buffer_open(const struct backend_settings *settings,
					struct tape_error *why)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	c->settings = settings;
	c->bell = -1;
	if (open_all(c, why))
		return c;
	boot_buffer_close(c);
	return NULL;
}

/* The buffer goes on as it is: who is a target is the recorder's own business. */
static int boot_buffer_target(struct capture *c, pid_t tid, enum backend_target how)
{
	return assembler_target(c->assembler, tid, how);
}

/* From here on with new threads, programs and ends, if the command line did not ask for them. */
static int boot_buffer_start(struct capture *c, struct tape_error *why)
{
	(void)why;
	for (int kind = TP_EXIT + 1; kind < TP_KINDS; kind++)
		if (c->points.at[kind].id && !c->found[kind])
			ftrace_instance_event(c->instance, c->points.at[kind].system,
					      c->points.at[kind].name, true);
	tracefs_instance_file_write(c->instance, "tracing_on", "1");
	return 0;
}

static int boot_buffer_count(struct capture *c)
{
	return assembler_count(c->assembler);
}

static int boot_buffer_wake_fd(struct capture *c)
{
	return c->bell;
}

static int boot_buffer_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	return assembler_drain(c->assembler, clock_ns() - (last ? 0 : MARGIN), last, deliver,
			       context);
}

static void boot_buffer_stats(struct capture *c, struct backend_stats *stats)
{
	assembler_stats(c->assembler, stats);
}

static bool boot_buffer_available(struct tape_error *why)
{
	bool mounted;

	return tracepoint_root(&mounted, why);
}

static const struct backend adopt = {
	.name = "ftrace",
	.help = "a buffer that the kernel has been filling since it started",
	.available = boot_buffer_available,
	.open = boot_buffer_open,
	.target = boot_buffer_target,
	.start = boot_buffer_start,
	.count = boot_buffer_count,
	.wake_fd = boot_buffer_wake_fd,
	.drain = boot_buffer_drain,
	.stop = boot_buffer_stop,
	.stats = boot_buffer_stats,
	.close = boot_buffer_close,
};

const struct backend *boot_buffer_backend(void)
{
	return &adopt;
}
#else
const struct backend *boot_buffer_backend(void)
{
	return NULL;
}
#endif
