/* SPDX-License-Identifier: GPL-2.0-or-later */
/* open_file: what the name of a descriptor that is open already does not tell: numbers of devices,
 * addresses of sockets, counts of eventfds, as the recorder's programs in the kernel tell it of
 * those that a call opens. For snapshot.c. */
#ifndef SYSTAPE_OPEN_FILE_H
#define SYSTAPE_OPEN_FILE_H

#include "tracer/proc/socket_diag.h"

#include <sys/types.h>

struct open_file {
	struct trace_file file;
	char name[SOCKET_NAME];
};

/*
 * Descriptor `fd` of the process, whose link in /proc is `path` and leads to `target`. Without
 * `sockets` (NULL) of devices only. The size of what is known, 0 if it is nothing.
 */
size_t open_file_read(struct open_file *file, struct socket_diag *sockets, pid_t pid, uint32_t fd,
		      const char *path, const char *target);

#endif
