/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_figures: small pictures in the cells of the report's tables, as SVG: without styles of
 * their own, which the page's policy forbids. */
#ifndef SYSTAPE_HTML_REPORT_FIGURES_H
#define SYSTAPE_HTML_REPORT_FIGURES_H

#include "decode/stat/histogram.h"
#include "decode/text/text.h"

/* A cell: how often calls took how long, a bar for each power of two, heights as logarithms. */
void report_put_histogram(struct text *out, const struct histogram *times);
/* What stands above such cells: where 1 us, 1 ms and 1 s are. */
void report_put_axis(struct text *out);
/* A bar that is part of a whole. */
void report_put_bar(struct text *out, uint64_t part, uint64_t of);

#endif
