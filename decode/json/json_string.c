// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_string.h"

#include "decode/text/utf8.h"

#include <string.h>

enum {
	ESCAPED = 6, /* bytes that one byte, or one of those of a longer sequence, takes at most */
};

static char *put_unit(char *to, unsigned int unit)
{
	static const char digits[] = "0123456789abcdef";

	*to++ = '\\';
	*to++ = 'u';
	for (int shift = 12; shift >= 0; shift -= 4)
		*to++ = digits[unit >> shift & 15];
	return to;
}

static char *put_ascii(char *to, unsigned char c)
{
	static const char letters[32] = {
		['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
	};
	char letter = c == '"' || c == '\\' ? (char)c : c < ' ' ? letters[c] : 0;

	if (!letter)
		return put_unit(to, c);
	*to++ = '\\';
	*to++ = letter;
	return to;
}

/* Beyond ASCII all is escaped: no byte of a tape is a command to a terminal, nor turns its lines
 * around. */
static char *put_sequence(char *to, const unsigned char *at, size_t size)
{
	uint32_t code = at[0] & (0xffu >> (size + 1));

	for (size_t i = 1; i < size; i++)
		code = code << 6 | (at[i] & 0x3f);
	if (code < 0x10000)
		return put_unit(to, code);
	code -= 0x10000;
	return put_unit(put_unit(to, 0xd800 + (code >> 10)), 0xdc00 + (code & 0x3ff));
}

static inline bool is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
}

/* Of the bytes of `x`, whether all are plain. */
static inline bool are_plain(uint64_t x)
{
	const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
	uint64_t quote = x ^ ones * '"', slash = x ^ ones * '\\';

	return !(((x - ones * ' ') | x | (x + ones) | ((quote - ones) & ~quote) |
		  ((slash - ones) & ~slash)) &
		 high);
}

/* Copies up to 15 bytes if all are plain, in two steps that overlap. */
static inline bool copy_short(char *to, const unsigned char *from, size_t size)
{
	uint64_t first = 0, last = 0;
	uint32_t start, end;

	if (size >= 8) {
		memcpy(&first, from, 8);
		memcpy(&last, from + size - 8, 8);
		memcpy(to, &first, 8);
		memcpy(to + size - 8, &last, 8);
		return are_plain(first) && are_plain(last);
	}
	if (size < 4)
		return false;
	memcpy(&start, from, 4);
	memcpy(&end, from + size - 4, 4);
	memcpy(to, &start, 4);
	memcpy(to + size - 4, &end, 4);
	return are_plain(start | (uint64_t)end << 32);
}

#ifdef __x86_64__
/* Copies 16 bytes: a bit for each that is not plain. */
static inline unsigned int copy_16(char *to, const unsigned char *from)
{
	__m128i b = _mm_loadu_si128((const __m128i *)(const void *)from), odd;

	/* Bytes from 0x80 on are negative, and so below ' '. */
	odd = _mm_or_si128(_mm_cmplt_epi8(b, _mm_set1_epi8(' ')),
			   _mm_cmpeq_epi8(b, _mm_set1_epi8(0x7f)));
	odd = _mm_or_si128(odd, _mm_or_si128(_mm_cmpeq_epi8(b, _mm_set1_epi8('"')),
					     _mm_cmpeq_epi8(b, _mm_set1_epi8('\\'))));
	_mm_storeu_si128((__m128i *)(void *)to, b);
	return (unsigned int)_mm_movemask_epi8(odd);
}
#endif

/* Copies what needs no escape: how much that was. There is room for 16 bytes more. */
static inline size_t copy_plain(char *to, const unsigned char *from, size_t size)
{
	size_t i = 0;

#ifdef __x86_64__
	unsigned int odd;

	for (; i < size && size >= 16; i += 16) {
		i = i + 16 <= size ? i : size - 16; /* the last step overlaps the one before */
		odd = copy_16(to + i, from + i);
		if (odd)
			return i + (size_t)__builtin_ctz(odd);
	}
	if (i)
		return size;
#endif
	if (copy_short(to + i, from + i, size - i))
		return size;
	for (; i < size && is_plain(from[i]); i++)
		to[i] = (char)from[i];
	return i;
}

bool json_string(struct text *t, const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	size_t length;
	char *to;

	if (!text_room(t, ESCAPED * size + 32))
		return true;
	to = t->data + t->used;
	*to++ = '"';
	while (size) {
		length = copy_plain(to, at, size);
		to += length;
		at += length;
		size -= length;
		if (!size)
			break;
		length = utf8_sequence(at, size);
		if (!length)
			return false;
		to = length == 1 ? put_ascii(to, *at) : put_sequence(to, at, length);
		at += length;
		size -= length;
	}
	*to++ = '"';
	t->used = (size_t)(to - t->data);
	return true;
}

void json_any_string(struct text *t, const void *bytes, size_t size)
{
	if (json_string(t, bytes, size))
		return;
	text_put(t, "{\"bytes\":\"");
	json_hex_digits(t, bytes, size);
	text_put(t, "\"}");
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

void json_strings(struct text *t, const char *at, size_t size)
{
	text_char(t, '[');
	for (size_t length; size; at += length, size -= length) {
		length = strnlen(at, size);
		json_any_string(t, at, length);
		length += length < size;
		if (length < size)
			text_char(t, ',');
	}
	text_char(t, ']');
}

void json_integer(struct text *t, uint64_t value, bool is_signed, bool safe)
{
	bool negative = is_signed && value >> 63;

	safe = safe && (negative ? -value : value) > JSON_SAFE_MOST;
	if (safe)
		text_char(t, '"');
	if (negative)
		text_char(t, '-');
	text_unsigned(t, negative ? -value : value);
	if (safe)
		text_char(t, '"');
}
