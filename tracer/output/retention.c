// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/retention.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 1024 }; /* room for numbers that is added at a time */

struct retention {
	const char *path;
	uint64_t keep;
	const struct output_rules *rules;
	struct output_folder *folder;
	uint32_t *numbers; /* of the files that there are, rising; those made here at the end */
	struct tape_totals *totals; /* of each, once it is finished and was made here */
	size_t count, room, made;
	uint32_t next;
};

struct retention *retention_open(const char *path, uint64_t keep, const struct output_rules *rules,
				 struct tape_error *why)
{
	struct retention *r = calloc(1, sizeof(*r));
	ssize_t count;

	if (!r)
		return NULL;
	r->path = path;
	r->keep = keep;
	r->rules = rules;
	r->folder = output_folder_open(path, why);
	count = r->folder ? output_file_numbers(r->folder, &r->numbers) : -1;
	if (r->folder && count < 0)
		snprintf(why->text, sizeof(why->text), "cannot read the folder of %.100s: %s", path,
			 strerror((int)-count));
	if (count < 0) {
		retention_close(r);
		return NULL;
	}
	r->totals = calloc((size_t)count + 1, sizeof(*r->totals));
	if (!r->totals) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		retention_close(r);
		return NULL;
	}
	r->count = r->room = count;
	if (count && r->numbers[count - 1] < UINT32_MAX)
		r->next = r->numbers[count - 1] + 1;
	else if (count)
		r->next = UINT32_MAX; /* where there is one: none is free */
	return r;
}

void retention_close(struct retention *r)
{
	if (!r)
		return;
	output_folder_close(r->folder);
	free(r->numbers);
	free(r->totals);
	free(r);
}

static bool make_room(struct retention *r)
{
	struct tape_totals *totals;
	uint32_t *more;

	if (r->count < r->room)
		return true;
	more = reallocarray(r->numbers, r->room + STEP, sizeof(*more));
	if (more)
		r->numbers = more;
	totals = reallocarray(r->totals, r->room + STEP, sizeof(*totals));
	if (totals)
		r->totals = totals;
	if (!more || !totals)
		return false;
	r->room += STEP;
	return true;
}

int retention_begin(struct retention *r, struct tape_error *why)
{
	uint32_t number = r->next;
	int fd;

	if (!make_room(r)) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return -ENOMEM;
	}
	fd = output_file_numbered(r->folder, &number, r->rules, why);
	if (fd < 0)
		return fd;
	memset(&r->totals[r->count], 0, sizeof(*r->totals));
	r->numbers[r->count++] = number;
	r->made++;
	r->next = number < UINT32_MAX ? number + 1 : number;
	return fd;
}

void retention_undo(struct retention *r)
{
	if (!r->made)
		return;
	r->next = r->numbers[--r->count];
	r->made--;
	output_file_remove(r->folder, r->next);
}

void retention_trim(struct retention *r, uint64_t more)
{
	size_t gone = 0;

	if (!r->keep)
		return;
	while (gone < r->count && r->count - gone + more > r->keep)
		output_file_remove(r->folder, r->numbers[gone++]);
	memmove(r->numbers, r->numbers + gone, (r->count - gone) * sizeof(*r->numbers));
	memmove(r->totals, r->totals + gone, (r->count - gone) * sizeof(*r->totals));
	r->count -= gone;
	if (r->made > r->count)
		r->made = r->count;
}

void retention_count(struct retention *r, const struct tape_totals *totals)
{
	if (r->made)
		r->totals[r->count - 1] = *totals;
}

struct tape_totals retention_kept(const struct retention *r)
{
	struct tape_totals sum = { .calls = 0 };

	for (size_t i = r->count - r->made; i < r->count; i++)
		tape_totals_add(&sum, &r->totals[i]);
	return sum;
}

char *retention_path(const struct retention *r, size_t back)
{
	char *path;

	if (back >= r->made)
		return NULL;
	return asprintf(&path, "%s.%06u", r->path, r->numbers[r->count - 1 - back]) < 0 ? NULL
											: path;
}

static char *names(const struct retention *r)
{
	char *text;
	int n;

	if (!r->made)
		return NULL;
	if (r->made == 1)
		return retention_path(r, 0);
	n = asprintf(&text, "%s.%06u to .%06u", r->path, r->numbers[r->count - r->made],
		     r->numbers[r->count - 1]);
	return n < 0 ? NULL : text;
}

char *retention_where(const struct retention *r, bool whole)
{
	char *files = names(r), *text = NULL;

	if (!files || !whole)
		return files;
	if (asprintf(&text, "%s and %s", files, r->path) < 0)
		text = NULL;
	free(files);
	return text;
}
