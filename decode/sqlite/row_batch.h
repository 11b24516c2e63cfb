/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * row_batch: rows of one table that are kept until there are as many as one statement inserts: each
 * statement costs as much as some rows. Used by the renderer for calls and arguments.
 */
#ifndef SYSTAPE_ROW_BATCH_H
#define SYSTAPE_ROW_BATCH_H

#include "decode/sqlite/database.h"

struct row_value {
	enum { ROW_NULL, ROW_NUMBER, ROW_WORDS, ROW_TEXT, ROW_BLOB } kind;
	const char *words; /* of ROW_WORDS: constant */
	uint64_t number;   /* of ROW_NUMBER; else where its bytes are */
	size_t size;
};

struct row_batch {
	struct database *database;
	sqlite3_stmt *many, *one;
	int columns, rows; /* of a statement */
	int values;	   /* so far */
	struct row_value *value;
	struct text bytes;
};

/* For a table of so many columns, whose name is our own: false without memory. row_batch_close in
 * any case. */
bool row_batch_open(struct row_batch *batch, struct database *database, const char *table,
		    int columns, int rows);
/* Writes what there is. */
void row_batch_flush(struct row_batch *batch);
void row_batch_close(struct row_batch *batch);

/* The next column of the row; a row is complete when all have been given. */
static inline struct row_value *row_next(struct row_batch *b)
{
	return &b->value[b->values++];
}

static inline void row_null(struct row_batch *b)
{
	row_next(b)->kind = ROW_NULL;
}

static inline void row_number(struct row_batch *b, uint64_t number)
{
	struct row_value *v = row_next(b);

	v->kind = ROW_NUMBER;
	v->number = number;
}

/* NULL for 0. */
static inline void row_known(struct row_batch *b, uint64_t number)
{
	if (number)
		row_number(b, number);
	else
		row_null(b);
}

/* Words that never change; NULL accepted. */
static inline void row_words(struct row_batch *b, const char *words)
{
	struct row_value *v = row_next(b);

	v->kind = words ? ROW_WORDS : ROW_NULL;
	v->words = words;
	v->size = words ? strlen(words) : 0;
}

/* Bytes that are copied: UTF-8 without NUL. */
static inline void row_text(struct row_batch *b, const char *text, size_t size)
{
	struct row_value *v = row_next(b);

	v->kind = ROW_TEXT;
	v->number = b->bytes.used;
	v->size = size;
	text_bytes(&b->bytes, text, size);
}

/* Bytes of a tape: a text or a blob. */
void row_bytes(struct row_batch *batch, const char *bytes, size_t size);

/* Behind a row: writes them if they are enough. */
static inline void row_end(struct row_batch *b)
{
	enum { BYTES_MOST = 1 << 20 };

	if (b->values == b->columns * b->rows || b->bytes.used > BYTES_MOST)
		row_batch_flush(b);
}

#endif
