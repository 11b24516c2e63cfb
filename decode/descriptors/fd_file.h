/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fd_file: from what the recorder saw in the kernel (struct trace_file) to what a
 * descriptor is open on. For fd_tracking.c. */
#ifndef SYSTAPE_FD_FILE_H
#define SYSTAPE_FD_FILE_H

#include "decode/events/event.h"
#include "decode/events/fds.h"

/* One piece: NULL if it says nothing of a file, or that there is none. */
struct fd_file *fd_tracking_file_of(const struct tape_piece *piece);
/* More of a descriptor that was open before, known as `named`: adds it to that, or returns a new
 * file in its place. */
struct fd_file *fd_tracking_file_existing(struct fd_file *named, const struct tape_piece *piece);
/*
 * The next piece about a file from (*part, *at) on, which begin with 0: its descriptor (-100: the
 * current directory) in *fd. A new file with one user; NULL at the end. Pieces that make no sense
 * are passed over.
 */
struct fd_file *fd_tracking_file_next(const struct call *call, int *part, size_t *at, int *fd);

/*
 * The kind of a namespace is not in the piece: it was opened as /proc/PID/ns/KIND, which `opened`
 * tells (NULL: it is not known as what), or is that of another. Takes over `file` and returns it,
 * or a better one.
 */
struct fd_file *fd_tracking_file_namespace(const struct call *call, const struct fd_file *opened,
					   struct fd_file *file);

#endif
