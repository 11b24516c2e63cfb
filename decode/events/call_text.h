/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call_text: a call of a tape that systape-import has made of strace's text: its arguments and its
 * result are text. Who shows arguments gets them from here (show_text.c), nobody else need care.
 */
#ifndef SYSTAPE_CALL_TEXT_H
#define SYSTAPE_CALL_TEXT_H

#include "format/tape/text_record.h"

#include <stdbool.h>

/* What -y says of a descriptor, at the call's beginning or end. */
struct call_text_file {
	int fd; /* AT_FDCWD: the current directory */
	bool after, deleted;
	const char *text; /* within <...> */
	size_t size;
};

struct call_text {
	const struct trace_text *begun, *ended; /* either may be NULL */
	char *room;				/* of arguments whose line was cut in two */
	size_t room_size;
	bool sought;
	const char *args;
	size_t args_size;
	size_t args_begun; /* those of them that the beginning had */
	bool words;	   /* call->arg and its pieces are what the text says (text_args.h) */
	uint8_t known;	   /* ... a bit for each argument whose word it does say */
	int8_t place[6];   /* ... which argument each of the text is; -1: none of the row's */
	struct call_text_file files[8];
	size_t file_count;
};

struct call;
struct trace_call;

/* The call at hand is that of these records; either may be NULL. */
void call_text_begin(struct call_text *text, const struct trace_call *begun,
		     const struct trace_call *ended);
/* What stands between its parentheses: how many bytes, and where (valid as long as the call). */
size_t call_text_args(struct call_text *text, const char **args);
/* What stands behind "= ", 0 bytes if nothing does. */
size_t call_text_result(const struct call_text *text, const char **result);
/* When it ended, 0 if that is not known; it began at `enter`. */
uint64_t call_text_end(const struct call_text *text, uint64_t enter, uint64_t time);
/* Its name, for a call that no table has. */
void call_text_name(const struct call_text *text, char *name, size_t room);
void call_text_free(struct call_text *text);

#endif
