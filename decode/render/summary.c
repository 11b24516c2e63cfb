// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/summary.h"

#include "decode/render/heading.h"
#include "decode/render/summary_columns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ARCHES = TRACE_X32 + 1,
	TABLE_MOST = 1 << 20, /* bytes: more than for any kernel's calls; a tape can name 2^32 */
};

struct summary {
	const struct renderer *inner; /* NULL: only the table */
	struct render render;	      /* the inner one's */
	struct stat_strings *names;
	struct stat_table *counts[ARCHES]; /* by number and name; NULL: no call yet */
	struct stat_table *walls[ARCHES];  /* the same with times from beginning to end */
	uint64_t calls, timed, walled;	   /* of all; those with times of either kind */
	bool one_time;			   /* the tape has one time per call, but for a few */
	bool no_times;			   /* so that there are none of the kind that is wanted */
};

bool summary_knows(const char *list, const char *order, char *wrong, size_t size)
{
	const char *bad = "";

	if (order && option_parse_column(order, strlen(order)) < 0) {
		snprintf(wrong, size, "invalid sortby: '%.60s'", order);
		return false;
	}
	if (list && !summary_columns_find(list, &bad).count) {
		snprintf(wrong, size, "unknown column name: '%.*s'", (int)strcspn(bad, ","), bad);
		return false;
	}
	return true;
}

int summary_prepare(struct render *outer, const struct renderer *inner)
{
	struct summary *s = calloc(1, sizeof(*s));

	if (s)
		s->inner = inner;
	outer->state = s;
	return s ? 0 : -ENOMEM;
}

static int summary_begin(struct render *r, struct tape_error *why)
{
	struct summary *s = r->state;

	if (!s && summary_prepare(r, NULL))
		return -ENOMEM;
	s = r->state;
	s->one_time = r->facts->header->optional & TRACE_O_NO_ENTER_TIME;
	s->no_times = (!r->options->cpu_time || r->options->cpu_time_auto) && s->one_time;
	s->render = (struct render){ .out = r->out,
				     .options = r->options,
				     .facts = r->facts,
				     .several = r->several,
				     .further = r->further };
	if (!s->inner)
		heading_put(r);
	return s->inner && s->inner->begin ? s->inner->begin(&s->render, why) : 0;
}

/* The call's row; NULL without memory. */
static struct stat_row *row_of(struct summary *s, struct stat_table **table,
			       const struct call *call)
{
	uint64_t key[2] = { call->nr };

	if (!s->names)
		s->names = stat_strings_new();
	if (s->names && !*table)
		*table = stat_table_new(2, 2, TABLE_MOST, s->names);
	if (!*table)
		return NULL;
	key[1] = stat_strings_number(s->names, call->name, strlen(call->name));
	return stat_table_row(*table, key);
}

static bool wall_of(const struct call *call, uint64_t *ns)
{
	*ns = call->exit > call->enter ? call->exit - call->enter : 0;
	return call->enter && call->exit;
}

static void count_time(const struct render_options *o, struct stat_row *row, uint64_t ns)
{
	stat_sums_time(&row->sums, ns - (ns < o->summary_overhead ? ns : o->summary_overhead));
}

/* How long it took, as far as the tape knows. */
static void count_call(struct summary *s, const struct render_options *o, const struct call *call)
{
	struct stat_row *row = call->arch < ARCHES ? row_of(s, &s->counts[call->arch], call) : NULL;
	uint64_t ns = 0;
	bool wall;

	if (!row)
		return;
	row->sums.calls++;
	row->sums.errors += call->failed;
	s->calls++;
	if (!s->no_times && (o->cpu_time ? call_cpu_time(call, &ns) : wall_of(call, &ns))) {
		s->timed++;
		count_time(o, row, ns);
	}
	wall = o->cpu_time && !(s->one_time) && wall_of(call, &ns);
	row = wall ? row_of(s, &s->walls[call->arch], call) : NULL;
	if (row) {
		s->walled++;
		count_time(o, row, ns);
	}
}

static void summary_begun(struct render *r, const struct call *call)
{
	struct summary *s = r->state;

	if (s->inner && s->inner->begun)
		s->inner->begun(&s->render, call);
}

static void summary_call(struct render *r, const struct call *call)
{
	struct summary *s = r->state;

	if (call->state == CALL_DONE)
		count_call(s, r->options, call);
	if (s->inner)
		s->inner->call(&s->render, call);
}

static void summary_note(struct render *r, const struct note *note)
{
	struct summary *s = r->state;

	if (s->inner && s->inner->note)
		s->inner->note(&s->render, note);
}

static void summary_flush(struct render *r)
{
	struct summary *s = r->state;

	if (s && s->inner && s->inner->flush)
		s->inner->flush(&s->render);
	else
		text_flush(r->out);
}

static bool leaves_out_times(const struct render *r)
{
	const struct summary *s = r->state;

	return s->calls && !s->timed && !r->options->cpu_time_auto;
}

/* What stands for the row's call in the other table. */
static struct stat_sums wall_sums(const struct summary *s, const struct stat_row *row, int arch)
{
	const struct stat_row *wall =
		s->walls[arch] ? stat_table_find(s->walls[arch], row->key) : NULL;

	return wall ? wall->sums : row->sums;
}

/* The rows as lines to be freed, with one for those that had to go; NULL without memory. */
static struct count *lines_of(const struct summary *s, int arch, size_t *n)
{
	const struct stat_table *table = s->counts[arch];
	const struct stat_row *others = stat_table_others(table);
	struct stat_row **rows = stat_table_rows(table, n);
	struct count *lines = rows ? calloc(*n + 1, sizeof(*lines)) : NULL;

	for (size_t i = 0; lines && i < *n; i++) {
		size_t size;
		const char *name = stat_strings_text(s->names, (uint32_t)rows[i]->key[1], &size);

		lines[i].nr = (uint32_t)rows[i]->key[0];
		lines[i].sums = rows[i]->sums;
		lines[i].wall = wall_sums(s, rows[i], arch);
		snprintf(lines[i].name, sizeof(lines[i].name), "%.*s", (int)size, name);
	}
	if (lines && others->sums.calls)
		lines[(*n)++] =
			(struct count){ "(others)", UINT32_MAX, others->sums, others->sums };
	free(rows);
	return lines;
}

static void print_table(struct render *r, int arch)
{
	const char *list = r->options->summary_columns, *bad;
	const struct summary *s = r->state;
	struct summary_columns columns = summary_columns_find(
		list ? list : "time-percent,total-time,avg-time,calls,errors,name", &bad);
	size_t count;
	struct count all = { .name = "total",
			     .sums.shortest = UINT64_MAX,
			     .wall.shortest = UINT64_MAX };
	struct count *lines = lines_of(s, arch, &count);

	if (!lines)
		return;
	for (size_t i = 0; i < count; i++) {
		stat_sums_merge(&all.sums, &lines[i].sums);
		stat_sums_merge(&all.wall, &lines[i].wall);
	}
	if (leaves_out_times(r))
		summary_columns_leave_out(&columns, true, !s->walled);
	summary_columns_sort(lines, count, r->options->summary_order);
	summary_columns_print(r->out, &columns, lines, count, &all);
	free(lines);
}

/* What the table does not say. */
static void remark(struct render *r, const struct summary *s)
{
	bool fast = r->facts->header->optional & TRACE_O_NO_ENTER_TIME;

	if (leaves_out_times(r))
		snprintf(r->remark.text, sizeof(r->remark.text),
			 "the tape has no %s of these calls%s: their columns are left out",
			 r->options->cpu_time ? "CPU times" : "times",
			 r->options->cpu_time ? " (systape --state records them)"
			 : fast		      ? " (systape --fast leaves them out)"
					      : "");
	else if (r->options->cpu_time && !r->options->cpu_time_auto && s->timed < s->calls)
		snprintf(r->remark.text, sizeof(r->remark.text),
			 "%llu of %llu calls have no CPU time: the columns of times are about the "
			 "others",
			 (unsigned long long)(s->calls - s->timed), (unsigned long long)s->calls);
}

static void summary_end(struct render *r)
{
	static const char *const modes[] = {
		[TRACE_I386] = "32 bit", [TRACE_AARCH64] = "aarch64", [TRACE_X32] = "x32"
	};
	struct summary *s = r->state;

	if (!s)
		return;
	if (s->inner && s->inner->end)
		s->inner->end(&s->render);
	remark(r, s);
	for (int arch = 0; arch < ARCHES; arch++) {
		if (s->counts[arch] && arch)
			text_printf(r->out, "System call usage summary for %s mode:\n",
				    modes[arch]);
		if (s->counts[arch])
			print_table(r, arch);
		stat_table_free(s->counts[arch]);
		stat_table_free(s->walls[arch]);
	}
	stat_strings_free(s->names);
	free(s);
}

const struct renderer summary_renderer = {
	.name = "summary",
	.help = "calls, errors and times by call, as strace -c prints them",
	.one = true,
	.captures = true,
	.as_tracer = true,
	.begin = summary_begin,
	.begun = summary_begun,
	.call = summary_call,
	.note = summary_note,
	.flush = summary_flush,
	.end = summary_end,
};
