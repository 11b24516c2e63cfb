// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/tape_records.h"

#include "format/tape/text_record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROOM = 2 * TRACE_RECORD_MAX,
};

bool tape_records_open(struct tape_records *r, struct tape_writer *writer)
{
	*r = (struct tape_records){ .writer = writer, .data = malloc(ROOM) };
	return r->data;
}

void tape_records_close(struct tape_records *r)
{
	free(r->data);
}

int tape_records_flush(struct tape_records *r)
{
	if (r->used && !r->error)
		r->error = tape_writer_records(r->writer, TRACE_NO_CPU, r->data, r->used, r->time);
	r->used = 0;
	return r->error;
}

void *tape_records_add(struct tape_records *r, unsigned int type, uint32_t tid, uint32_t tgid,
		       uint64_t time, const struct text_of *text)
{
	size_t head = text_record_head(type), size = head, line, more;
	struct trace_record *record;
	char *at;

	if (text)
		size += sizeof(text->text) + text->text.line + text->text.more;
	size = (size + 7) & ~(size_t)7;
	if (size > ROOM - r->used && tape_records_flush(r))
		return NULL;
	record = (void *)(r->data + r->used);
	memset(record, 0, head);
	r->time = time > r->time ? time : r->time;
	*record = (struct trace_record){ .length = (uint32_t)size,
					 .type = (uint16_t)type,
					 .time = r->time,
					 .tid = tid,
					 .tgid = tgid };
	r->used += size;
	if (!text)
		return record;
	record->flags = TRACE_F_TEXT;
	line = text->text.line;
	more = text->text.more;
	at = (char *)record + head;
	memcpy(at, &text->text, sizeof(text->text));
	at += sizeof(text->text);
	memcpy(at, text->line, line);
	if (more)
		memcpy(at + line, text->more, more);
	memset(at + line + more, 0, (size_t)((char *)record + size - (at + line + more)));
	return record;
}
