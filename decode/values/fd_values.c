// SPDX-License-Identifier: GPL-2.0-or-later
/* values: what descriptors are open on, beside their numbers. */
#include "decode/values/values.h"

#include <stdio.h>

void value_beside_words(struct show *s, const char *key, const char *words)
{
	if (s->writer) {
		s->writer->beside(s, key, words, strlen(words));
		return;
	}
	text_char(s->out, '<');
	text_put(s->out, words);
	text_char(s->out, '>');
}

void value_deleted(struct show *s)
{
	if (s->writer)
		s->writer->beside(s, "state", "deleted", strlen("deleted"));
	else
		text_put(s->out, "(deleted)");
}

/* </dev/null<char 1:3>> */
void value_device(struct show *s, const char *path, const char *words)
{
	value_beside(s, "path", path, strlen(path));
	if (!s->writer)
		s->out->used -= s->out->used > 0; /* within the brackets */
	value_beside_words(s, "device", words);
	if (!s->writer)
		text_char(s->out, '>');
}

/* <TCP:[127.0.0.1:80->127.0.0.1:5000]>, <UNIX-STREAM:[123->124,"/path"]>, an abstract name with @
 * before it */
void value_socket(struct show *s, const char *protocol, const char *ends, const char *name,
		  size_t size)
{
	char words[256];

	if (s->writer) {
		snprintf(words, sizeof(words), "%s:[%s]", protocol, ends);
		s->writer->beside(s, "socket", words, strlen(words));
		if (name)
			s->writer->beside(s, "name", name, size);
		return;
	}
	text_named(s, protocol);
	text_char(s->out, '[');
	text_put(s->out, ends);
	if (name) {
		text_char(s->out, ',');
		if (size && !*name) /* strace ends it at the next NUL, here alone */
			size = 1 + strnlen(name + 1, size - 1);
		value_socket_name(s, name, size);
	}
	text_put(s->out, "]>");
}
