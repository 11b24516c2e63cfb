// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/ftrace/ftrace_side.h"

#include "call_numbers.h"
#include "tracer/assembler/event_assembler.h"
#include "tracer/assembler/fork_notes.h"
#include "tracer/perf_event/perf_open.h"
#include "tracer/probes/ftrace_probe.h"
#include "tracer/system/hotplug.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_instance.h"
#include "tracer/tracefs/ftrace_source.h"
#include "tracer/tracefs/ftrace_tidy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	TASKS,
	HITS,
	INSTANCES,
	TASK_BUFFER =
		1 << 20, /* bytes per CPU: what is lost there makes hits that belong to nobody */
};

struct side {
	const struct backend_settings *settings;
	const char *root;
	struct tracepoints points;
	struct ftrace_probes probes;
	struct event_assembler *assembler;
	struct fork_notes *notes;
	struct tracefs_instance *instances[INSTANCES];
	struct ftrace_sources sources;
	uint64_t last, missed; /* last: time of the last drain */
};

void side_close(struct side *s)
{
	if (!s)
		return;
	side_stop(s);
	ftrace_sources_close(&s->sources);
	for (int i = 0; i < INSTANCES; i++)
		ftrace_instance_free(s->settings, s->instances[i]);
	ftrace_probes_free(s->settings, &s->probes);
	fork_notes_close(s->notes);
	assembler_free(s->assembler);
	free(s);
}

/* Ids grow with every event made: those of one capture are close together, so the search is short.
 */
static uint32_t probe_of(const struct side *s, uint16_t id)
{
	for (size_t i = 0; i < s->probes.count; i++)
		if (s->probes.at[i].id == id)
			return i;
	return UINT32_MAX;
}

static void tell_hit(struct ftrace_source *source, const struct ftrace_event *e)
{
	struct assembler_event *head = &source->source.head;
	uint16_t id;

	memcpy(&id, e->data, sizeof(id));
	head->probe = probe_of(source->all->owner, id);
	head->kind = head->probe == UINT32_MAX ? TP_LOST : TP_PROBE;
}

static bool make_instances(struct side *s, struct tape_error *why)
{
	static const char *const suffixes[] = { [TASKS] = "-task", [HITS] = "-probe" };
	uint64_t sizes[] = { [TASKS] = TASK_BUFFER, [HITS] = s->settings->buffer };

	for (int i = 0; i < INSTANCES; i++)
		if (ftrace_sources_make(&s->sources, s->settings, suffixes[i], &sizes[i],
					i == HITS ? ASSEMBLER_PROBES : ASSEMBLER_EVENTS,
					&s->instances[i], why) < 0)
			return false;
	return !ftrace_sources_add(&s->sources, s->assembler);
}

static bool set_condition(struct side *s, const struct ftrace_probe *p, struct tape_error *why)
{
	char file[224];

	if (!p->condition)
		return true;
	snprintf(file, sizeof(file), "events/%s/%s/filter", p->system, p->event);
	if (tracefs_instance_file_write(s->instances[HITS], file, p->condition) >= 0)
		return true;
	snprintf(why->text, sizeof(why->text),
		 "cannot use the condition '%.70s' of %.50s: the kernel refuses it", p->condition,
		 p->name);
	return false;
}

static bool open_all(struct side *s, struct tape_error *why)
{
	bool mounted;
	int error;

	s->root = tracepoint_root(&mounted, why);
	if (!s->root || tracepoints_load(&s->points, s->root, why))
		return false;
	s->points.at[TP_MIGRATE].id = 0;
	ftrace_tidy_leftovers(s->settings, s->root);
	s->assembler = assembler_new(s->settings, &s->points, hotplug_cpus());
	s->sources = (struct ftrace_sources){ .points = &s->points, .tell = tell_hit, .owner = s };
	if (!s->assembler) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return false;
	}
	assembler_set_aside(s->assembler);
	error = fork_notes_open(&s->notes, s->settings, s->assembler);
	if (error) {
		perf_refused("the threads of this pid namespace", error, why);
		return false;
	}
	if (s->settings->everything)
		assembler_scan(s->assembler);
	/* In this order: see ftrace_tidy.c. */
	if (!make_instances(s, why) || ftrace_probes_make(&s->probes, s->settings, s->root, why))
		return false;
	for (size_t i = 0; i < s->probes.count; i++)
		backend_debug(s->settings, "%s is %s/%s", s->probes.at[i].name,
			      s->probes.at[i].system, s->probes.at[i].event);
	for (size_t i = 0; i < s->probes.count; i++)
		if (!set_condition(s, &s->probes.at[i], why))
			return false;
	return true;
}

struct side *side_open(const struct backend_settings *settings, struct tape_error *why)
{
	struct side *s = calloc(1, sizeof(*s));

	if (!s) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	s->settings = settings;
	if (open_all(s, why))
		return s;
	side_close(s);
	return NULL;
}

int side_describe(struct side *s, struct tape_writer *writer)
{
	int error = 0;

	for (size_t i = 0; i < s->probes.count && !error; i++) {
		const struct ftrace_probe *p = &s->probes.at[i];
		char *text;
		int n = asprintf(&text, "name %s\nevent %s%s%s\n%s", p->name,
				 p->definition ? p->definition : p->name,
				 p->condition ? "\nif " : "", p->condition ? p->condition : "",
				 p->fields);

		error = n < 0 ? -ENOMEM : tape_writer_meta(writer, TRACE_META_PROBE, 0, i, text, n);
		if (n >= 0)
			free(text);
	}
	return error;
}

/* Enables the beginnings of execve, at which a command that waits becomes a target. */
static int watch_exec(struct side *s)
{
	const struct tracepoint *tp = &s->points.at[TP_ENTER];
	char file[128], filter[64];

	snprintf(filter, sizeof(filter), "id == %d || id == %d", NR_X86_64_execve,
		 NR_X86_64_execveat);
	snprintf(file, sizeof(file), "events/%s/%s/filter", tp->system, tp->name);
	if (tracefs_instance_file_write(s->instances[TASKS], file, filter) < 0)
		return -errno;
	return ftrace_instance_event(s->instances[TASKS], tp->system, tp->name, true);
}

int side_target(struct side *s, pid_t tid, enum backend_target how)
{
	int error = ftrace_instance_target(s->settings, s->instances[HITS], tid, how);

	if (error < 0)
		return error;
	if (how == BACKEND_AT_EXEC && watch_exec(s))
		return -EIO;
	return assembler_target(s->assembler, tid, how);
}

static int enable_probe(struct side *s, struct ftrace_probe *p, struct tape_error *why)
{
	int error = ftrace_instance_event(s->instances[HITS], p->system, p->event, true);

	if (error)
		snprintf(why->text, sizeof(why->text), "cannot enable %.120s: %s", p->name,
			 strerror(-error));
	return error;
}

int side_start(struct side *s, struct tape_error *why)
{
	int error = 0;

	fork_notes_start(s->notes);
	for (int i = 0; i < INSTANCES; i++)
		tracefs_instance_file_write(s->instances[i], "tracing_on", "1");
	for (int kind = TP_EXIT + 1; kind <= TP_END; kind++)
		if (s->points.at[kind].id && kind != TP_RENAME)
			ftrace_instance_event(s->instances[TASKS], s->points.at[kind].system,
					      s->points.at[kind].name, true);
	ftrace_probes_missed(&s->probes, s->root);
	for (size_t i = 0; i < s->probes.count && !error; i++)
		error = enable_probe(s, &s->probes.at[i], why);
	return error;
}

void side_stop(struct side *s)
{
	for (int i = 0; i < INSTANCES; i++)
		ftrace_instance_stop(s->instances[i]);
	fork_notes_stop(s->notes);
}

/* What the kernel says it could not take, all at the end: it does not say where. */
static int deliver_missed(struct side *s, backend_deliver *deliver, void *context)
{
	struct trace_lost l = {
		.record = { .length = sizeof(l), .type = TRACE_LOST, .time = s->last },
		.reason = TRACE_LOST_KERNEL,
		.events = ftrace_probes_missed(&s->probes, s->root),
	};

	s->missed += l.events;
	return l.events ? deliver(context, 0, &l, sizeof(l), s->last) : 0;
}

int side_drain(struct side *s, uint64_t limit, bool last, backend_deliver *deliver, void *context)
{
	int error = assembler_drain(s->assembler, limit, last, deliver, context);

	if (limit > s->last)
		s->last = limit;
	return error || !last ? error : deliver_missed(s, deliver, context);
}

void side_stats(struct side *s, struct backend_stats *stats)
{
	struct backend_stats own = { .hits = 0 };

	assembler_stats(s->assembler, &own);
	stats->hits += own.hits;
	stats->lost_events += own.lost_events + s->missed;
	stats->missed += s->missed;
}
