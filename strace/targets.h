/* SPDX-License-Identifier: GPL-2.0-or-later */
/* targets: what is to be traced: the user and the program of a command, and processes: what is not
 * there is said in strace's words before anything is started. Called by options.c. */
#ifndef SYSTAPE_STRACE_TARGETS_H
#define SYSTAPE_STRACE_TARGETS_H

#include "strace/options.h"

/* -u: hands it to the recorder. */
bool targets_user(struct strace_options *options);
/* Whether there is such a program; whether it can be executed, the kernel says. */
bool targets_program(const struct strace_options *options);
/* -p: hands those that can be traced to the recorder, and says of which others it is that there are
 * none. False: there is nothing to do. */
bool targets_processes(struct strace_options *options);

#endif
