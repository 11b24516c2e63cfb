/* SPDX-License-Identifier: GPL-2.0-or-later */
/* signal_descriptors: SIGCHLD and the signals that end a capture arrive as reads, so no write or
 * drain is ever cut short. The session's. */
#ifndef SYSTAPE_SIGNAL_DESCRIPTORS_H
#define SYSTAPE_SIGNAL_DESCRIPTORS_H

#include <stdbool.h>

/*
 * Blocks them and opens two descriptors: what is read from `all` are the ones that end a capture,
 * SIGCHLD and SIGUSR1; `stop` is readable while one that ends it waits. False without descriptors.
 */
bool signal_descriptors_open(int *all, int *stop);
/* Closes both; -1 is none. */
void signal_descriptors_close(int signals, int stop);

#endif
