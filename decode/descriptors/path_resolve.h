/* SPDX-License-Identifier: GPL-2.0-or-later */
/* path_resolve: what fd_tracking.c finds in the memory of a call: absolute file names, received
 * descriptors. */
#ifndef SYSTAPE_PATH_RESOLVE_H
#define SYSTAPE_PATH_RESOLVE_H

#include "decode/events/event.h"

#define FOLLOW_PATH 8192

/*
 * The file name in argument `arg`, made absolute by the directory `dirfd` and without `.` and `..`;
 * symbolic links are not known to a decoder. Its length; 0 if the name, or the directory that it
 * needs, is not known.
 */
size_t fd_tracking_path(const struct call *call, int arg, int dirfd, char path[FOLLOW_PATH]);
/* The descriptors that a recvmsg has received, at most `most`. */
size_t fd_tracking_rights(const struct call *call, int *fds, size_t most);

#endif
