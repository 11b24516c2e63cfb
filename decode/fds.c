// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/fds.h"

#include "decode/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	FDS_MOST = 1 << 20, /* descriptors above are not kept: a damaged tape may name any number */
};

struct entry {
	struct fd_file *file;
	bool cloexec;
};

struct table {
	uint32_t users, count;
	struct entry entry[];
};

struct fds {
	uint32_t users;
	struct table *table; /* NULL: empty */
	struct fd_file *cwd;
};

struct fds *fds_new(void)
{
	struct fds *f = calloc(1, sizeof(*f));

	if (f)
		f->users = 1;
	return f;
}

struct fds *fds_ref(struct fds *f)
{
	if (f)
		f->users++;
	return f;
}

struct fd_file *fd_file_ref(struct fd_file *file)
{
	if (file)
		file->users++;
	return file;
}

void fd_file_unref(struct fd_file *file)
{
	if (!file || --file->users)
		return;
	free(file->local);
	free(file->remote);
	free(file->path);
	free(file);
}

void fd_file_name(struct fd_name **name, const void *data, size_t size)
{
	struct fd_name *new = malloc(sizeof(*new) + size);

	if (!new)
		return;
	new->size = size;
	memcpy(new->data, data, size);
	free(*name);
	*name = new;
}

static void table_unref(struct table *t)
{
	if (!t || --t->users)
		return;
	for (uint32_t i = 0; i < t->count; i++)
		fd_file_unref(t->entry[i].file);
	free(t);
}

void fds_unref(struct fds *f)
{
	if (!f || --f->users)
		return;
	table_unref(f->table);
	fd_file_unref(f->cwd);
	free(f);
}

struct fds *fds_copy(struct fds *from)
{
	struct fds *f = from ? fds_new() : NULL;

	if (!f)
		return NULL;
	f->cwd = fd_file_ref(from->cwd);
	f->table = from->table;
	if (f->table)
		f->table->users++;
	return f;
}

struct fd_file *fd_file_path(const char *path, size_t size)
{
	struct fd_file *file = calloc(1, sizeof(*file));

	if (!file)
		return NULL;
	file->users = 1;
	file->path = strndup(path, size);
	if (file->path)
		return file;
	free(file);
	return NULL;
}

struct fd_file *fd_file_socket(int family, int type, int protocol)
{
	struct fd_file *file = fd_file_path("", 0);

	if (!file)
		return NULL;
	file->socket = true;
	file->family = family;
	file->type = type;
	file->protocol = protocol;
	return file;
}

static void rename_file(struct fd_file *file, const char *from, const char *to)
{
	size_t length = strlen(from);
	char *path;

	if (!file || strncmp(file->path, from, length) ||
	    (file->path[length] && (file->path[length] != '/' || !to)))
		return;
	if (asprintf(&path, "%s%s", to ? to : from, to ? file->path + length : " (deleted)") < 0)
		return;
	free(file->path);
	file->path = path;
}

void fds_rename(struct fds *f, const char *from, const char *to)
{
	uint32_t count = f && f->table ? f->table->count : 0;

	for (uint32_t i = 0; i < count; i++)
		rename_file(f->table->entry[i].file, from, to);
	if (f)
		rename_file(f->cwd, from, to);
}

struct fd_file *fds_find(const struct fds *f, int fd)
{
	if (!f || !f->table || fd < 0 || (uint32_t)fd >= f->table->count)
		return NULL;
	return f->table->entry[fd].file;
}

/* A table of our own with room for `count`: false without memory. */
static bool own(struct fds *f, uint32_t count)
{
	uint32_t had = f->table ? f->table->count : 0;
	struct table *t;

	if (f->table && f->table->users == 1 && count <= had)
		return true;
	count = count > had ? (count + 63) & ~63u : had;
	t = calloc(1, sizeof(*t) + count * sizeof(*t->entry));
	if (!t)
		return false;
	t->users = 1;
	t->count = count;
	for (uint32_t i = 0; i < had; i++) {
		t->entry[i] = f->table->entry[i];
		if (t->entry[i].file)
			t->entry[i].file->users++;
	}
	table_unref(f->table);
	f->table = t;
	return true;
}

void fds_set(struct fds *f, int fd, struct fd_file *file, bool cloexec)
{
	bool there = f && fds_find(f, fd);

	if (!f || fd < 0 || fd >= FDS_MOST || (!file && !there) || !own(f, (uint32_t)fd + 1)) {
		fd_file_unref(file);
		return;
	}
	fd_file_unref(f->table->entry[fd].file);
	f->table->entry[fd] = (struct entry){ file, cloexec };
}

void fds_set_cloexec(struct fds *f, int fd, bool cloexec)
{
	if (fds_find(f, fd) && f->table->entry[fd].cloexec != cloexec && own(f, (uint32_t)fd + 1))
		f->table->entry[fd].cloexec = cloexec;
}

bool fds_cloexec(const struct fds *f, int fd)
{
	return fds_find(f, fd) && f->table->entry[fd].cloexec;
}

void fds_close_range(struct fds *f, uint32_t first, uint32_t last, bool mark)
{
	uint32_t count = f && f->table ? f->table->count : 0;

	for (uint32_t i = first; i < count && i <= last; i++) {
		if (mark)
			fds_set_cloexec(f, i, true);
		else
			fds_set(f, i, NULL, false);
	}
}

void fds_exec(struct fds *f)
{
	uint32_t count = f && f->table ? f->table->count : 0;

	for (uint32_t i = 0; i < count; i++)
		if (f->table->entry[i].cloexec)
			fds_set(f, i, NULL, false);
}

const char *fds_cwd(const struct fds *f)
{
	return f && f->cwd && *f->cwd->path ? f->cwd->path : NULL;
}

void fds_set_cwd(struct fds *f, struct fd_file *directory)
{
	if (!f) {
		fd_file_unref(directory);
		return;
	}
	fd_file_unref(f->cwd);
	f->cwd = directory;
}

const struct fd_file *fds_of_call(const struct call *call, int fd, bool after)
{
	for (size_t i = call->opened_count; after && i; i--)
		if (call->opened[i - 1].fd == fd)
			return call->opened[i - 1].file;
	return fds_find(call->fds, fd);
}

int fds_netlink(const struct call *call, int fd)
{
	const struct fd_file *file = fds_of_call(call, fd, false);

	return file && file->socket && file->family == AF_NETLINK ? file->protocol : -1;
}
