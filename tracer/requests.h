/* SPDX-License-Identifier: GPL-2.0-or-later */
/* requests: what signals ask of a capture: SIGCHLD, SIGUSR1 and those that end it arrive as reads,
 * so no write or drain is ever cut short. The session's. */
#ifndef SYSTAPE_REQUESTS_H
#define SYSTAPE_REQUESTS_H

#include "tracer/targets/launch.h"

#include <stdbool.h>
#include <stdint.h>

struct requests {
	int signals;	   /* descriptor: all of them */
	int stop;	   /* descriptor: readable while one that ends the capture waits */
	bool patient;	   /* while the command runs, none ends it */
	bool ending;	   /* at once */
	int signal;	   /* that ends the capture, 0 if none */
	uint64_t seen;	   /* ms: when one that ends it was seen to wait, 0: not yet */
	uint64_t deadline; /* ms: when a command that Ctrl-C does not end is left behind; 0: none */
	uint64_t asked;	   /* ms: of SIGUSR1, 0: none is unanswered */
};

/* Blocks the signals and opens the descriptors: false without. */
bool requests_open(struct requests *requests);
void requests_close(struct requests *requests);
/* Takes what has come; a command that is no terminal's is sent what ends the capture. */
void requests_read(struct requests *requests, struct launch *launch);
/* Sees whether one waits that ends the capture, and takes nothing. */
void requests_look(struct requests *requests);
/* Ms since the first that was to end the capture, or was seen to wait, 0: none. */
uint64_t requests_age(const struct requests *requests);
/* Waits for the end of a command that is a child, as long as nothing asks to end without it. */
void requests_wait(struct requests *requests, struct launch *launch);

#endif
