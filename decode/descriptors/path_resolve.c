// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/path_resolve.h"

#include "decode/events/call_fds.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

/* Appends the components of `name` to the path of `length` bytes, which does not end in a slash:
 * its new length, 0: too long. No `..` leads above the first `root` bytes. */
static size_t append(char *path, size_t length, size_t root, const char *name, size_t size)
{
	while (size) {
		/* What surely fits is copied while its end is looked for. */
		bool fits = length + size + 2 <= FOLLOW_PATH;
		char *to = path + length + 1;
		size_t n = 0;

		for (; fits && n < size && name[n] != '/'; n++)
			to[n] = name[n];
		while (n < size && name[n] != '/')
			n++;
		if (n == 2 && !memcmp(name, "..", 2)) {
			while (length > root && path[--length] != '/')
				;
		} else if (n && !(n == 1 && *name == '.')) {
			if (length + n + 2 > FOLLOW_PATH)
				return 0;
			path[length++] = '/';
			if (!fits)
				memcpy(path + length, name, n);
			length += n;
		}
		name += n < size ? n + 1 : n;
		size -= n < size ? n + 1 : n;
	}
	if (!length)
		path[length++] = '/';
	path[length] = '\0';
	return length;
}

static const char *directory(const struct call *call, int dirfd)
{
	const struct fd_file *file = dirfd == AT_FDCWD ? NULL : fds_of_call(call, dirfd, false);

	if (dirfd == AT_FDCWD)
		return fds_cwd_of_call(call);
	return file && !file->socket && *file->path == '/' ? file->path : NULL;
}

/* How much of the directory's path is the root's; 0 where it is not within that. */
static size_t inside(const char *directory, const char *root)
{
	size_t length = strlen(root);

	if (length == 1 || strncmp(directory, root, length))
		return 0;
	return directory[length] == '/' || !directory[length] ? length : 0;
}

size_t fd_tracking_path(const struct call *call, int arg, int dirfd, char path[FOLLOW_PATH])
{
	struct tape_piece name;
	const char *from, *root;
	size_t length;

	if ((!call_piece(call, arg, false, &name) && !call_piece(call, arg, true, &name)) ||
	    name.piece.flags & (TRACE_P_TRUNCATED | TRACE_P_UNREADABLE) || !name.piece.length)
		return 0;
	root = fds_root(call->fds);
	from = *(const char *)name.data == '/' ? root : directory(call, dirfd);
	if (!from || !root)
		return 0;
	length = strlen(from);
	if (length >= FOLLOW_PATH)
		return 0;
	memcpy(path, from, length);
	if (length == 1)
		length = 0; /* the root */
	return append(path, length, inside(from, root), name.data, name.piece.length);
}

static uint64_t word_at(const void *data, size_t word, size_t index)
{
	uint64_t value = 0;

	memcpy(&value, (const char *)data + index * word, word);
	return value;
}

size_t fd_tracking_rights(const struct call *call, int *fds, size_t most)
{
	size_t word = call->arch == TRACE_I386 || call->arch == TRACE_X32 ? 4 : 8, count = 0,
	       header = word + 8;
	const unsigned char *control;
	const void *found;
	size_t left;

	if (call_find(call, call->arg[1], 6 * word, true, &found) < 6 * word)
		return 0;
	left = word_at(found, word, 5);
	left = left && left < 1 << 16 ? call_find(call, word_at(found, word, 4), left, true, &found)
				      : 0;
	for (control = found; left >= header;) {
		size_t size = word_at(control, word, 0), step = (size + word - 1) & ~(word - 1);
		int kind[2];

		if (size < header || size > left)
			break;
		memcpy(kind, control + word, sizeof(kind));
		for (size_t i = header; kind[0] == SOL_SOCKET && kind[1] == SCM_RIGHTS &&
					i + 4 <= size && count < most;
		     i += 4)
			memcpy(&fds[count++], control + i, 4);
		if (step >= left)
			break;
		control += step;
		left -= step;
	}
	return count;
}
