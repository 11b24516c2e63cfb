/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * page_text: the one way of bytes of a tape into the page, and how numbers stand in it. What comes
 * out is ASCII: markup is written as references, and so is every character that is not ASCII; what
 * cannot be seen, or would turn the text around it, is shown as an escape. Used by the report.
 */
#ifndef SYSTAPE_HTML_PAGE_TEXT_H
#define SYSTAPE_HTML_PAGE_TEXT_H

#include "decode/text/text.h"

/* Bytes of a tape, at most `most` of them; then how many there are. Not for attributes. */
void page_escaped(struct text *out, const void *bytes, size_t size, size_t most);
/* The same as a piece of text that does not order what is around it; of one that is cut, only that
 * it is. */
void page_quote(struct text *out, const void *bytes, size_t size, size_t most);

/* 12 345 */
void page_count(struct text *out, uint64_t count);
/* Of 10000: 12.34 % */
void page_share(struct text *out, uint64_t part, uint64_t of);
/* Four digits and a unit, from ns to s; more than ten minutes as hours and minutes. */
void page_time(struct text *out, uint64_t ns);
/* 12.3 MiB */
void page_bytes(struct text *out, uint64_t bytes);
/* Date and time of ns since 1970, in UTC, to the millisecond. */
void page_moment(struct text *out, uint64_t ns);

/* Cells of a table, which are sorted by the number that they hold. */
void page_cell_count(struct text *out, uint64_t count);
void page_cell_time(struct text *out, bool known, uint64_t ns);
void page_cell_bytes(struct text *out, uint64_t bytes);

#endif
