// SPDX-License-Identifier: GPL-2.0-or-later
/* report: tables of files and of sockets. */
#include "decode/html/page_text.h"
#include "decode/html/table_head.h"

static void put_sums(struct text *out, const struct report *p, const struct stat_sums *s,
		     bool sockets)
{
	page_cell_count(out, s->calls);
	page_cell_count(out, s->errors);
	if (!sockets) {
		page_cell_count(out, s->missing);
		page_cell_count(out, s->opens);
	}
	page_cell_count(out, s->reads);
	page_cell_bytes(out, s->in);
	page_cell_count(out, s->writes);
	page_cell_bytes(out, s->out);
	if (p->all.timed)
		page_cell_time(out, s->timed, s->total);
}

static void put_row(struct text *out, const struct report *p, const struct stat_row *row,
		    bool sockets)
{
	size_t size;
	const char *name = report_name(p, BY_FILE, row, 2, &size);

	text_put(out, "<tr>");
	table_host(out, p, name, size);
	name = report_name(p, BY_FILE, row, 0, &size);
	table_name(out, name, size);
	put_sums(out, p, &row->sums, sockets);
	if (p->all.timed) {
		page_cell_time(out, row->times.count, stat_row_percentile(row, 9900));
		page_cell_time(out, row->sums.timed, row->sums.longest);
	}
	text_put(out, "</tr>\n");
}

static void put_others(struct text *out, const struct report *p, const struct report_rows *rows,
		       bool sockets)
{
	if (!rows->hidden)
		return;
	text_put(out, "<tfoot><tr>");
	table_no_host(out, p);
	text_put(out, "<th scope=row>");
	page_count(out, rows->hidden);
	text_put(out, " others</th>");
	put_sums(out, p, &rows->others->sums, sockets);
	text_put(out, p->all.timed ? "<td></td><td></td></tr></tfoot>" : "</tr></tfoot>");
}

void report_file_table(struct text *out, const struct report *p, bool sockets)
{
	const struct table_column columns[] = {
		{ sockets ? "Socket" : "File", "name", COLUMN_TEXT },
		{ "Calls", "calls about it", 0 },
		{ "Errors", "of them, those that failed", 0 },
		{ "Missing", "looked up, and not there", COLUMN_FILES },
		{ "Opens", "descriptors made for it", COLUMN_FILES },
		{ "Reads", "calls that read", 0 },
		{ "In", "bytes read", 0 },
		{ "Writes", "calls that wrote", 0 },
		{ "Out", "bytes written", 0 },
		{ "Total", "time within the calls", COLUMN_TIMED | COLUMN_SORTED },
		{ "p99", "99 of 100 calls took no longer", COLUMN_TIMED },
		{ "Max", "longest call", COLUMN_TIMED },
		{ NULL, NULL, 0 },
	};
	const char *id = sockets ? "sockets" : "files";
	struct report_rows rows;

	text_printf(out, "<section id=%s><h2>%s</h2>", id, sockets ? "Sockets" : "Files");
	if (report_files(p, sockets, &rows) && rows.count) {
		table_begin(out, p, id, columns, sockets);
		text_put(out, "</tr></thead><tbody>\n");
		for (size_t i = 0; i < rows.count; i++)
			put_row(out, p, rows.row[i], sockets);
		text_put(out, "</tbody>");
		put_others(out, p, &rows, sockets);
		table_end(out);
	} else {
		text_printf(out, "<p>No call was about a %s.</p>", sockets ? "socket" : "file");
	}
	table_cut(out, p, BY_FILE);
	report_rows_free(&rows);
	text_put(out, "</section>\n");
}
