/* SPDX-License-Identifier: GPL-2.0-or-later */
/* paths: -P PATH: what else a path is called. Called by options.c when all options are known. */
#ifndef SYSTAPE_STRACE_PATHS_H
#define SYSTAPE_STRACE_PATHS_H

#include "strace/options.h"

/* Hands the paths of -P to the decoder, each also with symbolic links resolved, and says so as
 * strace does. False: out of memory, and a sentence was printed. */
bool paths_resolve(struct strace_options *options);

#endif
