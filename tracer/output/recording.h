/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recording: the tapes of one capture: one file after another (--rotate), the newest in memory
 * (--flight), or just one; and what happens when the output fails. The session opens one, has the
 * backend deliver into it, and takes its turn now and then.
 */
#ifndef SYSTAPE_RECORDING_H
#define SYSTAPE_RECORDING_H

#include "tracer/options/options.h"
#include "tracer/output/output.h"
#include "tracer/proc/snapshot.h"
#include "tracer/system/startup_state.h"

struct recording;

/* What every tape of the capture says of itself. */
struct recording_facts {
	int argc;
	char **argv;
	const char *backend;
	const struct desc_table *native, *compat;
	bool everything;   /* the whole machine is captured */
	const pid_t *pids; /* else these processes */
	size_t pid_count;
	enum snapshot_extent extent; /* of them, or of the command */
	uint64_t optional;	     /* TRACE_O_... */
	/* Further metadata of the backend; NULL if it has none. */
	int (*describe)(void *context, struct tape_writer *writer);
	/* Called before a snapshot: what was told of descriptors is in another tape. */
	void (*retell)(void *context);
	/* Called now and then while one is made, to deliver: how to go on with it. */
	enum snapshot_pace (*meanwhile)(void *context);
	void *context;
};

/* Opens the output and begins the first tape. The facts stay the caller's. NULL with a sentence. */
struct recording *recording_open(const struct options *options, const struct recording_facts *facts,
				 const struct startup_state *started, int stop,
				 struct tape_error *why);
/* Closes the output as output_close does: its status. NULL accepted. */
int recording_close(struct recording *recording);

struct output *recording_output(struct recording *recording);
/*
 * Writes what the captured processes, the machine's or attached ones, are like now; later tapes get
 * it by themselves. It is dated before all that has not been delivered: reading /proc takes longer
 * than a call, and what is called meanwhile is on the tape.
 */
void recording_snapshot(struct recording *recording);
/* While `open`, what is delivered may be followed by earlier records: no seal is written. */
void recording_unseal(struct recording *recording, bool open);
/* Writes what the command, which has not been let go yet, is given; later tapes begin with what it
 * has become. */
void recording_command(struct recording *recording, pid_t pid);
/* Where the backend delivers to: `context` is the recording. Never fails: what cannot be written is
 * counted. */
int recording_deliver(void *context, uint32_t cpu, const void *records, size_t size,
		      uint64_t sealed);
/* The end is waited for: no more time goes into small tapes. */
void recording_hurry(struct recording *recording);
/* Between two drains: goes on to the next file if it is time, writes out the flight recorder if a
 * call asked for it. */
void recording_turn(struct recording *recording);
/* SIGUSR1: writes out the flight recorder; without one, begins the next file of --rotate. */
void recording_signal(struct recording *recording);
/* Whether the capture is to end: the output failed for good, or a limit is reached. */
bool recording_over(const struct recording *recording);
/* Ms since --max-time has passed, 0: not yet. */
uint64_t recording_late(const struct recording *recording);
/* The end of the last tape. */
void recording_finish(struct recording *recording);

/* The names of the files that there are, as text to be freed; NULL where the tape went elsewhere.
 */
char *recording_where(const struct recording *recording);
/* All tapes of the capture together. */
struct tape_totals recording_totals(const struct recording *recording);
/* Whether files are removed, or only the newest is written; then what is kept, once it is finished:
 * in the files that there still are, or in what the flight recorder has written last. */
bool recording_kept(const struct recording *recording, struct tape_totals *kept);
/* The first error of the output, 0 if there was none. */
int recording_error(const struct recording *recording);

#endif
