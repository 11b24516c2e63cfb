/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * show_text: arguments and results that are given as text: those of calls that systape-import has
 * read. strace's text is written as it is; other writers get the values that it is made of, as far
 * as its grammar says what they are, else words. Called by show.c alone.
 */
#ifndef SYSTAPE_SHOW_TEXT_H
#define SYSTAPE_SHOW_TEXT_H

#include "decode/values/show.h"

void show_text_args(struct show *show);
/* strace's text only: false where there is no text, or another writer. */
bool show_text_result(struct show *show);

#endif
