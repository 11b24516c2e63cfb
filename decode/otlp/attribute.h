/* SPDX-License-Identifier: GPL-2.0-or-later */
/* attribute: the key and value that OpenTelemetry has beside everything. `field`: which one of the
 * message at hand they are. Bytes that are no printable ASCII are escaped. */
#ifndef SYSTAPE_OTLP_ATTRIBUTE_H
#define SYSTAPE_OTLP_ATTRIBUTE_H

#include "decode/text/text.h"

void attribute_text(struct text *text, uint32_t field, const char *key, const char *bytes,
		    size_t size);
void attribute_words(struct text *text, uint32_t field, const char *key, const char *words);
void attribute_number(struct text *text, uint32_t field, const char *key, uint64_t value);
/* Strings with a NUL behind each, as an array. */
void attribute_strings(struct text *text, uint32_t field, const char *key, const char *strings,
		       size_t size);
/* What our own user has said: as it is, if it is UTF-8; a key that is not is left out. */
void attribute_given(struct text *text, uint32_t field, const char *key, const char *value);

#endif
