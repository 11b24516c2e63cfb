// SPDX-License-Identifier: GPL-2.0-or-later
#include "call_numbers.h"
#include "tracer/assembler/assembler_state.h"
#include "tracer/assembler/program_strings.h"
#include "tracer/backend/event_filter.h"
#include "tracer/proc/thread_match.h"
#include "tracer/system/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
	OUT_ENOUGH = 1 << 20, /* bytes of one CPU's records that are delivered at once */
};

struct event_assembler *assembler_new(const struct backend_settings *settings,
				      const struct tracepoints *points, uint32_t cpus)
{
	struct event_assembler *m = calloc(1, sizeof(*m));

	if (!m)
		return NULL;
	m->settings = settings;
	m->points = points;
	m->chooses = thread_match_needed(settings);
	m->cpus = cpus;
	m->out = calloc(cpus, sizeof(*m->out));
	m->exits = calloc(cpus, sizeof(*m->exits));
	m->sources = calloc(cpus * ASSEMBLER_LANES, sizeof(*m->sources));
	m->heap = calloc(cpus * ASSEMBLER_LANES, sizeof(*m->heap));
	if (m->chooses)
		backend_debug(settings, "-u, --comm and -G are left to the recorder");
	if (m->out && m->exits && m->sources && m->heap && !thread_table_init(&m->track))
		return m;
	assembler_free(m);
	return NULL;
}

void assembler_free(struct event_assembler *m)
{
	if (!m)
		return;
	for (uint32_t i = 0; m->out && i < m->cpus; i++)
		free(m->out[i].data);
	thread_table_free(&m->track);
	free(m->out);
	free(m->sources);
	free(m->exits);
	free(m->heap);
	free(m);
}

int assembler_add(struct event_assembler *m, struct assembler_source *source)
{
	if (source->cpu >= m->cpus || m->source_count == (size_t)m->cpus * ASSEMBLER_LANES)
		return -E2BIG;
	if (source->lane == ASSEMBLER_EXITS)
		m->exits[source->cpu] = source;
	m->sources[m->source_count++] = source;
	return 0;
}

int assembler_count(const struct event_assembler *m)
{
	return m->track.traced + assembler_held(m);
}

void assembler_set_aside(struct event_assembler *m)
{
	m->aside = true;
}

static void write_lost(struct event_assembler *m, const struct assembler_source *s, uint64_t lost,
		       uint64_t time)
{
	struct trace_lost *l;

	if ((s->lane == ASSEMBLER_EXITS || s->lane == ASSEMBLER_ENTERS) &&
	    !assembler_cpu_wanted(m, s->cpu))
		return;
	for (; s->lane == ASSEMBLER_EXITS && lost && m->gates_lost; lost--)
		m->gates_lost--;
	l = lost ? assembler_record(m, s->cpu, TRACE_LOST, sizeof(*l), time, NULL) : NULL;
	if (!l)
		return;
	l->reason = TRACE_LOST_RING;
	l->first = s->previous;
	l->last = time;
	if (s->lane == ASSEMBLER_EXITS) {
		l->calls = lost;
		m->stats.calls += lost;
		m->stats.lost_calls += lost;
	} else if (s->lane == ASSEMBLER_ENTERS) {
		l->enters = lost;
		m->lost_enter = time;
		m->stats.lost_enters += lost;
	} else {
		l->events = lost;
		m->stats.lost_events += lost;
	}
}

/* Loss at the very end has no event behind it. */
static void lost_at_end(struct event_assembler *m, uint64_t time)
{
	for (size_t i = 0; i < m->source_count; i++) {
		uint64_t lost = m->sources[i]->lost_at_end(m->sources[i]);

		if (lost)
			write_lost(m, m->sources[i], lost, time);
	}
}

void assembler_probe(struct event_assembler *m, struct thread_table_thread *thread,
		     const struct assembler_event *e)
{
	struct trace_probe *p;

	if (!assembler_wanted(m, thread))
		return;
	p = assembler_record(m, m->cpu, TRACE_PROBE, (sizeof(*p) + e->size + 7) & ~(size_t)7,
			     e->time, thread);
	if (!p)
		return;
	p->probe = e->probe;
	p->size = e->size;
	memcpy(p + 1, e->data, e->size);
	m->stats.hits++;
}

/*
 * A thread whose making was lost among the events of processes: what is told of its calls is told
 * because the kernel follows it, so it is a target, if only children of the first generation are
 * not all there is to it.
 */
static void adopt_stranger(struct event_assembler *m, struct thread_table_thread *thread)
{
	const struct thread_table_thread *leader =
		thread_table_find(&m->track, thread->process->tgid);

	if (m->settings->everything || m->settings->adopt || !thread->existing)
		return;
	if (m->settings->follow == UINT32_MAX ||
	    (leader && leader->state == TRACK_ON && (leader->threads || m->settings->follow))) {
		thread_table_set_state(&m->track, thread, TRACK_ON);
		thread->threads = true;
	}
}

/* The same of the command, whose execve was lost: before it, these are all that it calls. */
static void adopt_command(struct event_assembler *m, struct thread_table_thread *thread,
			  const struct assembler_event *e)
{
	uint32_t nr = tracepoint_number(&m->points->at[e->kind],
					e->kind == TP_ENTER ? ENTER_ID : EXIT_ID, e->data);

	/* The calls of a command until its own program runs: it waits in the first of them. */
	if (nr != NR_X86_64_read && nr != NR_X86_64_write && nr != NR_X86_64_execve &&
	    nr != NR_X86_64_exit_group)
		assembler_arrive(m, thread);
}

/* Where the end of a thread may have been lost, it is looked for: the capture may wait for it. */
static void doubt(void *assembler, struct thread_table_thread *thread)
{
	struct event_assembler *m = assembler;

	if (thread->state == TRACK_ON && kill(thread->entry.tid, 0) && errno == ESRCH) {
		thread->doubtful = true;
		m->doubted = clock_ns();
	}
}

static bool of_one_origin(struct thread_table_origin *o, const struct assembler_event *e)
{
	if (e->origin == o->barred || (e->origin == o->late && e->time < o->since))
		return false;
	if (!o->taken)
		o->taken = e->origin;
	return o->taken == e->origin;
}

static void take(struct event_assembler *m, struct assembler_source *s)
{
	const struct assembler_event *e = &s->head;
	struct thread_table_thread *thread;

	m->cpu = s->cpu;
	m->now = e->time;
	if (e->lost)
		write_lost(m, s, e->lost, e->time);
	s->previous = e->time;
	if (!assembler_knows(m, s, &s->head))
		return;
	if (e->kind == TP_GENERATE)
		assembler_process(m, NULL, e); /* whoever sent it, maybe an interrupt */
	if (e->kind == TP_MIGRATE)
		assembler_migrate(m, e); /* whoever moves it */
	if (e->kind == TP_LOST || e->kind == TP_GENERATE || e->kind == TP_MIGRATE)
		return;
	thread = thread_table_find(&m->track, e->tid);
	if (!thread) {
		thread = thread_table_get(&m->track, e->tid, e->tgid);
		if (!thread) {
			m->error = -ENOMEM;
			return;
		}
	}
	if (m->events_lost && (e->kind == TP_ENTER || e->kind == TP_EXIT)) {
		if (thread->state == TRACK_NONE)
			adopt_stranger(m, thread);
		else if (thread->state == TRACK_ARMED)
			adopt_command(m, thread, e);
	}
	if (e->origin && !of_one_origin(&thread->origin, e))
		return;
	if (e->kind == TP_PROBE)
		assembler_probe(m, thread, e);
	else if (e->kind == TP_NAME)
		assembler_name(m, thread, e->data);
	else if (e->kind == TP_PROGRAM)
		program_strings_take(&thread->program, e->data);
	else if (e->kind == TP_ENTER)
		assembler_enter(m, thread, e);
	else if (e->kind == TP_EXIT)
		assembler_exit(m, thread, e);
	else
		assembler_process(m, thread, e);
}

/* At one moment, as a coarse clock has it: a thread is made before it calls, and calls before it
 * ends. */
static int rank(const struct assembler_source *s)
{
	return s->head.kind == TP_END	       ? ASSEMBLER_LANES
	       : s->lane == ASSEMBLER_CHILDREN ? -1
					       : (int)s->lane;
}

static bool earlier(const struct assembler_source *a, const struct assembler_source *b)
{
	return a->head.time < b->head.time || (a->head.time == b->head.time && rank(a) < rank(b));
}

static void sink_down(struct event_assembler *m, size_t at)
{
	struct assembler_source *s = m->heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < m->ready && earlier(m->heap[child + 1], m->heap[child]))
			child++;
		if (child >= m->ready || !earlier(m->heap[child], s))
			break;
		m->heap[at] = m->heap[child];
		at = child;
	}
	m->heap[at] = s;
}

static void advance(struct event_assembler *m, struct assembler_source *s)
{
	s->ready = s->next(s);
	m->events_lost |= s->lane == ASSEMBLER_EVENTS && s->full;
	if (!s->ready || !s->head.lost)
		return;
	s->loss_ended = s->loss_to;
	s->loss_from = s->previous;
	s->loss_to = s->head.time;
	m->events_lost |= s->lane == ASSEMBLER_EVENTS;
}

static void fill_heap(struct event_assembler *m)
{
	m->ready = 0;
	for (size_t i = 0; i < m->source_count; i++) {
		struct assembler_source *s = m->sources[i];

		if (!s->ready)
			advance(m, s);
		if (s->ready)
			m->heap[m->ready++] = s;
	}
	for (size_t i = m->ready / 2; i--;)
		sink_down(m, i);
}

static void deliver_out(struct event_assembler *m, uint32_t cpu, uint64_t sealed,
			backend_deliver *deliver, void *context)
{
	struct assembler_out *o = &m->out[cpu];

	if (o->size && !m->error) {
		int result = deliver(context, cpu, o->data, o->size, sealed);

		m->error = result < 0 ? result : 0;
		m->enough |= result > 0;
	}
	o->size = 0;
}

/* Everything is delivered; the last block carries the word that nothing earlier will come. */
static void deliver_all(struct event_assembler *m, uint64_t sealed, backend_deliver *deliver,
			void *context)
{
	uint32_t last = 0;

	for (uint32_t cpu = 0; cpu < m->cpus; cpu++)
		if (m->out[cpu].size)
			last = cpu;
	for (uint32_t cpu = 0; cpu <= last; cpu++)
		deliver_out(m, cpu, cpu == last ? sealed : m->sealed, deliver, context);
}

static void write_pending(void *context, struct thread_table_thread *thread)
{
	if (thread->in_call && !thread->written && !thread->skipped &&
	    assembler_cpu_wanted(context, thread->cpu))
		assembler_in_call(context, thread);
}

/*
 * Beginnings and ends cannot be stopped at one moment: an end without its beginning would follow
 * the stop. What is lost before such an event may have been lost earlier, so that is taken.
 */
static bool after_stop(const struct event_assembler *m, const struct assembler_source *s)
{
	return m->stopped && s->head.time >= m->stopped && !s->head.lost &&
	       (s->lane == ASSEMBLER_ENTERS || s->lane == ASSEMBLER_EXITS);
}

void assembler_start(struct event_assembler *m)
{
	m->started = clock_ns();
}

void assembler_stop(struct event_assembler *m)
{
	if (m && !m->stopped)
		m->stopped = clock_ns();
}

int assembler_drain(struct event_assembler *m, uint64_t limit, bool last, backend_deliver *deliver,
		    void *context)
{
	bool whole = true;

	fill_heap(m);
	m->enough = false;
	while (m->ready && !m->error) {
		struct assembler_source *s = m->heap[0];
		uint32_t cpu = s->cpu;

		/* What comes next is later than all that has been taken: the limit lies before it.
		 */
		if (!last && m->enough && s->head.time < limit) {
			limit = s->head.time > m->sealed ? s->head.time : m->sealed;
			whole = false;
		}
		if (!last && s->head.time >= limit)
			break;
		if (!after_stop(m, s))
			take(m, s);
		advance(m, s);
		if (!s->ready)
			m->heap[0] = m->heap[--m->ready];
		if (m->ready)
			sink_down(m, 0);
		if (m->out[cpu].size > OUT_ENOUGH)
			deliver_out(m, cpu, m->sealed, deliver, context);
	}
	/* Such beginnings are written as if the thread had been switched out just before the limit.
	 */
	m->now = last && m->now > limit ? m->now : limit - 1;
	if (last)
		lost_at_end(m, m->now);
	thread_table_each(&m->track, write_pending, m);
	assembler_write_ends(m, limit, last);
	if (m->events_lost && !m->settings->everything && !m->doubted)
		thread_table_each(&m->track, doubt, m);
	if (m->doubted && (last || limit > m->doubted)) {
		thread_table_remove_doubtful(&m->track);
		m->doubted = 0;
	}
	deliver_all(m, limit, deliver, context);
	m->sealed = limit;
	return m->error ? m->error : !whole;
}

void assembler_stats(const struct event_assembler *m, struct backend_stats *stats)
{
	uint64_t ring = stats->ring;

	*stats = m->stats;
	stats->ring = ring;
}
