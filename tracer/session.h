/* SPDX-License-Identifier: GPL-2.0-or-later */
/* session: one capture from its start to its summary. Called by main with the options. */
#ifndef SYSTAPE_SESSION_H
#define SYSTAPE_SESSION_H

#include "tracer/options/options.h"

/* Runs the capture; everything that has to be said is said on standard error. The exit status of
 * systape. */
int session_run(const struct options *options, int argc, char **argv);

#endif
