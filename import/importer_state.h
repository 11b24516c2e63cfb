/* SPDX-License-Identifier: GPL-2.0-or-later */
/* importer_state: what the parts of the importer share: lines (importer.c), lines that go on in
 * others (importer_cut.c), events (importer_events.c). */
#ifndef SYSTAPE_IMPORTER_STATE_H
#define SYSTAPE_IMPORTER_STATE_H

#include "import/call_names.h"
#include "import/importer.h"
#include "import/log_threads.h"

enum {
	TAG_MOST = 128,
};

/* Bytes that grow up to RECORDS_LINE_MOST. */
struct bytes {
	char *data;
	size_t used, room;
};

/* A line as it is, and what of it is strace's. */
struct piece {
	const char *line;
	size_t size;
	bool newline;
	uint32_t tid; /* of its file, 0: not known */
};

/* A call whose line something else has ended. */
struct cut {
	bool open;
	unsigned int lines;
	struct bytes whole, text; /* as they are; what is strace's */
	bool newline;		  /* behind the last of them */
	uint32_t tid;
	uint64_t number;      /* of the first line */
	uint32_t attached[8]; /* threads that messages in it have told of */
	unsigned int attached_count;
};

struct importer {
	struct tape_records records;
	struct log_words *words;
	struct call_names *names;
	struct log_threads threads;
	struct log_time time;
	struct import_counts counts;
	import_report *report;
	void *context;
	uint32_t main;	    /* whose lines without a number are, 0: not known */
	char tag[TAG_MOST]; /* of the tracer in the journal */
	size_t tag_size;
	struct bytes plain; /* a line without colours */
	struct cut cut;
};

bool bytes_put(struct bytes *bytes, const void *data, size_t size);

/* An event or a line of text, which is `piece`. */
void importer_event(struct importer *im, struct log_line *line, const struct piece *piece);
/* A line that is kept as it is; `why`: it was not understood, NULL: it is known. */
void importer_text(struct importer *im, const struct log_line *line, const struct piece *piece,
		   const char *why);
/* A thread that a message tells of; `parent` 0: not known. */
void importer_attached(struct importer *im, uint32_t tid, uint32_t parent);

/* Whether the line is taken: it ends a call that is cut, or goes on with it, or is cut itself. */
bool importer_cut(struct importer *im, struct log_line *line, const struct piece *piece);
/* Nothing goes on with the call that is cut. */
void importer_cut_end(struct importer *im);

#endif
