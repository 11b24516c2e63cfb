// SPDX-License-Identifier: GPL-2.0-or-later
/* report: the frame of the page: what stands before the first table, and behind the last one. */
#include "decode/html/page_text.h"
#include "decode/html/report.h"

#include <string.h>

/* Made by the build: what the page may run and how it looks, and the hashes of both for its policy.
 */
static const char style[] = {
#include "report_css.h"
};
static const char script[] = {
#include "report_js.h"
};
static const char style_hash[] =
#include "report_css_hash.h"
	;
static const char script_hash[] =
#include "report_js_hash.h"
	;

enum { COMMAND_MOST = 240 };

static void put_policy(struct text *out)
{
	text_printf(
		out,
		"<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; img-src "
		"data:; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; "
		"form-action 'none'\">\n",
		style_hash, script_hash);
}

static void put_title(struct text *out, const struct report *p)
{
	const struct report_capture *c = &p->capture[0];

	if (p->captures && c->command && *c->command)
		page_escaped(out, c->command, strlen(c->command), COMMAND_MOST);
	else
		text_put(out, "system calls");
	if (p->captures > 1)
		text_printf(out, " and %zu more", p->captures - 1);
}

/* In a title, tags would be text. */
static void put_plain_title(struct text *out, const struct report *p)
{
	const char *host = p->captures && p->capture[0].host ? p->capture[0].host : "";
	size_t size = strlen(host);

	text_put(out, "<title>systape report");
	for (size_t i = 0; i < size && i < 64; i++) {
		if (!i)
			text_put(out, ": ");
		text_char(out, host[i] > ' ' && host[i] <= '~' && !strchr("<>&", host[i]) ? host[i]
											  : '_');
	}
	text_put(out, "</title>\n");
}

static void put_capture(struct text *out, const struct report_capture *c)
{
	text_put(out, "<p class=facts>");
	if (c->host && *c->host)
		page_quote(out, c->host, strlen(c->host), COMMAND_MOST);
	text_put(out, " <span>");
	if (c->begin)
		page_moment(out, c->begin);
	text_put(out, " UTC</span> <span>");
	page_time(out, c->end - c->begin);
	text_put(out, "</span> ");
	if (c->kernel && *c->kernel) {
		text_put(out, "<span>Linux ");
		page_quote(out, c->kernel, strlen(c->kernel), COMMAND_MOST);
		text_printf(out, " %s</span> ", c->arch ? c->arch : "");
	}
	if (c->backend && *c->backend) {
		text_put(out, "<span>recorded by ");
		page_quote(out, c->backend, strlen(c->backend), COMMAND_MOST);
		text_put(out, "</span>");
	}
	text_put(out, "</p>\n");
}

static void put_commands(struct text *out, const struct report *p)
{
	text_put(out, "<ul class=facts>");
	for (size_t i = 0; i < p->captures; i++) {
		const struct report_capture *c = &p->capture[i];

		text_put(out, "<li>");
		if (c->command)
			page_quote(out, c->command, strlen(c->command), COMMAND_MOST);
		put_capture(out, c);
		text_put(out, "</li>");
	}
	text_put(out, "</ul>\n");
}

void report_head(struct text *out, const struct report *p)
{
	text_put(out, "<!DOCTYPE html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n");
	put_policy(out);
	text_put(out, "<meta name=viewport content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=color-scheme content=\"light dark\">\n"
		      "<meta name=referrer content=no-referrer>\n"
		      "<link rel=icon href=\"data:,\">\n");
	put_plain_title(out, p);
	text_put(out, "<style>");
	text_bytes(out, style, sizeof(style));
	text_put(out, "</style>\n</head>\n<body>\n<header><h1><bdi class=t>");
	put_title(out, p);
	text_put(out, "</bdi></h1>\n");
	if (p->captures == 1)
		put_capture(out, &p->capture[0]);
	else
		put_commands(out, p);
	text_put(out, "<nav aria-label=parts>");
	if (p->activity.width)
		text_put(out, "<a href=#activity>When</a> ");
	if (losses_any(&p->losses))
		text_put(out, "<a href=#losses>Losses</a> ");
	text_put(out, "<a href=#calls>Calls</a> <a href=#errors>Errors</a> <a "
		      "href=#slowest>Slowest</a> <a href=#files>Files</a> <a "
		      "href=#sockets>Sockets</a> <a href=#processes>Processes</a> <a "
		      "href=#about>About</a></nav></header>\n<main>\n");
}

static void put_sentence(struct text *out, uint64_t count, const char *words)
{
	text_put(out, "<li>");
	page_count(out, count);
	text_put(out, words);
	text_put(out, "</li>\n");
}

static void put_left_out(struct text *out, const struct report *p)
{
	const struct stat_sums *all = &p->all;

	if (!all->timed && all->calls)
		text_put(out, "<li>No times are known of these calls: systape --fast leaves them "
			      "out.</li>\n");
	else
		text_put(out, "<li>Times are by the clock on the wall, from entry to return "
			      "(CLOCK_MONOTONIC). Percentiles are at most 0.8 % off; sums and "
			      "extremes are exact.</li>\n");
	if (all->timed && all->timed < all->calls)
		put_sentence(out, all->calls - all->timed, " calls have no known time.");
	if (p->unfinished)
		put_sentence(out, p->unfinished, " calls that did not end are left out.");
	if (p->no_return)
		put_sentence(out, p->no_return, " calls that do not return are left out.");
}

static void put_about_capture(struct text *out, const struct report_capture *c)
{
	if (c->shown != c->calls) {
		text_put(out, "<li>Of ");
		page_count(out, c->calls);
		text_put(out, " calls on the tape, the page is about the ");
		page_count(out, c->shown);
		text_put(out, " that were asked for.</li>\n");
	}
	if (c->limited)
		text_put(out, "<li>--limit ended it: what is behind was not read.</li>\n");
}

void report_foot(struct text *out, const struct report *p)
{
	text_put(out, "<section id=about><h2>About this page</h2><ul>\n");
	put_left_out(out, p);
	for (size_t i = 0; i < p->captures; i++)
		put_about_capture(out, &p->capture[i]);
	text_put(out,
		 "<li>Of files and sockets, those are shown that are first by time, bytes, errors "
		 "or calls; of processes, those with the most calls, and those that a signal "
		 "ended. <code>systape-stat --by</code> has all of them, "
		 "<code>systape-decode -l strace</code> each call.</li>\n"
		 "<li><em>waits</em>: calls that are for waiting; the overview leaves them out "
		 "where it says what is slow.</li>\n"
		 "<li>In names, bytes that cannot be shown are written as <i>\\x1b</i> or "
		 "<i>\\u202e</i>.</li>\n</ul><p class=d>");
	text_put(out, "Made by systape-decode " SYSTAPE_VERSION
		      ". This page asks nobody for anything: all that it shows is in it.</p>"
		      "</section>\n</main>\n<script>");
	text_bytes(out, script, sizeof(script));
	text_put(out, "</script>\n</body>\n</html>\n");
}
