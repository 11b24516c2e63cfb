// SPDX-License-Identifier: GPL-2.0-or-later
/* What families ask of the call at hand: names of the tables, captured memory, whether it has
 * ended. */
#include "decode/values/show.h"
#include "decode/values/show_lookup.h"
#include "decode/values/values.h"

#include <string.h>

const struct show_struct *show_find_struct(const struct show *s, const char *name)
{
	return show_lookup_struct(s->lookup, name);
}

bool show_knows(const struct show *s, const char *name)
{
	return show_lookup_struct(s->lookup, name) || show_lookup_layout(s->lookup, name);
}

size_t show_size(const struct show *s, const char *name)
{
	return show_lookup_size(s->lookup, name, s->compat ? DESC_I386 : DESC_X86_64);
}

const struct flag_table *show_table(const struct show *s, const char *name)
{
	return show_lookup_table(s->lookup, name);
}

/* strace writes a comma, and a name, with what follows it: a line that ends here has none. */
static size_t before_comma(const struct show *s, size_t used)
{
	const struct text *line = s->out == &s->aux ? s->line : s->out;

	if (s->told && s->options->argument_names && used == s->named)
		return s->before;
	return used > 1 && !memcmp(line->data + used - 2, ", ", 2) ? used - 2 : used;
}

void show_unsettled(struct show *s)
{
	if (!s->settled_known)
		s->settled = before_comma(s, value_arguments_used(s));
	s->settled_known = true;
}

void show_at_exit(struct show *s)
{
	show_unsettled(s);
	if (!s->marked)
		s->mark = before_comma(s, value_used(s));
	s->marked = true;
	s->exit = s->after = true;
}

bool show_succeeded(const struct show *s)
{
	return s->call->state == CALL_DONE && !s->call->failed;
}

size_t show_find(struct show *s, uint64_t address, size_t size, const void **data)
{
	*data = NULL;
	return s->options->addresses ? 0 : show_find_bytes(s, address, size, data);
}

size_t show_find_bytes(struct show *s, uint64_t address, size_t size, const void **data)
{
	size_t found = call_find(s->call, address, size, s->exit, data);

	if (!s->settled_known && (found < size || !call_had(s->call, *data)))
		show_unsettled(s);
	return found;
}

bool show_structures(const struct show *s)
{
	return !s->options->addresses;
}

bool show_ends(struct show *s, uint64_t address)
{
	struct tape_piece piece;
	size_t at = 0;
	int part = 0;

	if ((int64_t)address < 0) /* the kernel's half */
		return true;
	while (call_piece_next(s->call, &part, &at, &piece))
		if (piece.piece.flags & TRACE_P_UNREADABLE &&
		    call_piece_base(s->call, &piece) + piece.piece.offset + piece.piece.length ==
			    address)
			return true;
	return false;
}

bool show_read(struct show *s, uint64_t address, void *to, size_t size)
{
	const void *data;

	if (show_find(s, address, size, &data) < size)
		return false;
	if (size)
		memcpy(to, data, size);
	return true;
}

bool show_read_word(struct show *s, uint64_t address, uint64_t *value)
{
	*value = 0;
	return show_read(s, address, value, show_word(s));
}
