/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inherited_fds: the descriptors that the recorder was started with, above standard error. They
 * belong to its command, as under strace, and to what -o names (/dev/fd/N); a recorder that runs
 * for days must not keep them open. Used by session.
 */
#ifndef SYSTAPE_INHERITED_FDS_H
#define SYSTAPE_INHERITED_FDS_H

#include <stddef.h>

struct inherited_fds {
	int *fd;
	size_t count;
};

/* Notes them; to be called before anything is opened. Without /proc or memory there are none. */
void inherited_fds_note(struct inherited_fds *inherited);
/* Closes them, and frees the list. */
void inherited_fds_close(struct inherited_fds *inherited);

#endif
