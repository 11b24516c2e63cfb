// SPDX-License-Identifier: GPL-2.0-or-later
/* report: what is slow, what fails, what was lost, at a glance. */
#include "decode/html/page_text.h"
#include "decode/html/report.h"
#include "decode/html/report_figures.h"
#include "format/flags/flags.h"

enum { LINES = 5, CALLS = 3, NAME_MOST = 120, TEXT_MOST = 70 };

static void begin_line(struct text *out, uint64_t part, uint64_t of, const char *name, size_t size)
{
	text_put(out, "<li>");
	report_put_bar(out, part, of);
	page_quote(out, name, size, NAME_MOST);
	text_put(out, " <span>");
}

/* Where the time went that was no waiting, and how long was waited. */
static void put_time(struct text *out, const struct report *p, const struct report_rows *rows)
{
	uint64_t of = p->all.total - p->waited;

	text_put(out, "<div class=card><h2>Where the time goes</h2><p class=big>");
	page_time(out, of);
	text_put(out, "</p><p class=d>at work within calls");
	if (p->waited) {
		text_put(out, "; another ");
		page_time(out, p->waited);
		text_put(out, " waiting");
	}
	text_put(out, "</p><ol>");
	for (size_t i = 0; i < rows->count && i < LINES; i++) {
		const struct stat_row *row = rows->row[i];
		size_t size;
		const char *name = report_name(p, BY_CALL, row, 0, &size);

		begin_line(out, row->sums.total, of, name, size);
		page_share(out, row->sums.total, of);
		text_put(out, ", p99 ");
		page_time(out, stat_row_percentile(row, 9900));
		text_put(out, "</span></li>");
	}
	text_put(out, "</ol></div>\n");
}

static void put_slow(struct text *out, const struct report *p)
{
	const struct slowest *list = p->work.count ? &p->work : &p->waits;

	text_put(out, "<div class=card><h2>Slowest call</h2><p class=big>");
	if (!list->count) {
		text_put(out, "&#8211;</p><p class=d>no times are known</p></div>\n");
		return;
	}
	page_time(out, list->call[0].ns);
	text_put(out, p->work.count ? "</p><p class=d>at work; <a href=#slowest>the next "
				      "ones, and the longest waits</a></p><ol>"
				    : "</p><p class=d>all of them waited</p><ol>");
	for (size_t i = 0; i < list->count && i < CALLS; i++) {
		const struct slow_call *c = &list->call[i];

		text_put(out, "<li>");
		report_put_bar(out, c->ns, list->call[0].ns);
		page_quote(out, c->text, c->size, TEXT_MOST);
		text_put(out, " <span>");
		page_time(out, c->ns);
		text_put(out, ", ");
		page_quote(out, c->comm, strlen(c->comm), NAME_MOST);
		text_printf(out, " %u</span></li>", c->pid);
	}
	text_put(out, "</ol></div>\n");
}

static void put_errors(struct text *out, const struct report *p)
{
	struct report_rows rows;

	text_printf(out, "<div class=\"card%s\"><h2>What fails</h2><p class=big>",
		    p->all.errors ? " some" : "");
	page_share(out, p->all.errors, p->all.calls);
	text_put(out, "</p><p class=d>");
	page_count(out, p->all.errors);
	text_put(out, " of ");
	page_count(out, p->all.calls);
	text_put(out, " calls failed</p><ol>");
	if (report_errors(p, &rows)) {
		for (size_t i = 0; i < rows.count && i < LINES; i++) {
			const struct stat_row *row = rows.row[i];
			const char *name = flag_errno_name(row->key[1]), *call;
			size_t size;

			call = report_name(p, BY_CALL, row, 0, &size);
			begin_line(out, row->sums.errors, p->all.errors, call, size);
			if (name)
				text_put(out, name);
			else
				text_printf(out, "errno %llu", (unsigned long long)row->key[1]);
			text_put(out, " ");
			page_count(out, row->sums.errors);
			text_put(out, "</span></li>");
		}
	}
	report_rows_free(&rows);
	text_put(out, "</ol></div>\n");
}

static void put_lost_line(struct text *out, uint64_t count, const char *words)
{
	if (!count)
		return;
	text_put(out, "<li><b>");
	page_count(out, count);
	text_printf(out, "</b> %s</li>", words);
}

static bool all_whole(const struct report *p)
{
	for (size_t i = 0; i < p->captures; i++)
		if (!p->capture[i].whole && !p->capture[i].limited)
			return false;
	return true;
}

static void put_lost(struct text *out, const struct report *p)
{
	const struct loss *sum = &p->losses.sum;
	bool lost = losses_any(&p->losses), whole = all_whole(p);

	text_printf(out, "<div id=lost class=\"card %s\"><h2>What was lost</h2><p class=big>",
		    lost    ? "bad"
		    : whole ? "good"
			    : "some");
	if (!lost && whole) {
		text_put(out, "Nothing</p><p class=d>all that was asked for is on the tape"
			      "</p></div>\n");
		return;
	}
	if (lost) {
		text_put(out, "LOST ");
		page_count(out, sum->calls + sum->enters + sum->events + sum->records + sum->parts);
		text_put(out, "</p><p class=d><a href=#losses>when and why</a></p><ul>");
	} else {
		text_put(out, "No end</p><p class=d>nothing is told to be lost, but:</p><ul>");
	}
	put_lost_line(out, sum->calls, "calls");
	put_lost_line(out, sum->enters, "calls without their beginning");
	put_lost_line(out, sum->events, "other events: processes, signals, probes");
	put_lost_line(out, sum->records, "records of a damaged tape");
	put_lost_line(out, sum->parts, "parts of the capture");
	if (!whole)
		text_put(out, "<li>The tape is not whole: its recorder was stopped before it could "
			      "finish, or the file was cut or damaged.</li>");
	text_put(out, "</ul></div>\n");
}

static void put_totals(struct text *out, const struct report *p)
{
	text_put(out, "<p class=totals><span><b id=total-calls>");
	page_count(out, p->all.calls);
	text_put(out, "</b> calls</span> <span><b id=total-errors>");
	page_count(out, p->all.errors);
	text_put(out, "</b> failed</span> <span>");
	text_put(out, p->tree.cut ? "at least <b>" : "<b>");
	page_count(out, p->tree.count + p->tree.forgotten);
	text_put(out, "</b> processes</span>");
	if (p->all.timed) {
		text_put(out, " <span><b>");
		page_time(out, p->all.total);
		text_put(out, "</b> within calls</span>");
	}
	text_put(out, " <span><b>");
	page_bytes(out, p->all.in);
	text_put(out, "</b> read</span> <span><b>");
	page_bytes(out, p->all.out);
	text_put(out, "</b> written</span></p>\n");
}

void report_overview(struct text *out, const struct report *p)
{
	struct report_rows rows;

	text_put(out, "<section id=overview aria-label=overview>\n");
	put_totals(out, p);
	text_put(out, "<div class=cards>\n");
	if (report_calls(p, true, &rows))
		put_time(out, p, &rows);
	report_rows_free(&rows);
	put_slow(out, p);
	put_errors(out, p);
	put_lost(out, p);
	text_put(out, "</div></section>\n");
}
