// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/output/output_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { LINKS_MOST = 40 }; /* as the kernel */

struct output_folder {
	int fd;
	struct stat st;
	uid_t uid; /* ours; a sandbox may not let us ask later */
	gid_t gid;
	bool loose; /* others could have put another folder in the place of one on the way */
	bool magic;
	int links;
	char *rest; /* what is still to be walked; at the end the last name */
};

/* A list of access rights shows in the rights of the group: they are its mask. */
static bool others_write(const struct output_folder *f, const struct stat *st)
{
	return (st->st_uid != f->uid && st->st_uid != 0) || st->st_mode & (S_IWGRP | S_IWOTH);
}

/* Whether others can put something else in the place of what is in a folder. */
static bool replaceable(const struct output_folder *f, const struct stat *what)
{
	bool ours = what->st_uid == f->uid || what->st_uid == 0,
	     folder_ours = f->st.st_uid == f->uid || f->st.st_uid == 0;

	return others_write(f, &f->st) && !(f->st.st_mode & S_ISVTX && ours && folder_ours);
}

static int enter(struct output_folder *f, int fd)
{
	struct stat st;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st)) {
		close(fd);
		return -errno;
	}
	if (f->fd >= 0) {
		f->loose |= replaceable(f, &st);
		close(f->fd);
	}
	f->fd = fd;
	f->st = st;
	return 0;
}

static int start(struct output_folder *f)
{
	if (f->fd >= 0 && *f->rest != '/')
		return 0;
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	return enter(f, open(*f->rest == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
}

static bool on_proc(const struct output_folder *f)
{
	struct statfs fs;

	return !fstatfs(f->fd, &fs) && fs.f_type == PROC_SUPER_MAGIC;
}

/* Puts a link's target in front of what is left. */
static int follow(struct output_folder *f, const char *name, const char *rest)
{
	char target[PATH_MAX], *joined;
	ssize_t n;

	if (output_folder_shared(f) || ++f->links > LINKS_MOST)
		return -ELOOP;
	n = readlinkat(f->fd, name, target, sizeof(target));
	if (n < 0)
		return -errno;
	if (asprintf(&joined, "%.*s%s%s", (int)n, target, rest ? "/" : "", rest ? rest : "") < 0)
		return -ENOMEM;
	free(f->rest);
	f->rest = joined;
	return start(f);
}

/* One name with something behind it. */
static int step(struct output_folder *f, char *name, const char *rest)
{
	int fd = openat(f->fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st))
		st.st_mode = 0;
	if (S_ISLNK(st.st_mode)) {
		close(fd);
		if (!on_proc(f))
			return follow(f, name, rest);
		fd = openat(f->fd, name, O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (fd < 0)
			return -errno;
	} else if (!S_ISDIR(st.st_mode)) {
		close(fd);
		return -ENOTDIR;
	}
	memmove(f->rest, rest, strlen(rest) + 1);
	return enter(f, fd);
}

/* The last name, if it is a link: 1 with more to walk. */
static int last_link(struct output_folder *f)
{
	struct stat st;
	char *name;
	int error;

	if (fstatat(f->fd, f->rest, &st, AT_SYMLINK_NOFOLLOW) || !S_ISLNK(st.st_mode))
		return 0;
	f->magic = on_proc(f);
	if (f->magic || output_folder_shared(f)) /* the latter is refused when it is opened */
		return 0;
	name = strdup(f->rest);
	error = name ? follow(f, name, NULL) : -ENOMEM;
	free(name);
	return error ? error : 1;
}

static int walk(struct output_folder *f, bool last)
{
	int error = start(f);

	while (!error) {
		char *name = f->rest + strspn(f->rest, "/"), *slash = strchr(name, '/');

		if (!slash) {
			memmove(f->rest, name, strlen(name) + 1);
			error = last ? last_link(f) : 0;
			if (error <= 0)
				break;
			error = 0;
			continue;
		}
		*slash = '\0';
		error = step(f, name, slash + 1);
	}
	if (!error && (!*f->rest || !strcmp(f->rest, ".") || !strcmp(f->rest, "..")))
		error = -EISDIR;
	return error;
}

static struct output_folder *reach(const char *path, bool last, struct tape_error *why)
{
	struct output_folder *f = calloc(1, sizeof(*f));
	int error = -ENOMEM;

	if (f) {
		f->fd = -1;
		f->uid = geteuid();
		f->gid = getegid();
		f->rest = strdup(path);
		error = !f->rest ? -ENOMEM : *path ? walk(f, last) : -ENOENT;
	}
	if (!error)
		return f;
	snprintf(why->text, sizeof(why->text), "cannot write to %.80s: %s", path,
		 error == -ELOOP && f->links <= LINKS_MOST
			 ? "there is a symbolic link in a folder that others can write to; name "
			   "the file itself"
			 : strerror(-error));
	output_folder_close(f);
	errno = -error;
	return NULL;
}

struct output_folder *output_folder_open(const char *path, struct tape_error *why)
{
	return reach(path, false, why);
}

struct output_folder *output_folder_resolve(const char *path, struct tape_error *why)
{
	return reach(path, true, why);
}

/* What has just been made is ours, or it is not what we have made. */
static int take_over(struct output_folder *f, mode_t mode, gid_t group)
{
	int fd, error = 0;

	if (f->st.st_uid != f->uid)
		return -EACCES;
	fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if ((group != (gid_t)-1 && fchown(fd, -1, group)) || fchmod(fd, mode))
		error = -errno;
	close(fd);
	return error;
}

struct output_folder *output_folder_make(const struct output_folder *in, const char *name,
					 mode_t mode, gid_t group, struct tape_error *why)
{
	struct output_folder *f = calloc(1, sizeof(*f));
	bool made = false;
	int error = -ENOMEM;

	if (f) {
		*f = (struct output_folder){
			.fd = -1, .uid = in->uid, .gid = in->gid, .loose = in->loose
		};
		f->rest = strdup("");
		made = f->rest && !mkdirat(in->fd, name, 0700);
		error = made ? enter(f, openat(in->fd, name,
					       O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
			     : -errno;
	}
	if (!error)
		error = take_over(f, mode, group);
	if (!error && !fstat(f->fd, &f->st)) {
		/* Who could replace it could as well before. */
		f->loose |= in->loose || replaceable(in, &f->st);
		return f;
	}
	snprintf(why->text, sizeof(why->text), "cannot make the folder %.80s: %s", name,
		 strerror(-error));
	if (made)
		unlinkat(in->fd, name, AT_REMOVEDIR);
	output_folder_close(f);
	errno = -error;
	return NULL;
}

void output_folder_close(struct output_folder *f)
{
	if (!f)
		return;
	if (f->fd >= 0)
		close(f->fd);
	free(f->rest);
	free(f);
}

int output_folder_descriptor(const struct output_folder *f)
{
	return f->fd;
}

const char *output_folder_name(const struct output_folder *f)
{
	return f->rest;
}

bool output_folder_shared(const struct output_folder *f)
{
	return f->loose || others_write(f, &f->st);
}

uid_t output_folder_user(const struct output_folder *f)
{
	return f->uid;
}

gid_t output_folder_group(const struct output_folder *f)
{
	return f->gid;
}

bool output_folder_magic(const struct output_folder *f)
{
	return f->magic;
}
