/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output_file: the one place where files are opened that our programs make: tapes, those of a
 * rotation, dumps, the files of -ff, text, trace.h. One set of rules, which systape(1) tells under
 * FILES, for programs that run as root and write where others can: see output_folder for the way
 * there. Opening never waits, whatever stands under the name.
 */
#ifndef SYSTAPE_OUTPUT_FILE_H
#define SYSTAPE_OUTPUT_FILE_H

#include "format/output/output_folder.h"

#include <sys/types.h>

struct output_rules {
	mode_t mode;	  /* --mode; 0: 0600 for a file that is made, others stay as they are */
	gid_t group;	  /* --group; (gid_t)-1: none */
	bool as_programs; /* --mode umask: 0666 less the umask for a file that is made */
};

/* --mode, --group: false if the text is none. */
bool output_rules_mode(struct output_rules *rules, const char *text);
bool output_rules_group(struct output_rules *rules, const char *text);

enum output_how {
	OUTPUT_OVER,   /* what is there is emptied */
	OUTPUT_APPEND, /* what is there is added to */
	OUTPUT_NEW,    /* nothing may be there: else -EEXIST */
	OUTPUT_WORK,   /* the same, and it can be read as well */
};

/*
 * Opens `path` for writing: a file, a device, a pipe. A descriptor, or a negative errno with a
 * sentence: -ENXIO means a named pipe of our own that nobody reads yet.
 */
int output_file_open(const char *path, enum output_how how, const struct output_rules *rules,
		     struct tape_error *why);
/* The same for a name in a folder, with which no link is followed, and regular files only. */
int output_file_at(const struct output_folder *folder, const char *name, enum output_how how,
		   const struct output_rules *rules, struct tape_error *why);

/*
 * Whether a new file may take the name from what is there: 0 with its permissions in *mode, 0 where
 * nothing is; or a negative errno with a sentence.
 */
int output_file_replaces(const struct output_folder *folder, const char *name, mode_t *mode,
			 struct tape_error *why);

/* NAME.000001 of a folder's name: 0, or -ENAMETOOLONG. `name` has room for NAME_MAX + 1. */
int output_file_number(const struct output_folder *folder, uint32_t number, char *name);
/*
 * Makes the file NAME.NUMBER of the folder's name; where there is one, be it a stranger's, the next
 * free number, which *number becomes. As output_file_at.
 */
int output_file_numbered(const struct output_folder *folder, uint32_t *number,
			 const struct output_rules *rules, struct tape_error *why);
/*
 * The numbers of those that are there, in order, to be freed: how many, or a negative errno. In a
 * folder that others can write to, only our own.
 */
ssize_t output_file_numbers(const struct output_folder *folder, uint32_t **numbers);
/* Removes NAME.NUMBER, if it is a regular file, and our own in a folder that others can write to.
 */
void output_file_remove(const struct output_folder *folder, uint32_t number);

#endif
