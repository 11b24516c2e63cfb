// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tape_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <linux/falloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STEP = 1 << 20, /* bytes of room asked for at a time */
};

static int refuse(struct tape_error *why, const char *path, const char *reason)
{
	snprintf(why->text, sizeof(why->text), "cannot write to %.90s: %s", path, reason);
	return -1;
}

/* The folder, and whether others can put files there: 0, or -1 with errno. */
static int open_folder(const char *path, bool *shared, uid_t *owner)
{
	char *copy = strdup(path);
	struct stat st;
	int fd = copy ? open(dirname(copy), O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

	free(copy);
	if (fd < 0 || fstat(fd, &st))
		return -1;
	*shared = st.st_mode & (S_ISVTX | S_IWOTH) || (st.st_uid != geteuid() && st.st_uid != 0);
	*owner = st.st_uid;
	return fd;
}

/* What may be wrong with a file that was there before us, in a folder of others. */
static const char *doubt(const struct stat *st, uid_t folder_owner)
{
	if (st->st_uid != geteuid() && st->st_uid != folder_owner)
		return "it belongs to somebody else, in a folder that others can write to; remove "
		       "it, or choose another folder";
	if (st->st_uid != geteuid() && !S_ISREG(st->st_mode))
		return "it is somebody else's pipe or device, in a folder that others can write to";
	if (S_ISREG(st->st_mode) && st->st_nlink > 1)
		return "it has a second name, in a folder that others can write to; remove it, or "
		       "choose another folder";
	return NULL;
}

static int apply(int fd, const struct tape_file_rules *rules)
{
	if (rules->group != (gid_t)-1 && fchown(fd, -1, rules->group))
		return -1;
	return rules->mode ? fchmod(fd, rules->mode) : 0;
}

int tape_file_open(const char *path, const struct tape_file_rules *rules, struct tape_error *why)
{
	bool shared = true;
	uid_t owner = 0;
	int folder = open_folder(path, &shared, &owner), fd, error;
	char *copy = strdup(path);
	const char *name = copy ? basename(copy) : NULL, *wrong = NULL;
	struct stat st;

	if (folder < 0 || !name) {
		error = errno;
		free(copy);
		return refuse(why, path, strerror(error));
	}
	fd = openat(folder, name,
		    O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (shared ? O_NOFOLLOW : 0), 0600);
	error = errno;
	close(folder);
	free(copy);
	if (fd < 0)
		return refuse(why, path,
			      error == ELOOP && shared ? "it is a symbolic link in a folder that "
							 "others can write to; name the file itself"
						       : strerror(error));
	if (fstat(fd, &st))
		wrong = strerror(errno);
	else if (shared)
		wrong = doubt(&st, owner);
	if (!wrong && S_ISREG(st.st_mode) && (ftruncate(fd, 0) || apply(fd, rules)))
		wrong = strerror(errno);
	if (!wrong)
		return fd;
	close(fd);
	return refuse(why, path, wrong);
}

/* The number that a file's name has behind `base` and a dot: six digits or more; -1 if it has none.
 */
static long number_of(const char *name, const char *base, size_t length)
{
	const char *digits = name + length + 1;
	size_t count;

	if (strncmp(name, base, length) || name[length] != '.')
		return -1;
	count = strspn(digits, "0123456789");
	return count < 6 || count > 9 || digits[count] ? -1 : atol(digits);
}

uint32_t tape_file_number(const char *path)
{
	char *folder = strdup(path), *name = strdup(path), *base = name ? basename(name) : NULL;
	DIR *d = folder && base ? opendir(dirname(folder)) : NULL;
	size_t length = base ? strlen(base) : 0;
	struct dirent *entry;
	long next = 0;

	while (d && (entry = readdir(d))) {
		long number = number_of(entry->d_name, base, length);

		if (number >= next)
			next = number + 1;
	}
	if (d)
		closedir(d);
	free(folder);
	free(name);
	return next;
}

int tape_room_keep(struct tape_room *room, uint64_t end)
{
	uint64_t want = (end | (STEP - 1)) + 1;

	if (room->cannot || end <= room->kept)
		return 0;
	if (fallocate(room->fd, FALLOC_FL_KEEP_SIZE, room->kept, want - room->kept)) {
		if (errno == ENOSPC || errno == EDQUOT) { /* not so much: just what is needed */
			want = end;
			if (fallocate(room->fd, FALLOC_FL_KEEP_SIZE, room->kept, want - room->kept))
				return -errno;
		} else {
			room->cannot = true;
			return 0;
		}
	}
	room->kept = want;
	return 0;
}

void tape_room_release(struct tape_room *room, uint64_t size)
{
	if (room->kept > size && ftruncate(room->fd, size))
		return;
	room->kept = size;
}
