/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * log_threads: what the importer knows of the threads of a text: which live, what call each is in,
 * and which one a line without a number belongs to. Bounded, whatever the text claims.
 */
#ifndef SYSTAPE_LOG_THREADS_H
#define SYSTAPE_LOG_THREADS_H

#include "format/tid_table.h"

#include <stdbool.h>

enum {
	LOG_NAME = 64,
	LOG_COMM = 16,
};

struct log_thread {
	struct tid_entry entry;
	struct log_thread *older, *newer; /* by when they were seen */
	uint32_t tgid;
	bool seen;    /* a line of its own has been */
	bool told;    /* that another thread has made it */
	bool pending; /* is within a call: */
	bool shares;  /* which makes a thread of its process */
	bool makes;   /* which makes a thread that has not been seen */
	char name[LOG_NAME];
	uint64_t enter;
	char program[LOG_COMM]; /* that an execve is about */
	char comm[LOG_COMM];	/* as a line told it */
};

struct log_threads {
	struct tid_table table;
	struct log_thread *oldest, *newest;
	size_t count;
};

/* False without memory. */
bool log_threads_open(struct log_threads *threads);
void log_threads_close(struct log_threads *threads);
/* NULL without memory. */
struct log_thread *log_threads_get(struct log_threads *threads, uint32_t tid);
struct log_thread *log_threads_find(struct log_threads *threads, uint32_t tid);
void log_threads_remove(struct log_threads *threads, uint32_t tid);
/* The only one that is there, or NULL. */
struct log_thread *log_threads_only(const struct log_threads *threads);
/* The only one that is within a call of this name, or NULL. */
struct log_thread *log_threads_within(const struct log_threads *threads, const char *name);
/* The only one that is within a call that makes a thread, or NULL. */
struct log_thread *log_threads_maker(const struct log_threads *threads);

#endif
