// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/summary.h"

#include "decode/stat/stat_table.h"
#include "format/option_parse.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ARCHES = TRACE_X32 + 1,
	COLUMNS_MOST = 8,
	TABLE_MOST = 1 << 20, /* bytes: more than for any kernel's calls; a tape can name 2^32 */
};

/* A line: of one call, or of the sum of all. */
struct count {
	char name[DESC_NAME];
	uint32_t nr;
	struct stat_sums sums;
};

struct summary {
	const struct renderer *inner; /* NULL: only the table */
	struct render render;	      /* the inner one's */
	struct stat_strings *names;
	struct stat_table *counts[ARCHES]; /* by number and name; NULL: no call yet */
	uint64_t calls, timed;		   /* of all */
	bool no_times;			   /* the tape has one time per call, but for a few */
};

static uint64_t average(const struct count *c)
{
	return c->sums.timed ? c->sums.total / c->sums.timed : 0;
}

/* Columns: how a line of one call, or of the sum of all, shows it. */
static void put_percent(struct text *out, const struct count *c, const struct count *all)
{
	text_printf(out, "%6.2f",
		    c == all	      ? 100.0
		    : all->sums.total ? 100.0 * c->sums.total / all->sums.total
				      : 0.0);
}

static void put_total(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	text_printf(out, "%11.6f", c->sums.total / 1e9);
}

static void put_shortest(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	text_printf(out, "%9.6f", c->sums.timed ? c->sums.shortest / 1e9 : 0.0);
}

static void put_longest(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	text_printf(out, "%9.6f", c->sums.longest / 1e9);
}

static void put_average(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	text_printf(out, "%11llu", (unsigned long long)average(c) / 1000);
}

static void put_calls(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	text_printf(out, "%9llu", (unsigned long long)c->sums.calls);
}

static void put_errors(struct text *out, const struct count *c, const struct count *all)
{
	(void)all;
	if (c->sums.errors)
		text_printf(out, "%9llu", (unsigned long long)c->sums.errors);
	else
		text_printf(out, "%9s", "");
}

/* strace sorts what is equal by number. */
static int by_number(const void *a, const void *b)
{
	uint32_t x = ((const struct count *)a)->nr, y = ((const struct count *)b)->nr;

	return x < y ? -1 : x > y;
}

static int by_total(const void *a, const void *b)
{
	uint64_t x = ((const struct count *)a)->sums.total,
		 y = ((const struct count *)b)->sums.total;

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_shortest(const void *a, const void *b)
{
	uint64_t x = ((const struct count *)a)->sums.shortest,
		 y = ((const struct count *)b)->sums.shortest;

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_longest(const void *a, const void *b)
{
	uint64_t x = ((const struct count *)a)->sums.longest,
		 y = ((const struct count *)b)->sums.longest;

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_average(const void *a, const void *b)
{
	uint64_t x = average(a), y = average(b);

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_calls(const void *a, const void *b)
{
	uint64_t x = ((const struct count *)a)->sums.calls,
		 y = ((const struct count *)b)->sums.calls;

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_errors(const void *a, const void *b)
{
	uint64_t x = ((const struct count *)a)->sums.errors,
		 y = ((const struct count *)b)->sums.errors;

	return x < y ? 1 : x > y ? -1 : by_number(a, b);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct count *)a)->name, ((const struct count *)b)->name);
}

// clang-format off
static const struct column {
	const char *title; /* NULL: only an order */
	int width;
	void (*put)(struct text *out, const struct count *c, const struct count *all); /* NULL: the name */
	int (*order)(const void *a, const void *b);
} columns[COLUMNS] = {
	[COLUMN_PERCENT] = { "% time", 6, put_percent, by_total },
	[COLUMN_TOTAL] = { "seconds", 11, put_total, by_total },
	[COLUMN_SHORTEST] = { "shortest", 9, put_shortest, by_shortest },
	[COLUMN_LONGEST] = { "longest", 9, put_longest, by_longest },
	[COLUMN_AVERAGE] = { "usecs/call", 11, put_average, by_average },
	[COLUMN_CALLS] = { "calls", 9, put_calls, by_calls },
	[COLUMN_ERRORS] = { "errors", 9, put_errors, by_errors },
	[COLUMN_NAME] = { "syscall", 16, NULL, by_name },
	[COLUMN_NOTHING] = { NULL, 0, NULL, by_number },
};
// clang-format on

static bool is_time(const struct column *c)
{
	return c->put == put_percent || c->put == put_total || c->put == put_shortest ||
	       c->put == put_longest || c->put == put_average;
}

static const struct column *find_column(const char *word, size_t length)
{
	int column = option_parse_column(word, length);

	return column < 0 ? NULL : &columns[column];
}

/* The columns of a list, and the name: how many, 0 if one is unknown (`bad` shows which) or there
 * are too many. */
static size_t find_columns(const char *list, const struct column *found[COLUMNS_MOST],
			   const char **bad)
{
	bool named = false;
	size_t n = 0;

	for (const char *at = list; *at; at += strcspn(at, ","), at += *at == ',') {
		*bad = at;
		if (n == COLUMNS_MOST)
			return 0;
		found[n] = find_column(at, strcspn(at, ","));
		if (!found[n] || !found[n]->title)
			return 0;
		named |= !found[n++]->put;
	}
	if (n && !named && n < COLUMNS_MOST)
		found[n++] = &columns[COLUMN_NAME];
	return n;
}

bool summary_knows(const char *list, const char *order, char *wrong, size_t size)
{
	const struct column *found[COLUMNS_MOST],
		*by = order ? find_column(order, strlen(order)) : NULL;
	const char *bad = "";

	if (order && !by) {
		snprintf(wrong, size, "invalid sortby: '%.60s'", order);
		return false;
	}
	if (list && !find_columns(list, found, &bad)) {
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
	s->no_times = (!r->options->cpu_time || r->options->cpu_time_auto) &&
		      r->facts->header->optional & TRACE_O_NO_ENTER_TIME;
	s->render = (struct render){ .out = r->out, .options = r->options, .facts = r->facts };
	return s->inner && s->inner->begin ? s->inner->begin(&s->render, why) : 0;
}

/* The call's row; without memory for its own, that of all others. */
static struct stat_row *row_of(struct summary *s, const struct call *call)
{
	struct stat_table **table = &s->counts[call->arch];
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

/* How long it took, as far as the tape knows. */
static bool time_of(const struct render_options *o, const struct call *call, uint64_t *ns)
{
	if (o->cpu_time)
		return call_cpu_time(call, ns);
	*ns = call->exit > call->enter ? call->exit - call->enter : 0;
	return call->enter;
}

static void count_call(struct summary *s, const struct render_options *o, const struct call *call)
{
	struct stat_row *row = call->arch < ARCHES ? row_of(s, call) : NULL;
	uint64_t ns = 0;

	if (!row)
		return;
	row->sums.calls++;
	row->sums.errors += call->failed;
	s->calls++;
	if (s->no_times || !time_of(o, call, &ns))
		return;
	s->timed++;
	stat_sums_time(&row->sums, ns - (ns < o->summary_overhead ? ns : o->summary_overhead));
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

static void print_line(struct text *out, const struct column *const *cs, size_t n,
		       const struct count *c, const struct count *all)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			text_char(out, ' ');
		if (cs[i]->put)
			cs[i]->put(out, c, all);
		else
			text_printf(out, i + 1 < n ? "%-16s" : "%s", c->name);
	}
	text_char(out, '\n');
}

static void print_rule(struct text *out, const struct column *const *cs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_printf(out, "%s%.*s", i ? " " : "", cs[i]->width, "----------------");
	text_char(out, '\n');
}

static void print_head(struct text *out, const struct column *const *cs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (cs[i]->put)
			text_printf(out, "%s%*s", i ? " " : "", cs[i]->width, cs[i]->title);
		else
			text_printf(out, i + 1 < n ? "%s%-16s" : "%s%s", i ? " " : "",
				    cs[i]->title);
	}
	text_char(out, '\n');
	print_rule(out, cs, n);
}

static bool leaves_out_times(const struct render *r)
{
	const struct summary *s = r->state;

	return s->calls && !s->timed && !r->options->cpu_time_auto;
}

/* Columns of times that are not known are none. */
static size_t leave_out_times(const struct column **cs, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_time(cs[i]))
			cs[kept++] = cs[i];
	return kept;
}

/* The rows as lines to be freed, with one for those that had to go; NULL without memory. */
static struct count *lines_of(const struct summary *s, const struct stat_table *table, size_t *n)
{
	const struct stat_row *others = stat_table_others(table);
	struct stat_row **rows = stat_table_rows(table, n);
	struct count *lines = rows ? calloc(*n + 1, sizeof(*lines)) : NULL;

	for (size_t i = 0; lines && i < *n; i++) {
		size_t size;
		const char *name = stat_strings_text(s->names, (uint32_t)rows[i]->key[1], &size);

		lines[i].nr = (uint32_t)rows[i]->key[0];
		lines[i].sums = rows[i]->sums;
		snprintf(lines[i].name, sizeof(lines[i].name), "%.*s", (int)size, name);
	}
	if (lines && others->sums.calls)
		lines[(*n)++] = (struct count){ "(others)", UINT32_MAX, others->sums };
	free(rows);
	return lines;
}

static void print_table(struct render *r, const struct stat_table *table)
{
	const char *list = r->options->summary_columns, *order = r->options->summary_order, *bad;
	const struct column *cs[COLUMNS_MOST],
		*by = find_column(order ? order : "total-time",
				  strlen(order ? order : "total-time"));
	size_t n = find_columns(list ? list : "time-percent,total-time,avg-time,calls,errors,name",
				cs, &bad),
	       count;
	struct count all = { .name = "total", .sums.shortest = UINT64_MAX };
	struct count *lines = lines_of(r->state, table, &count);

	if (!lines)
		return;
	for (size_t i = 0; i < count; i++)
		stat_sums_merge(&all.sums, &lines[i].sums);
	if (leaves_out_times(r))
		n = leave_out_times(cs, n);
	qsort(lines, count, sizeof(*lines), by->order);
	print_head(r->out, cs, n);
	for (size_t i = 0; i < count; i++)
		print_line(r->out, cs, n, &lines[i], &all);
	print_rule(r->out, cs, n);
	print_line(r->out, cs, n, &all, &all);
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
			print_table(r, s->counts[arch]);
		stat_table_free(s->counts[arch]);
	}
	stat_strings_free(s->names);
	free(s);
}

const struct renderer summary_renderer = {
	.name = "summary",
	.help = "calls, errors and times by call, as strace -c prints them",
	.one = true,
	.as_tracer = true,
	.begin = summary_begin,
	.begun = summary_begun,
	.call = summary_call,
	.note = summary_note,
	.flush = summary_flush,
	.end = summary_end,
};
