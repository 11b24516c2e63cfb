// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/output/output_pending.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum {
	TRIES = 16,	/* where there is a file of that name */
	NAME_KEPT = 200 /* bytes of its later name that are in the one until then */
};

struct output_pending {
	struct output_folder *folder;
	struct output_rules rules;
	char name[NAME_MAX + 1]; /* until it is whole; "" afterwards */
	int fd;
};

/* A file under a name that nobody can have foreseen: its descriptor. */
static int make(struct output_pending *p, const struct output_rules *rules, char *name,
		struct tape_error *why)
{
	int fd = -EEXIST;

	for (int i = 0; i < TRIES && fd == -EEXIST; i++) {
		uint64_t number;

		if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
			return -EIO;
		snprintf(name, NAME_MAX + 1, ".%.*s.%016" PRIx64, NAME_KEPT,
			 output_folder_name(p->folder), number);
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

int output_pending_keep(struct output_pending *p, struct tape_error *why)
{
	int at = output_folder_descriptor(p->folder);
	const char *to = output_folder_name(p->folder);

	if (fsync(p->fd) || renameat(at, p->name, at, to)) {
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
	if (*p->name)
		unlinkat(output_folder_descriptor(p->folder), p->name, 0);
	if (p->fd >= 0)
		close(p->fd);
	output_folder_close(p->folder);
	free(p);
}
