// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/database.h"

#include "decode/json/json_string.h"

#include <errno.h>

static const unsigned char schema[] = {
#include "schema_sql.h"
};

static const unsigned char indices[] = {
#include "index_sql.h"
};

// clang-format off
static const char *const texts[STATEMENTS] = {
	[ADD_TAPE] = "INSERT INTO tapes (id, host, kernel, arch, command, systape, backend, clock, start, started, cpus, page_size, recorder_pid, capture, part) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	[END_TAPE] = "UPDATE tapes SET (calls, failed, unfinished, signals, processes, probes, losses, lost_calls, lost_enters, lost_events, missing_records, missing_parts, calls_on_tape, complete) = (?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15) WHERE id = ?1",
	[ADD_PROCESS] = "INSERT OR IGNORE INTO processes (id, tape, pid, comm, exe, cgroup, started) VALUES (?,?,?,?,?,?,?)",
	[SET_PARENT] = "UPDATE processes SET (parent, ppid) = (?2, ?3) WHERE id = ?1",
	[SET_PROGRAM] = "UPDATE processes SET (exe, command) = (?2, ?3) WHERE id = ?1",
	[SET_FACTS] = "UPDATE processes SET (cwd, uid, uids, gids, fds) = (?2, ?3, ?4, ?5, ?6) WHERE id = ?1",
	[SET_NUMBERS] = "UPDATE processes SET numbers = ?2 WHERE id = ?1",
	[SET_COMM] = "UPDATE processes SET comm = ?2 WHERE id = ?1",
	[END_PROCESS] = "UPDATE processes SET (ended, exit_code, signal, core) = (?2, ?3, ?4, ?5) WHERE id = ?1",
	[ADD_THREAD] = "INSERT OR IGNORE INTO threads (id, process, tid, comm, started) VALUES (?,?,?,?,?)",
	[SET_THREAD_COMM] = "UPDATE threads SET comm = ?2 WHERE id = ?1",
	[END_THREAD] = "UPDATE threads SET ended = ?2 WHERE id = ?1",
	[ADD_PROGRAM] = "INSERT INTO programs (process, thread, time, path, command, environment, script) VALUES (?,?,?,?,?,?,?)",
	[ADD_FILE] = "INSERT INTO files (tape, path) VALUES (?,?)",
	[FIND_FILE] = "SELECT id FROM files WHERE tape = ? AND path = ?",
	[ADD_SOCKET] = "INSERT INTO sockets (tape, socket) VALUES (?,?)",
	[FIND_SOCKET] = "SELECT id FROM sockets WHERE tape = ? AND socket = ?",
	[SET_SOCKET] = "UPDATE sockets SET (name, family, type, protocol, inode, local, remote) = (?2,?3,?4,?5,?6,?7,?8) WHERE id = ?1",
	[ADD_SIGNAL] = "INSERT INTO signals (tape, process, thread, time, signal, name, info) VALUES (?,?,?,?,?,?,?)",
	[ADD_PROBE] = "INSERT INTO probes (tape, process, thread, time, cpu, name, json) VALUES (?,?,?,?,?,?,?)",
	[ADD_LOSS] = "INSERT INTO losses (tape, time, cpu, reason, calls, enters, events, records, parts, first, last) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
};
// clang-format on

/* One that goes back in one file; what does not fit in memory is in it, or sorted in another. */
static const char settings[] = "PRAGMA page_size = 16384;"
			       "PRAGMA encoding = 'UTF-8';"
			       "PRAGMA journal_mode = OFF;"
			       "PRAGMA synchronous = OFF;"
			       "PRAGMA locking_mode = EXCLUSIVE;"
			       "PRAGMA temp_store = FILE;"
			       "PRAGMA cache_size = -32768;"
			       "PRAGMA application_id = 1937011056;"
			       "PRAGMA user_version = 1;"
			       "BEGIN";

static void failed(struct database *d, int code)
{
	if (d->error)
		return;
	d->error = d->files.error		    ? d->files.error
		   : (code & 0xff) == SQLITE_NOMEM  ? -ENOMEM
		   : (code & 0xff) == SQLITE_FULL   ? -ENOSPC
		   : (code & 0xff) == SQLITE_TOOBIG ? -E2BIG
						    : -EIO;
}

static void execute(struct database *d, const void *sql, size_t size)
{
	const char *text = sql, *end = text + size;
	int code = SQLITE_OK;

	while (!d->error && text < end) {
		sqlite3_stmt *statement = NULL;

		code = sqlite3_prepare_v2(d->connection, text, (int)(end - text), &statement,
					  &text);
		while (code == SQLITE_OK && statement && sqlite3_step(statement) == SQLITE_ROW)
			;
		if (code == SQLITE_OK)
			code = sqlite3_finalize(statement);
		if (code != SQLITE_OK)
			failed(d, code);
	}
}

int database_open(struct database *d, int file, const int *scratch)
{
	const char *vfs;

	*d = (struct database){ .error = 0 };
	if (text_open(&d->scratch, -1))
		return d->error = -ENOMEM;
	/* Neither of them where another program of this process has begun already. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_initialize() != SQLITE_OK)
		return d->error = -ENOMEM;
	vfs = sqlite_files_begin(&d->files, file, scratch);
	if (!vfs || sqlite3_open_v2("tape", &d->connection,
				    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs) != SQLITE_OK)
		return d->error = d->files.error ? d->files.error : -ENOMEM;
	execute(d, settings, sizeof(settings) - 1);
	execute(d, schema, sizeof(schema));
	for (int i = 0; i < STATEMENTS && !d->error; i++)
		d->statements[i] = database_prepare(d, texts[i], strlen(texts[i]));
	return d->error;
}

sqlite3_stmt *database_prepare(struct database *d, const char *sql, size_t size)
{
	sqlite3_stmt *made = NULL;
	int code = SQLITE_OK;

	if (!d->error)
		code = sqlite3_prepare_v3(d->connection, sql, (int)size, SQLITE_PREPARE_PERSISTENT,
					  &made, NULL);
	if (code != SQLITE_OK)
		failed(d, code);
	return made;
}

int database_finish(struct database *d)
{
	static const char commit[] = "COMMIT";

	execute(d, indices, sizeof(indices));
	execute(d, commit, sizeof(commit) - 1);
	return d->error;
}

void database_close(struct database *d)
{
	for (int i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(d->statements[i]);
	if (sqlite3_close(d->connection) != SQLITE_OK)
		failed(d, SQLITE_IOERR);
	sqlite_files_end(&d->files);
	text_close(&d->scratch);
}

bool database_step(struct database *d, sqlite3_stmt *statement)
{
	int code;

	if (d->error)
		return false;
	sqlite3_step(statement);
	code = sqlite3_reset(statement);
	if (code != SQLITE_OK)
		failed(d, code);
	return !d->error;
}

bool database_run(struct database *d, enum statement which)
{
	return database_step(d, d->statements[which]);
}

bool database_ask(struct database *d, enum statement which, sqlite3_int64 *number)
{
	sqlite3_stmt *statement = d->statements[which];
	bool any = !d->error && sqlite3_step(statement) == SQLITE_ROW;
	int code;

	if (d->error)
		return false;
	if (any)
		*number = sqlite3_column_int64(statement, 0);
	code = sqlite3_reset(statement);
	if (code != SQLITE_OK)
		failed(d, code);
	return any && !d->error;
}

bool database_is_text(struct database *d, const char *bytes, size_t size)
{
	d->scratch.used = 0;
	return json_string(&d->scratch, bytes, size) && !memchr(bytes, 0, size);
}

void database_bytes(struct database *d, sqlite3_stmt *to, int column, const void *bytes,
		    size_t size)
{
	int code;

	if (!bytes)
		code = sqlite3_bind_null(to, column);
	else if (database_is_text(d, bytes, size))
		code = sqlite3_bind_text64(to, column, bytes, size, SQLITE_STATIC, SQLITE_UTF8);
	else
		code = sqlite3_bind_blob64(to, column, bytes, size, SQLITE_STATIC);
	if (code != SQLITE_OK)
		failed(d, code);
}

void database_blob(struct database *d, sqlite3_stmt *to, int column, const void *bytes, size_t size)
{
	int code = sqlite3_bind_blob64(to, column, bytes, size, SQLITE_STATIC);

	if (code != SQLITE_OK)
		failed(d, code);
}

void database_string(struct database *d, sqlite3_stmt *to, int column, const char *string)
{
	database_bytes(d, to, column, string, string ? strlen(string) : 0);
}

void database_known(sqlite3_stmt *to, int column, uint64_t number)
{
	if (number)
		database_number(to, column, number);
	else
		sqlite3_bind_null(to, column);
}
