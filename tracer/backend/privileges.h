/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * privileges: gives up what a capture that runs does not need any more: a recorder that is left on
 * for days, and handles what every program hands to the kernel, should not be root in all respects.
 * Called by the session once everything is set up.
 */
#ifndef SYSTAPE_PRIVILEGES_H
#define SYSTAPE_PRIVILEGES_H

#include "format/tape/tape_reader.h"

#include <stdbool.h>
#include <stdint.h>

struct privileges_needs {
	bool maps;	/* talks to BPF maps */
	bool events;	/* opens further perf events */
	bool admin;	/* for which this kernel wants CAP_SYS_ADMIN */
	bool files;	/* opens further files: rotation, dumps */
	bool snapshots; /* looks at processes again */
	bool group;	/* gives files to a group */
	bool kills;	/* ends a command or a decoder of another user */
};

/* Gives up the rest for good: 0 with the capabilities that are left, as bits, or a negative errno
 * with a sentence. */
int privileges_drop(const struct privileges_needs *needs, uint64_t *left, struct tape_error *why);

#endif
