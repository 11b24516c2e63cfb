/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tape_records: records made of text, one behind another, handed to the tape's writer in blocks.
 * Called by the importer.
 */
#ifndef SYSTAPE_TAPE_RECORDS_H
#define SYSTAPE_TAPE_RECORDS_H

#include "format/tape/tape_writer.h"

#include <stdbool.h>

enum {
	RECORDS_LINE_MOST = TRACE_RECORD_MAX - 512, /* bytes of a line and what is behind it */
};

struct tape_records {
	struct tape_writer *writer;
	char *data;
	size_t used;
	uint64_t time; /* of the last one: they never go back */
	int error;     /* of the writer: a negative errno; what follows is dropped */
};

/* What a record of text is made of. */
struct text_of {
	const char *line, *more;
	struct trace_text text; /* its line and more say how long those are */
};

/* False without memory. */
bool tape_records_open(struct tape_records *records, struct tape_writer *writer);
/*
 * A record of `type` with room for its structure, in zeros but for the head, and `text` (NULL:
 * none) behind that. Valid until the next call; NULL where nothing can be written any more.
 */
void *tape_records_add(struct tape_records *records, unsigned int type, uint32_t tid, uint32_t tgid,
		       uint64_t time, const struct text_of *text);
/* 0 or the first error. */
int tape_records_flush(struct tape_records *records);
void tape_records_close(struct tape_records *records);

#endif
