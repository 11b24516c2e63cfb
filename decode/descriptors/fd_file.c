// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/fd_file.h"

#include "decode/descriptors/path_resolve.h"
#include "decode/events/call_fds.h"

#include <linux/nsfs.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum {
	MAGIC_PIPE = 0x50495045,
	MAGIC_ANONYMOUS = 0x09041934,
	MAGIC_PID = 0x50494446,
	MAGIC_NAMESPACE = 0x6e736673, /* linux/magic.h */
	NAMES_MOST = 256,
};

/* The names stand from the file up to the root: the path has them the other way round. False: a
 * name is missing. */
static bool join(const struct trace_file *f, const char *names, size_t size, char path[FOLLOW_PATH])
{
	const char *name[NAMES_MOST], *at = names, *end = names + size;
	size_t count = 0, length = 0;

	while (count < f->names && count < NAMES_MOST && at < end) {
		const char *nul = memchr(at, '\0', end - at);

		if (!nul)
			return false;
		name[count++] = at;
		at = nul + 1;
	}
	if (count < f->names)
		return false;
	while (count--) {
		int n = snprintf(path + length, FOLLOW_PATH - length, "/%s", name[count]);

		if (n < 0 || (size_t)n >= FOLLOW_PATH - length)
			return false;
		length += n;
	}
	if (!length)
		snprintf(path, FOLLOW_PATH, "/");
	return true;
}

static struct fd_file *named(const struct trace_file *f, const char *names, size_t size)
{
	char path[FOLLOW_PATH], text[FOLLOW_PATH + 16];
	bool whole = !(f->flags & TRACE_FILE_CUT) && join(f, names, size, path);

	if (f->magic == MAGIC_PIPE)
		snprintf(text, sizeof(text), "pipe:[%llu]", (unsigned long long)f->inode);
	else if (f->magic == MAGIC_PID)
		snprintf(text, sizeof(text), "anon_inode:[pidfd]");
	else if (f->magic == MAGIC_ANONYMOUS && whole)
		snprintf(text, sizeof(text), "anon_inode:%s", path + 1);
	else if (f->magic == MAGIC_NAMESPACE)
		snprintf(text, sizeof(text), "ns:[%llu]", (unsigned long long)f->inode);
	else if (f->flags & TRACE_FILE_CUT) /* no part of a name is shown for the whole */
		*text = '\0';
	else if (!whole)
		return NULL;
	else if (f->flags & TRACE_FILE_GONE ||
		 (f->flags & TRACE_FILE_NO_ROOT &&
		  (!strncmp(path, "/memfd:", 7) || !strcmp(path, "/secretmem"))))
		snprintf(text, sizeof(text), "%s (deleted)", path);
	else
		snprintf(text, sizeof(text), "%s", path);
	return fd_file_path(text, strlen(text));
}

/* 127.0.0.1 and a port as struct sockaddr_in, or _in6. */
static void set_inet(struct fd_name **name, const struct trace_file *f, const uint8_t *address,
		     uint16_t port)
{
	unsigned char data[28] = { (unsigned char)f->family, (unsigned char)(f->family >> 8),
				   port >> 8, port & 0xff };

	if (!port)
		return;
	memcpy(data + (f->family == AF_INET ? 4 : 8), address, f->family == AF_INET ? 4 : 16);
	fd_file_name(name, data, f->family == AF_INET ? 16 : 28);
}

/* What is open with O_PATH on the name of a UNIX socket is none. */
static bool is_socket(const struct trace_file *f)
{
	return S_ISSOCK(f->mode) && (f->family || !f->names);
}

static struct fd_file *socket_file(const struct trace_file *f, const char *names, size_t size)
{
	struct fd_file *file = fd_file_socket(f->family, f->type, f->protocol);

	if (!file)
		return NULL;
	file->inode = f->inode;
	file->listens = f->family == AF_NETLINK && f->flags & TRACE_FILE_LISTENS;
	if (f->family == AF_INET || f->family == AF_INET6) {
		set_inet(&file->local, f, f->local, f->local_port);
		if (f->local_port)
			set_inet(&file->remote, f, f->remote, f->remote_port);
	} else if (f->family == AF_UNIX && f->names && size) {
		fd_file_name(&file->local, names, size);
	}
	return file;
}

/* What stands for something else: descriptors of processes, counters, signals. */
static void set_special(struct fd_file *file, const struct trace_file *f)
{
	uint32_t id;

	if (f->magic == MAGIC_ANONYMOUS && !strcmp(file->path, "anon_inode:[eventfd]")) {
		memcpy(&id, f->local, sizeof(id));
		file->detail = FD_EVENT;
		file->value = f->peer;
		file->number = id;
		file->semaphore = f->type & EFD_SEMAPHORE;
	} else if (f->magic == MAGIC_ANONYMOUS && !strcmp(file->path, "anon_inode:[signalfd]")) {
		file->detail = FD_SIGNALS;
		file->value = ~f->peer; /* the kernel keeps those that it leaves out */
	} else if (!strcmp(file->path, "anon_inode:[pidfd]")) {
		file->inode = f->magic == MAGIC_PID ? f->inode : 0;
		file->detail = f->peer ? FD_PID : FD_PLAIN;
		file->value = f->peer;
	} else {
		file->peer = f->peer;
	}
}

struct fd_file *fd_tracking_file_of(const struct tape_piece *piece)
{
	const char *names = (const char *)piece->data + sizeof(struct trace_file);
	struct fd_file *file;
	struct trace_file f;
	size_t size;

	if (!(piece->piece.flags & TRACE_P_FILE) || piece->piece.length < sizeof(f))
		return NULL;
	size = piece->piece.length - sizeof(f);
	memcpy(&f, piece->data, sizeof(f));
	if (f.flags & TRACE_FILE_NONE)
		return NULL;
	file = is_socket(&f) ? socket_file(&f, names, size) : named(&f, names, size);
	if (!file)
		return NULL;
	file->mode = f.mode;
	file->rdev = f.rdev;
	file->told = true;
	set_special(file, &f);
	return file;
}

struct fd_file *fd_tracking_file_existing(struct fd_file *named, const struct tape_piece *piece)
{
	const char *name = (const char *)piece->data + sizeof(struct trace_file);
	struct trace_file f;

	if (piece->piece.length < sizeof(f))
		return named;
	memcpy(&f, piece->data, sizeof(f));
	if (is_socket(&f)) {
		struct fd_file *file = socket_file(&f, name, piece->piece.length - sizeof(f));

		if (!file)
			return named;
		named = file;
	}
	named->mode = f.mode;
	named->rdev = f.rdev;
	set_special(named, &f);
	return named;
}

struct fd_file *fd_tracking_file_next(const struct call *call, int *part, size_t *at, int *fd)
{
	struct tape_piece piece;
	struct fd_file *file;

	while (call_piece_next(call, part, at, &piece)) {
		file = fd_tracking_file_of(&piece);
		*fd = (int32_t)piece.address;
		if (file)
			return file;
	}
	return NULL;
}

/* What /proc calls the namespace that ioctl_nsfs(2) opens. */
static const char *related_namespace(const struct call *call)
{
	const struct fd_file *from = fds_of_call(call, (int)call->arg[0], false);

	if (strcmp(call->name, "ioctl"))
		return NULL;
	if ((uint32_t)call->arg[1] == NS_GET_USERNS)
		return "user";
	return from && strstr(from->path, ":[") ? from->path : NULL;
}

struct fd_file *fd_tracking_file_namespace(const struct call *call, const struct fd_file *opened,
					   struct fd_file *file)
{
	const char *slash = opened ? strrchr(opened->path, '/') : NULL,
		   *kind = slash ? slash + 1 : related_namespace(call);
	char text[64];
	struct fd_file *better;

	if (strncmp(file->path, "ns:[", 4) || !kind)
		return file;
	snprintf(text, sizeof(text), "%.*s%s", (int)strcspn(kind, "_:"), kind, file->path + 2);
	better = fd_file_path(text, strlen(text));
	if (!better)
		return file;
	fd_file_unref(file);
	return better;
}
