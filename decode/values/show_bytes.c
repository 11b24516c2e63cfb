// SPDX-License-Identifier: GPL-2.0-or-later
/* Strings and bytes, at an address and in hand. */
#include "decode/values/show_fields.h"
#include "decode/values/show_lookup.h"
#include "decode/values/values.h"

#include <stdio.h>
#include <stdlib.h>

static void string_piece(struct show *s, const struct tape_piece *p, bool path)
{
	size_t length = path ? p->piece.length : value_wanted(s, p->piece.length);

	value_bytes(s, p->data, length,
		    p->piece.flags & TRACE_P_TRUNCATED ? VALUE_CUT : p->piece.length);
}

void show_string_piece(struct show *s, const struct tape_piece *piece)
{
	string_piece(s, piece, false);
}

static void string_at(struct show *s, uint64_t address, bool path)
{
	struct tape_piece p;
	bool found;

	if (!address) {
		show_address(s, address);
		return;
	}
	found = call_string(s->call, address, &p);
	if (!found || p.piece.flags & TRACE_P_UNREADABLE || !call_had(s->call, p.data))
		show_unsettled(s);
	/* What begins within what could be read is shown if nobody asks for the rest. */
	if (!found || (p.piece.flags & TRACE_P_UNREADABLE &&
		       (path || value_wanted(s, p.piece.length) == p.piece.length))) {
		show_address(s, address);
		return;
	}
	string_piece(s, &p, path);
}

void show_path(struct show *s, uint64_t address)
{
	string_at(s, address, true);
}

void show_string(struct show *s, uint64_t address)
{
	string_at(s, address, false);
}

void show_string_within(struct show *s, uint64_t address, uint64_t size)
{
	struct tape_piece p;

	if (!address || !call_string(s->call, address, &p) || p.piece.length < size) {
		show_string(s, address);
		return;
	}
	if (!call_had(s->call, p.data))
		show_unsettled(s);
	show_bytes(s, p.data, value_wanted(s, size), true);
}

void show_bytes(struct show *s, const void *data, size_t size, bool cut)
{
	value_bytes(s, data, size, cut ? VALUE_CUT : size);
}

void show_buffer(struct show *s, uint64_t address, uint64_t size)
{
	uint64_t wanted = value_wanted(s, size), shown = 0;
	const void *data = "";

	if (wanted)
		shown = value_found(s, wanted, show_find_bytes(s, address, wanted, &data));
	/* strace reads a byte more than it shows. */
	if (!address || (wanted && !shown) ||
	    (wanted < size && !value_for_programs(s) && show_ends(s, address + wanted)))
		show_address(s, address);
	else
		value_bytes(s, data, shown, size);
}

void show_name_within(struct show *s, uint64_t address, uint64_t size)
{
	const uint64_t wanted = value_wanted(s, size);
	const char *data = "", *nul;
	size_t found = wanted ? show_find_bytes(s, address, wanted, (const void **)&data) : 0;

	nul = memchr(data, 0, found);
	if (nul)
		show_bytes(s, data, (size_t)(nul - data), false);
	else if (!address || found < wanted || (size && !wanted && show_ends(s, address)))
		value_address(s, address);
	else
		show_bytes(s, data, found, size > 0);
}

void show_value_bytes(struct show *s, uint64_t address, uint64_t size)
{
	uint64_t shown = value_wanted(s, size);
	const void *data = "";
	uint64_t found = 0;

	if (address && shown)
		found = value_found(s, shown, show_find_bytes(s, address, shown, &data));
	if (!address || size > INT32_MAX || (shown && !found) ||
	    (size && !shown && show_ends(s, address))) {
		show_address(s, address);
		return;
	}
	shown = found;
	value_string_bytes(s, data, shown, size);
}
