/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_string: bytes of a tape as JSON text. */
#ifndef SYSTAPE_JSON_STRING_H
#define SYSTAPE_JSON_STRING_H

#include "decode/text/text.h"

/* Bytes as a JSON string if they are UTF-8; false, and nothing written, if not. */
bool json_string(struct text *text, const void *bytes, size_t size);
/* Two digits for each byte, without quotes. */
void json_hex_digits(struct text *text, const void *bytes, size_t size);

#endif
