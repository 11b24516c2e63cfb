/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * standard_streams: descriptors 0, 1 and 2 that were closed when a program was started. Whatever is
 * opened next would take their numbers, and what goes to standard output would go there. Every
 * program opens /dev/null on them before anything else; it closes again at execve, so that a
 * program or command that is started finds them closed as they were.
 */
#ifndef SYSTAPE_STANDARD_STREAMS_H
#define SYSTAPE_STANDARD_STREAMS_H

#include <stdbool.h>

/* The first thing that main does. False where there is no /dev/null to be had. */
bool standard_streams_open(void);
/* Whether this one, 0 to 2, was closed at the start: nothing is to be read from or written to it.
 */
bool standard_streams_closed(int fd);

#endif
