/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text: the one writer of text that every renderer uses: a buffer in front of a descriptor, numbers
 * by table, and the one rule for escaping: bytes from a tape reach the output only through
 * text_escaped and text_quoted.
 */
#ifndef SYSTAPE_TEXT_H
#define SYSTAPE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __x86_64__
#include <emmintrin.h>
#endif

struct text {
	char *data;
	size_t used, room;
	int fd;	   /* -1: the text is kept */
	int error; /* the first failed write: a negative errno; what follows is dropped */
};

/* Begins a text for `fd` (which stays the caller's), or one that is kept: 0 or -ENOMEM. */
int text_open(struct text *text, int fd);
/* The same with `room` bytes to begin with. */
int text_open_sized(struct text *text, int fd, size_t room);
/* Writes what is left and frees the buffer: 0 or the first error. */
int text_close(struct text *text);
/* Writes what there is. Does nothing for a text that is kept. */
void text_flush(struct text *text);

/* Makes room for `size` more bytes, by writing or growing. False when it cannot; then nothing may
 * be added. */
bool text_room_slow(struct text *text, size_t size);
static inline bool text_room(struct text *text, size_t size)
{
	return text->room - text->used >= size || text_room_slow(text, size);
}

static inline void text_char(struct text *text, char c)
{
	if (text_room(text, 1))
		text->data[text->used++] = c;
}

/* Bytes of our own: names, separators. */
static inline void text_bytes(struct text *text, const char *bytes, size_t size)
{
	if (text_room(text, size)) {
		memcpy(text->data + text->used, bytes, size);
		text->used += size;
	}
}

static inline void text_put(struct text *text, const char *string)
{
	text_bytes(text, string, strlen(string));
}

void text_printf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* 16 upper-case hexadecimal digits. */
void text_hex16(struct text *text, uint64_t value);
/* The same to memory that has the room. */
static inline void text_digits16(char *to, uint64_t value);
/* As printf's %-5u: digits, then blanks up to `width`. */
void text_left(struct text *text, uint64_t value, size_t width);
/* 0x and as many digits as needed; 0 has no prefix, as in printf's %#x and so in all of strace's
 * text. */
void text_hex(struct text *text, uint64_t value);
void text_unsigned(struct text *text, uint64_t value);
void text_signed(struct text *text, int64_t value);
/* Digits padded with zeros on the left. */
void text_padded(struct text *text, uint64_t value, int digits);

/*
 * Bytes of a tape as plain text: TAB, newline, backslash and `separator` (may be NUL for none)
 * escaped as \t, \n, \\, and what is not printable ASCII as \xHH (UTF-8 too: a tape's bytes never
 * reach a terminal raw).
 */
void text_escaped(struct text *text, const void *bytes, size_t size, const char *separator);

/* Lines of a tape's text as lines: newline and TAB stay, everything else that is not printable
 * ASCII becomes \xHH. */
void text_lines(struct text *text, const char *string);

enum text_quoting {
	TEXT_QUOTE_OCTAL,
	TEXT_QUOTE_HEX_NON_ASCII,
	TEXT_QUOTE_HEX_ALL,
	TEXT_QUOTE_HEX_CHARS
};
/* The same within double quotes, as strace writes strings: \t \n \v \f \r \" \\ and octal (or
 * \xhh). */
void text_quoted(struct text *text, const void *bytes, size_t size, enum text_quoting quoting);
/* The same within < and >, which are escaped then, too. */
void text_angled(struct text *text, const void *bytes, size_t size, enum text_quoting quoting);

/* The eight decimal digits of a number below 10^8, the first in the lowest byte, as numbers:
 * halves, pairs and digits each in a part of its own. */
static inline uint64_t text_eight_decimal(uint32_t value)
{
	uint64_t x = value / 10000 | (uint64_t)(value % 10000) << 32, tens;

	tens = (x * 10486 >> 20) & 0x7f0000007f; /* hundreds; exact up to 9999 */
	x = tens | (x - tens * 100) << 16;
	tens = (x * 103 >> 10) & 0x000f000f000f000f;
	return tens | (x - tens * 10) << 8;
}

/* Digits, the first of them in the lowest byte, to memory. */
static inline void text_store_digits(char *to, uint64_t digits)
{
	digits |= 0x3030303030303030;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	digits = __builtin_bswap64(digits);
#endif
	memcpy(to, &digits, sizeof(digits));
}

#ifdef __x86_64__
/* All sixteen at once: each half byte in a byte of its own, then '0' or 'A' - 10 added to all. */
static inline void text_digits16(char *to, uint64_t value)
{
	__m128i low = _mm_set1_epi8(15);
	__m128i bytes = _mm_cvtsi64_si128((long long)__builtin_bswap64(value)), digits, letters;

	digits = _mm_unpacklo_epi8(_mm_and_si128(_mm_srli_epi64(bytes, 4), low),
				   _mm_and_si128(bytes, low));
	letters = _mm_and_si128(_mm_cmpgt_epi8(digits, _mm_set1_epi8(9)), _mm_set1_epi8(7));
	digits = _mm_add_epi8(_mm_add_epi8(digits, _mm_set1_epi8('0')), letters);
	_mm_storeu_si128((__m128i *)(void *)to, digits);
}
#else
/* Eight digits of 32 bits at once, in the same way. */
static inline uint64_t text_eight_digits(uint32_t value)
{
	uint64_t x = value;

	x = (x | x << 16) & 0x0000ffff0000ffff;
	x = (x | x << 8) & 0x00ff00ff00ff00ff;
	x = (x | x << 4) & 0x0f0f0f0f0f0f0f0f;
	x += 0x3030303030303030 + ((x + 0x0606060606060606) >> 4 & 0x0101010101010101) * 7;
	return __builtin_bswap64(x);
}

static inline void text_digits16(char *to, uint64_t value)
{
	uint64_t high = text_eight_digits(value >> 32), low = text_eight_digits(value);

	memcpy(to, &high, 8);
	memcpy(to + 8, &low, 8);
}
#endif

#endif
