/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_targets: the values of the options that choose threads and results, and where the recorder
 * runs: -C, -u, -G, --container, --comm, -e status=, --capture, --daemonize. Used by options.c. */
#ifndef SYSTAPE_OPTION_TARGETS_H
#define SYSTAPE_OPTION_TARGETS_H

#include "tracer/options/options.h"

/* Each is false if the text is not what it has to be. */
bool option_cpus(struct options *options, const char *text);
bool option_user(struct options *options, const char *text);
bool option_comm(struct options *options, const char *text);
bool option_capture(struct options *options, const char *text);
bool option_where(struct options *options, const char *text);
/* These have said a sentence if they are false. A folder, a place in the mounted cgroup v2
 * hierarchy, or a pattern of such; and when all options have been read. */
bool option_cgroup(struct options *options, const char *text);
bool option_container(struct options *options, const char *text);
bool option_cgroups_finish(struct options *options);

#endif
