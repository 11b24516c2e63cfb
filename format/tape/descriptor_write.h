/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * descriptor_write: all of what is to be written, to whatever a descriptor is open on. Used by what
 * writes tapes and texts.
 */
#ifndef SYSTAPE_DESCRIPTOR_WRITE_H
#define SYSTAPE_DESCRIPTOR_WRITE_H

#include <stddef.h>

/* 0, or a negative errno. Waits for somebody else's non-blocking pipe. */
int descriptor_write(int fd, const void *data, size_t size);

#endif
