// SPDX-License-Identifier: GPL-2.0-or-later
/* The renderer of -l html: collects while tapes are read, and writes the page at the end. */
#include "decode/html/report.h"
#include "decode/html/waits.h"
#include "decode/render/call_outcome.h"
#include "decode/stream/stream.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	STRING_SIZE = 96, /* bytes of strings of a call, unless asked for others */
	WAITS = 3,	  /* the word of a row by call that says so */
};

static const struct {
	const char *keys[3];
	size_t memory; /* bytes */
} tables[] = {
	[BY_CALL] = { { "call", "errno", "host" }, 4 << 20 },
	[BY_FILE] = { { "file", "socket", "host" }, 20 << 20 },
	[BY_PROCESS] = { { "pid" }, 8 << 20 },
};

static bool open_tables(struct report *p)
{
	for (int i = 0; i < REPORT_TABLES; i++) {
		struct stat_options *o = &p->wanted[i];

		for (int k = 0; k < 3 && tables[i].keys[k]; k++)
			o->key[o->keys++] =
				stat_key_find(tables[i].keys[k], strlen(tables[i].keys[k]));
		if (i == BY_CALL)
			o->key[o->keys++] = &waits_key;
		o->memory = tables[i].memory;
		p->collect[i] = stat_collect_new(o);
		if (!p->collect[i])
			return false;
	}
	return true;
}

static int begin_report(struct render *r)
{
	struct report *p = calloc(1, sizeof(*p));

	r->state = p;
	if (!p)
		return -ENOMEM;
	p->options = *r->options;
	if (p->options.string_size == UINT32_MAX)
		p->options.string_size = STRING_SIZE;
	return text_open(&p->words, -1) || process_tree_init(&p->tree) || !open_tables(p) ? -ENOMEM
											  : 0;
}

static void take_facts(struct report_capture *c, const struct tape_facts *facts)
{
	c->host = strdup(facts->host);
	c->kernel = strdup(facts->kernel);
	c->recorder = strdup(facts->recorder);
	c->backend = strdup(facts->backend);
	c->command = strdup(facts->command);
	c->arch = call_outcome_arch(facts->header->arch);
	c->fast = facts->header->optional & TRACE_O_NO_ENTER_TIME;
}

static void free_capture(struct report_capture *c)
{
	free(c->host);
	free(c->kernel);
	free(c->recorder);
	free(c->backend);
	free(c->command);
	*c = (struct report_capture){ 0 };
}

static size_t here(const struct report *p)
{
	return p->captures - 1;
}

static int html_begin(struct render *r, struct tape_error *why)
{
	struct report *p = r->state;
	int error = p ? 0 : begin_report(r);

	p = r->state;
	if (error || show_init(&p->show, &p->words, &p->options, r->facts, show_families, r->names))
		return -ENOMEM;
	p->open = true;
	if (p->captures < CAPTURES_MOST)
		p->captures++;
	free_capture(&p->capture[here(p)]);
	take_facts(&p->capture[here(p)], r->facts);
	for (int i = 0; i < REPORT_TABLES; i++) {
		struct stat_collect *c = p->collect[i];

		c->begin = c->end = 0;
		p->inner[i] = (struct render){
			.out = r->out, .options = &p->options, .facts = r->facts, .state = c
		};
		stat_collect_renderer(c)->begin(&p->inner[i], why);
	}
	return 0;
}

/* A call whose time is known. */
static void look_at_time(struct report *p, const struct call *call)
{
	uint64_t ns = call->exit - call->enter;
	struct slowest *list;

	if (!slowest_takes(&p->work, ns) && !slowest_takes(&p->waits, ns))
		return;
	list = waits_call(call) ? &p->waits : &p->work;
	if (slowest_takes(list, ns))
		slowest_add(list, &p->show, call, here(p));
}

static void html_call(struct render *r, const struct call *call)
{
	struct report *p = r->state;
	uint64_t time = call->exit ? call->exit : call_time(call);

	for (int i = 0; i < REPORT_TABLES; i++)
		stat_collect_renderer(p->collect[i])->call(&p->inner[i], call);
	if (call->state == CALL_DONE && time)
		activity_add(&p->activity, tape_time(r->facts, time), 1, call->failed, 0);
	if (call->state == CALL_DONE && call->enter && call->exit > call->enter &&
	    !p->capture[here(p)].fast)
		look_at_time(p, call);
}

static void html_note(struct render *r, const struct note *note)
{
	struct report *p = r->state;

	for (int i = 0; i < REPORT_TABLES; i++)
		stat_collect_renderer(p->collect[i])->note(&p->inner[i], note);
	switch (note->kind) {
	case NOTE_LOST:
		if (note->time)
			activity_add(&p->activity, tape_time(r->facts, note->time), 0, 0,
				     note->lost->calls + note->lost->enters + note->lost->events);
		losses_add(&p->losses, r->facts, note, here(p));
		break;
	case NOTE_MISSING:
	case NOTE_PARTS: losses_add(&p->losses, r->facts, note, here(p)); break;
	case NOTE_PROCESS: process_tree_note(&p->tree, r->facts, note, here(p)); break;
	default: break;
	}
}

/* The table by process is of one capture: another has other processes of the same numbers. */
static void end_processes(struct report *p)
{
	struct stat_collect *c = p->collect[BY_PROCESS];

	process_tree_end(&p->tree, c, here(p));
	stat_table_clear(c->table);
}

static void html_end(struct render *r)
{
	struct report *p = r->state;
	const struct stream_counts *counts = r->counts;
	struct report_capture *capture;

	if (!p || !p->open)
		return;
	p->open = false;
	capture = &p->capture[here(p)];
	capture->begin = p->collect[BY_CALL]->begin;
	capture->end = p->collect[BY_CALL]->end;
	if (counts) {
		capture->calls = counts->calls;
		capture->shown = counts->shown;
		capture->whole = counts->whole;
		capture->limited = counts->limited;
	}
	end_processes(p);
	for (int i = 0; i < REPORT_TABLES; i++)
		stat_collect_renderer(p->collect[i])->end(&p->inner[i]);
	show_done(&p->show);
}

/* Nothing can be seen before the end. */
static void html_flush(struct render *r)
{
	(void)r;
}

static void write_page(struct text *out, struct report *p)
{
	process_tree_choose(&p->tree);
	for (size_t i = 1; i < p->captures; i++)
		p->hosts |= p->capture[i].host && p->capture[0].host &&
			    strcmp(p->capture[i].host, p->capture[0].host) != 0;
	report_head(out, p);
	report_overview(out, p);
	report_activity(out, p);
	report_losses(out, p);
	report_call_table(out, p);
	report_error_table(out, p);
	report_slowest(out, p);
	report_file_table(out, p, false);
	report_file_table(out, p, true);
	report_processes(out, p);
	report_foot(out, p);
}

/* What all calls are together. */
static bool add_up(struct report *p)
{
	const struct stat_collect *c = p->collect[BY_CALL];
	size_t count;
	struct stat_row **rows = stat_table_rows(c->table, &count);

	p->all.shortest = UINT64_MAX;
	for (size_t i = 0; rows && i < count; i++) {
		stat_sums_merge(&p->all, &rows[i]->sums);
		p->waited += rows[i]->key[WAITS] ? rows[i]->sums.total : 0;
	}
	stat_sums_merge(&p->all, &stat_table_others(c->table)->sums);
	p->no_return = c->no_return;
	p->unfinished = c->unfinished;
	free(rows);
	return rows;
}

static void free_report(struct report *p)
{
	for (int i = 0; i < REPORT_TABLES; i++)
		stat_collect_free(p->collect[i]);
	for (size_t i = 0; i < p->captures; i++)
		free_capture(&p->capture[i]);
	slowest_free(&p->work);
	slowest_free(&p->waits);
	process_tree_free(&p->tree);
	text_close(&p->words);
	free(p);
}

static int html_finish(struct render *r, bool whole, struct tape_error *why)
{
	struct report *p = r->state;
	int error = 0;

	(void)why;
	if (!p)
		return 0;
	if (p->open)
		show_done(&p->show);
	if (whole)
		error = add_up(p) ? 0 : -ENOMEM;
	if (whole && !error) {
		write_page(r->out, p);
		text_flush(r->out);
		error = r->out->error;
	}
	free_report(p);
	r->state = NULL;
	return error;
}

const struct renderer html_renderer = {
	.name = "html",
	.help = "a report in one page: what is slow, what fails, what was lost; use -o FILE.html",
	.one = true,
	.captures = true,
	.target = TARGET_FILE,
	.descriptors = true,
	.whole = true,
	.begin = html_begin,
	.call = html_call,
	.note = html_note,
	.flush = html_flush,
	.end = html_end,
	.finish = html_finish,
};
