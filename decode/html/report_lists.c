// SPDX-License-Identifier: GPL-2.0-or-later
/* report: single events: the slowest calls, and losses. */
#include "decode/html/page_text.h"
#include "decode/html/table_head.h"

static void put_time(struct text *out, uint64_t ns)
{
	text_printf(out, "<td class=tm data-v=%llu>", (unsigned long long)ns);
	if (ns)
		page_moment(out, ns);
	text_put(out, "</td>");
}

static void put_host(struct text *out, const struct report *p, size_t host)
{
	const char *name = p->capture[host].host ? p->capture[host].host : "";

	table_host(out, p, name, strlen(name));
}

static void put_calls(struct text *out, const struct report *p, const struct slowest *list,
		      const char *id)
{
	static const struct table_column columns[] = {
		{ "Took", "from entry to return", COLUMN_SORTED },
		{ "Began", "date and time in UTC", COLUMN_TEXT },
		{ "Thread", "its number", 0 },
		{ "Name", "what the thread was called", COLUMN_TEXT },
		{ "Call", "as strace writes it", COLUMN_TEXT },
		{ NULL, NULL, 0 },
	};

	table_begin(out, p, id, columns, false);
	text_put(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < list->count; i++) {
		const struct slow_call *c = &list->call[i];

		text_put(out, c->failed ? "<tr class=f>" : "<tr>");
		put_host(out, p, c->host);
		page_cell_time(out, true, c->ns);
		put_time(out, c->begun);
		text_printf(out, "<td data-v=%u>%u</td>", c->tid, c->tid);
		table_name(out, c->comm, strlen(c->comm));
		text_put(out, "<td class=\"t c\">");
		page_escaped(out, c->text, c->size, SIZE_MAX);
		text_put(out, "</td></tr>\n");
	}
	text_put(out, "</tbody>");
	table_end(out);
}

void report_slowest(struct text *out, const struct report *p)
{
	text_put(out, "<section id=slowest><h2>Slowest calls</h2>");
	if (!p->all.timed)
		text_put(out, "<p>No times are known of these calls: systape --fast leaves them "
			      "out.</p>");
	else if (!p->work.count && !p->waits.count)
		text_put(out, "<p>There are none.</p>");
	if (p->work.count) {
		text_put(out, "<h3>At work</h3><p class=d>Disks, file systems, memory: what the "
			      "kernel itself took long for.</p>");
		put_calls(out, p, &p->work, "work");
	}
	if (p->waits.count) {
		text_put(out,
			 "<h3>Waiting</h3><p class=d>For events, locks, children, and for what "
			 "comes through sockets, pipes and terminals: it may be normal, or "
			 "somebody else who is slow.</p>");
		put_calls(out, p, &p->waits, "waits");
	}
	text_put(out, "</section>\n");
}

static const char *reason_of(const struct loss *l)
{
	static const struct {
		const char *name, *words;
	} reasons[] = {
		{ "ring", "the ring of this CPU was full: a larger --buffer helps" },
		{ "kernel", "the kernel did not run the tracer's program" },
		{ "output", "the recorder could not write: a disk that is full or too slow" },
		{ "damage", "a part of the tape cannot be read" },
		{ "parts", "files of the rotation were not given" },
	};

	for (size_t i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if (!strcmp(l->reason, reasons[i].name))
			return reasons[i].words;
	return "not known";
}

static void put_loss(struct text *out, const struct report *p, const struct loss *l)
{
	text_put(out, "<tr>");
	put_host(out, p, l->host);
	put_time(out, l->time);
	if (l->cpu == TRACE_NO_CPU)
		text_put(out, "<td data-v=-1></td>");
	else
		text_printf(out, "<td data-v=%u>%u</td>", l->cpu, l->cpu);
	page_cell_count(out, l->calls);
	page_cell_count(out, l->enters);
	page_cell_count(out, l->events);
	page_cell_count(out, l->records + l->parts);
	text_printf(out, "<td>%s</td></tr>\n", reason_of(l));
}

void report_losses(struct text *out, const struct report *p)
{
	static const struct table_column columns[] = {
		{ "When", "date and time in UTC", COLUMN_TEXT },
		{ "CPU", "where", 0 },
		{ "Calls", "calls whose result is not on the tape", COLUMN_SORTED },
		{ "Beginnings", "calls that are on the tape without their beginning", 0 },
		{ "Other events", "processes, signals, probes", 0 },
		{ "Unread", "records or parts that could not be read", 0 },
		{ "Why", "the reason", COLUMN_TEXT },
		{ NULL, NULL, 0 },
	};
	const struct losses *l = &p->losses;

	if (!losses_any(l))
		return;
	text_put(out, "<section id=losses><h2>Losses</h2>");
	table_begin(out, p, "losses", columns, false);
	text_put(out, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < l->count; i++)
		put_loss(out, p, &l->loss[i]);
	text_put(out, "</tbody>");
	table_end(out);
	if (l->times > l->count) {
		text_put(out, "<p class=d>The greatest of ");
		page_count(out, l->times);
		text_put(out, " losses.</p>");
	}
	text_put(out, "</section>\n");
}
