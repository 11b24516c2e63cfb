// SPDX-License-Identifier: GPL-2.0-or-later
/* show: strings, buffers, arrays and structures behind addresses. */
#include "decode/values/show_fields.h"
#include "decode/values/show_lookup.h"
#include "decode/values/values.h"

#include <stdio.h>
#include <stdlib.h>

void show_struct_data(struct show *s, const char *name, const void *data, size_t size)
{
	const struct show_struct *st = show_find_struct(s, name);
	const struct show_layout *layout = st ? NULL : show_lookup_layout(s->lookup, name);

	if (st)
		st->print(s, data, size);
	else if (layout)
		show_fields(s, layout->fields, data, size);
	else
		show_bytes(s, data, size, false);
}

void show_struct_sized(struct show *s, const char *name, uint64_t address, size_t size)
{
	size_t least = show_size(s, name);
	uint64_t small[64];
	const void *data;
	void *copy = small;

	/* A tape's own row may give less than the structure has: what prints it may look at all of
	 * it. */
	if (!address || !show_knows(s, name) || !size ||
	    show_find(s, address, size, &data) < size ||
	    ((size > sizeof(small) || least > sizeof(small)) &&
	     !(copy = malloc(size > least ? size : least)))) {
		show_address(s, address);
		return;
	}
	memcpy(copy, data, size); /* pieces have no alignment of their own */
	if (least > size)
		memset((char *)copy + size, 0, least - size);
	show_struct_data(s, name, copy, size);
	if (copy != small)
		free(copy);
}

void show_more(struct show *s, uint64_t address, size_t from, size_t size)
{
	const unsigned char *data;
	const void *found;
	char range[64];

	if (show_find(s, address + from, size - from, &found) < size - from) {
		value_unreadable(s);
		return;
	}
	data = found;
	for (size_t i = 0; i < size - from; i++) {
		if (!data[i])
			continue;
		snprintf(range, sizeof(range), "bytes %zu..%zu", from, size - 1);
		value_rest(s, range);
		value_hex_bytes(s, data, value_wanted(s, size - from), size - from);
		break;
	}
}

void show_grown(struct show *s, uint64_t address, uint64_t size, size_t known,
		void (*print)(struct show *show, const void *data, size_t size))
{
	unsigned char copy[512];

	if (!address || size < known || known > sizeof(copy) ||
	    !show_read(s, address, copy, known)) {
		show_address(s, address);
		return;
	}
	print(s, copy, known);
	if (size == known)
		return;
	value_reopen(s);
	show_more(s, address, known, size < 4096 ? size : 4096);
	value_struct_end(s);
}

void show_struct(struct show *s, const char *name, uint64_t address)
{
	show_struct_sized(s, name, address, show_size(s, name));
}

/* No memory is as large as `count` elements. */
static bool beyond_memory(uint64_t address, uint64_t count, uint64_t each)
{
	uint64_t size;

	return __builtin_mul_overflow(count, each, &size) || address + size < address;
}

/* Whether the element at `address` could not be read to its end. */
static bool is_cut(struct show *s, uint64_t address, size_t each)
{
	const void *data;
	size_t found = show_find(s, address, each, &data);

	return found < each && show_ends(s, address + found);
}

void show_array(struct show *s, uint64_t address, uint64_t count, size_t each,
		void (*print)(struct show *show, const void *element, size_t size))
{
	uint64_t most = value_limit(s);
	unsigned char element[512];

	if (!address || !each || each > sizeof(element) || beyond_memory(address, count, each) ||
	    (count && !show_read(s, address, element, each))) {
		show_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count; i++) {
		if (i >= most && !is_cut(s, address + i * each, each)) {
			value_more(s);
			break;
		}
		if (!show_read(s, address + i * each, element, each)) {
			value_more_at(s, address + i * each);
			break;
		}
		value_element(s);
		print(s, element, each);
	}
	value_array_end(s);
}

void show_strings(struct show *s, uint64_t address)
{
	uint64_t most = value_limit(s), pointer = 0, i;

	if (!address || !show_read_word(s, address, &pointer)) {
		show_address(s, address);
		return;
	}
	value_array(s);
	for (i = 0; pointer; i++) {
		uint64_t next = address + (i + 1) * show_word(s);

		if (i >= most) {
			value_more(s);
			break;
		}
		value_element(s);
		show_string(s, pointer);
		if (!show_read_word(s, next, &pointer)) {
			value_more_at(s, next);
			break;
		}
	}
	value_array_end(s);
}

static void show_vector(struct show *s, uint64_t base, uint64_t size, uint64_t *moved)
{
	uint64_t here = size < *moved ? size : *moved;

	value_struct(s);
	value_field(s, "iov_base");
	if (*moved == SHOW_NONE)
		show_address(s, base);
	else
		show_buffer(s, base, here);
	field_unsigned(s, "iov_len", size);
	value_struct_end(s);
	if (*moved < SHOW_NONE)
		*moved -= here;
}

void show_iovec(struct show *s, uint64_t address, uint64_t count, uint64_t moved)
{
	uint64_t most = value_limit(s), word = show_word(s), base = 0, size = 0;

	if (!address || beyond_memory(address, count, 2 * word) ||
	    (count && !show_read_word(s, address + word, &size))) {
		show_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count; i++) {
		if (i >= most && !show_ends(s, address + 2 * i * word)) {
			value_more(s);
			break;
		}
		if (!show_read_word(s, address + 2 * i * word, &base) ||
		    !show_read_word(s, address + (2 * i + 1) * word, &size)) {
			value_more_at(s, address + 2 * i * word);
			break;
		}
		value_element(s);
		show_vector(s, base, size, &moved);
	}
	value_array_end(s);
}
