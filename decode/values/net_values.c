// SPDX-License-Identifier: GPL-2.0-or-later
/* values: what the network has in its own order. Other writers than strace's text get the port as a
 * number and the address as its usual text. */
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <stdio.h>

/* With -X, bytes as they are in memory: alone, or before a comment. False: no words are wanted. */
static bool begin_words(struct show *s, const void *data, size_t size)
{
	if (s->options->raw_names)
		text_quoted(s->out, data, size, TEXT_QUOTE_HEX_ALL);
	if (s->options->raw_names == 2)
		text_put(s->out, " /* ");
	return s->options->raw_names != 1;
}

static void end_words(struct show *s)
{
	if (s->options->raw_names)
		text_put(s->out, " */");
}

bool value_net_words(struct show *s, const char *function, const void *data, size_t size)
{
	if (s->writer)
		return true;
	if (!begin_words(s, data, size))
		return false;
	s->plain += s->options->raw_names > 0; /* in a comment */
	text_put(s->out, function);
	text_char(s->out, '(');
	return true;
}

void value_net_words_end(struct show *s)
{
	if (s->writer)
		return;
	s->plain -= s->options->raw_names > 0;
	text_char(s->out, ')');
	end_words(s);
}

void value_net(struct show *s, const char *function, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | bytes[i];
	if (!value_net_words(s, function, data, size))
		return;
	value_unsigned(s, value);
	value_net_words_end(s);
}

void value_socket_name(struct show *s, const char *name, size_t size)
{
	if (!s->writer && size && !*name) {
		text_char(s->out, '@');
		name++;
		size--;
	}
	value_bytes(s, name, size, size);
}

static void inet_words(struct show *s, const char *name, int family, const char *address)
{
	text_put(s->out, family == AF_INET ? "inet_addr(" : "inet_pton(AF_INET6, ");
	text_quoted(s->out, address, strlen(address), s->options->quoting);
	if (name) {
		text_put(s->out, ", &");
		text_put(s->out, name);
	}
	text_char(s->out, ')');
}

void value_inet(struct show *s, const char *name, int family, const void *address)
{
	value_inet_within(s, name, family, address, family == AF_INET ? 4 : 16);
}

void value_inet_within(struct show *s, const char *name, int family, const void *address,
		       size_t size)
{
	char text[INET6_ADDRSTRLEN] = "";
	bool within = !s->writer && name && family == AF_INET6 && !s->options->raw_names;

	inet_ntop(family, address, text, sizeof(text));
	if (within)
		separate_text(s->out); /* its name stands among the function's arguments */
	else if (name)
		value_field(s, name);
	if (s->writer) {
		s->writer->bytes(s, text, strlen(text), strlen(text));
	} else if (begin_words(s, address, size)) {
		inet_words(s, within ? name : NULL, family, text);
		end_words(s);
	}
}

void value_mac(struct show *s, const void *address, size_t size)
{
	value_mac_within(s, address, size, size);
}

void value_mac_within(struct show *s, const void *address, size_t size, size_t shown)
{
	const unsigned char *bytes = address;
	char text[3 * 32 + 1] = "";

	if (!s->writer && !begin_words(s, address, size))
		return;
	for (size_t i = 0; i < shown && i < 32; i++)
		snprintf(text + (i ? 3 * i - 1 : 0), 4, i ? ":%02x" : "%02x", bytes[i]);
	value_text(s, text);
	if (!s->writer)
		end_words(s);
}
