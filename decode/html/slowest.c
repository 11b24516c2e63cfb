// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/slowest.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 600 /* bytes that are kept of a call */ };

/* As strace writes it; what is behind the cut has its result all the same. */
static void keep_text(struct slow_call *slow, struct show *show, const struct call *call)
{
	static const char cut[] = "...";
	struct text *words = show->out;
	size_t arguments;

	words->used = 0;
	text_put(words, call->name);
	text_char(words, '(');
	show_call_args(show, call);
	if (words->used > TEXT_MOST) {
		words->used = TEXT_MOST;
		text_put(words, cut);
	}
	arguments = words->used;
	text_put(words, ") = ");
	show_result(show, call);
	if (words->used > arguments + TEXT_MOST)
		words->used = arguments + TEXT_MOST;
	slow->text = malloc(words->used + 1);
	slow->size = slow->text ? words->used : 0;
	if (slow->text)
		memcpy(slow->text, words->data, words->used);
	words->used = 0;
}

void slowest_add(struct slowest *s, struct show *show, const struct call *call, size_t host)
{
	uint64_t ns = call->exit - call->enter;
	size_t at = s->count;
	struct slow_call *slow;

	if (s->count == SLOWEST_MOST)
		free(s->call[--at].text);
	else
		s->count++;
	while (at && s->call[at - 1].ns < ns)
		at--;
	slow = &s->call[at];
	memmove(slow + 1, slow, (s->count - at - 1) * sizeof(*slow));
	*slow = (struct slow_call){ .ns = ns,
				    .begun = tape_time(show->facts, call->enter),
				    .pid = call->tgid,
				    .tid = call->tid,
				    .host = host,
				    .failed = call->failed };
	memcpy(slow->comm, call->comm, strnlen(call->comm, sizeof(slow->comm) - 1));
	keep_text(slow, show, call);
}

void slowest_free(struct slowest *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->call[i].text);
	s->count = 0;
}
