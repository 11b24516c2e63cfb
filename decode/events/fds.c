// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/fds.h"

#include <stdlib.h>
#include <string.h>

enum {
	FDS_MOST = 1 << 20, /* descriptors above are not kept: a damaged tape may name any number */
	BYTES_MOST = 128 << 20,
	NAME_MOST = 128, /* a socket's address, as the kernel limits it */
	LEAF = 64,	 /* descriptors */
};

/* Descriptors that stand together; tables share it until one of them changes it. */
struct leaf {
	uint32_t users;
	uint64_t open, cloexec; /* a bit for each */
	struct fd_file *file[LEAF];
};

/* One high descriptor makes it long, and is all that it costs: what is not open has no leaf. */
struct table {
	uint32_t users, count;
	struct leaf *leaf[]; /* NULL: nothing is open there */
};

struct fds {
	uint32_t users;
	struct fds_store *store;
	struct table *table;	    /* NULL: empty */
	struct fds *shared;	    /* whose table it is; NULL: its own */
	struct fd_file *cwd, *root; /* root NULL: that of the capture; without a path: not known */
};

void fds_store_end(struct fds_store *store)
{
	renames_free(&store->renames);
}

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

struct fd_file *fd_file_first(struct fd_file *had, struct fd_file *now)
{
	if (!had || !now || had == now || had->socket != now->socket || had->inode != now->inode)
		return now;
	if (had->inode && had->detail == FD_PID && now->detail == FD_PLAIN) {
		now->detail = FD_PID;
		now->value = had->value;
	}
	if (!had->socket || !(had->local || had->peer || had->listens))
		return now;
	had->told |= now->told;
	fd_file_unref(now);
	return fd_file_ref(had);
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
	file->renamed = store->renames.count;
	file->counted = sizeof(*file) + strlen(file->path) + 1 +
			(file->socket ? 2 * (sizeof(struct fd_name) + NAME_MOST) : 0);
	store->bytes += file->counted;
	return true;
}

static size_t table_size(uint32_t count)
{
	return sizeof(struct table) + count * sizeof(struct leaf *);
}

static void leaf_unref(struct leaf *leaf, struct fds_store *store)
{
	if (!leaf || --leaf->users)
		return;
	for (uint64_t left = leaf->open; left; left &= left - 1)
		fd_file_unref(leaf->file[__builtin_ctzll(left)]);
	store->bytes -= sizeof(*leaf);
	free(leaf);
}

static void table_unref(struct table *t, struct fds_store *store)
{
	if (!t || --t->users)
		return;
	for (uint32_t i = 0; i < t->count; i++)
		leaf_unref(t->leaf[i], store);
	store->bytes -= table_size(t->count);
	free(t);
}

void fds_unref(struct fds *f)
{
	if (!f || --f->users)
		return;
	table_unref(f->table, f->store);
	fd_file_unref(f->cwd);
	fd_file_unref(f->root);
	f->store->bytes -= sizeof(*f);
	fds_unref(f->shared);
	free(f);
}

/* Who has the table: of two, the other is not shared itself. */
static inline struct fds *owner(const struct fds *f)
{
	return f && f->shared ? f->shared : (struct fds *)f;
}

void fds_share(struct fds *f, struct fds *of, bool newer)
{
	struct fds *to = owner(of);

	if (!f || !to || owner(f) == to || f->shared || f->users > 1)
		return;
	if (newer) {
		struct table *had = to->table;

		to->table = f->table;
		f->table = had;
	}
	table_unref(f->table, f->store);
	f->table = NULL;
	f->shared = fds_ref(to);
}

struct fds *fds_copy(struct fds *from)
{
	struct fds *f = from ? fds_new(from->store) : NULL;

	if (!f)
		return NULL;
	f->cwd = fd_file_ref(from->cwd);
	f->root = fd_file_ref(from->root);
	f->table = owner(from)->table;
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
	file->path = strndup(path, size < RENAMES_PATH ? size : RENAMES_PATH);
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

/* The file with the name that it has now. */
static struct fd_file *current(struct fds_store *store, struct fd_file *file)
{
	size_t had;

	if (!file || file->renamed == store->renames.count)
		return file;
	had = strlen(file->path);
	file->renamed = renames_apply(&store->renames, &file->path, file->renamed);
	file->counted += strlen(file->path) - had;
	store->bytes += strlen(file->path) - had;
	return file;
}

void fds_rename(struct fds *f, const char *from, const char *to)
{
	if (f)
		renames_add(&f->store->renames, from, to);
}

static struct leaf *leaf_of(const struct fds *f, int fd)
{
	if (!f || !f->table || fd < 0 || (uint32_t)fd / LEAF >= f->table->count)
		return NULL;
	return f->table->leaf[fd / LEAF];
}

struct fd_file *fds_find(const struct fds *f, int fd)
{
	struct leaf *leaf = leaf_of(owner(f), fd);

	return leaf ? current(f->store, leaf->file[fd % LEAF]) : NULL;
}

/* A table of our own with room for `count` leaves: false without memory. */
static bool own_table(struct fds *f, uint32_t count)
{
	uint32_t had = f->table ? f->table->count : 0;
	struct table *t;

	if (f->table && f->table->users == 1 && count <= had)
		return true;
	count = count > had ? count : had;
	t = f->store->bytes + table_size(count) <= BYTES_MOST ? calloc(1, table_size(count)) : NULL;
	if (!t)
		return false;
	f->store->bytes += table_size(count);
	t->users = 1;
	t->count = count;
	for (uint32_t i = 0; i < had; i++) {
		t->leaf[i] = f->table->leaf[i];
		if (t->leaf[i])
			t->leaf[i]->users++;
	}
	table_unref(f->table, f->store);
	f->table = t;
	return true;
}

/* The leaf of a descriptor as our own: NULL without memory. */
static struct leaf *own(struct fds *f, int fd)
{
	struct leaf **at, *old, *leaf;

	if (!own_table(f, (uint32_t)fd / LEAF + 1))
		return NULL;
	at = &f->table->leaf[fd / LEAF];
	old = *at;
	if (old && old->users == 1)
		return old;
	leaf = f->store->bytes + sizeof(*leaf) <= BYTES_MOST ? calloc(1, sizeof(*leaf)) : NULL;
	if (!leaf)
		return NULL;
	f->store->bytes += sizeof(*leaf);
	if (old) {
		*leaf = *old;
		for (uint64_t left = leaf->open; left; left &= left - 1)
			leaf->file[__builtin_ctzll(left)]->users++;
		leaf_unref(old, f->store);
	}
	leaf->users = 1;
	return *at = leaf;
}

static void set_bit(uint64_t *bits, int fd, bool on)
{
	*bits = (*bits & ~(1ull << fd % LEAF)) | (uint64_t)on << fd % LEAF;
}

void fds_set(struct fds *of, int fd, struct fd_file *file, bool cloexec)
{
	struct fds *f = owner(of);
	struct leaf *leaf = leaf_of(f, fd);
	bool there = leaf && leaf->file[fd % LEAF];

	if (!f || fd < 0 || fd >= FDS_MOST || (!file && !there) || !count_file(f->store, file)) {
		fd_file_unref(file);
		return;
	}
	leaf = own(f, fd);
	if (!leaf) { /* better to know nothing than what is not so any more */
		fd_file_unref(file);
		table_unref(f->table, f->store);
		f->table = NULL;
		return;
	}
	fd_file_unref(leaf->file[fd % LEAF]);
	leaf->file[fd % LEAF] = file;
	set_bit(&leaf->open, fd, file);
	set_bit(&leaf->cloexec, fd, file && cloexec);
}

void fds_set_cloexec(struct fds *of, int fd, bool cloexec)
{
	struct fds *f = owner(of);
	struct leaf *leaf = fds_find(f, fd) && fds_cloexec(f, fd) != cloexec ? own(f, fd) : NULL;

	if (leaf)
		set_bit(&leaf->cloexec, fd, cloexec);
}

bool fds_cloexec(const struct fds *f, int fd)
{
	const struct leaf *leaf = leaf_of(owner(f), fd);

	return leaf && leaf->cloexec >> fd % LEAF & 1;
}

/* Those of a leaf that lie in a range, with `wanted` bits. */
static uint64_t in_range(const struct leaf *leaf, uint64_t wanted, uint32_t base, uint32_t first,
			 uint32_t last)
{
	uint64_t bits = leaf ? wanted : 0;

	if (first > base)
		bits &= first - base < LEAF ? ~0ull << (first - base) : 0;
	if (last < base)
		return 0;
	return last - base < LEAF - 1 ? bits & ((2ull << (last - base)) - 1) : bits;
}

void fds_close_range(struct fds *of, uint32_t first, uint32_t last, bool mark)
{
	struct fds *f = owner(of);
	uint32_t count = f && f->table ? f->table->count : 0;

	for (uint32_t i = first / LEAF; i < count && i <= last / LEAF && f->table; i++) {
		struct leaf *leaf = f->table->leaf[i];
		uint64_t bits = leaf ? leaf->open & (mark ? ~leaf->cloexec : ~0ull) : 0;

		bits = in_range(leaf, bits, i * LEAF, first, last);
		if (mark && bits && (leaf = own(f, i * LEAF)))
			leaf->cloexec |= bits;
		for (; !mark && bits && f->table; bits &= bits - 1)
			fds_set(f, i * LEAF + __builtin_ctzll(bits), NULL, false);
	}
}

void fds_exec(struct fds *of)
{
	struct fds *f = owner(of);
	uint32_t count = f && f->table ? f->table->count : 0;

	for (uint32_t i = 0; i < count && f->table; i++) {
		uint64_t bits = f->table->leaf[i] ? f->table->leaf[i]->cloexec : 0;

		for (; bits && f->table; bits &= bits - 1)
			fds_set(f, i * LEAF + __builtin_ctzll(bits), NULL, false);
	}
}

struct fd_file *fds_cwd_file(const struct fds *f)
{
	return f ? f->cwd : NULL;
}

const char *fds_cwd(const struct fds *f)
{
	return f && f->cwd && *current(f->store, f->cwd)->path ? f->cwd->path : NULL;
}

static void set_directory(struct fds *f, struct fd_file **which, struct fd_file *directory)
{
	fd_file_unref(*which);
	*which = NULL;
	if (count_file(f->store, directory))
		*which = directory;
	else
		fd_file_unref(directory);
}

void fds_set_cwd(struct fds *f, struct fd_file *directory)
{
	if (f)
		set_directory(f, &f->cwd, directory);
	else
		fd_file_unref(directory);
}

const char *fds_root(const struct fds *f)
{
	const char *path = f && f->root ? current(f->store, f->root)->path : "/";

	return *path ? path : NULL;
}

void fds_set_root(struct fds *f, struct fd_file *directory)
{
	if (f)
		set_directory(f, &f->root, directory);
	else
		fd_file_unref(directory);
}
