// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/row_batch.h"

#include <stdlib.h>

/* INSERT INTO table VALUES (?,...),(?,...) */
static sqlite3_stmt *prepare(struct row_batch *b, const char *table, int rows)
{
	struct text sql;
	sqlite3_stmt *made = NULL;

	if (text_open(&sql, -1))
		return NULL;
	text_printf(&sql, "INSERT INTO %s VALUES ", table);
	for (int row = 0; row < rows; row++)
		for (int column = 0; column < b->columns; column++)
			text_put(&sql, column ? ",?" : row ? "),(?" : "(?");
	text_put(&sql, ")");
	made = database_prepare(b->database, sql.data, sql.used);
	text_close(&sql);
	return made;
}

bool row_batch_open(struct row_batch *b, struct database *database, const char *table, int columns,
		    int rows)
{
	*b = (struct row_batch){ .database = database, .columns = columns, .rows = rows };
	b->value = calloc((size_t)columns * (size_t)rows, sizeof(*b->value));
	if (!b->value || text_open(&b->bytes, -1))
		return false;
	b->many = prepare(b, table, rows);
	b->one = prepare(b, table, 1);
	return b->many && b->one;
}

void row_batch_close(struct row_batch *b)
{
	sqlite3_finalize(b->many);
	sqlite3_finalize(b->one);
	free(b->value);
	text_close(&b->bytes);
}

static void bind(const struct row_batch *b, sqlite3_stmt *to, int column, const struct row_value *v)
{
	switch (v->kind) {
	case ROW_NULL: sqlite3_bind_null(to, column); break;
	case ROW_NUMBER: sqlite3_bind_int64(to, column, (sqlite3_int64)v->number); break;
	case ROW_WORDS: database_ascii(to, column, v->words, v->size); break;
	case ROW_TEXT: database_ascii(to, column, b->bytes.data + v->number, v->size); break;
	case ROW_BLOB:
		database_blob(b->database, to, column, b->bytes.data + v->number, v->size);
		break;
	}
}

void row_batch_flush(struct row_batch *b)
{
	int all = b->columns * b->rows, at = 0;

	while (at < b->values) {
		sqlite3_stmt *to = b->values == all ? b->many : b->one;
		int some = b->values == all ? all : b->columns;

		for (int i = 0; i < some; i++)
			bind(b, to, i + 1, &b->value[at + i]);
		if (!database_step(b->database, to))
			break;
		at += some;
	}
	b->values = 0;
	b->bytes.used = 0;
}

void row_bytes(struct row_batch *b, const char *bytes, size_t size)
{
	bool text = database_is_text(b->database, bytes, size);

	row_text(b, bytes, size);
	if (!text)
		b->value[b->values - 1].kind = ROW_BLOB;
}
