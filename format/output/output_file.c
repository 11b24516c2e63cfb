// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/output/output_file.h"

#include "format/tape/descriptor_status.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum { TRIES = 16 }; /* where files come and go under the name */

struct opening {
	enum output_how how;
	bool regular; /* nothing but files, and no link is followed */
	bool made;    /* set: it was not there before */
	const struct output_rules *rules;
};

static const char no_file[] = "what is there is no file";

bool output_rules_mode(struct output_rules *rules, const char *text)
{
	char *end;
	unsigned long mode = strtoul(text, &end, 8);

	rules->as_programs = !strcmp(text, "umask");
	if (rules->as_programs) {
		rules->mode = 0;
		return true;
	}
	if (*text < '0' || *text > '7' || *end || !mode || mode > 0777)
		return false;
	rules->mode = mode;
	return true;
}

bool output_rules_group(struct output_rules *rules, const char *text)
{
	const struct group *group = getgrnam(text);
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (!group && (*text < '0' || *text > '9' || *end || !number || number > INT32_MAX))
		return false;
	rules->group = group ? group->gr_gid : (gid_t)number;
	return true;
}

static int refuse(struct tape_error *why, const char *path, int error, const char *reason)
{
	snprintf(why->text, sizeof(why->text), "cannot write to %.80s: %s", path,
		 reason ? reason : strerror(-error));
	return error;
}

/* What is wrong with something that stands under the name, in a folder that others can write to. */
static const char *doubt(const struct output_folder *folder, const struct stat *st)
{
	if (S_ISLNK(st->st_mode))
		return "it is a symbolic link in a folder that others can write to; name the file "
		       "itself";
	if (st->st_uid != output_folder_user(folder))
		return S_ISREG(st->st_mode) ? "it belongs to somebody else, in a folder that "
					      "others can write to; remove it, or choose another "
					      "folder"
					    : "it is somebody else's pipe or device, in a folder "
					      "that others can write to";
	if (S_ISREG(st->st_mode) && st->st_nlink > 1)
		return "it has a second name, in a folder that others can write to; remove it, or "
		       "choose another folder";
	return NULL;
}

/*
 * Permissions and group. In the folder of others, a file that we make is not theirs by what the
 * folder hands down: its list of access rights, its group.
 */
static int apply(int fd, const struct output_folder *folder, const struct stat *st,
		 const struct opening *o)
{
	gid_t group = o->rules->group;

	if (o->made && output_folder_shared(folder)) {
		fremovexattr(fd, "system.posix_acl_access");
		if (group == (gid_t)-1 && st->st_gid != output_folder_group(folder))
			group = output_folder_group(folder);
	}
	if (group != (gid_t)-1 && fchown(fd, -1, group))
		return -errno;
	return o->rules->mode && fchmod(fd, o->rules->mode) ? -errno : 0;
}

/* Judges what has been opened: 0, or a negative errno and maybe a reason. */
static int judge(int fd, const struct output_folder *folder, const struct opening *o,
		 const char **reason)
{
	struct stat st;
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || descriptor_status(fd, &st))
		return -errno;
	if (output_folder_shared(folder) && !output_folder_magic(folder))
		*reason = doubt(folder, &st);
	if (!*reason && o->regular && !S_ISREG(st.st_mode))
		*reason = no_file;
	if (*reason)
		return -EACCES;
	if (fcntl(fd, F_SETFL, flags & ~O_NONBLOCK))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (o->how == OUTPUT_OVER && st.st_size && ftruncate(fd, 0))
		return -errno;
	return apply(fd, folder, &st, o);
}

/* A pipe that nobody reads cannot be opened without waiting: what of it there is to say. */
static int unread(const struct output_folder *folder, const char *name, bool regular,
		  const char **reason)
{
	struct stat st;

	*reason = no_file;
	if (regular)
		return -EACCES;
	if (fstatat(output_folder_descriptor(folder), name, &st, 0))
		return -errno;
	*reason = output_folder_shared(folder) ? doubt(folder, &st) : NULL;
	if (*reason)
		return -EACCES;
	*reason = S_ISFIFO(st.st_mode) ? "nobody reads this pipe" : NULL;
	return *reason ? -ENXIO : -ENODEV;
}

/* Made by us, or there already: we have to know which. */
static int make_or_open(const struct output_folder *folder, const char *name, struct opening *o)
{
	int at = output_folder_descriptor(folder), fd = -1,
	    flags = (o->how == OUTPUT_WORK ? O_RDWR : O_WRONLY) | O_CLOEXEC | O_NOCTTY |
		    O_NONBLOCK | (o->how == OUTPUT_APPEND ? O_APPEND : 0);

	for (int i = 0; i < TRIES && fd < 0; i++) {
		o->made = true;
		fd = openat(at, name, flags | O_CREAT | O_EXCL | O_NOFOLLOW,
			    o->rules->as_programs ? 0666 : 0600);
		if (fd >= 0 || errno != EEXIST || o->how >= OUTPUT_NEW)
			break;
		o->made = false;
		fd = openat(at, name,
			    flags | (output_folder_magic(folder) && !o->regular ? 0 : O_NOFOLLOW));
		if (fd < 0 && errno != ENOENT)
			break;
	}
	return fd < 0 ? -errno : fd;
}

static int open_in(const struct output_folder *folder, const char *name, const char *path,
		   struct opening *o, struct tape_error *why)
{
	int fd = make_or_open(folder, name, o), error = fd < 0 ? fd : 0;
	const char *reason = NULL;

	if (error == -ENXIO)
		error = unread(folder, name, o->regular, &reason);
	else if (error == -ELOOP)
		reason = "it is a symbolic link in a folder that others can write to; name the "
			 "file itself";
	else if (!error)
		error = judge(fd, folder, o, &reason);
	if (!error)
		return fd;
	if (fd >= 0)
		close(fd);
	return refuse(why, path, error, reason);
}

int output_file_open(const char *path, enum output_how how, const struct output_rules *rules,
		     struct tape_error *why)
{
	struct output_folder *folder = output_folder_resolve(path, why);
	struct opening o = { .how = how, .rules = rules };
	int fd = folder ? open_in(folder, output_folder_name(folder), path, &o, why) : -errno;

	output_folder_close(folder);
	return fd;
}

int output_file_at(const struct output_folder *folder, const char *name, enum output_how how,
		   const struct output_rules *rules, struct tape_error *why)
{
	struct opening o = { .how = how, .regular = true, .rules = rules };

	return open_in(folder, name, name, &o, why);
}

int output_file_replaces(const struct output_folder *folder, const char *name, mode_t *mode,
			 struct tape_error *why)
{
	const char *reason = NULL;
	struct stat st;

	*mode = 0;
	if (fstatat(output_folder_descriptor(folder), name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : refuse(why, name, -errno, NULL);
	if (output_folder_shared(folder))
		reason = doubt(folder, &st);
	if (!reason && !S_ISREG(st.st_mode))
		reason = no_file;
	if (reason)
		return refuse(why, name, -EACCES, reason);
	*mode = st.st_mode & 0777;
	return 0;
}
