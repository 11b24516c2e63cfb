/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output_pending: a file, or a folder of them, that gets its name when it is whole. Until then it
 * stands beside that name under one of its own, so what was there stays as it was, and nothing
 * half-written is taken for done. For formats that go back in their file. Called by programs that
 * write them.
 */
#ifndef SYSTAPE_OUTPUT_PENDING_H
#define SYSTAPE_OUTPUT_PENDING_H

#include "format/output/output_file.h"

struct output_pending;

/* The file that will be `path`; NULL with a sentence. Rules as for other files: see output_file. */
struct output_pending *output_pending_open(const char *path, const struct output_rules *rules,
					   struct tape_error *why);
/* The same of a folder of files, each of which is made by output_file_at; nothing may stand under
 * `path` but an empty folder. */
struct output_pending *output_pending_open_folder(const char *path,
						  const struct output_rules *rules,
						  struct tape_error *why);
/* Where those files are made; stays the object's. NULL: it is one file. */
const struct output_folder *output_pending_folder(const struct output_pending *pending);
/* For reading and writing; stays the object's. */
int output_pending_descriptor(const struct output_pending *pending);
/* One more file there, for reading and writing, that has no name and is gone when it is closed: a
 * descriptor, or a negative errno with a sentence. */
int output_pending_scratch(struct output_pending *pending, struct tape_error *why);
/* Gives it the name, its bytes being on the disk: 0, or a negative errno with a sentence, and it is
 * gone. */
int output_pending_keep(struct output_pending *pending, struct tape_error *why);
/* Removes the file, unless it has its name, and frees. NULL accepted. */
void output_pending_close(struct output_pending *pending);

#endif
