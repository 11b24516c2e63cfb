// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/call_path.h"

#include "decode/events/call_fds.h"

#include <fcntl.h>
#include <string.h>

static size_t name_of(const struct call *call, int arg, char path[CALL_PATH])
{
	bool at = arg && call->desc->arg[arg - 1].kind == DESC_DIRFD;
	size_t size = fd_tracking_path(call, arg, at ? (int)call->arg[arg - 1] : AT_FDCWD, path);
	struct tape_piece name;

	if (size)
		return size;
	/* As it was given; of an empty one the descriptor before it is meant. */
	if ((!call_piece(call, arg, false, &name) && !call_piece(call, arg, true, &name)) ||
	    name.piece.length > CALL_PATH)
		return 0;
	memcpy(path, name.data, name.piece.length);
	return name.piece.length;
}

static size_t file_of(const struct call *call, int fd, char path[CALL_PATH])
{
	const struct fd_file *file = fd < 0 ? NULL : fds_of_call(call, fd, false);
	size_t size = file && !file->socket && *file->path == '/' ? strlen(file->path) : 0;

	if (!size || size > CALL_PATH)
		return 0;
	memcpy(path, file->path, size);
	return size;
}

size_t call_path(const struct call *call, char path[CALL_PATH])
{
	const struct desc_call *d = call->desc;
	int fd = -1;
	size_t size;

	for (int i = 0; d && call_has_words(call) && i < d->args; i++) {
		if (d->arg[i].kind == DESC_PATH) {
			size = name_of(call, i, path);
			if (size)
				return size;
		}
		if (fd < 0 && (d->arg[i].kind == DESC_FD || d->arg[i].kind == DESC_DIRFD))
			fd = i;
	}
	return fd < 0 ? 0 : file_of(call, (int)call->arg[fd], path);
}
