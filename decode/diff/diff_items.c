// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/diff_items.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MOST = 8192 };

bool diff_time_differs(uint64_t a, uint64_t b, uint64_t least)
{
	uint64_t low = a < b ? a : b, high = a < b ? b : a;

	return least && high - low >= least && high / 2 >= low;
}

bool diff_item_slower(const struct diff_item *item, uint64_t least)
{
	static const unsigned int parts[] = { 5000, 9900 };

	if (!item->times[0].count || !item->times[1].count)
		return false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (diff_time_differs(histogram_percentile(&item->times[0], parts[i]),
				      histogram_percentile(&item->times[1], parts[i]), least))
			return true;
	return false;
}

const char *diff_items_name(const struct diff_items *items, const struct diff_item *item,
			    size_t *size)
{
	const char *text = stat_strings_text(items->strings, item->name, size);

	text++; /* the letter of its sort */
	--*size;
	return text;
}

/* The item of a name, whose string begins with a letter of the sort. All are kept, so the numbers
 * of the strings are those of the items. */
static struct diff_item *item_of(struct diff_items *items, enum diff_sort sort, const char *name,
				 size_t size)
{
	char key[NAME_MOST + 1];
	uint32_t number;

	size = size < NAME_MOST ? size : NAME_MOST;
	key[0] = "cef"[sort];
	memcpy(key + 1, name, size);
	number = stat_strings_number(items->strings, key, size + 1);
	if (!number || number > items->count + 1)
		return NULL;
	if (number <= items->count)
		return &items->at[number - 1];
	if (items->count == items->room) {
		size_t room = items->room ? 2 * items->room : 256;
		struct diff_item *more = reallocarray(items->at, room, sizeof(*more));

		if (!more)
			return NULL;
		items->at = more;
		items->room = room;
	}
	stat_strings_ref(items->strings, number);
	items->at[items->count] = (struct diff_item){ .sort = sort, .name = number };
	return &items->at[items->count++];
}

static bool add_call(struct diff_items *items, const struct diff_tape *t,
		     const struct stat_row *row, int side)
{
	const struct stat_key *const *keys = t->stat.key;
	const struct stat_strings *strings = t->collect->strings;
	struct stat_label call, error;
	struct diff_item *item;
	char text[NAME_MOST];
	int n;

	stat_key_label(keys[DIFF_CALL], strings, row->key[DIFF_CALL], &call);
	if (call.kind == STAT_NOTHING)
		return true;
	item = item_of(items, SORT_CALL, call.text, call.size);
	if (!item || !histogram_merge(&item->times[side], &row->times))
		return false;
	item->calls[side] += row->sums.calls;
	stat_key_label(keys[DIFF_ERROR], strings, row->key[DIFF_ERROR], &error);
	if (error.kind == STAT_NOTHING)
		return true;
	n = snprintf(text, sizeof(text), "%.*s %.*s", (int)call.size, call.text, (int)error.size,
		     error.text);
	item = item_of(items, SORT_ERROR, text, (size_t)n);
	if (item)
		item->calls[side] += row->sums.calls;
	return item;
}

/* The file; what is not about one has none. */
static bool add_file(struct diff_items *items, const struct diff_tape *t,
		     const struct stat_row *row, int side)
{
	struct stat_label file;
	struct diff_item *item;
	struct text room;

	stat_key_label(t->stat.key[DIFF_FILE], t->collect->strings, row->key[DIFF_FILE], &file);
	if (file.kind == STAT_NOTHING)
		return true;
	if (text_open(&room, -1))
		return false;
	item = temporary_names_hide(t->names, file.text, file.size, &room)
		       ? item_of(items, SORT_FILE, room.data, room.used)
		       : item_of(items, SORT_FILE, file.text, file.size);
	text_close(&room);
	if (item)
		item->calls[side] += row->sums.calls;
	return item;
}

static int by_name(const void *a, const void *b, void *context)
{
	const struct diff_items *items = context;
	size_t sizes[2];
	const char *x =
		stat_strings_text(items->strings, ((const struct diff_item *)a)->name, &sizes[0]);
	const char *y =
		stat_strings_text(items->strings, ((const struct diff_item *)b)->name, &sizes[1]);
	int order = memcmp(x, y, sizes[0] < sizes[1] ? sizes[0] : sizes[1]);

	return order ? order : sizes[0] < sizes[1] ? -1 : sizes[0] > sizes[1];
}

int diff_items_make(struct diff_items *items, const struct diff_tape tapes[2])
{
	*items = (struct diff_items){ .strings = stat_strings_new() };
	if (!items->strings)
		return -ENOMEM;
	for (int side = 0; side < 2; side++) {
		size_t count;
		struct stat_row **rows = stat_table_rows(tapes[side].collect->table, &count);
		bool good = rows || !count;

		for (size_t i = 0; good && i < count; i++)
			good = add_call(items, &tapes[side], rows[i], side) &&
			       add_file(items, &tapes[side], rows[i], side);
		free(rows);
		if (!good)
			return -ENOMEM;
	}
	if (items->count)
		qsort_r(items->at, items->count, sizeof(*items->at), by_name, items);
	return 0;
}

void diff_items_free(struct diff_items *items)
{
	for (size_t i = 0; i < items->count; i++)
		for (int side = 0; side < 2; side++)
			histogram_free(&items->at[i].times[side]);
	free(items->at);
	stat_strings_free(items->strings);
}
