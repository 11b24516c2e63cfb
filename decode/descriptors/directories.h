/* SPDX-License-Identifier: GPL-2.0-or-later */
/* directories: what a process's names are relative to: its current directory, and its root. Called
 * by fd_tracking.c. */
#ifndef SYSTAPE_DIRECTORIES_H
#define SYSTAPE_DIRECTORIES_H

#include "decode/descriptors/fd_rules.h"
#include "decode/events/fds.h"

struct call;

/* What a call that has succeeded makes of them: chdir and fchdir; chroot, pivot_root and setns. */
void fd_tracking_chdir(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r);
void fd_tracking_chroot(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r);

#endif
