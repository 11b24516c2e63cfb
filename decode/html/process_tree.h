/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * process_tree: who started whom, when, and how it ended; of at most a fixed number of processes.
 * Filled from notes while a capture is read, and with sums of a table by process at its end. Used
 * by the report.
 */
#ifndef SYSTAPE_HTML_PROCESS_TREE_H
#define SYSTAPE_HTML_PROCESS_TREE_H

#include "decode/events/event.h"
#include "decode/stat/stat_collect.h"

enum {
	TREE_MOST = 32768, /* processes that are known */
	TREE_SHOWN = 600,  /* that are shown, at most */
};

struct tree_node {
	struct tid_entry entry; /* by its number (process.h), of the capture at hand */
	struct tree_node *parent, *next;
	struct tree_node *child; /* the first that is shown, in order; `next` leads on */
	uint32_t pid, parent_pid, children;
	uint64_t begun, ended; /* ns since 1970; 0: before the capture, or not seen; not at all */
	int32_t status;	       /* wait status; -1: not known */
	bool shown;
	size_t host; /* the caller's */
	char comm[17];
	char *command; /* NULL: not known */
	size_t command_size;
	struct stat_sums sums;
};

struct process_tree {
	struct tid_table table;
	struct tree_node **all;
	size_t count, room;
	size_t here;		   /* of `all`: the first of the capture at hand */
	uint64_t forgotten;	   /* processes that there was no room for */
	uint64_t forgotten_before; /* of them, those of captures before the one at hand */
	bool cut;		   /* so was the table: there were more whom no record tells of */
	struct tree_node *first;   /* shown without a parent; `next` leads on */
	size_t shown;
	uint64_t begin, end; /* of what is shown: ns since 1970 */
};

/* 0 or -ENOMEM. */
int process_tree_init(struct process_tree *tree);
void process_tree_free(struct process_tree *tree);
/* A NOTE_PROCESS. */
void process_tree_note(struct process_tree *tree, const struct tape_facts *facts,
		       const struct note *note, size_t host);
/* The capture is over: takes the sums of a table whose key is the process. */
void process_tree_end(struct process_tree *tree, const struct stat_collect *collect, size_t host);
/* Chooses those to be shown, those with the most calls and those that a signal ended, with who
 * started them, and puts them in order. */
void process_tree_choose(struct process_tree *tree);

#endif
