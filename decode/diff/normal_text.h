/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * normal_text: names without what differs from run to run: * for process ids below /proc, for the
 * numbers of pipes and sockets, and for the random part of names in folders of temporary files.
 * Used by the lines and tables that systape-diff compares.
 */
#ifndef SYSTAPE_NORMAL_TEXT_H
#define SYSTAPE_NORMAL_TEXT_H

#include <stddef.h>

enum { NORMAL_TEXT_ROOM = 8192 };

/* Writes at most NORMAL_TEXT_ROOM bytes, no NUL; how many. What is longer is cut. */
size_t normal_text(const char *text, size_t size, char to[NORMAL_TEXT_ROOM]);

#endif
