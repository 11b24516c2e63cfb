/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * startup_state: what systape was started with and changes for itself: signals and the limit on
 * open files. What it starts (the command, a decoder, what -o feeds) gets it back. Used by session,
 * launch and output.
 */
#ifndef SYSTAPE_STARTUP_STATE_H
#define SYSTAPE_STARTUP_STATE_H

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>

struct startup_state {
	sigset_t mask;	  /* of signals */
	uint64_t ignored; /* of those whose handling changes: the bit of each that was */
	struct rlimit files;
};

/* Before anything of it is changed. */
void startup_state_note(struct startup_state *started);
/* As many descriptors for this process as it may have: a backend takes some for each CPU, and one
 * for each thread. */
void startup_state_raise(const struct startup_state *started);
/* Has the ends of children told: of one whose parent ignores SIGCHLD there is no status, and no
 * word that it has ended. */
void startup_state_see_children(void);
/* In a child, before its execve. */
void startup_state_restore(const struct startup_state *started);

#endif
