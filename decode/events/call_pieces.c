// SPDX-License-Identifier: GPL-2.0-or-later
/* event: finds the memory of a call: its own pieces, or what the new program has of an execve's. */
#include "decode/events/exec.h"

bool call_piece(const struct call *call, int arg, bool exit, struct tape_piece *piece)
{
	struct tape_piece best = { .data = NULL };
	size_t at = 0;
	int part = 0;

	while (!call->carried && call_piece_next(call, &part, &at, piece)) {
		if (piece->piece.arg != arg || piece->piece.flags & TRACE_P_NESTED ||
		    !!(piece->piece.flags & TRACE_P_EXIT) != exit)
			continue;
		/* A second try at the end of the call may have found what was not there at its
		 * beginning. */
		if (!best.data || piece->piece.length > best.piece.length)
			best = *piece;
	}
	if (call->program && (!best.data || best.piece.flags & TRACE_P_UNREADABLE) &&
	    exec_path(call, arg, piece))
		return true;
	*piece = best;
	return best.data;
}

bool call_string(const struct call *call, uint64_t address, struct tape_piece *found)
{
	struct tape_piece piece;
	size_t at = 0;
	int part = 0;
	bool any = false;

	while (call_piece_next(call, &part, &at, &piece)) {
		if (!(piece.piece.flags & TRACE_P_STRING) ||
		    call_piece_base(call, &piece) != address)
			continue;
		/* The second try, at the end of the call, finds what was not there at the first. */
		if (!any || (found->piece.flags & TRACE_P_UNREADABLE &&
			     !(piece.piece.flags & TRACE_P_UNREADABLE)))
			*found = piece;
		any = true;
	}
	if (call->program && (!any || found->piece.flags & TRACE_P_UNREADABLE) &&
	    exec_string(call, address, &piece)) {
		*found = piece;
		return true;
	}
	return any;
}
