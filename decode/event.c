// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/event.h"

/* Where the pieces begin: behind the arguments. */
static size_t first_piece(const struct trace_call *record)
{
	return sizeof(*record) + record->args * sizeof(uint64_t);
}

bool call_piece_next(const struct call *call, int *part, size_t *at, struct tape_piece *piece)
{
	for (; *part < 2; ++*part, *at = 0) {
		const struct trace_call *record = *part ? call->exit_record : call->enter_record;

		if (!record || !record->pieces)
			continue;
		if (!*at)
			*at = first_piece(record);
		if (tape_piece_next(&record->record, at, piece))
			return true;
	}
	return false;
}

bool call_piece(const struct call *call, int arg, bool exit, struct tape_piece *piece)
{
	struct tape_piece best = { .data = NULL };
	size_t at = 0;
	int part = 0;

	while (call_piece_next(call, &part, &at, piece)) {
		if (piece->piece.arg != arg || piece->piece.flags & TRACE_P_NESTED ||
		    !!(piece->piece.flags & TRACE_P_EXIT) != exit)
			continue;
		/* A second try at the end of the call may have found what was not there at its beginning. */
		if (!best.data || piece->piece.length > best.piece.length)
			best = *piece;
	}
	*piece = best;
	return best.data;
}
