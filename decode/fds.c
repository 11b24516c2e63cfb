// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/fds.h"

#include "decode/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	FDS_MOST = 1 << 20, /* descriptors above are not kept: a damaged tape may name any number */
	BYTES_MOST = 128 << 20,
	PATH_MOST = 4096 + 16, /* PATH_MAX, and " (deleted)" */
	NAME_MOST = 128,       /* a socket's address, as the kernel limits it */
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
	struct fds_store *store;
	struct table *table; /* NULL: empty */
	struct fd_file *cwd;
};

struct fds *fds_new(struct fds_store *store)
{
	struct fds *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->users = 1;
	f->store = store;
	store->bytes += sizeof(*f);
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
	if (file->store)
		file->store->bytes -= file->counted;
	free(file->local);
	free(file->remote);
	free(file->path);
	free(file);
}

void fd_file_name(struct fd_name **name, const void *data, size_t size)
{
	struct fd_name *new = size <= NAME_MOST ? malloc(sizeof(*new) + size) : NULL;

	if (!new)
		return;
	new->size = size;
	memcpy(new->data, data, size);
	free(*name);
	*name = new;
}

/* What the file takes, with what may come: counted once. */
static bool count_file(struct fds_store *store, struct fd_file *file)
{
	if (!file || file->store)
		return true;
	if (store->bytes > BYTES_MOST)
		return false;
	file->store = store;
	file->counted = sizeof(*file) + strlen(file->path) + 1 +
			(file->socket ? 2 * (sizeof(struct fd_name) + NAME_MOST) : 0);
	store->bytes += file->counted;
	return true;
}

static size_t table_size(uint32_t count)
{
	return sizeof(struct table) + count * sizeof(struct entry);
}

static void table_unref(struct table *t, struct fds_store *store)
{
	if (!t || --t->users)
		return;
	for (uint32_t i = 0; i < t->count; i++)
		fd_file_unref(t->entry[i].file);
	store->bytes -= table_size(t->count);
	free(t);
}

void fds_unref(struct fds *f)
{
	if (!f || --f->users)
		return;
	table_unref(f->table, f->store);
	fd_file_unref(f->cwd);
	f->store->bytes -= sizeof(*f);
	free(f);
}

struct fds *fds_copy(struct fds *from)
{
	struct fds *f = from ? fds_new(from->store) : NULL;

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
	file->path = strndup(path, size < PATH_MOST ? size : PATH_MOST);
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
	size_t length = strlen(from), had;
	char *path;
	int size;

	if (!file || strncmp(file->path, from, length) ||
	    (file->path[length] && (file->path[length] != '/' || !to)))
		return;
	size = asprintf(&path, "%s%s", to ? to : from, to ? file->path + length : " (deleted)");
	if (size < 0)
		return;
	if (size > PATH_MOST) { /* it would grow with every such call */
		free(path);
		return;
	}
	had = strlen(file->path);
	if (file->store) {
		file->counted += size - had;
		file->store->bytes += size - had;
	}
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
	t = f->store->bytes + table_size(count) <= BYTES_MOST ? calloc(1, table_size(count)) : NULL;
	if (!t)
		return false;
	f->store->bytes += table_size(count);
	t->users = 1;
	t->count = count;
	for (uint32_t i = 0; i < had; i++) {
		t->entry[i] = f->table->entry[i];
		if (t->entry[i].file)
			t->entry[i].file->users++;
	}
	table_unref(f->table, f->store);
	f->table = t;
	return true;
}

void fds_set(struct fds *f, int fd, struct fd_file *file, bool cloexec)
{
	bool there = f && fds_find(f, fd);

	if (!f || fd < 0 || fd >= FDS_MOST || (!file && !there) || !count_file(f->store, file)) {
		fd_file_unref(file);
		return;
	}
	if (!own(f, (uint32_t)fd + 1)) { /* better to know nothing than what is not so any more */
		fd_file_unref(file);
		table_unref(f->table, f->store);
		f->table = NULL;
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

	for (uint32_t i = 0; i < count && f->table; i++)
		if (f->table->entry[i].cloexec)
			fds_set(f, i, NULL, false);
}

const char *fds_cwd(const struct fds *f)
{
	return f && f->cwd && *f->cwd->path ? f->cwd->path : NULL;
}

void fds_set_cwd(struct fds *f, struct fd_file *directory)
{
	if (!f || !count_file(f->store, directory)) {
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
