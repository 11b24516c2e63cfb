// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/ftrace_names.h"

#include "tracer/names/exec_probe.h"
#include "tracer/names/long_names.h"
#include "tracer/names/name_trial.h"
#include "tracer/probes/ftrace_probe.h"
#include "tracer/system/hotplug.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_instance.h"
#include "tracer/tracefs/ftrace_source.h"
#include "tracer/tracefs/ftrace_tidy.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	NUMBER_FROM = 1000, /* of these events, behind those of -e */
	BUFFER_LEAST = 1 << 20,
};

struct ftrace_names {
	struct backend_settings settings;
	const char *root;
	struct ftrace_probes probes;
	struct name_event *events; /* for each probe */
	struct long_names *longs;  /* NULL: none */
	struct exec_probe programs;
	struct tracefs_instance *instance;
	struct ftrace_sources sources;
	struct event_assembler *assembler;
	uint64_t missed; /* names that the kernel's probes had no room for */
};

/*
 * struct filename has the copy first and the user's address behind it (include/linux/fs.h,
 * since 3.8; not any more in 7.2, where the address is what do_getname was called with, which a
 * return can tell there). Where the compiler has put getname() into its callers, the functions that
 * take its result are the place (fs/namei.c, since 5.15).
 */
static const struct {
	const char *kind, *function, *filename;
	const char *calls;   /* trials that it may bring names of; NULL: all */
	const char *address; /* the user's; NULL: where struct filename has it */
} places[] = {
	{ "kretprobe", "getname_flags", "retval", NULL, NULL },
	{ "kretprobe", "getname", "retval", NULL, NULL },
	{ "kretprobe", "getname_uflags", "retval", NULL, NULL },
	{ "kretprobe", "getname_maybe_null", "retval", NULL, NULL },
	{ "kretprobe", "do_getname", "retval", NULL, "arg1" },
	{ "kprobe", "filename_lookup", "arg2",
	  "access,newfstatat,statx,readlinkat,chdir,statfs,chmod,truncate,utimensat,getxattr",
	  NULL },
	{ "kprobe", "do_mkdirat", "arg2", "mkdir", NULL },
	{ "kprobe", "do_mknodat", "arg2", "mknod", NULL },
	{ "kprobe", "do_unlinkat", "arg2", "unlink", NULL },
	{ "kprobe", "do_rmdir", "arg2", "rmdir", NULL },
	{ "kprobe", "do_symlinkat", "arg1", "symlink", NULL },
	{ "kprobe", "do_symlinkat", "arg3", "symlink's second", NULL },
	{ "kprobe", "do_linkat", "arg2", "link", NULL },
	{ "kprobe", "do_linkat", "arg4", "link's second", NULL },
	{ "kprobe", "do_renameat2", "arg2", "rename", NULL },
	{ "kprobe", "do_renameat2", "arg4", "rename's second", NULL },
};

void ftrace_names_stop(struct ftrace_names *n)
{
	if (!n)
		return;
	ftrace_instance_stop(n->instance);
	long_names_stop(n->longs);
}

void ftrace_names_close(struct ftrace_names *n)
{
	if (!n)
		return;
	ftrace_names_stop(n);
	long_names_close(n->longs);
	ftrace_sources_close(&n->sources);
	ftrace_instance_free(&n->settings, n->instance);
	ftrace_probes_free(&n->settings, &n->programs.probes);
	ftrace_probes_free(&n->settings, &n->probes);
	free(n->events);
	free(n);
}

static void tell_name(struct ftrace_source *source, const struct ftrace_event *e)
{
	const struct ftrace_names *n = source->all->owner;
	struct assembler_event *head = &source->source.head;

	if (exec_probe_read(&n->programs, e->data, e->size, &source->program)) {
		head->kind = TP_PROGRAM;
		head->data = &source->program;
		head->size = sizeof(source->program);
		return;
	}
	name_event_tell(source, n->events, n->probes.count, e);
}

static uint64_t missed(void *names)
{
	struct ftrace_names *n = names;
	uint64_t count = ftrace_probes_missed(&n->probes, n->root) +
			 ftrace_probes_missed(&n->programs.probes, n->root);

	n->missed += count;
	return count;
}

static bool read_fields(struct ftrace_names *n, size_t from)
{
	struct name_event *more = reallocarray(n->events, n->probes.count, sizeof(*more));

	if (!more)
		return false;
	n->events = more;
	for (size_t i = from; i < n->probes.count; i++) {
		struct name_event *e = &n->events[i];

		*e = (struct name_event){ .id = n->probes.at[i].id };
		if (!name_event_parse(e, n->probes.at[i].fields))
			return false;
	}
	return true;
}

static void make_probe(struct ftrace_names *n, size_t place, struct tape_error *why)
{
	const char *filename = places[place].filename;
	struct probe_spec spec;
	char text[256], address[32];

	snprintf(address, sizeof(address), "+8(%s)", filename);
	if (places[place].address)
		snprintf(address, sizeof(address), "%s", places[place].address);
	snprintf(text, sizeof(text),
		 "%s:%s(address=%s:x64,text=+0(+0(%s)):string," LONG_NAMES_FIELD "=+%d(+0(%s)):u8)",
		 places[place].kind, places[place].function, address, filename, LONG_NAMES_FROM,
		 filename);
	if (!probe_spec_parse(&spec, text, why)) {
		spec.called_with = places[place].address;
		n->settings.probes = &spec;
		n->settings.probe_count = 1;
		if (ftrace_probes_make(&n->probes, &n->settings, n->root, why))
			backend_debug(&n->settings, "file names: %s", why->text);
		n->settings.probes = NULL;
	}
	probe_spec_free(&spec);
}

static bool has_kprobes(const struct ftrace_names *n, struct tape_error *why)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/kprobe_events", n->root);
	snprintf(why->text, sizeof(why->text), "this kernel has no kprobes (CONFIG_KPROBE_EVENTS)");
	return !access(path, F_OK);
}

/*
 * Probes of the functions that this kernel has: those through which all names go, or (`rest`) those
 * of the calls whose names these have not brought.
 */
static bool make_probes(struct ftrace_names *n, bool rest, uint32_t missing, struct tape_error *why)
{
	size_t before = n->probes.count;

	n->probes.first = NUMBER_FROM;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (rest == !!places[i].calls && name_trial_in(places[i].calls, missing))
			make_probe(n, i, why);
	return n->probes.count > before && read_fields(n, before);
}

/* Takes the names that the trial calls have brought. */
static void take_trials(struct ftrace_names *n, struct ftrace_pages *pages)
{
	struct ftrace_event e;
	struct assembler_name hit;

	while (ftrace_pages_next(pages, &e)) {
		int probe = name_event_read(n->events, n->probes.count, e.data, e.size, &hit);

		if (probe >= 0)
			n->events[probe].seen |= name_trial_of(&hit);
	}
}

/* Enables the probes from the `from`th on, makes a call of each kind, and adds to `seen` the trials
 * whose names arrive. Probes that add nothing to those before them go. */
static void try(struct ftrace_names *n, size_t from, uint32_t *seen)
{
	for (size_t i = from; i < n->probes.count; i++)
		ftrace_instance_event(n->instance, n->probes.at[i].system, n->probes.at[i].event,
				      true);
	tracefs_instance_file_write(n->instance, "tracing_on", "1");
	name_trial_run();
	tracefs_instance_file_write(n->instance, "tracing_on", "0");
	for (size_t i = 0; i < n->sources.count; i++)
		take_trials(n, n->sources.at[i].pages);
	for (size_t i = from; i < n->probes.count; i++) {
		n->events[i].seen &= ~*seen;
		*seen |= n->events[i].seen;
		if (!n->events[i].seen)
			ftrace_instance_event(n->instance, n->probes.at[i].system,
					      n->probes.at[i].event, false);
	}
}

/* The kernel's one place for names, and where that does not do, those of single calls. */
static uint32_t try_all(struct ftrace_names *n, struct tape_error *why)
{
	uint32_t seen = 0;
	size_t first;
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", getpid());
	tracefs_instance_file_write(n->instance, "set_event_pid", pid);
	if (make_probes(n, false, name_trial_all(), why))
		try(n, 0, &seen);
	first = n->probes.count;
	if (seen != name_trial_all() && make_probes(n, true, name_trial_all() & ~seen, why))
		try(n, first, &seen);
	tracefs_instance_file_write(n->instance, "set_event_pid", " ");
	return seen;
}

static bool executes(const struct plan *plan)
{
	for (size_t i = 0; i < 2 * PLAN_CALLS; i++)
		if (plan->calls[i].flags & PLAN_TRACED && plan->calls[i].flags & PLAN_EXEC)
			return plan->program.pieces;
	return false;
}

/* What programs are given, of which it says a sentence. */
static void add_programs(struct ftrace_names *n, struct tape_error *told)
{
	const struct ftrace_probes *p = &n->programs.probes;
	struct tape_error why;

	snprintf(told->text, sizeof(told->text), "arguments of execve are not asked for");
	if (n->settings.plan && !executes(n->settings.plan))
		return;
	if (exec_probe_make(&n->programs, &n->settings, n->root, &why))
		snprintf(told->text, sizeof(told->text), "%s: arguments of execve", p->at[0].name);
	else
		snprintf(told->text, sizeof(told->text), "no arguments of execve: %.170s",
			 why.text);
	for (size_t i = 0; i < p->count; i++)
		ftrace_instance_event(n->instance, p->at[i].system, p->at[i].event, true);
}

/* "kretprobe:getname_flags, kretprobe:getname: names of open, openat; none of execve", and of what
 * programs are given */
static void describe(const struct ftrace_names *n, uint32_t seen, const struct tape_error *programs,
		     char *text, size_t size)
{
	FILE *out = fmemopen(text, size, "w");
	const char *before = "";

	if (!out)
		return;
	for (size_t i = 0; i < n->probes.count; i++) {
		if (n->events[i].seen)
			fprintf(out, "%s%s", before, n->probes.at[i].name);
		before = n->events[i].seen ? ", " : before;
	}
	name_trial_print(out, ": names of ", seen);
	name_trial_print(out, "; none of ", ~seen & name_trial_all());
	fprintf(out, "; %s", programs->text);
	fclose(out);
}

static bool open_all(struct ftrace_names *n, char *text, size_t size)
{
	uint64_t buffer =
		n->settings.buffer / 2 > BUFFER_LEAST ? n->settings.buffer / 2 : BUFFER_LEAST;
	struct tape_error why = { "" }, programs;
	uint32_t seen;
	bool mounted;

	n->root = tracepoint_root(&mounted, &why);
	if (n->root && !n->settings.calls)
		ftrace_tidy_leftovers(&n->settings, n->root);
	n->sources = (struct ftrace_sources){ .tell = tell_name, .missed = missed, .owner = n };
	if (!n->root || !has_kprobes(n, &why) ||
	    ftrace_sources_make(&n->sources, &n->settings, "-name", &buffer, ASSEMBLER_PROBES,
				&n->instance, &why) <= 0) {
		snprintf(text, size, "none: %s", why.text);
		return false;
	}
	seen = try_all(n, &why);
	add_programs(n, &programs);
	describe(n, seen, &programs, text, size);
	return seen || n->programs.probes.count;
}

/* Whether the plan keeps any text behind an argument. */
static bool wanted(const struct plan *plan)
{
	for (size_t i = 0; i < 2 * PLAN_CALLS; i++)
		for (int op = 0; plan->calls[i].flags & PLAN_TRACED && op < plan->calls[i].ops;
		     op++)
			if (plan->calls[i].op[op].kind == PLAN_STRING)
				return true;
	return false;
}

struct ftrace_names *ftrace_names_open(const struct backend_settings *settings,
				       struct event_assembler *assembler)
{
	struct ftrace_names *n = wanted(settings->plan) ? calloc(1, sizeof(*n)) : NULL;
	struct tape_error why = { "" };
	char text[1024];

	if (!n)
		return NULL;
	n->settings = *settings;
	n->assembler = assembler;
	if (!open_all(n, text, sizeof(text))) {
		backend_debug(settings, "file names: %s", text);
		ftrace_names_close(n);
		return NULL;
	}
	backend_debug(settings, "file names: %s", text);
	ftrace_sources_add(&n->sources, assembler);
	n->longs = long_names_open(settings, assembler, n->events, n->probes.count, &why);
	if (!n->longs)
		backend_debug(settings, "file names of more than %d bytes: none: %s",
			      LONG_NAMES_FROM, why.text);
	return n;
}

void ftrace_names_target(struct ftrace_names *n, pid_t tid, enum backend_target how)
{
	if (n)
		ftrace_instance_target(&n->settings, n->instance, tid, how);
}

void ftrace_names_watch(struct ftrace_names *n, int bell)
{
	if (n)
		long_names_watch(n->longs, bell);
}

void ftrace_names_start(struct ftrace_names *n)
{
	if (!n)
		return;
	ftrace_probes_missed(&n->probes, n->root);
	ftrace_probes_missed(&n->programs.probes, n->root);
	tracefs_instance_file_write(n->instance, "tracing_on", "1");
	long_names_start(n->longs);
}

uint64_t ftrace_names_missed(const struct ftrace_names *n)
{
	return n ? n->missed : 0;
}

void ftrace_names_report(char *text, size_t size)
{
	struct ftrace_names *n = calloc(1, sizeof(*n));

	snprintf(text, size, "out of memory");
	if (n)
		open_all(n, text, size);
	ftrace_names_close(n);
}
