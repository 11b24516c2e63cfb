// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/file_use.h"

#include "decode/descriptors/path_resolve.h"
#include "decode/events/call_fds.h"

#include <fcntl.h>
#include <string.h>

_Static_assert(FILE_NAME_ROOM == FOLLOW_PATH, "room for what fd_tracking_path writes");

/* Calls whose result is a number of bytes that went between a descriptor and memory, or another. */
static const struct {
	const char *name;
	int8_t in, out;
} moves[] = {
	{ "read", 0, -1 },	     { "pread64", 0, -1 },  { "readv", 0, -1 },
	{ "preadv", 0, -1 },	     { "preadv2", 0, -1 },  { "recvfrom", 0, -1 },
	{ "recvmsg", 0, -1 },	     { "recv", 0, -1 },	    { "write", -1, 0 },
	{ "pwrite64", -1, 0 },	     { "writev", -1, 0 },   { "pwritev", -1, 0 },
	{ "pwritev2", -1, 0 },	     { "sendto", -1, 0 },   { "sendmsg", -1, 0 },
	{ "send", -1, 0 },	     { "vmsplice", -1, 0 }, { "sendfile", 1, 0 },
	{ "sendfile64", 1, 0 },	     { "splice", 0, 2 },    { "tee", 0, 1 },
	{ "copy_file_range", 0, 2 },
};

/* Calls whose first name is not what they are about. */
static const struct {
	const char *name;
	int8_t path;
} second_names[] = { { "symlink", 1 }, { "mount", 1 }, { "quotactl", 1 } };

static void find_moves(const struct desc_call *row, struct file_use *use)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		if (strcmp(row->name, moves[i].name) != 0)
			continue;
		use->in = moves[i].in;
		use->out = moves[i].out;
	}
}

static void find_name(const struct desc_call *row, struct file_use *use)
{
	for (int8_t i = 0; use->path < 0 && i < row->args; i++) {
		if (row->arg[i].kind != DESC_PATH)
			continue;
		use->path = i;
		use->dirfd = i && row->arg[i - 1].kind == DESC_DIRFD ? (int8_t)(i - 1) : -1;
	}
	for (size_t i = 0; i < sizeof(second_names) / sizeof(*second_names); i++) {
		if (strcmp(row->name, second_names[i].name) != 0)
			continue;
		use->path = second_names[i].path;
		use->dirfd = -1;
	}
}

void file_use_of(const struct desc_call *row, struct file_use *use)
{
	*use = (struct file_use){ -1, -1, -1, -1, -1, false, false };
	if (!row)
		return;
	find_moves(row, use);
	find_name(row, use);
	for (int8_t i = 0; use->fd < 0 && i < row->args; i++)
		if (row->arg[i].kind == DESC_FD || row->arg[i].kind == DESC_DIRFD)
			use->fd = i;
	use->opens = row->result == DESC_FD || !strcmp(row->name, "pipe") ||
		     !strcmp(row->name, "pipe2") || !strcmp(row->name, "socketpair");
	/* accept is about the socket that listens, dup about what is open already. */
	use->new_one = use->opens && (use->fd < 0 || use->path >= 0);
}

struct file_found file_use_open(const struct call *call, int64_t fd)
{
	struct file_found found = { 0 };

	if (fd >= 0 && fd <= INT32_MAX)
		found.file = fds_of_call(call, (int)fd, true);
	return found;
}

static struct file_found find_by_name(const struct call *call, const struct file_use *use,
				      char room[FILE_NAME_ROOM])
{
	int dirfd = use->dirfd < 0 ? AT_FDCWD : (int)call->arg[use->dirfd];
	struct file_found found = { 0 };
	struct tape_piece name;

	if (!call_piece(call, use->path, false, &name) && !call_piece(call, use->path, true, &name))
		return found;
	if (!name.piece.length && dirfd != AT_FDCWD) /* AT_EMPTY_PATH */
		return file_use_open(call, dirfd);
	if (fd_tracking_path(call, use->path, dirfd, room)) {
		found.name = room;
		found.size = strlen(room);
	} else if (!(name.piece.flags & TRACE_P_UNREADABLE)) {
		found.name = name.data;
		found.size = name.piece.length;
	}
	return found;
}

struct file_found file_use_find(const struct call *call, const struct file_use *use,
				char room[FILE_NAME_ROOM])
{
	struct file_found found = { 0 };

	if (use->new_one && !call->failed) {
		if (call->opened_count)
			found.file = call->opened[0].file;
		else
			found = file_use_open(call, call->result);
		if (found.file && (found.file->socket || *found.file->path))
			return found;
		found.file = NULL;
	}
	if (!call_has_words(call))
		return found;
	if (use->path >= 0)
		return find_by_name(call, use, room);
	return use->fd >= 0 ? file_use_open(call, (int32_t)call->arg[use->fd]) : found;
}
