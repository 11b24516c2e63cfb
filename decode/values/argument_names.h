/* SPDX-License-Identifier: GPL-2.0-or-later */
/* argument_names: what strace -N calls the arguments of calls, where that is not what the kernel
 * calls them (format/calls/calls.tbl). Asked by strace's text. */
#ifndef SYSTAPE_ARGUMENT_NAMES_H
#define SYSTAPE_ARGUMENT_NAMES_H

#include "decode/stream/renderer.h"

/* `name` itself where they agree; `*size`: its length. */
const char *argument_name(const struct call *call, const char *name, size_t *size);

#endif
