/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * as_started: what systape was started with and changes for itself: signals and the limit on open
 * files. What it starts (the command, a decoder, what -o feeds) gets it back. Used by session,
 * launch and output.
 */
#ifndef SYSTAPE_AS_STARTED_H
#define SYSTAPE_AS_STARTED_H

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>

struct as_started {
	sigset_t mask;	  /* of signals */
	uint64_t ignored; /* of those whose handling changes: the bit of each that was */
	struct rlimit files;
};

/* Before anything of it is changed. */
void as_started_note(struct as_started *started);
/* As many descriptors for this process as it may have: a backend takes some for each CPU, and one
 * for each thread. */
void as_started_raise(const struct as_started *started);
/* Has the ends of children told: of one whose parent ignores SIGCHLD there is no status, and no
 * word that it has ended. */
void as_started_see_children(void);
/* In a child, before its execve. */
void as_started_restore(const struct as_started *started);

#endif
