// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/output/output_pending.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TRIES = 16,	/* where there is a file of that name */
	NAME_KEPT = 200 /* bytes of its later name that are in the one until then */
};

struct output_pending {
	struct output_folder *folder, *files; /* files: of a folder, which is inside the other */
	struct output_rules rules;
	char name[NAME_MAX + 1]; /* until it is whole; "" afterwards */
	int fd;
};

/* One that nobody can have foreseen. */
static int make_name(const struct output_pending *p, char *name)
{
	uint64_t number;

	if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
		return -EIO;
	snprintf(name, NAME_MAX + 1, ".%.*s.%016" PRIx64, NAME_KEPT, output_folder_name(p->folder),
		 number);
	return 0;
}

/* A file under a name that nobody can have foreseen: its descriptor. */
static int make(struct output_pending *p, const struct output_rules *rules, char *name,
		struct tape_error *why)
{
	int fd = -EEXIST;

	for (int i = 0; i < TRIES && fd == -EEXIST; i++) {
		if (make_name(p, name))
			return -EIO;
		fd = output_file_at(p->folder, name, OUTPUT_WORK, rules, why);
	}
	return fd;
}

struct output_pending *output_pending_open(const char *path, const struct output_rules *rules,
					   struct tape_error *why)
{
	struct output_pending *p = calloc(1, sizeof(*p));
	mode_t mode = 0;

	if (!p) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	*why->text = '\0';
	p->fd = -1;
	p->rules = *rules;
	p->folder = output_folder_resolve(path, why);
	if (p->folder &&
	    !output_file_replaces(p->folder, output_folder_name(p->folder), &mode, why)) {
		if (!rules->mode && !rules->as_programs)
			p->rules.mode = mode; /* stays as it is */
		p->fd = make(p, &p->rules, p->name, why);
	}
	if (p->fd >= 0)
		return p;
	if (!*why->text)
		snprintf(why->text, sizeof(why->text), "cannot write to %.80s", path);
	*p->name = '\0';
	output_pending_close(p);
	return NULL;
}

/* Who may read its files may list them. */
static mode_t folder_mode(const struct output_rules *rules)
{
	mode_t mask, mode = rules->mode;

	if (rules->as_programs) {
		mask = umask(077);
		umask(mask);
		return 0777 & ~mask;
	}
	return 0700 | mode | (mode & 0444) >> 2;
}

static bool make_folder(struct output_pending *p, struct tape_error *why)
{
	for (int i = 0; i < TRIES && !p->files; i++) {
		if (make_name(p, p->name))
			return false;
		p->files = output_folder_make(p->folder, p->name, folder_mode(&p->rules),
					      p->rules.group, why);
		if (!p->files && errno != EEXIST)
			return false;
	}
	return p->files;
}

/* Each name of a folder but its own two, until one fails: 0, or what that said. */
static int each_name(int folder, int (*each)(int folder, const char *name))
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;

	if (!list) {
		error = -errno;
		if (fd >= 0)
			close(fd);
		return error;
	}
	while (!error && (entry = readdir(list)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			error = each(fd, entry->d_name);
	closedir(list);
	return error;
}

static int refuse_name(int folder, const char *name)
{
	(void)folder;
	(void)name;
	return -ENOTEMPTY;
}

/* The name is to be free, or that of an empty folder, whose place a folder can take. */
static bool is_free(const struct output_pending *p, const char *path, struct tape_error *why)
{
	int fd = openat(output_folder_descriptor(p->folder), output_folder_name(p->folder),
			O_PATH | O_NOFOLLOW | O_CLOEXEC);
	bool empty;

	if (fd < 0)
		return errno == ENOENT;
	empty = !each_name(fd, refuse_name);
	close(fd);
	if (!empty)
		snprintf(why->text, sizeof(why->text),
			 "cannot write to %.80s: something is there; name a folder that is to be "
			 "made",
			 path);
	return empty;
}

struct output_pending *output_pending_open_folder(const char *path,
						  const struct output_rules *rules,
						  struct tape_error *why)
{
	struct output_pending *p = calloc(1, sizeof(*p));
	size_t size = strlen(path);
	char *plain;

	if (!p) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	while (size > 1 && path[size - 1] == '/')
		size--;
	*why->text = '\0';
	p->fd = -1;
	p->rules = *rules;
	plain = strndup(path, size);
	p->folder = plain ? output_folder_open(plain, why) : NULL;
	free(plain);
	if (p->folder && is_free(p, path, why) && make_folder(p, why))
		return p;
	if (!*why->text)
		snprintf(why->text, sizeof(why->text), "cannot write to %.80s", path);
	if (!p->files)
		*p->name = '\0';
	output_pending_close(p);
	return NULL;
}

const struct output_folder *output_pending_folder(const struct output_pending *p)
{
	return p->files;
}

int output_pending_descriptor(const struct output_pending *p)
{
	return p->fd;
}

int output_pending_scratch(struct output_pending *p, struct tape_error *why)
{
	const struct output_rules none = { .group = (gid_t)-1 };
	char name[NAME_MAX + 1];
	int fd = make(p, &none, name, why);

	if (fd >= 0)
		unlinkat(output_folder_descriptor(p->folder), name, 0);
	return fd;
}

static int remove_file(int folder, const char *name)
{
	return unlinkat(folder, name, 0) ? -errno : 0;
}

static int sync_file(int folder, const char *name)
{
	int fd = openat(folder, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), error = 0;

	if (fd < 0)
		return -errno;
	if (fsync(fd))
		error = -errno;
	close(fd);
	return error;
}

static int sync_all(const struct output_pending *p)
{
	if (p->files)
		return each_name(output_folder_descriptor(p->files), sync_file);
	return fsync(p->fd) ? -errno : 0;
}

int output_pending_keep(struct output_pending *p, struct tape_error *why)
{
	int at = output_folder_descriptor(p->folder);
	const char *to = output_folder_name(p->folder);
	int synced = sync_all(p);

	errno = -synced;
	if (synced || renameat(at, p->name, at, to)) {
		int error = -errno;

		snprintf(why->text, sizeof(why->text), "cannot write to %.80s: %s", to,
			 strerror(-error));
		return error;
	}
	*p->name = '\0';
	return 0;
}

void output_pending_close(struct output_pending *p)
{
	if (!p)
		return;
	if (*p->name && p->files)
		each_name(output_folder_descriptor(p->files), remove_file);
	if (*p->name)
		unlinkat(output_folder_descriptor(p->folder), p->name, p->files ? AT_REMOVEDIR : 0);
	output_folder_close(p->files);
	if (p->fd >= 0)
		close(p->fd);
	output_folder_close(p->folder);
	free(p);
}
