/* SPDX-License-Identifier: GPL-2.0-or-later */
/* command: the command line of systape that does what strace's says. Called by main. */
#ifndef SYSTAPE_STRACE_COMMAND_H
#define SYSTAPE_STRACE_COMMAND_H

#include "strace/options.h"

/* Puts the words together; word 0 is "systape". */
void command_build(struct words *command, const struct strace_options *options);

#endif
