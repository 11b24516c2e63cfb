/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_files: the tapes of the command line: one, or several files of one rotated capture, which
 * are read one after another as one tape. It opens, orders and compares them; main calls it. */
#ifndef SYSTAPE_DECODE_CAPTURE_FILES_H
#define SYSTAPE_DECODE_CAPTURE_FILES_H

#include "format/tape/tape_reader.h"

struct capture_file {
	const char *name; /* "-" is standard input */
	int fd;
	struct tape_source *source;
	struct tape_reader *reader; /* has taken the header in */
	int64_t begins;		    /* ns since 1970: the first of its capture that is here */
};

struct capture_files {
	struct capture_file *at;
	size_t count;
};

/* Opens them, without a look at what is in them. False: that has been said. */
bool capture_files_open(struct capture_files *files, char *const *names, size_t count);
/*
 * Has this process read them from places of its own, after a fork. False: not all are files from
 * which that can be done; they are open as before.
 */
bool capture_files_again(const struct capture_files *files);
/*
 * Reads the headers, and puts the files into the order in which they were written; `several`: those
 * of each capture together, the capture that began first at the front. False: that one cannot be
 * read, or that they are not of one capture and have to be, has been said.
 */
bool capture_files_read(struct capture_files *files, bool several);
/* Whether two of them are of one capture. */
bool capture_files_same(const struct capture_files *files, size_t one, size_t other);
/* Says which parts are not there between the others: true if any is missing. */
bool capture_files_gaps(const struct capture_files *files);
/* What it holds; 0 where that is not known. */
uint64_t capture_files_size(const struct capture_files *files);
void capture_files_close(struct capture_files *files);

#endif
