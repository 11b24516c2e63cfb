/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * probe: what a tape says of its probes (TRACE_META_PROBE), and the values of a hit by it. The
 * stream keeps the formats, the renderers walk the values. Nothing of either is believed: every
 * place is compared with the record's size.
 */
#ifndef SYSTAPE_PROBE_H
#define SYSTAPE_PROBE_H

#include "format/tape/record.h"

#include <stdbool.h>
#include <stddef.h>

enum probe_value_kind { PROBE_UNSIGNED, PROBE_SIGNED, PROBE_HEX, PROBE_TEXT, PROBE_BYTES };

struct probe_field {
	char *name;
	enum probe_value_kind kind;
	bool elsewhere,
		relative; /* the field says where in the record the data is; from its own end */
	uint32_t offset, size, count;
};

struct probe_format {
	char *name; /* as it is shown */
	struct probe_field *fields;
	size_t count;
};

struct probe_value {
	const struct probe_field *field;
	const char *data; /* `size` bytes, or `count` numbers in as many */
	size_t size, count;
	bool fault; /* the kernel could not read it */
};

/* Reads the text of one metadata record: NULL without memory or sense. */
struct probe_format *probe_format_parse(const char *text, size_t size);
void probe_format_free(struct probe_format *format);

/* The i-th value of a hit: false where the record does not hold it. */
bool probe_value(const struct probe_format *format, size_t i, const struct trace_probe *hit,
		 struct probe_value *value);
/* The n-th number of it, its sign extended where it has one. */
uint64_t probe_number(const struct probe_value *value, size_t n);

#endif
