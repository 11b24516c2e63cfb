/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * file_use: which file a call is about, one for each call, so that sums over files are sums over
 * calls; and where it reads bytes from and writes them to. It follows from the call's row, and from
 * what descriptors are open on. Used by decode/stat.
 */
#ifndef SYSTAPE_FILE_USE_H
#define SYSTAPE_FILE_USE_H

#include "decode/events/event.h"

/* Of a row; arguments are numbers, -1: none. */
struct file_use {
	int8_t fd;	    /* the descriptor that it is about */
	int8_t path, dirfd; /* the name, and what that is relative to: comes first */
	int8_t in, out;	    /* descriptors: result is the bytes read from, written to */
	bool opens;	    /* the result is a new descriptor */
	bool new_one;	    /* ... and what it is open on is what the call is about */
};

/* A file: what a descriptor is open on, or a name; neither: not known, or none. */
struct file_found {
	const struct fd_file *file;
	const char *name;
	size_t size;
};

enum { FILE_NAME_ROOM = 8192 };

void file_use_of(const struct desc_call *row, struct file_use *use);
/* What a finished call is about. A name may be put into `room`. */
struct file_found file_use_find(const struct call *call, const struct file_use *use,
				char room[FILE_NAME_ROOM]);
/* What a descriptor of the call is open on, as the call leaves it. */
struct file_found file_use_open(const struct call *call, int64_t fd);

#endif
