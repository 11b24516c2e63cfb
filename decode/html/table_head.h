/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table_head: how each table of the report begins: the names of its columns, and a frame that can
 * be scrolled with the keyboard. */
#ifndef SYSTAPE_HTML_TABLE_HEAD_H
#define SYSTAPE_HTML_TABLE_HEAD_H

#include "decode/html/report.h"

enum { NAME_MOST = 600 /* bytes of a name that are shown */ };

enum column_flags {
	COLUMN_TEXT = 1,   /* else numbers */
	COLUMN_TIMED = 2,  /* is there if times are known */
	COLUMN_FILES = 4,  /* is not there of sockets */
	COLUMN_SORTED = 8, /* rows are in the order of it, the greatest first */
};

struct table_column {
	const char *title, *help; /* help: for who stays on it, and for readers of screens */
	unsigned int flags;
};

/* `columns` ends with one without a title. The row of the heads stays open. */
void table_begin(struct text *out, const struct report *report, const char *id,
		 const struct table_column *columns, bool sockets);
void table_end(struct text *out);
/* A cell with bytes of a tape. */
void table_name(struct text *out, const char *name, size_t size);
/* The cell of a host, if there are several; of a row of all. */
void table_host(struct text *out, const struct report *report, const char *host, size_t size);
void table_no_host(struct text *out, const struct report *report);
/* A cell with a part of a whole. */
void table_share(struct text *out, uint64_t part, uint64_t of);
/* What a table does not have. */
void table_cut(struct text *out, const struct report *report, enum report_table table);

#endif
