/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_record: the line of strace's text that a record of systape-import was made of. Used by the
 * decoders, which believe none of its numbers.
 */
#ifndef SYSTAPE_TEXT_RECORD_H
#define SYSTAPE_TEXT_RECORD_H

#include "format/tape/record.h"

#include <stddef.h>

/* How long the structure before struct trace_text is. */
size_t text_record_head(unsigned int type);
/* NULL where the record has none, or one that does not fit into it. */
const struct trace_text *text_record(const struct trace_record *record);
/* What the spans are parts of: `line` bytes and `more`. */
static inline const char *text_record_line(const struct trace_text *text)
{
	return (const char *)(text + 1);
}

#endif
