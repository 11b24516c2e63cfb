/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * database: an SQLite database that is written once, from its first row to its indices, and the
 * prepared statements for that. The first failure is kept, and nothing is done after it. Used by
 * all of this room.
 */
#ifndef SYSTAPE_DATABASE_H
#define SYSTAPE_DATABASE_H

#include "decode/sqlite/sqlite_files.h"
#include "decode/text/text.h"

enum statement {
	ADD_TAPE,
	END_TAPE,
	ADD_PROCESS,
	SET_PARENT,
	SET_PROGRAM,
	SET_FACTS,
	SET_NUMBERS,
	SET_COMM,
	END_PROCESS,
	ADD_THREAD,
	SET_THREAD_COMM,
	END_THREAD,
	ADD_PROGRAM,
	ADD_FILE,
	FIND_FILE,
	ADD_SOCKET,
	FIND_SOCKET,
	SET_SOCKET,
	ADD_SIGNAL,
	ADD_PROBE,
	ADD_LOSS,
	STATEMENTS
};

struct database {
	sqlite3 *connection;
	sqlite3_stmt *statements[STATEMENTS];
	struct sqlite_files files;
	struct text scratch;
	int error; /* the first: a negative errno; 0: none */
};

/* Makes the tables in a file that is open, and empty: 0 or a negative errno; database_close in any
 * case. */
int database_open(struct database *database, int file, const int *scratch);
/* Makes the indices; all of it is in the file then. 0, or the first error. */
int database_finish(struct database *database);
void database_close(struct database *database);

/* To be bound, then run. */
static inline sqlite3_stmt *database_statement(struct database *d, enum statement which)
{
	return d->statements[which];
}
/* A further statement, the caller's; NULL if that has failed. */
sqlite3_stmt *database_prepare(struct database *database, const char *sql, size_t size);
/* Runs one, as database_run. */
bool database_step(struct database *database, sqlite3_stmt *statement);
/* A statement that answers nothing: true unless something has failed. */
bool database_run(struct database *database, enum statement which);
/* One that answers a number: true with the first. */
bool database_ask(struct database *database, enum statement which, sqlite3_int64 *number);

/* Whether bytes are UTF-8 without NUL. */
bool database_is_text(struct database *database, const char *bytes, size_t size);
void database_blob(struct database *database, sqlite3_stmt *to, int column, const void *bytes,
		   size_t size);
/* Bytes of a tape: TEXT, or a BLOB if they are not UTF-8 or have a NUL. NULL: no value. They have
 * to stay until the statement is run. */
void database_bytes(struct database *database, sqlite3_stmt *to, int column, const void *bytes,
		    size_t size);
void database_string(struct database *database, sqlite3_stmt *to, int column, const char *string);
/* ASCII of our own. */
static inline void database_ascii(sqlite3_stmt *to, int column, const char *text, size_t size)
{
	sqlite3_bind_text(to, column, text, (int)size, SQLITE_STATIC);
}
static inline void database_number(sqlite3_stmt *to, int column, uint64_t number)
{
	sqlite3_bind_int64(to, column, (sqlite3_int64)number);
}
/* NULL for 0. */
void database_known(sqlite3_stmt *to, int column, uint64_t number);

#endif
