/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_string: bytes and numbers of a tape as JSON text. */
#ifndef SYSTAPE_JSON_STRING_H
#define SYSTAPE_JSON_STRING_H

#include "decode/text/text.h"

/* Bytes as a JSON string, in ASCII, if they are UTF-8; false, and nothing written, if not. */
bool json_string(struct text *text, const void *bytes, size_t size);
/* The same, {"bytes":"hex digits"} for what is not UTF-8. */
void json_any_string(struct text *text, const void *bytes, size_t size);
/* Two digits for each byte, without quotes. */
void json_hex_digits(struct text *text, const void *bytes, size_t size);

/* Strings with a NUL behind each, as an array. */
void json_strings(struct text *text, const char *strings, size_t size);

/* Beyond it not every integer is a double. */
#define JSON_SAFE_MOST (1ull << 53)

/* An integer; `safe`: those that a double cannot hold are strings. */
void json_integer(struct text *text, uint64_t value, bool is_signed, bool safe);

#endif
