/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * entities: the processes, threads, files and sockets that rows refer to: each has a row, made when
 * it is first seen, and a number. What is known of that is bounded: the database knows the rest.
 */
#ifndef SYSTAPE_SQLITE_ENTITIES_H
#define SYSTAPE_SQLITE_ENTITIES_H

#include "decode/events/event.h"
#include "decode/events/fds.h"
#include "decode/sqlite/database.h"

enum {
	ENTITIES_SEEN = 4096,  /* threads and processes whose rows are known to be there */
	ENTITIES_NAMED = 8192, /* files and sockets whose numbers are known */
};

struct entity {
	uint64_t hash;
	sqlite3_int64 row; /* 0: none */
	uint64_t facts;	   /* hash of what its row says */
	char *name;
	size_t size;
};

struct entities {
	struct database *database;
	const struct tape_facts *facts;
	sqlite3_int64 tape;
	sqlite3_int64 threads, processes; /* rows of the tapes before */
	sqlite3_int64 last_thread, last_process;
	uint32_t seen_threads[ENTITIES_SEEN], seen_processes[ENTITIES_SEEN];
	struct entity files[ENTITIES_NAMED], sockets[ENTITIES_NAMED];
};

/* Row numbers; both 0 where nothing is known. */
struct entity_thread {
	sqlite3_int64 process, thread;
};

/* Another capture: nothing is known of it. */
void entities_begin(struct entities *entities, struct database *database,
		    const struct tape_facts *facts, sqlite3_int64 tape);
void entities_end(struct entities *entities);

/* A thread of the stream's own; NULL accepted. */
struct entity_thread entities_thread(struct entities *entities, const struct thread *thread);
/* A file by its path; 0 if that has failed. */
sqlite3_int64 entities_file(struct entities *entities, const char *path, size_t size);
sqlite3_int64 entities_socket(struct entities *entities, const struct fd_file *socket);

#endif
