/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dump: what was read or written, byte by byte, behind the line of the call: -e read=, -e write=.
 * For the strace renderer. */
#ifndef SYSTAPE_DUMP_H
#define SYSTAPE_DUMP_H

#include "decode/values/show.h"

/* Prints to `out` what the call has moved, if its descriptor is in a set of `sets`; show->call is
 * the call, which is done. */
void dump_call(struct show *show, struct text *out, const struct filter *sets);

#endif
