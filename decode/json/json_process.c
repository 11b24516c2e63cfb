// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_process.h"

#include "decode/json/json_string.h"

void json_process_numbers(struct text *t, const char *data, size_t size)
{
	struct trace_number number;

	text_char(t, '[');
	for (size_t at = 0; at + sizeof(number) <= size; at += sizeof(number)) {
		memcpy(&number, data + at, sizeof(number));
		text_printf(t, "%s{\"namespace\":%u,\"pid\":%u}", at ? "," : "", number.name_space,
			    number.number);
	}
	text_char(t, ']');
}

void json_process_ids(struct text *t, const uint32_t id[4])
{
	text_printf(t, "[%u,%u,%u,%u]", id[0], id[1], id[2], id[3]);
}

/* The next piece that is a descriptor. */
static bool next_fd(const struct trace_process *p, int *i, size_t *at, struct tape_piece *piece)
{
	for (; *i < p->pieces && tape_piece_next(&p->record, at, piece); ++*i) {
		if (piece->piece.arg != TRACE_P_FD)
			continue;
		++*i;
		return true;
	}
	return false;
}

bool json_process_has_fds(const struct trace_process *p)
{
	struct tape_piece piece;
	size_t at = sizeof(*p);
	int i = 0;

	return next_fd(p, &i, &at, &piece);
}

void json_process_fds(struct text *t, const struct trace_process *p)
{
	struct tape_piece piece;
	size_t at = sizeof(*p);
	bool any = false;

	text_char(t, '[');
	for (int i = 0; next_fd(p, &i, &at, &piece); any = true) {
		text_put(t, any ? ",{\"value\":" : "{\"value\":");
		text_signed(t, (int32_t)piece.piece.offset);
		text_put(t, ",\"path\":");
		json_any_string(t, piece.data, piece.piece.length);
		text_char(t, '}');
	}
	text_char(t, ']');
}
