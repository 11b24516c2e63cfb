/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * flag_walk: the names of a word of flags, one by one, in the table's order. What no name has taken
 * is `left` in the end. One whose value is 0 stands only for nothing at all. A masked entry is a
 * field of the word: it is there when the field has that value, 0 included. Those stand first in
 * their tables, so that a plain one ends the walk when all has been taken.
 */
#ifndef SYSTAPE_FLAG_WALK_H
#define SYSTAPE_FLAG_WALK_H

#include "format/flags/flags.h"

struct flag_walk {
	uint64_t value, left, fields;
	size_t at;
	bool any;
};

static inline struct flag_walk flag_walk_begin(uint64_t value)
{
	return (struct flag_walk){ .value = value, .left = value };
}

static inline const char *flag_walk_next(const struct flag_table *t, struct flag_walk *w)
{
	while (w->at < t->count) {
		const struct flag_value *f = &t->values[w->at++];

		if (!w->left && w->any && !f->mask)
			break;
		if (f->mask    ? w->fields & f->mask || (w->value & f->mask) != f->value
		    : f->value ? (w->left & f->value) != f->value
			       : w->left || w->any)
			continue;
		w->fields |= f->mask;
		w->left &= ~f->value;
		w->any = true;
		return f->name;
	}
	return NULL;
}

#endif
