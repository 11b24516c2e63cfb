// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/table_head.h"

#include "decode/html/page_text.h"
#include "decode/html/report_figures.h"

static bool is_there(const struct report *p, const struct table_column *c, bool sockets)
{
	return (p->all.timed || !(c->flags & COLUMN_TIMED)) &&
	       !(sockets && c->flags & COLUMN_FILES);
}

void table_begin(struct text *out, const struct report *p, const char *id,
		 const struct table_column *c, bool sockets)
{
	text_printf(out,
		    "<div class=x role=region tabindex=0 aria-label=\"table of %s\"><table class=s "
		    "id=t-%s><thead><tr>",
		    id, id);
	if (p->hosts)
		text_put(out, "<th scope=col>Host</th>");
	for (; c->title; c++)
		if (is_there(p, c, sockets))
			text_printf(out, "<th scope=col%s title=\"%s\"%s>%s</th>",
				    c->flags & COLUMN_TEXT ? "" : " class=n", c->help,
				    c->flags & COLUMN_SORTED ? " aria-sort=descending" : "",
				    c->title);
}

void table_end(struct text *out)
{
	text_put(out, "</table></div>");
}

void table_name(struct text *out, const char *name, size_t size)
{
	text_put(out, "<td class=t>");
	page_escaped(out, name, size, NAME_MOST);
	text_put(out, "</td>");
}

void table_host(struct text *out, const struct report *p, const char *host, size_t size)
{
	if (p->hosts)
		table_name(out, host, size);
}

void table_no_host(struct text *out, const struct report *p)
{
	if (p->hosts)
		text_put(out, "<td></td>");
}

void table_share(struct text *out, uint64_t part, uint64_t of)
{
	text_printf(out, "<td class=sh data-v=%llu>", (unsigned long long)part);
	report_put_bar(out, part, of);
	page_share(out, part, of);
	text_put(out, "</td>");
}

void table_cut(struct text *out, const struct report *p, enum report_table table)
{
	struct stat_lack cut = stat_table_cut(p->collect[table]->table);

	if (!cut.calls)
		return;
	text_put(out,
		 "<p class=d>The table was cut to fit into memory: what has no row had at most ");
	page_count(out, cut.calls);
	text_put(out, " calls and ");
	page_time(out, cut.ns);
	text_put(out, ", and a row may lack as much; sums are exact.</p>");
}
