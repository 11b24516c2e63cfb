// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/process.h"

#include "format/tape/tape_reader.h"

#include <stdlib.h>
#include <string.h>

enum {
	BYTES_MOST = 32 << 20, /* of all texts */
	TEXT_MOST = 4096,
};

static struct process_text *text_ref(struct process_text *text)
{
	if (text)
		text->users++;
	return text;
}

static void text_unref(struct processes *all, struct process_text *text)
{
	if (!text || --text->users)
		return;
	all->bytes -= sizeof(*text) + text->size;
	free(text);
}

static void set_text(struct processes *all, struct process_text **at, const void *data, size_t size)
{
	struct process_text *text = NULL;

	if (size && size <= TEXT_MOST && all->bytes < BYTES_MOST)
		text = malloc(sizeof(*text) + size);
	if (text) {
		text->users = 1;
		text->size = (uint32_t)size;
		memcpy(text->text, data, size);
		all->bytes += sizeof(*text) + size;
	}
	text_unref(all, *at);
	*at = text;
}

struct process *process_new(struct processes *all, const struct process *parent, uint64_t born)
{
	struct process *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->users = 1;
	p->number = ++all->last;
	p->born = born;
	if (parent) {
		p->exe = text_ref(parent->exe);
		p->cgroup = text_ref(parent->cgroup);
	}
	return p;
}

struct process *process_ref(struct process *p)
{
	if (p)
		p->users++;
	return p;
}

void process_unref(struct processes *all, struct process *p)
{
	if (!p || --p->users)
		return;
	text_unref(all, p->exe);
	text_unref(all, p->cgroup);
	free(p);
}

void process_take(struct processes *all, struct process *p, const struct trace_process *record)
{
	struct tape_piece piece;
	size_t at = sizeof(*record);

	if (record->record.type == TRACE_EXEC)
		set_text(all, &p->exe, NULL, 0); /* another one, even if it is not told */
	for (int i = 0; i < record->pieces && tape_piece_next(&record->record, &at, &piece); i++) {
		if (piece.piece.arg == TRACE_P_EXE)
			set_text(all, &p->exe, piece.data, piece.piece.length);
		else if (piece.piece.arg == TRACE_P_CGROUP)
			set_text(all, &p->cgroup, piece.data, piece.piece.length);
	}
}
