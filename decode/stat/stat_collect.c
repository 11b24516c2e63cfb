// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stat/stat_collect.h"

#include "decode/events/fds.h"
#include "decode/events/process.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

enum {
	CPU_TRIES = 4096,     /* calls without any CPU time: then the tape has none */
	LATENESS = 500000000, /* ns: a live recorder has told by then what has happened */
};

struct stat_collect *stat_collect_new(const struct stat_options *options)
{
	struct stat_collect *c = calloc(1, sizeof(*c));
	unsigned int strings = 0;

	if (!c)
		return NULL;
	c->options = options;
	c->strings = c->source.strings = stat_strings_new();
	for (unsigned int i = 0; i < options->keys && i < STAT_WORDS; i++) {
		strings |= (unsigned int)options->key[i]->strings << i;
		c->files |= options->key[i]->files;
		c->lives |= options->key[i]->lives;
	}
	if (c->strings)
		c->table = stat_table_new(options->keys, strings, options->memory, c->strings);
	if (c->table)
		return c;
	stat_collect_free(c);
	return NULL;
}

void stat_collect_free(struct stat_collect *c)
{
	if (!c)
		return;
	stat_table_free(c->table);
	stat_strings_free(c->strings);
	free(c);
}

bool stat_collect_any(const struct stat_collect *c)
{
	return c->calls || c->no_return || c->unfinished || c->lost_calls || c->lost_enters ||
	       c->lost_events || c->missing;
}

static void turn(struct stat_collect *c)
{
	if (stat_collect_any(c))
		c->options->turn(c->options->context, c);
	stat_table_clear(c->table);
	c->calls = c->timed = c->cpu_timed = 0;
	c->no_return = c->unfinished = 0;
	c->lost_calls = c->lost_enters = c->lost_events = c->missing = 0;
}

/* Something happens at that time: an interval may be over. */
static void advance(struct stat_collect *c, uint64_t time)
{
	uint64_t now = tape_time(c->source.facts, time), interval = c->options->interval;

	if (!c->begin)
		c->begin = c->end = now;
	if (!interval) {
		c->begin = now < c->begin ? now : c->begin;
		c->end = now > c->end ? now : c->end;
		return;
	}
	c->last = now;
	c->end = c->begin + interval;
	if (now < c->end)
		return;
	turn(c);
	c->begin += (now - c->begin) / interval * interval;
	c->end = c->begin + interval;
}

static int collect_begin(struct render *r, struct tape_error *why)
{
	struct stat_collect *c = r->state;

	(void)why;
	if (c->options->interval && c->begin) { /* another tape */
		turn(c);
		c->begin = 0;
	}
	stat_source_begin(&c->source, r->facts);
	c->no_times = r->facts->header->optional & TRACE_O_NO_ENTER_TIME;
	return 0;
}

static void make_key(struct stat_collect *c, const struct call *call, uint64_t key[STAT_WORDS])
{
	for (unsigned int i = 0; i < c->options->keys; i++)
		key[i] = c->options->key[i]->word(&c->source, call);
}

static void add_time(struct stat_collect *c, struct stat_row *row, const struct call *call)
{
	uint64_t ns;

	if (call->enter && call->exit && !c->no_times) {
		c->timed++;
		stat_table_time(c->table, row,
				call->exit > call->enter ? call->exit - call->enter : 0);
	}
	if (c->untold >= CPU_TRIES)
		return;
	if (!call_cpu_time(call, &ns)) {
		c->untold += !c->cpu_timed;
		return;
	}
	c->cpu_timed++;
	row->sums.cpu_timed++;
	row->sums.cpu_total += ns;
}

/* The bytes that went between the row's file and memory, or another file. */
static void add_bytes(struct stat_sums *sums, const struct call *call, bool in, bool out)
{
	sums->in += in ? (uint64_t)call->result : 0;
	sums->out += out ? (uint64_t)call->result : 0;
	sums->reads += in;
	sums->writes += out;
}

static struct stat_row *other_row(struct stat_collect *c, const struct call *call,
				  struct file_found file)
{
	uint64_t key[STAT_WORDS];

	c->source.file = file;
	make_key(c, call, key);
	return stat_table_row(c->table, key);
}

/* What a call that succeeded did to files: of two files, each row has its own part. */
static void add_files(struct stat_collect *c, struct stat_row *row, const struct call *call)
{
	const struct file_use *use = &c->source.kind->use;
	bool split = c->files && use->in >= 0 && use->out >= 0;
	int8_t about = use->fd;

	if (use->opens && (!c->files || use->new_one))
		row->sums.opens++;
	if (!split)
		add_bytes(&row->sums, call, use->in >= 0, use->out >= 0);
	else
		add_bytes(&row->sums, call, use->in == about, use->out == about);
	if (split) {
		int8_t other = use->in == about ? use->out : use->in;

		row = other_row(c, call, file_use_open(call, (int32_t)call->arg[other]));
		add_bytes(&row->sums, call, use->in == other, use->out == other);
	} else if (c->files && use->opens && !use->new_one) {
		row = other_row(c, call, file_use_open(call, call->result));
		row->sums.opens++;
	}
}

static void add_life(struct stat_collect *c, struct stat_row *row, const struct call *call)
{
	struct stat_life *life = stat_table_life(c->table, row);
	const struct process *process = call->thread ? call->thread->process : NULL;
	uint64_t born = 0;

	if (!life)
		return;
	memcpy(life->comm, call->comm, sizeof(life->comm) - 1);
	for (unsigned int i = 0; i < c->options->keys && !born; i++) {
		if (!strcmp(c->options->key[i]->name, "tid"))
			born = call->thread ? call->thread->born : 0;
		else if (c->options->key[i]->lives)
			born = process ? process->born : 0;
	}
	life->begun = born ? tape_time(c->source.facts, born) : 0;
}

static void collect_call(struct render *r, const struct call *call)
{
	struct stat_collect *c = r->state;
	uint64_t key[STAT_WORDS];
	char name[FILE_NAME_ROOM];
	struct stat_row *row;

	advance(c, call->exit ? call->exit : call_time(call));
	if (call->state != CALL_DONE) {
		c->no_return += call->state == CALL_NO_RETURN;
		c->unfinished += call->state != CALL_NO_RETURN;
		return;
	}
	stat_source_call(&c->source, call, c->files, name);
	make_key(c, call, key);
	row = stat_table_row(c->table, key);
	c->calls++;
	row->sums.calls++;
	row->sums.errors += call->failed;
	if (c->source.kind->use.path >= 0 && call->failed)
		row->sums.missing +=
			call->result == -2 || call->result == -20; /* ENOENT, ENOTDIR */
	add_time(c, row, call);
	if (c->lives)
		add_life(c, row, call);
	if (!call->failed && call->result >= 0)
		add_files(c, row, call);
}

/* Rows whose key has nothing but processes or threads know how those end. */
static void end_life(struct stat_collect *c, const struct note *note)
{
	const struct stat_key *key = c->options->key[0];
	const struct trace_process *p = note->process;
	struct call call = { .tid = p->record.tid, .tgid = p->record.tgid, .thread = note->thread };
	bool thread = !strcmp(key->name, "tid");
	struct stat_row *row;
	uint64_t word;

	if (c->options->keys != 1 || !key->lives ||
	    (!thread && !(p->record.flags & TRACE_F_LEADER)))
		return;
	word = key->word(&c->source, &call);
	row = stat_table_find(c->table, &word);
	if (!row || !row->life)
		return;
	row->life->ended = tape_time(c->source.facts, note->time);
	row->life->status = p->code;
}

static void collect_note(struct render *r, const struct note *note)
{
	struct stat_collect *c = r->state;

	switch (note->kind) {
	case NOTE_LOST:
		advance(c, note->time);
		c->lost_calls += note->lost->calls;
		c->lost_enters += note->lost->enters;
		c->lost_events += note->lost->events;
		break;
	case NOTE_MISSING: c->missing += note->missing; break;
	case NOTE_PROCESS:
		if (note->process->record.type == TRACE_END && note->thread)
			end_life(c, note);
		break;
	default: break;
	}
}

static void collect_end(struct render *r)
{
	struct stat_collect *c = r->state;

	stat_source_end(&c->source);
}

static uint64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* Whether there is a table that the clock may ask for. */
static bool is_timed(const struct stat_collect *c)
{
	return c->options->interval && c->begin && stat_collect_any(c);
}

/*
 * Nothing comes for now, but time goes on: since the last event by our own clock, for the tape may
 * be another machine's. An interval that is over by that has its table; what is told later of it
 * counts in the next.
 */
static void collect_flush(struct render *r)
{
	struct stat_collect *c = r->state;
	uint64_t now;

	text_flush(r->out);
	if (!is_timed(c))
		return;
	now = clock_now();
	if (c->heard != c->last) {
		c->heard = c->last;
		c->due = now + (c->end - c->last) + LATENESS;
	}
	if (now < c->due)
		return;
	turn(c);
	c->heard = 0;
	c->begin = c->end;
	c->end += c->options->interval;
}

static uint64_t collect_due(struct render *r)
{
	const struct stat_collect *c = r->state;
	uint64_t now;

	if (!is_timed(c))
		return 0;
	now = clock_now();
	return c->due > now ? c->due - now : 1;
}

const struct renderer stat_renderer = {
	.name = "stat",
	.help = "calls added up",
	.begin = collect_begin,
	.call = collect_call,
	.note = collect_note,
	.flush = collect_flush,
	.due = collect_due,
	.end = collect_end,
};

const struct renderer stat_files_renderer = {
	.name = "stat",
	.help = "calls added up, by what they are about",
	.descriptors = true,
	.begin = collect_begin,
	.call = collect_call,
	.note = collect_note,
	.flush = collect_flush,
	.due = collect_due,
	.end = collect_end,
};

const struct renderer *stat_collect_renderer(const struct stat_collect *c)
{
	return c->files ? &stat_files_renderer : &stat_renderer;
}
