// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/json_string.h"

static const char *const escapes[32] = {
	['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
};

static void escape(struct text *t, unsigned char c)
{
	if (c == '"' || c == '\\') {
		text_char(t, '\\');
		text_char(t, (char)c);
	} else if (escapes[c]) {
		text_put(t, escapes[c]);
	} else {
		text_printf(t, "\\u%04x", c);
	}
}

/* The length of the UTF-8 sequence (RFC 3629) that begins there, 0 if none does. */
static size_t sequence(const unsigned char *at, size_t left)
{
	size_t size = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;

	if (!size || size > left || *at > 0xf4 || (*at == 0xe0 && at[1] < 0xa0) ||
	    (*at == 0xed && at[1] > 0x9f) || (*at == 0xf0 && at[1] < 0x90) ||
	    (*at == 0xf4 && at[1] > 0x8f))
		return 0;
	for (size_t i = 1; i < size; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return size;
}

bool json_string(struct text *t, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	size_t before = t->used, length, plain = 0;

	text_char(t, '"');
	for (size_t i = 0; i < size; i += length) {
		length = sequence(at + i, size - i);
		if (!length) {
			t->used = before;
			return false;
		}
		if (at[i] >= ' ' && at[i] != '"' && at[i] != '\\')
			continue;
		text_bytes(t, (const char *)at + plain, i - plain);
		escape(t, at[i]);
		plain = i + 1;
	}
	text_bytes(t, (const char *)at + plain, size - plain);
	text_char(t, '"');
	return true;
}

void json_hex_digits(struct text *t, const void *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *data = bytes;

	if (!text_room(t, 2 * size))
		return;
	for (size_t i = 0; i < size; i++) {
		t->data[t->used++] = digits[data[i] >> 4 & 15];
		t->data[t->used++] = digits[data[i] & 15];
	}
}
