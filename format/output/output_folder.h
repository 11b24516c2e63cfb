/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * output_folder: a folder that files are made in, reached with care and held by its descriptor.
 * Every folder on the way is judged: where others can write, no symbolic link is followed, for
 * one of them may have put it there. Used by output_file, which opens the files.
 */
#ifndef SYSTAPE_OUTPUT_FOLDER_H
#define SYSTAPE_OUTPUT_FOLDER_H

#include "format/tape/tape_reader.h"

#include <sys/types.h>

struct output_folder;

/* The folder of `path`, whose last name is kept as it is. NULL with a sentence. */
struct output_folder *output_folder_open(const char *path, struct tape_error *why);
/* The same of what the last name leads to, where it is a link that may be followed. */
struct output_folder *output_folder_resolve(const char *path, struct tape_error *why);
/*
 * Makes a folder of that name in another one, for us alone but for `mode` and the group, and enters
 * it: the last name is "". NULL with a sentence, and errno; EEXIST: the name is taken.
 */
struct output_folder *output_folder_make(const struct output_folder *in, const char *name,
					 mode_t mode, gid_t group, struct tape_error *why);
/* NULL accepted. */
void output_folder_close(struct output_folder *folder);

int output_folder_descriptor(const struct output_folder *folder);
/* The last name of the path. */
const char *output_folder_name(const struct output_folder *folder);
/* Others can put files there, or another folder in its place. */
bool output_folder_shared(const struct output_folder *folder);
/* Who we were when it was opened. */
uid_t output_folder_user(const struct output_folder *folder);
gid_t output_folder_group(const struct output_folder *folder);
/* The last name is one of /proc's links to what is open (/dev/stdout): to be followed. */
bool output_folder_magic(const struct output_folder *folder);

#endif
