// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sqlite/entities.h"

#include "decode/descriptors/socket_name.h"
#include "decode/events/process.h"
#include "decode/stat/stat_strings.h"

#include <stdio.h>
#include <stdlib.h>

enum { NAME_KEPT = 1024 /* bytes of those that are kept at hand */ };

static void forget(struct entity *at, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(at[i].name);
	memset(at, 0, count * sizeof(*at));
}

void entities_begin(struct entities *e, struct database *database, const struct tape_facts *facts,
		    sqlite3_int64 tape)
{
	entities_end(e);
	e->database = database;
	e->facts = facts;
	e->tape = tape;
	e->threads = e->last_thread;
	e->processes = e->last_process;
	memset(e->seen_threads, 0, sizeof(e->seen_threads));
	memset(e->seen_processes, 0, sizeof(e->seen_processes));
}

void entities_end(struct entities *e)
{
	forget(e->files, ENTITIES_NAMED);
	forget(e->sockets, ENTITIES_NAMED);
}

static void bind_text(struct database *d, sqlite3_stmt *to, int column,
		      const struct process_text *text)
{
	database_bytes(d, to, column, text ? text->text : NULL, text ? text->size : 0);
}

static uint64_t wall(const struct entities *e, uint64_t time)
{
	return time ? tape_time(e->facts, time) : 0;
}

/* The number of the row, made if it may be missing. */
static sqlite3_int64 process_row(struct entities *e, const struct thread *thread,
				 const struct process *process)
{
	sqlite3_int64 row = e->processes + process->number;
	uint32_t *seen = &e->seen_processes[process->number % ENTITIES_SEEN];
	sqlite3_stmt *s = database_statement(e->database, ADD_PROCESS);

	if (*seen == process->number)
		return row;
	*seen = process->number;
	if (row > e->last_process)
		e->last_process = row;
	sqlite3_bind_int64(s, 1, row);
	sqlite3_bind_int64(s, 2, e->tape);
	database_number(s, 3, thread->tgid);
	database_string(e->database, s, 4, thread->comm);
	bind_text(e->database, s, 5, process->exe);
	bind_text(e->database, s, 6, process->cgroup);
	database_known(s, 7, wall(e, process->born));
	database_run(e->database, ADD_PROCESS);
	return row;
}

struct entity_thread entities_thread(struct entities *e, const struct thread *thread)
{
	/* The stream's own, whose process may have to be made. */
	const struct process *process =
		thread && e->facts->threads
			? thread_process(e->facts->threads, (struct thread *)thread)
			: NULL;
	struct entity_thread at = { 0 };
	uint32_t *seen;
	sqlite3_stmt *s;

	if (!process)
		return at;
	at.process = process_row(e, thread, process);
	at.thread = e->threads + thread->number;
	seen = &e->seen_threads[thread->number % ENTITIES_SEEN];
	if (*seen == thread->number)
		return at;
	*seen = thread->number;
	if (at.thread > e->last_thread)
		e->last_thread = at.thread;
	s = database_statement(e->database, ADD_THREAD);
	sqlite3_bind_int64(s, 1, at.thread);
	sqlite3_bind_int64(s, 2, at.process);
	database_number(s, 3, thread->entry.tid);
	database_string(e->database, s, 4, thread->comm);
	database_known(s, 5, wall(e, thread->born));
	database_run(e->database, ADD_THREAD);
	return at;
}

static bool is_known(const struct entity *at, uint64_t hash, const char *name, size_t size)
{
	return at->row && at->hash == hash && at->size == size && !memcmp(at->name, name, size);
}

/* The row of a name, and what is known of it; a long one is looked for each time. */
static sqlite3_int64 named(struct entities *e, struct entity *at, uint64_t hash,
			   enum statement find, enum statement add, const char *name, size_t size)
{
	sqlite3_stmt *s = database_statement(e->database, find);
	sqlite3_int64 row = 0;

	sqlite3_bind_int64(s, 1, e->tape);
	database_bytes(e->database, s, 2, name, size);
	if (!database_ask(e->database, find, &row)) {
		s = database_statement(e->database, add);
		sqlite3_bind_int64(s, 1, e->tape);
		database_bytes(e->database, s, 2, name, size);
		if (!database_run(e->database, add))
			return 0;
		row = sqlite3_last_insert_rowid(e->database->connection);
	}
	free(at->name);
	*at = (struct entity){ .hash = hash, .row = row, .size = size };
	at->name = size <= NAME_KEPT ? malloc(size + 1) : NULL;
	if (at->name)
		memcpy(at->name, name, size);
	else
		at->row = 0;
	return row;
}

sqlite3_int64 entities_file(struct entities *e, const char *path, size_t size)
{
	uint64_t hash = stat_hash(path, size);
	struct entity *at = &e->files[hash % ENTITIES_NAMED];

	if (is_known(at, hash, path, size))
		return at->row;
	return named(e, at, hash, FIND_FILE, ADD_FILE, path, size);
}

static void bind_address(struct database *d, sqlite3_stmt *to, int column, const struct fd_file *f,
			 const struct fd_name *name, char room[ADDRESS_MAX])
{
	size_t size = name && f->family != 1 ? address_text(name->data, name->size, room) : 0;

	database_bytes(d, to, column, size ? room : NULL, size);
}

/* Its addresses become known as it is used. */
static void describe_socket(struct entities *e, sqlite3_int64 row, const struct fd_file *f,
			    const char *name, size_t size)
{
	sqlite3_stmt *s = database_statement(e->database, SET_SOCKET);
	char local[ADDRESS_MAX], remote[ADDRESS_MAX];

	sqlite3_bind_int64(s, 1, row);
	database_bytes(e->database, s, 2, name, size);
	sqlite3_bind_int(s, 3, f->family);
	sqlite3_bind_int(s, 4, f->type);
	sqlite3_bind_int(s, 5, f->protocol);
	database_known(s, 6, f->inode);
	bind_address(e->database, s, 7, f, f->local, local);
	bind_address(e->database, s, 8, f, f->remote, remote);
	database_run(e->database, SET_SOCKET);
}

sqlite3_int64 entities_socket(struct entities *e, const struct fd_file *f)
{
	char name[SOCKET_NAME_MAX], key[40];
	size_t size = socket_name(f, name), key_size = size;
	const char *by = name;
	uint64_t hash, facts = stat_hash(name, size);
	struct entity *at;
	sqlite3_int64 row;

	if (f->inode) { /* is what it is, whatever is known of its addresses */
		key_size = (size_t)snprintf(key, sizeof(key), "socket:[%llu]",
					    (unsigned long long)f->inode);
		by = key;
	}
	hash = stat_hash(by, key_size);
	at = &e->sockets[hash % ENTITIES_NAMED];
	row = is_known(at, hash, by, key_size)
		      ? at->row
		      : named(e, at, hash, FIND_SOCKET, ADD_SOCKET, by, key_size);
	if (row && at->facts != facts) {
		at->facts = facts;
		describe_socket(e, row, f, name, size);
	}
	return row;
}
