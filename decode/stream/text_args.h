/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * text_args: what the text of a call says of its arguments (systape-import's tapes), as if it had
 * been recorded: numbers and constants as words, names and addresses of sockets as memory,
 * descriptors with what -y says that they are open on. So who follows descriptors, chooses calls by
 * their files or adds them up needs to know nothing of text. What the text does not say stays
 * unknown: its word is an address that no memory is at, and no descriptor. Used by the stream.
 */
#ifndef SYSTAPE_TEXT_ARGS_H
#define SYSTAPE_TEXT_ARGS_H

#include "decode/events/event.h"

struct text_args {
	struct call_pieces pieces; /* of the call at hand */
	char *room;		   /* their data */
	size_t room_size, used;
};

void text_args_free(struct text_args *args);
/* Sets the call's words, its row among the variants, its pieces and call->text->known and files.
 * They hold until the next call. */
void text_args_take(struct text_args *args, struct call *call);

#endif
