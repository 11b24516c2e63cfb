// SPDX-License-Identifier: GPL-2.0-or-later
/* Files with numbers in their names: the part of output_file that counts. */
#include "format/output/output_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	DIGITS = 6,	     /* at least */
	ONE_BY_ONE = 1000,   /* names that are tried before larger and larger steps are taken */
	NUMBERS_STEP = 1024, /* room that is added at a time */
};

int output_file_number(const struct output_folder *folder, uint32_t number, char *name)
{
	int n = snprintf(name, NAME_MAX + 1, "%s.%0*u", output_folder_name(folder), DIGITS, number);

	return n > NAME_MAX ? -ENAMETOOLONG : 0;
}

int output_file_numbered(const struct output_folder *folder, uint32_t *number,
			 const struct output_rules *rules, struct tape_error *why)
{
	char name[NAME_MAX + 1];
	uint64_t at = *number, step = 1;
	int fd = -EEXIST;

	for (unsigned int i = 0; fd == -EEXIST && at <= UINT32_MAX; i++) {
		fd = output_file_number(folder, at, name);
		if (fd) {
			snprintf(why->text, sizeof(why->text), "cannot write to %.80s.%06u: %s",
				 output_folder_name(folder), (uint32_t)at, strerror(-fd));
			break;
		}
		fd = output_file_at(folder, name, OUTPUT_NEW, rules, why);
		*number = at;
		if (i >= ONE_BY_ONE)
			step *= 2;
		at += step;
	}
	if (fd >= 0)
		*why->text = '\0'; /* of the names that were taken */
	return fd;
}

/* False if the name has none. A number has no needless zeros in front: it would be another's. */
static bool number_of(const char *name, const char *base, size_t length, uint32_t *number)
{
	const char *digits = name + length + 1;
	size_t count;
	uint64_t value;

	if (strncmp(name, base, length) || name[length] != '.')
		return false;
	count = strspn(digits, "0123456789");
	if (count < DIGITS || count > 10 || digits[count] || (count > DIGITS && *digits == '0'))
		return false;
	value = strtoull(digits, NULL, 10);
	*number = value;
	return value <= UINT32_MAX;
}

static bool is_ours(const struct output_folder *folder, const char *name)
{
	struct stat st;

	return !output_folder_shared(folder) ||
	       (!fstatat(output_folder_descriptor(folder), name, &st, AT_SYMLINK_NOFOLLOW) &&
		S_ISREG(st.st_mode) && st.st_uid == output_folder_user(folder));
}

static int by_size(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

ssize_t output_file_numbers(const struct output_folder *folder, uint32_t **numbers)
{
	const char *base = output_folder_name(folder);
	int fd = openat(output_folder_descriptor(folder), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	size_t length = strlen(base), count = 0;
	struct dirent *entry;
	uint32_t number, *more;

	*numbers = NULL;
	if (!d) {
		count = errno;
		if (fd >= 0)
			close(fd);
		return -(ssize_t)count;
	}
	while ((entry = readdir(d))) {
		if (!number_of(entry->d_name, base, length, &number) ||
		    !is_ours(folder, entry->d_name))
			continue;
		if (count % NUMBERS_STEP == 0) {
			more = reallocarray(*numbers, count + NUMBERS_STEP, sizeof(*more));
			if (!more) {
				free(*numbers);
				*numbers = NULL;
				closedir(d);
				return -ENOMEM;
			}
			*numbers = more;
		}
		(*numbers)[count++] = number;
	}
	closedir(d);
	if (count)
		qsort(*numbers, count, sizeof(**numbers), by_size);
	return count;
}

void output_file_remove(const struct output_folder *folder, uint32_t number)
{
	char name[NAME_MAX + 1];
	struct stat st;
	int fd = output_folder_descriptor(folder);

	if (output_file_number(folder, number, name) ||
	    fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode) ||
	    (output_folder_shared(folder) && st.st_uid != output_folder_user(folder)))
		return;
	unlinkat(fd, name, 0);
}
