/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_file: room kept free for the end of a tape in a file, so that a full disk does not leave
 * half of one. The output calls it.
 */
#ifndef SYSTAPE_TAPE_FILE_H
#define SYSTAPE_TAPE_FILE_H

#include <stdbool.h>
#include <stdint.h>

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
