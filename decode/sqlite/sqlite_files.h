/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sqlite_files: what SQLite calls its VFS, for a program that can open no file any more: the
 * database is a descriptor that is open, and so are the few files that SQLite sorts in. Nobody else
 * knows of the database yet: no locks, no journal. Used by database.
 */
#ifndef SYSTAPE_SQLITE_FILES_H
#define SYSTAPE_SQLITE_FILES_H

#include <sqlite3.h>
#include <stdbool.h>

enum { SQLITE_SCRATCH = 4 };

struct sqlite_files {
	sqlite3_vfs vfs;
	int database;
	int scratch[SQLITE_SCRATCH]; /* empty files without a name; -1: none */
	bool taken[SQLITE_SCRATCH];
	int error; /* the first that the system gave: a negative errno; 0: none */
};

/* The name to open the database by, with any file name: NULL without memory. Descriptors stay the
 * caller's; `scratch` may be NULL. Must not move until sqlite_files_end. */
const char *sqlite_files_begin(struct sqlite_files *files, int database, const int *scratch);
void sqlite_files_end(struct sqlite_files *files);

#endif
