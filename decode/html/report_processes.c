// SPDX-License-Identifier: GPL-2.0-or-later
/* report: processes as a tree, on a time line. */
#include "decode/html/page_text.h"
#include "decode/html/table_head.h"
#include "format/flags/flags.h"

#include <sys/wait.h>

enum {
	LINE = 1000, /* of the time line, in its own units */
	DEEP = 16,   /* beyond, rows are not indented further */
	COMMAND_MOST = 120
};

static unsigned int place(const struct process_tree *t, uint64_t time)
{
	double length = t->end > t->begin ? (double)(t->end - t->begin) : 1;

	if (time <= t->begin)
		return 0;
	return time >= t->end ? LINE : (unsigned int)(LINE * (double)(time - t->begin) / length);
}

/* q: ended well; m: with a status; s: by a signal; o: not seen to end. */
static char kind_of(const struct tree_node *n)
{
	if (!n->ended)
		return 'o';
	if (n->status < 0)
		return 'q';
	return WIFSIGNALED(n->status) ? 's' : WEXITSTATUS(n->status) ? 'm' : 'q';
}

static void put_line(struct text *out, const struct process_tree *t, const struct tree_node *n)
{
	unsigned int from = place(t, n->begun), to = n->ended ? place(t, n->ended) : LINE;

	if (to < from + 4)
		to = from + 4;
	text_printf(
		out,
		"<td class=l><svg viewBox=\"0 0 %d 10\" preserveAspectRatio=none aria-hidden=true>"
		"<path class=%c d=\"M%u 1h%uv8h-%uz\"/></svg></td>",
		LINE + 4, kind_of(n), from, to - from, to - from);
}

static void put_end(struct text *out, const struct tree_node *n)
{
	const char *name;

	text_put(out, "<td>");
	if (n->ended && n->status >= 0 && WIFSIGNALED(n->status)) {
		name = flag_signal_name((unsigned int)WTERMSIG(n->status));
		text_put(out, "<b class=ks>");
		if (name)
			text_put(out, name);
		else
			text_printf(out, "signal %d", WTERMSIG(n->status));
		text_put(out, "</b>");
	} else if (n->ended && n->status >= 0) {
		text_printf(out, WEXITSTATUS(n->status) ? "<b class=km>exit %d</b>" : "exit %d",
			    WEXITSTATUS(n->status));
	} else {
		text_put(out, n->ended ? "ended" : "runs");
	}
	text_put(out, "</td>");
}

static void put_name(struct text *out, const struct tree_node *n, int depth)
{
	const char *name = n->command_size ? n->command : n->comm;
	size_t size = n->command_size ? n->command_size : strlen(n->comm);

	text_printf(out, "<td class=\"t p%d\">", depth < DEEP ? depth : DEEP);
	page_escaped(out, name, size, COMMAND_MOST);
	if (n->command_size &&
	    (size <= strlen(n->comm) || !memmem(name, size, n->comm, strlen(n->comm)))) {
		text_put(out, " <small>");
		page_escaped(out, n->comm, strlen(n->comm), COMMAND_MOST);
		text_put(out, "</small>");
	}
	text_put(out, "</td>");
}

static void put_row(struct text *out, const struct report *p, const struct tree_node *n, int depth)
{
	const struct stat_sums *s = &n->sums;
	const char *host = p->capture[n->host].host ? p->capture[n->host].host : "";

	text_put(out, "<tr>");
	table_host(out, p, host, strlen(host));
	put_name(out, n, depth);
	text_printf(out, "<td data-v=%u>%u</td>", n->pid, n->pid);
	put_line(out, &p->tree, n);
	put_end(out, n);
	page_cell_time(out, n->begun && n->ended > n->begun, n->ended - n->begun);
	page_cell_count(out, s->calls);
	page_cell_count(out, s->errors);
	if (p->all.timed)
		page_cell_time(out, s->timed, s->total);
	page_cell_bytes(out, s->in);
	page_cell_bytes(out, s->out);
	text_put(out, "</tr>\n");
}

/* From parents to children, without a stack: a tape can name any depth. */
static void put_tree(struct text *out, const struct report *p)
{
	const struct tree_node *n = p->tree.first;
	int depth = 0;

	while (n) {
		put_row(out, p, n, depth);
		if (n->child) {
			n = n->child;
			depth++;
			continue;
		}
		while (n && !n->next) {
			n = n->parent && n->parent->shown ? n->parent : NULL;
			depth--;
		}
		n = n ? n->next : NULL;
	}
}

void report_processes(struct text *out, const struct report *p)
{
	static const struct table_column columns[] = {
		{ "Process", "command line, below that of who started it", COLUMN_TEXT },
		{ "Pid", "its number", 0 },
		{ "When", "from when to when it lived, of the time that the tape covers",
		  COLUMN_TEXT },
		{ "End", "exit status or signal", COLUMN_TEXT },
		{ "Lived", "how long", 0 },
		{ "Calls", "calls that have returned", 0 },
		{ "Errors", "of them, those that failed", 0 },
		{ "Total", "time within them, of all threads together", COLUMN_TIMED },
		{ "In", "bytes read", 0 },
		{ "Out", "bytes written", 0 },
		{ NULL, NULL, 0 },
	};
	const struct process_tree *t = &p->tree;
	uint64_t more = t->count - t->shown + t->forgotten;

	text_put(out, "<section id=processes><h2>Processes</h2>");
	if (t->shown) {
		table_begin(out, p, "processes", columns, false);
		text_put(out, "</tr></thead><tbody>\n");
		put_tree(out, p);
		text_put(out, "</tbody>");
		table_end(out);
	}
	if (more) {
		text_put(out, t->cut ? "<p class=d>At least " : "<p class=d>");
		page_count(out, more);
		text_put(out, t->shown ? " more processes, with fewer calls, are not shown.</p>"
				       : " processes made no calls.</p>");
	}
	text_put(out, "</section>\n");
}
