// SPDX-License-Identifier: GPL-2.0-or-later
/* report: tables of calls and of errors. */
#include "decode/html/page_text.h"
#include "decode/html/report_figures.h"
#include "decode/html/table_head.h"
#include "decode/html/waits.h"
#include "format/flags/flags.h"

enum { WORDLESS = 512 /* the first of the kernel's own errors, which no program sees */ };

static void put_host(struct text *out, const struct report *p, const struct stat_row *row)
{
	size_t size;
	const char *host = report_name(p, BY_CALL, row, 2, &size);

	table_host(out, p, host, size);
}

static void put_times(struct text *out, const struct stat_row *row)
{
	static const unsigned int parts[] = { 5000, 9000, 9900, 9990 };
	const struct stat_sums *s = &row->sums;

	page_cell_time(out, s->timed, s->timed ? s->total / s->timed : 0);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		page_cell_time(out, row->times.count, stat_row_percentile(row, parts[i]));
	page_cell_time(out, s->timed, s->longest);
	report_put_histogram(out, &row->times);
}

/* calls, errors, total, share */
static void put_sums(struct text *out, const struct report *p, const struct stat_sums *s)
{
	page_cell_count(out, s->calls);
	page_cell_count(out, s->errors);
	if (p->all.timed)
		page_cell_time(out, s->timed, s->total);
	table_share(out, p->all.timed ? s->total : s->calls,
		    p->all.timed ? p->all.total : p->all.calls);
}

static void put_call_row(struct text *out, const struct report *p, const struct stat_row *row)
{
	size_t size;
	const char *name = report_name(p, BY_CALL, row, 0, &size);

	text_put(out, "<tr>");
	put_host(out, p, row);
	text_put(out, "<td class=t>");
	page_escaped(out, name, size, NAME_MOST);
	if (waits_by_name(name, size))
		text_put(out, "<em>waits</em>");
	text_put(out, "</td>");
	put_sums(out, p, &row->sums);
	if (p->all.timed)
		put_times(out, row);
	text_put(out, "</tr>\n");
}

/* The others, and all: rows that are not sorted. */
static void put_sum_row(struct text *out, const struct report *p, const char *title,
			const struct stat_sums *sums)
{
	text_put(out, "<tr>");
	table_no_host(out, p);
	text_printf(out, "<th scope=row>%s</th>", title);
	put_sums(out, p, sums);
	if (p->all.timed) {
		page_cell_time(out, sums->timed, sums->timed ? sums->total / sums->timed : 0);
		text_put(out, "<td colspan=4></td>");
		page_cell_time(out, sums->timed, sums->longest);
		text_put(out, "<td></td>");
	}
	text_put(out, "</tr>");
}

void report_call_table(struct text *out, const struct report *p)
{
	static const struct table_column columns[] = {
		{ "Call", "system call", COLUMN_TEXT },
		{ "Calls", "calls that have returned", 0 },
		{ "Errors", "of them, those that failed", 0 },
		{ "Total", "time within them, from entry to return", COLUMN_TIMED | COLUMN_SORTED },
		{ "Share", "of the time of all calls; of the calls, where no times are known", 0 },
		{ "Mean", "mean time", COLUMN_TIMED },
		{ "p50", "median: half of the calls took no longer", COLUMN_TIMED },
		{ "p90", "90 of 100 took no longer", COLUMN_TIMED },
		{ "p99", "99 of 100 took no longer", COLUMN_TIMED },
		{ "p99.9", "999 of 1000 took no longer", COLUMN_TIMED },
		{ "Max", "longest", COLUMN_TIMED },
		{ NULL, NULL, 0 },
	};
	struct report_rows rows;

	text_put(out, "<section id=calls><h2>Calls</h2>");
	table_begin(out, p, "calls", columns, false);
	if (p->all.timed) {
		text_put(out,
			 "<th scope=col class=g data-fixed title=\"how often they took how long: "
			 "a bar for each power of two, heights as logarithms\">");
		report_put_axis(out);
		text_put(out, "</th>");
	}
	text_put(out, "</tr></thead><tbody>\n");
	if (report_calls(p, false, &rows)) {
		for (size_t i = 0; i < rows.count; i++)
			put_call_row(out, p, rows.row[i]);
		text_put(out, "</tbody><tfoot>");
		if (rows.others->sums.calls)
			put_sum_row(out, p, "others", &rows.others->sums);
		put_sum_row(out, p, "all", &p->all);
		text_put(out, "</tfoot>");
	}
	report_rows_free(&rows);
	table_end(out);
	table_cut(out, p, BY_CALL);
	text_put(out, "</section>\n");
}

static void put_error_row(struct text *out, const struct report *p, const struct stat_row *row)
{
	uint64_t number = row->key[1];
	const char *name = flag_errno_name(number), *call;
	const char *text = number < WORDLESS ? strerrordesc_np((int)number) : NULL;
	size_t size;

	call = report_name(p, BY_CALL, row, 0, &size);
	text_put(out, "<tr>");
	put_host(out, p, row);
	table_name(out, call, size);
	if (name)
		text_printf(out, "<td class=t>%s</td>", name);
	else
		text_printf(out, "<td class=t>errno %llu</td>", (unsigned long long)number);
	text_put(out, "<td>");
	if (text)
		page_escaped(out, text, strlen(text), NAME_MOST);
	text_put(out, "</td>");
	page_cell_count(out, row->sums.errors);
	table_share(out, row->sums.errors, p->all.errors);
	if (p->all.timed)
		page_cell_time(out, row->sums.timed, row->sums.total);
	text_put(out, "</tr>\n");
}

void report_error_table(struct text *out, const struct report *p)
{
	static const struct table_column columns[] = {
		{ "Call", "system call", COLUMN_TEXT },
		{ "Error", "its name", COLUMN_TEXT },
		{ "Meaning", "in the words of the C library", COLUMN_TEXT },
		{ "Calls", "calls that failed so", COLUMN_SORTED },
		{ "Share", "of all calls that failed", 0 },
		{ "Total", "time within them", COLUMN_TIMED },
		{ NULL, NULL, 0 },
	};
	struct report_rows rows;

	text_put(out, "<section id=errors><h2>Errors</h2>");
	if (!p->all.errors) {
		text_put(out, "<p>No call failed.</p></section>\n");
		return;
	}
	table_begin(out, p, "errors", columns, false);
	text_put(out, "</tr></thead><tbody>\n");
	if (report_errors(p, &rows)) {
		for (size_t i = 0; i < rows.count; i++)
			put_error_row(out, p, rows.row[i]);
	}
	text_put(out, "</tbody>");
	table_end(out);
	if (rows.hidden) {
		text_put(out, "<p class=d>");
		page_count(out, rows.hidden);
		text_put(out, " more kinds of errors, of ");
		page_count(out, rows.others->sums.errors);
		text_put(out, " calls, are not shown.</p>");
	}
	report_rows_free(&rows);
	text_put(out, "</section>\n");
}
