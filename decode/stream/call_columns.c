// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/call_columns.h"

/* Only those of a described call are kept: its name is short, and stays where it is. */
void call_columns_put(struct call_columns *columns, struct text *out, const struct call *call,
		      void (*write)(struct text *out, const struct call *call))
{
	typeof(columns->at[0]) *known = &columns->at[call->nr % CALL_COLUMNS];
	struct text text = { .data = known->text, .room = sizeof(known->text), .fd = -1 };

	if (!call->desc || call->name != call->desc->name) {
		write(out, call);
		return;
	}
	if (known->desc != call->desc || known->nr != call->nr || known->arch != call->arch ||
	    known->state != (uint8_t)call->state) {
		write(&text, call);
		known->desc = call->desc;
		known->nr = call->nr;
		known->arch = (uint16_t)call->arch;
		known->state = (uint8_t)call->state;
		known->size = (uint8_t)text.used;
	}
	if (text_room(out, sizeof(known->text))) {
		memcpy(out->data + out->used, known->text, sizeof(known->text));
		out->used += known->size;
	}
}
