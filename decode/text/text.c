// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/text/text.h"

#include "format/tape/descriptor_write.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ROOM = 256 << 10,
	DIGITS_MOST = 20, /* of a number */
};

int text_open_sized(struct text *t, int fd, size_t room)
{
	*t = (struct text){ .fd = fd, .room = room };
	t->data = malloc(room);
	return t->data ? 0 : -ENOMEM;
}

int text_open(struct text *t, int fd)
{
	return text_open_sized(t, fd, fd < 0 ? 256 : ROOM);
}

void text_flush(struct text *t)
{
	if (t->fd < 0)
		return;
	if (!t->error)
		t->error = descriptor_write(t->fd, t->data, t->used);
	t->used = 0;
}

int text_close(struct text *t)
{
	text_flush(t);
	free(t->data);
	t->data = NULL;
	t->room = t->used = 0;
	return t->error;
}

bool text_room_slow(struct text *t, size_t size)
{
	char *more;

	if (!t->data)
		return false;
	text_flush(t);
	if (t->room - t->used >= size)
		return true;
	more = realloc(t->data, t->used + 2 * size + t->room);
	if (!more)
		return false;
	t->room += t->used + 2 * size;
	t->data = more;
	return true;
}

void text_printf(struct text *t, const char *format, ...)
{
	char small[256], *large = small;
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(small, sizeof(small), format, args);
	if (n >= (int)sizeof(small)) {
		large = malloc(n + 1);
		if (large)
			vsnprintf(large, n + 1, format, again);
	}
	if (n > 0 && large)
		text_bytes(t, large, n);
	if (large != small)
		free(large);
	va_end(again);
	va_end(args);
}

void text_hex16(struct text *t, uint64_t value)
{
	if (!text_room(t, 16))
		return;
	text_digits16(t->data + t->used, value);
	t->used += 16;
}

void text_hex(struct text *t, uint64_t value)
{
	static const char digits[] = "0123456789abcdef";
	char buffer[18], *at = buffer + sizeof(buffer);

	if (!value) {
		text_char(t, '0');
		return;
	}
	while (value) {
		*--at = digits[value & 15];
		value >>= 4;
	}
	*--at = 'x';
	*--at = '0';
	text_bytes(t, at, buffer + sizeof(buffer) - at);
}

/* The digits that end before `end`: where they begin. */
static inline char *decimal(char *end, uint64_t value)
{
	static const char pairs[] = "00010203040506070809"
				    "10111213141516171819"
				    "20212223242526272829"
				    "30313233343536373839"
				    "40414243444546474849"
				    "50515253545556575859"
				    "60616263646566676869"
				    "70717273747576777879"
				    "80818283848586878889"
				    "90919293949596979899";

	for (; value >= 10; value /= 100) {
		end -= 2;
		memcpy(end, &pairs[2 * (value % 100)], 2);
		if (value < 100)
			return end;
	}
	*--end = '0' + value;
	return end;
}

/* What is below 10^8, without zeros before it: how many digits. There is room for eight. */
static inline unsigned int put_below(char *to, uint32_t value)
{
	uint64_t digits = text_eight_decimal(value);
	unsigned int zeros = (unsigned int)__builtin_ctzll(digits | 1ull << 56) / 8;

	text_store_digits(to, digits >> 8 * zeros);
	return 8 - zeros;
}

void text_unsigned(struct text *t, uint64_t value)
{
	enum { BASE = 100000000 };
	char *to;

	if (!text_room(t, DIGITS_MOST))
		return;
	to = t->data + t->used;
	if (value < 10) {
		*to = (char)('0' + value);
		t->used++;
		return;
	}
	if (value < BASE) {
		t->used += put_below(to, (uint32_t)value);
		return;
	}
	if (value / BASE < BASE) {
		to += put_below(to, (uint32_t)(value / BASE));
	} else {
		to += put_below(to, (uint32_t)(value / BASE / BASE));
		text_store_digits(to, text_eight_decimal((uint32_t)(value / BASE % BASE)));
		to += 8;
	}
	text_store_digits(to, text_eight_decimal((uint32_t)(value % BASE)));
	t->used = (size_t)(to + 8 - t->data);
}

void text_left(struct text *t, uint64_t value, size_t width)
{
	char buffer[20], *end = buffer + sizeof(buffer), *at = decimal(end, value);
	size_t digits = end - at, all = digits < width ? width : digits;

	if (!text_room(t, all))
		return;
	memcpy(t->data + t->used, at, digits);
	memset(t->data + t->used + digits, ' ', all - digits);
	t->used += all;
}

void text_signed(struct text *t, int64_t value)
{
	if (value < 0)
		text_char(t, '-');
	text_unsigned(t, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

void text_padded(struct text *t, uint64_t value, int digits)
{
	char buffer[20];

	for (int i = digits - 1; i >= 0; i--, value /= 10)
		buffer[i] = '0' + value % 10;
	text_bytes(t, buffer, digits);
}

static void hex_byte(struct text *t, unsigned char c)
{
	static const char upper[] = "0123456789ABCDEF";
	char out[4] = { '\\', 'x', upper[c >> 4], upper[c & 15] };

	text_bytes(t, out, sizeof(out));
}

/* How many of 8 bytes, from the first on, need no escape; `other` is 8 times the byte that does so
 * by choice. */
static inline unsigned int plain_of_8(const unsigned char *at, uint64_t other)
{
	const uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
	uint64_t x, slash, same, bad;

	memcpy(&x, at, 8);
	slash = x ^ ones * '\\';
	same = x ^ other;
	/* Below ' ', above '~', a backslash, the other one: exact up to the first of them. */
	bad = (x - ones * ' ') | x | (x + ones) | ((slash - ones) & ~slash) |
	      ((same - ones) & ~same);
	bad &= high;
	return bad ? __builtin_ctzll(bad) / 8 : 8;
}

#ifdef __x86_64__
/* The same of 16 bytes: as signed ones, those from 128 on are below ' '. */
static inline unsigned int plain_of_16(const unsigned char *at, unsigned char other)
{
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)at), plain, escaped;

	plain = _mm_and_si128(_mm_cmpgt_epi8(x, _mm_set1_epi8(' ' - 1)),
			      _mm_cmplt_epi8(x, _mm_set1_epi8('~' + 1)));
	escaped = _mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('\\')),
			       _mm_cmpeq_epi8(x, _mm_set1_epi8(other)));
	return __builtin_ctz(~_mm_movemask_epi8(_mm_andnot_si128(escaped, plain)));
}
#else
static inline unsigned int plain_of_16(const unsigned char *at, unsigned char first)
{
	const uint64_t other = 0x0101010101010101 * first;
	unsigned int n = plain_of_8(at, other);

	return n < 8 ? n : 8 + plain_of_8(at + 8, other);
}
#endif

/* How many bytes, from the first on, need no escape. What is left of a longer string than one step
 * is looked at together with what came before it. */
static size_t plain_bytes(const unsigned char *at, size_t size, unsigned char first)
{
	const uint64_t other = 0x0101010101010101 * first;
	size_t plain = 0;
	unsigned int n;

	for (; size - plain >= 16; plain += 16) {
		n = plain_of_16(at + plain, first);
		if (n < 16)
			return plain + n;
	}
	if (plain)
		return plain < size ? size - 16 + plain_of_16(at + size - 16, first) : size;
	if (size >= 8) {
		n = plain_of_8(at, other);
		return n < 8 ? n : size - 8 + plain_of_8(at + size - 8, other);
	}
	while (plain < size && at[plain] >= ' ' && at[plain] <= '~' && at[plain] != '\\' &&
	       at[plain] != first)
		plain++;
	return plain;
}

void text_escaped(struct text *t, const void *bytes, size_t size, const char *separator)
{
	const unsigned char *at = bytes;
	unsigned char first = separator ? *separator : 0;
	size_t sep, plain = plain_bytes(at, size, first);

	text_bytes(t, bytes, plain);
	if (plain == size)
		return;
	sep = first ? strlen(separator) : 0;
	for (size_t i = plain; i < size; i++) {
		plain = plain_bytes(at + i, size - i, first);
		if (plain)
			text_bytes(t, (const char *)at + i, plain);
		i += plain;
		if (i == size)
			return;
		if (at[i] == '\\')
			text_bytes(t, "\\\\", 2);
		else if (at[i] == '\t')
			text_bytes(t, "\\t", 2);
		else if (at[i] == '\n')
			text_bytes(t, "\\n", 2);
		else if (at[i] < ' ' || at[i] > '~' ||
			 (sep && size - i >= sep && !memcmp(at + i, separator, sep)))
			hex_byte(t, at[i]);
		else
			text_char(t, at[i]);
	}
}

void text_lines(struct text *t, const char *string)
{
	for (const char *at = string; *at; at++) {
		if (*at == '\n' || *at == '\t' || (*at >= ' ' && *at <= '~'))
			text_char(t, *at);
		else
			hex_byte(t, *at);
	}
}

/* The letter behind the backslash of a short escape, or 0. */
static char short_escape(unsigned char c)
{
	switch (c) {
	case '\t': return 't';
	case '\n': return 'n';
	case '\v': return 'v';
	case '\f': return 'f';
	case '\r': return 'r';
	case '"': return '"';
	case '\\': return '\\';
	}
	return 0;
}

/* As few octal digits as the next byte allows. */
static void octal(struct text *t, unsigned char c, bool digit_follows)
{
	text_char(t, '\\');
	if (c > 077 || digit_follows)
		text_char(t, '0' + (c >> 6));
	if (c > 07 || digit_follows)
		text_char(t, '0' + (c >> 3 & 7));
	text_char(t, '0' + (c & 7));
}

static void hex_quoted(struct text *t, const unsigned char *at, size_t size)
{
	static const char lower[] = "0123456789abcdef";

	for (size_t i = 0; i < size; i++) {
		char out[4] = { '\\', 'x', lower[at[i] >> 4], lower[at[i] & 15] };

		text_bytes(t, out, sizeof(out));
	}
}

static bool is_plain(unsigned char c)
{
	return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r');
}

static void quoted_body(struct text *t, const unsigned char *at, size_t size,
			enum text_quoting quoting, bool angled)
{
	bool hex = quoting == TEXT_QUOTE_HEX_ALL;

	for (size_t i = 0; quoting == TEXT_QUOTE_HEX_NON_ASCII && i < size && !hex; i++)
		hex = !is_plain(at[i]);
	if (hex)
		hex_quoted(t, at, size);
	for (size_t i = 0; !hex && i < size; i++) {
		size_t plain = angled ? 0 : plain_bytes(at + i, size - i, '"');
		char letter;

		if (plain) {
			text_bytes(t, (const char *)at + i, plain);
			i += plain;
			if (i == size)
				return;
		}
		letter = short_escape(at[i]);
		if (letter) {
			text_char(t, '\\');
			text_char(t, letter);
		} else if (at[i] >= ' ' && at[i] <= '~' &&
			   !(angled && (at[i] == '<' || at[i] == '>'))) {
			text_char(t, at[i]);
		} else if (quoting == TEXT_QUOTE_HEX_CHARS) {
			hex_quoted(t, at + i, 1);
		} else {
			octal(t, at[i], i + 1 < size && at[i + 1] >= '0' && at[i + 1] <= '7');
		}
	}
}

void text_quoted(struct text *t, const void *bytes, size_t size, enum text_quoting quoting)
{
	text_char(t, '"');
	quoted_body(t, bytes, size, quoting, false);
	text_char(t, '"');
}

void text_angled(struct text *t, const void *bytes, size_t size, enum text_quoting quoting)
{
	text_char(t, '<');
	quoted_body(t, bytes, size, quoting, true);
	text_char(t, '>');
}
