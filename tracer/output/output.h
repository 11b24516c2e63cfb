/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output: where the tape goes: a file, standard output, a command, or a decoder that the recorder
 * starts and feeds (the live view). Writing never gets stuck: a reader that has stopped is given up
 * once the capture is to end.
 */
#ifndef SYSTAPE_OUTPUT_H
#define SYSTAPE_OUTPUT_H

#include "format/tape/sink.h"
#include "format/tape/tape_reader.h"
#include "tracer/options/options.h"
#include "tracer/system/startup_state.h"

struct output;

enum {
	OUTPUT_BROKEN = 128 + 13, /* of output_close: as if SIGPIPE had ended us */
	OUTPUT_LEFT = 5,	  /* the decoder's --left-status: it has left the command */
};

/*
 * Opens what -o, -l and the kind of run ask for. `mask` is the signal mask for commands that it
 * starts; `stop` is a descriptor that is readable while a request to end has not been answered.
 * `file` is the descriptor of a file in place of -o's, which becomes the output's, or -1. NULL with
 * a sentence.
 */
struct output *output_open(const struct options *options, int file,
			   const struct startup_state *started, int stop, struct tape_error *why);
/* Closes the file and goes on with another one, which becomes the output's. */
void output_next(struct output *output, int file);

/* A time (ms of clock.h) at which the capture is to end: a reader that does not read by then is
 * given up as after a signal. */
void output_until(struct output *output, uint64_t ms);
/* The sink for the tape; belongs to the output. */
struct tape_sink *output_sink(struct output *output);
/* Processes that the output started, to be left out of the capture; returns how many. */
size_t output_processes(const struct output *output, pid_t pids[2]);
/* Where it is written to; a pipe's has POLLERR when its reader is gone. */
int output_descriptor(const struct output *output);
/* Whether the end of who reads it ends the recorder as SIGPIPE does: the command behind strace's
 * -o.
 */
bool output_breaks(const struct output *output);
/* The name for the summary: a file's name, or NULL. */
const char *output_name(const struct output *output);
/* Closes it and waits for what it started: the worst of their exit statuses; OUTPUT_BROKEN where
 * output_breaks and nobody reads it any more. NULL accepted. */
int output_close(struct output *output);

#endif
