/* SPDX-License-Identifier: GPL-2.0-or-later */
/* launch: starts the command that is traced, held until the capture is ready. The session's. */
#ifndef SYSTAPE_LAUNCH_H
#define SYSTAPE_LAUNCH_H

#include "format/tape/tape_reader.h"
#include "tracer/system/startup_state.h"

#include <stdbool.h>
#include <sys/types.h>

struct launch {
	pid_t pid;
	int gate;			/* written to once to let it go */
	int report;			/* closed by the child's execve */
	struct launch_failure *failure; /* in memory that the child shares */
	int pidfd;  /* of a command that is no child of ours (launch_below), else -1 */
	bool done;  /* it has ended */
	int status; /* wait status of a child that has ended */
};

/* What the command is started with besides its arguments. */
struct launch_how {
	const char *const *environment; /* VAR=VALUE is set, VAR removed; NULL: as it is */
	const char *user;		/* a name, or UID:GID; NULL: as it is */
	const char *argv0;		/* its name for itself; NULL: as it was called */
	const struct startup_state *started;
};

/*
 * Forks the command with its standard descriptors, environment, directory, signals and limits
 * untouched but for *how; it waits before its execve. 0, or a negative errno with a sentence (a
 * command that cannot be found is one).
 */
int launch_start(struct launch *launch, char **command, const struct launch_how *how,
		 struct tape_error *why);
/* Where a recorder runs that is not the command's parent. */
enum launch_where { LAUNCH_ABOVE, LAUNCH_GRANDCHILD, LAUNCH_GROUP, LAUNCH_SESSION };

/*
 * The other way round: this process waits, to become the command, and its caller is the command's
 * parent; what returns is a grandchild of it, in the process group, or the session, that `where`
 * says. Nothing may be open yet that the command is not to have. Results as those of launch_start.
 */
int launch_below(struct launch *launch, char **command, const struct launch_how *how,
		 enum launch_where where, struct tape_error *why);
/* Looks whether it has ended: sets `done` and `status`. */
void launch_reap(struct launch *launch);
/* Waits for the end of a child. */
void launch_wait(struct launch *launch);
/* Who reads the output of the capture is gone, which ends the command as it ends us: the signal. */
int launch_break(const struct launch *launch);
/* The signal that it has ended by, else 0. */
int launch_signal(const struct launch *launch);
/* The status of a recorder: its command's, that of the signal which ended a capture before it, or
 * the recorder's own. */
int launch_exit_status(const struct launch *launch, int ended_by, int own);
/*
 * Lets it go: 0, or the negative errno of its execve. Then it waits, without a call, for
 * launch_dismiss. While an execve takes long, `meanwhile` is called now and then, which says
 * whether to go on waiting.
 */
int launch_go(struct launch *launch, bool (*meanwhile)(void *context), void *context);
/* A command that could not be executed ends, with status 1: nobody traces it any more. */
void launch_dismiss(struct launch *launch);
/* Ends a child that was never let go, and closes what is open. */
void launch_cancel(struct launch *launch);
/*
 * Ends this process by the signal that ended the command, or the capture, without a core: the
 * status that a shell shows for it, and its parent sees, is ours; a loop around it ends by Ctrl-C.
 * Returns only if the signal does not end it, or is 0.
 */
void launch_end_as(int signal_number);

#endif
