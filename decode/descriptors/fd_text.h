/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fd_text: what strace's -y and -yy say that a descriptor is open on. For fd_tracking.c. */
#ifndef SYSTAPE_FD_TEXT_H
#define SYSTAPE_FD_TEXT_H

#include "decode/events/event.h"
#include "decode/events/fds.h"

/* Before the call is shown: to the tables what it says of its arguments. Text is sure; what follows
 * from the calls before it may not be, since it may lack some. */
void fd_text_before(struct fds *fds, const struct call *call);
/* To `count` descriptors that the call has opened, with room for `most`, what it says of its
 * results: how many they are then. */
size_t fd_text_after(const struct call *call, struct call_file *opened, size_t count, size_t most);

#endif
