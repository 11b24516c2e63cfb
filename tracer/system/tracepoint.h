/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tracepoint: the kernel's tracepoints that the ftrace and the perf backend listen to: their ids,
 * and where their fields are, read from the running kernel's format files. Both kinds of raw data
 * have that layout.
 */
#ifndef SYSTAPE_TRACEPOINT_H
#define SYSTAPE_TRACEPOINT_H

#include "format/tape/tape_reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	COMMON_PID = 4, /* where common_pid stands in every event since 2.6.31 */
};

enum tracepoint_kind {
	TP_ENTER,
	TP_EXIT,
	TP_NEWTASK,
	TP_FORK,
	TP_EXEC,
	TP_RENAME,
	TP_END,
	TP_GENERATE,
	TP_DELIVER,
	TP_ATTACH,
	TP_MIGRATE, /* only with -C */
	TP_KINDS,
	TP_LOST = TP_KINDS, /* no tracepoint: events are missing here */
	TP_PROBE,	    /* an event that -e asked for */
	TP_NAME,	    /* a file name that the kernel copied in: struct assembler_name */
	TP_PROGRAM,	    /* what a new program is given: struct assembler_program */
	TP_CHILD,	    /* the number of a thread that is about to be told of: fork_notes.h */
};

/* The fields of each kind, by their places in the table of tracepoint.c. */
enum { ENTER_ID, ENTER_ARGS };
enum { EXIT_ID, EXIT_RESULT };
enum { NEWTASK_PID, NEWTASK_COMM, NEWTASK_FLAGS };
enum { FORK_CHILD, FORK_COMM };
enum { EXEC_FILE, EXEC_PID, EXEC_OLD };
enum { RENAME_COMM, RENAME_PID };
enum { END_PID, END_COMM, END_GROUP };
enum { GENERATE_SIGNAL, GENERATE_PID, GENERATE_RESULT, GENERATE_CODE, GENERATE_GROUP };
enum { ATTACH_PID, ATTACH_PATH, ATTACH_ROOT };
enum { MIGRATE_PID, MIGRATE_TO };
enum { DELIVER_SIGNAL, DELIVER_ERROR, DELIVER_CODE, DELIVER_HANDLER, DELIVER_FLAGS };

struct tracepoint_field {
	uint16_t offset, size; /* size 0: this kernel does not have it */
	bool elsewhere;	       /* __data_loc: the field says where in the event the text is */
};

struct tracepoint {
	const char *system, *name;
	uint32_t id; /* 0: this kernel does not have it */
	struct tracepoint_field field[5], tid;
};

struct tracepoints {
	struct tracepoint at[TP_KINDS];
	uint8_t kind_of[4096]; /* by id: enum tracepoint_kind, TP_KINDS for others */
};

/* Where tracefs is mounted; mounts it if nobody has and we may (*mounted then). NULL with a
 * sentence. */
const char *tracepoint_root(bool *mounted, struct tape_error *why);

/* Reads the formats below `root`: 0, or a negative errno with a sentence when the calls' own
 * tracepoints cannot be read. */
int tracepoints_load(struct tracepoints *all, const char *root, struct tape_error *why);

/* Reads one format: 0 or a negative errno. `system` and `name` are set. */
int tracepoint_load(struct tracepoint *tp, const char *const fields[5], const char *root);

/* A number of up to 8 bytes; 0 if the field is not there. */
uint64_t tracepoint_number(const struct tracepoint *tp, int field, const void *data);
/* Copies a text, NUL-terminated; returns its length. `size` is that of the event. */
size_t tracepoint_text(const struct tracepoint *tp, int field, const void *data, size_t size,
		       char *to, size_t room);

#endif
