// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/call_text.h"

#include <stdlib.h>
#include <string.h>

void call_text_begin(struct call_text *c, const struct trace_call *begun,
		     const struct trace_call *ended)
{
	c->begun = begun ? text_record(&begun->record) : NULL;
	c->ended = ended ? text_record(&ended->record) : NULL;
	c->sought = c->words = false;
}

void call_text_free(struct call_text *c)
{
	free(c->room);
}

static size_t get(const struct trace_text *t, const struct trace_span *span, const char **at)
{
	*at = text_record_line(t) + span->at;
	return span->size;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* "3, " and "\"x\", 1": blanks are strace's, but for the one behind a comma. */
static void join(struct call_text *c)
{
	const char *a, *b;
	size_t m = get(c->begun, &c->begun->args, &a), n = get(c->ended, &c->ended->args, &b);
	char *bigger;

	while (m && is_blank(a[m - 1]))
		m--;
	for (; n && is_blank(*b); b++)
		n--;
	if (!n && m && a[m - 1] == ',')
		m--;
	if (m + n + 1 > c->room_size) {
		bigger = realloc(c->room, 2 * (m + n + 1));
		if (!bigger)
			return;
		c->room = bigger;
		c->room_size = 2 * (m + n + 1);
	}
	memcpy(c->room, a, m);
	if (m && n && a[m - 1] == ',')
		c->room[m++] = ' ';
	c->args_begun = m;
	memcpy(c->room + m, b, n);
	c->args = c->room;
	c->args_size = m + n;
}

size_t call_text_args(struct call_text *c, const char **args)
{
	const struct trace_text *one = c->ended ? c->ended : c->begun;

	if (!c->sought) {
		c->args_size = c->args_begun = 0;
		if (c->begun && c->ended)
			join(c);
		else if (one)
			c->args_size = get(one, &one->args, &c->args);
		while (c->args_size && is_blank(c->args[c->args_size - 1]))
			c->args_size--;
		c->sought = true;
	}
	*args = c->args;
	return c->args_size;
}

size_t call_text_result(const struct call_text *c, const char **result)
{
	const struct trace_text *one = c->ended ? c->ended : c->begun;

	return one ? get(one, &one->result, result) : 0;
}

uint64_t call_text_end(const struct call_text *c, uint64_t enter, uint64_t time)
{
	if (!c->ended)
		return 0;
	if (c->ended->latency != TRACE_NO_LATENCY)
		return enter && enter + c->ended->latency >= enter ? enter + c->ended->latency : 0;
	return c->begun && c->begun->flags & c->ended->flags & TRACE_T_TIMED ? time : 0;
}

void call_text_name(const struct call_text *c, char *name, size_t room)
{
	const struct trace_text *one = c->begun ? c->begun : c->ended;
	const char *at;
	size_t size = one ? get(one, &one->name, &at) : 0;

	if (!size)
		return;
	size = size < room ? size : room - 1;
	for (size_t i = 0; i < size; i++)
		name[i] = (at[i] >= '0' && at[i] <= '9') || (at[i] >= 'A' && at[i] <= 'Z') ||
					  (at[i] >= 'a' && at[i] <= 'z') || at[i] == '_'
				  ? at[i]
				  : '?';
	name[size] = '\0';
}
