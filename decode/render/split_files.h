/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * split_files: the files of -ff, one for each thread or process, within limits that no tape can
 * move: so many files, so many of them open, so many with a renderer. Those that were used least
 * recently give up first their descriptor and buffer, later their renderer; each gets both back
 * when it is written to. Used by split.
 */
#ifndef SYSTAPE_SPLIT_FILES_H
#define SYSTAPE_SPLIT_FILES_H

#include "decode/render/split.h"

enum {
	SPLIT_FILES_MOST = 1 << 16, /* beyond, further threads are left out, and counted */
	SPLIT_OPEN_MOST = 256,
	SPLIT_RENDERERS_MOST = 4096, /* beside those of open files */
};

/* How far a file has been told of losses: sums. */
struct split_loss {
	uint64_t calls, enters, events, missing;
};

struct split_file {
	uint32_t tid, tgid;
	uint32_t beside; /* behind its name, if not 0: the name itself is taken */
	bool made;	 /* it exists: from now on it is added to */
	bool begun;	 /* it has a renderer */
	bool retired;	 /* it had one, which had to go before the thread did */
	struct text out;
	struct render render;
	struct split_loss told;
	/* split_files' own: */
	struct split_file *next; /* in its bucket */
	struct split_file *newer, *older;
	enum { SPLIT_SHUT, SPLIT_OPEN, SPLIT_IDLE } rank; /* idle: its renderer waits */
};

struct split_files;

/* Ends the file's renderer, which may write. */
typedef void split_ender(void *context, struct split_file *file);

/* `target` stays the caller's; `end` is called for every renderer that ends. NULL without memory.
 */
struct split_files *split_files_new(struct split_target *target, split_ender *end, void *context);
/* Frees it; no file has a renderer any more. */
void split_files_free(struct split_files *files);

/* The thread's file: NULL without memory, or when it would be one too many. */
struct split_file *split_files_get(struct split_files *files, uint32_t tid, uint32_t tgid);
/* Makes the file the most recent one, with a descriptor and a buffer: 0, or a negative errno with a
 * sentence. */
int split_files_open(struct split_files *files, struct split_file *file, struct tape_error *why);
/* Ends the file's renderer, writes what there is and closes it: 0 or a negative errno with a
 * sentence. */
int split_files_close(struct split_files *files, struct split_file *file, struct tape_error *why);
/* All files, in no order. */
void split_files_each(struct split_files *files,
		      void (*each)(void *context, struct split_file *file), void *context);

#endif
