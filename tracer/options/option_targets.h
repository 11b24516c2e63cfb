/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_targets: the values of the options that choose threads and results, and where the recorder
 * runs: -C, -u, -G, --comm, -e status=, --capture, --daemonize. Used by options.c. */
#ifndef SYSTAPE_OPTION_TARGETS_H
#define SYSTAPE_OPTION_TARGETS_H

#include "tracer/options/options.h"

/* Each is false if the text is not what it has to be. */
bool option_cpus(struct options *options, const char *text);
bool option_user(struct options *options, const char *text);
bool option_comm(struct options *options, const char *text);
bool option_capture(struct options *options, const char *text);
bool option_where(struct options *options, const char *text);
/* A folder, or a place below the mounted cgroup v2 hierarchy. */
bool option_cgroup(struct options *options, const char *text);

#endif
