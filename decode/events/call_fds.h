/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call_fds: what the descriptors of a call are open on: the tables (fds.h) stand as they were when
 * it began, what it opens is at hand besides, and not everything in them is sure to be so still.
 * Asked by renderers and families.
 */
#ifndef SYSTAPE_CALL_FDS_H
#define SYSTAPE_CALL_FDS_H

#include "decode/events/fds.h"

struct call;

/* What the call's descriptor is open on: as it was at the call's beginning, or at its end. NULL if
 * nothing is known to be so. */
struct fd_file *fds_of_call(const struct call *call, int fd, bool after);
/* What the call's names are relative to; NULL if that is not known. */
const char *fds_cwd_of_call(const struct call *call);
/* The protocol of a netlink socket, -1 where the descriptor is none, as far as is known. */
int fds_netlink(const struct call *call, int fd);

#endif
