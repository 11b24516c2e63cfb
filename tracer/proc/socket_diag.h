/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * socket_diag: what sockets that are open already are: their addresses, the other end, by the
 * number of their inode. The kernel is asked (sock_diag(7)) once per family of a snapshot, when the
 * first socket of it is seen. Only those of the recorder's network namespace are known by address.
 */
#ifndef SYSTAPE_SOCKET_DIAG_H
#define SYSTAPE_SOCKET_DIAG_H

#include "format/tape/record.h"

#include <stdbool.h>
#include <stddef.h>

struct socket_diag;

enum {
	SOCKET_NAME = 128, /* bytes of a UNIX socket's address, at most */
};

/* NULL without memory. */
struct socket_diag *socket_diag_new(void);
/* NULL accepted. */
void socket_diag_free(struct socket_diag *diag);

/*
 * The socket that is open as `path` (/proc/PID/fd/N), which leads to `target` (socket:[INODE]):
 * what the kernel says of it. The address of a UNIX socket goes to `name`, its size to *size.
 * False: it is of no family that is known here.
 */
bool socket_diag_find(struct socket_diag *diag, const char *path, const char *target,
		      struct trace_file *file, char name[SOCKET_NAME], size_t *size);

#endif
