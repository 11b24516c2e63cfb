// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/event.h"

#include <string.h>

/* Where the pieces begin: behind the arguments. */
static size_t first_piece(const struct trace_call *record)
{
	return sizeof(*record) + record->args * sizeof(uint64_t);
}

bool call_piece_walk(const struct call *call, int *part, size_t *at, struct tape_piece *piece)
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

void call_find_pieces(const struct call *call)
{
	struct call_pieces *pieces = call->pieces;
	const size_t most = sizeof(pieces->piece) / sizeof(*pieces->piece);
	size_t at = 0;
	int part = 0;

	pieces->state = PIECES_MANY;
	pieces->count = 0;
	pieces->files = false;
	while (call_piece_walk(call, &part, &at, &pieces->piece[pieces->count])) {
		pieces->files |= !!(pieces->piece[pieces->count].piece.flags & TRACE_P_FILE);
		if (++pieces->count == most)
			return; /* there may be more */
	}
	pieces->state = PIECES_FOUND;
}

uint64_t call_piece_base(const struct call *call, const struct tape_piece *piece)
{
	const uint64_t *args = call->carried ? call->given : call->arg;

	return piece->piece.flags & TRACE_P_NESTED
		       ? piece->address
		       : args[piece->piece.arg < 6 ? piece->piece.arg : 0];
}

/* Whether the piece's data reaches `address`; where in it. */
static size_t piece_has(const struct call *call, const struct tape_piece *p, uint64_t address,
			const void **data)
{
	uint64_t base = call_piece_base(call, p) + p->piece.offset;

	if (p->piece.flags & (TRACE_P_FILE | TRACE_P_STATE) || address < base ||
	    address - base >= p->piece.length)
		return 0;
	*data = (const char *)p->data + (address - base);
	return p->piece.length - (address - base);
}

bool call_read_late(const struct call *call, const void *data)
{
	const struct trace_call *exit = call->exit_record;
	size_t at = (const char *)data - (const char *)exit;

	return exit && at <= exit->record.length &&
	       (call->enter_record || exit->record.flags & TRACE_F_ENTER_LOST);
}

/* A time that the call counts down says nothing of its beginning any more. */
static bool run_down(const struct call *call, const struct tape_piece *p)
{
	const struct desc_arg *arg = call->desc && !call->carried && p->piece.arg < call->args
					     ? &call->desc->arg[p->piece.arg]
					     : NULL;

	return arg && (arg->dir & DESC_INOUT) == DESC_INOUT &&
	       !(p->piece.flags & (TRACE_P_EXIT | TRACE_P_NESTED)) &&
	       !strncmp(arg->ref, "time", 4) && call_read_late(call, p->data);
}

size_t call_find(const struct call *call, uint64_t address, size_t size, bool exit,
		 const void **data)
{
	size_t best = 0, best_other = 0, at = 0;
	const void *found = NULL, *found_other = NULL, *here;
	struct tape_piece piece;
	int part = 0;

	while (call_piece_next(call, &part, &at, &piece)) {
		size_t n = piece_has(call, &piece, address, &here);

		if (n && run_down(call, &piece))
			continue;
		if (!!(piece.piece.flags & TRACE_P_EXIT) == exit ? n > best : n > best_other) {
			if (!!(piece.piece.flags & TRACE_P_EXIT) == exit)
				best = n, found = here;
			else
				best_other = n, found_other = here;
		}
	}
	/* What the call was given is still there at its end; what it wrote was not there at its
	 * beginning. */
	if (exit && (!best || (best < size && best_other >= size))) {
		best = best_other;
		found = found_other;
	}
	*data = found;
	return best < size ? best : size;
}

bool call_state_at(const struct call *call, bool exit, struct trace_state *state)
{
	struct tape_piece piece;
	size_t at = 0;
	int part = 0;

	while (call_piece_next(call, &part, &at, &piece)) {
		if (!(piece.piece.flags & TRACE_P_STATE) ||
		    !!(piece.piece.flags & TRACE_P_EXIT) != exit ||
		    piece.piece.length < sizeof(*state))
			continue;
		memcpy(state, piece.data, sizeof(*state));
		return true;
	}
	return false;
}

uint64_t call_ip(const struct call *call)
{
	struct trace_state state;

	return call_state_at(call, false, &state) || call_state_at(call, true, &state) ? state.ip
										       : 0;
}

bool call_cpu_time(const struct call *call, uint64_t *ns)
{
	uint64_t wall = call->exit > call->enter ? call->exit - call->enter : 0;
	struct trace_state begin, end;

	if (!call->enter || !call_state_at(call, true, &end))
		return false;
	*ns = wall; /* what never left the CPU was on it all the time */
	if (!call->enter_record)
		return true;
	if (!call_state_at(call, false, &begin) || !begin.cpu || !end.cpu)
		return false;
	if (end.cpu - begin.cpu < wall)
		*ns = end.cpu - begin.cpu;
	return true;
}
