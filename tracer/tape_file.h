/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_file: a file that a recorder with privileges writes: opened with care in folders that others
 * can write to, half-written blocks taken back, and room kept free for the end of the tape. The
 * output calls it.
 */
#ifndef SYSTAPE_TAPE_FILE_H
#define SYSTAPE_TAPE_FILE_H

#include "format/tape_reader.h"

#include <sys/types.h>

struct tape_file_rules {
	mode_t mode; /* --mode; 0: 0600 for a file that is made, others stay as they are */
	gid_t group; /* --group; (gid_t)-1: none */
};

/*
 * Opens `path` for writing, emptied. In a folder that others can write to (/tmp), a symbolic link,
 * a second name of a file or somebody else's file is refused. The descriptor, or -1 with a
 * sentence.
 */
int tape_file_open(const char *path, const struct tape_file_rules *rules, struct tape_error *why);

/* The number behind those of the files PATH.000000, PATH.000001 ... that are there; 0 if none are.
 */
uint32_t tape_file_number(const char *path);

/* The room of a regular file. */
struct tape_room {
	int fd;
	uint64_t kept; /* the file system has room for this many bytes from the beginning */
	bool cannot;   /* it does not keep room */
};

/* Keeps room up to byte `end`: 0, or -ENOSPC or -EDQUOT if there is none. */
int tape_room_keep(struct tape_room *room, uint64_t end);
/* Gives back what is kept behind `size`, the file's end. */
void tape_room_release(struct tape_room *room, uint64_t size);

#endif
