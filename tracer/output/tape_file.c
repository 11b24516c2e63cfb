// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/tape_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <unistd.h>

enum {
	STEP = 1 << 20, /* bytes of room asked for at a time */
};

int tape_room_keep(struct tape_room *room, uint64_t end)
{
	uint64_t want = (end | (STEP - 1)) + 1;

	if (room->cannot || end <= room->kept)
		return 0;
	if (fallocate(room->fd, FALLOC_FL_KEEP_SIZE, room->kept, want - room->kept)) {
		if (errno == ENOSPC || errno == EDQUOT) { /* not so much: just what is needed */
			want = end;
			if (fallocate(room->fd, FALLOC_FL_KEEP_SIZE, room->kept, want - room->kept))
				return -errno;
		} else {
			room->cannot = true;
			return 0;
		}
	}
	room->kept = want;
	return 0;
}

void tape_room_release(struct tape_room *room, uint64_t size)
{
	if (room->kept > size && ftruncate(room->fd, size))
		return;
	room->kept = size;
}
