// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/exec.h"

#include <linux/fcntl.h>
#include <stdio.h>
#include <string.h>

enum {
	POINTERS_MOST = 4096, /* as many as are ever captured */
	SCRIPT_MOST = 16, /* strings in place of argv[0]: the kernel follows five interpreters */
};

/* The number of the argument that is the path; argv and envp follow. */
static int first_arg(const struct call *call)
{
	return !strcmp(call->name, "execveat");
}

/* Memory that was taken out on purpose is not brought back. */
static bool redacted(const struct call *call)
{
	const struct trace_call *record =
		call->enter_record ? call->enter_record : call->exit_record;

	return record && record->record.flags & TRACE_F_CUT && !record->pieces;
}

static bool program_piece(const struct call *call, int kind, struct tape_piece *piece)
{
	size_t at = sizeof(*call->program);

	if (!call->program || redacted(call))
		return false;
	for (int i = 0; i < call->program->pieces; i++) {
		if (!tape_piece_next(&call->program->record, &at, piece))
			return false;
		if (piece->piece.arg == kind && !(piece->piece.flags & TRACE_P_NESTED))
			return true;
	}
	return false;
}

/* The kernel puts the descriptor before a path that is relative to one (fs/exec.c, alloc_bprm). */
static size_t descriptor_prefix(const struct call *call, const struct tape_piece *path)
{
	char prefix[32];
	size_t n = snprintf(prefix, sizeof(prefix), "/dev/fd/%d", (int)call->arg[0]);

	if (!first_arg(call) || (int)call->arg[0] == AT_FDCWD || path->piece.length < n ||
	    memcmp(path->data, prefix, n))
		return 0;
	if (path->piece.length == n)
		return call->arg[4] & AT_EMPTY_PATH ? n : 0;
	return ((const char *)path->data)[n] == '/' ? n + 1 : 0;
}

bool exec_path(const struct call *call, int arg, struct tape_piece *piece)
{
	size_t skip;

	if (arg != first_arg(call) || !program_piece(call, TRACE_P_EXE, piece) ||
	    piece->piece.flags & TRACE_P_UNREADABLE)
		return false;
	skip = descriptor_prefix(call, piece);
	piece->data = (const char *)piece->data + skip;
	piece->piece.length -= skip;
	piece->piece.arg = arg;
	return true;
}

static size_t word_size(const struct call *call)
{
	return call->arch == TRACE_I386 || call->arch == TRACE_X32 ? 4 : 8;
}

/* The caller's array of pointers, as far as it is on the tape: how many there are. */
static uint32_t pointers(const struct call *call, bool environment, const char **words)
{
	int arg = first_arg(call) + (environment ? 2 : 1);
	const void *data;
	size_t there =
		call_find(call, call->arg[arg], POINTERS_MOST * word_size(call), false, &data);

	*words = data;
	return there / word_size(call);
}

static uint64_t word_at(const struct call *call, const char *words, uint32_t i)
{
	uint64_t word = 0;

	memcpy(&word, words + i * word_size(call), word_size(call));
	return word;
}

/* How many strings the caller gave; false if the end of its array is not on the tape. */
static bool given(const struct call *call, uint32_t *count)
{
	const char *words;
	uint32_t there = pointers(call, false, &words);

	for (*count = 0; *count < there; ++*count)
		if (!word_at(call, words, *count))
			return true;
	return false;
}

static bool nth(const struct exec_strings *strings, uint32_t i, struct tape_piece *piece)
{
	const char *at = strings->data, *end = at + strings->size, *nul;

	for (; at < end; at = nul + 1) {
		nul = memchr(at, '\0', end - at);
		if (!i--) {
			*piece = (struct tape_piece){ .data = at };
			piece->piece.length = (nul ? nul : end) - at;
			piece->piece.flags = TRACE_P_STRING | (nul ? 0 : TRACE_P_TRUNCATED);
			return true;
		}
		if (!nul)
			return false;
	}
	return false;
}

/* Where the script stands that an interpreter runs, if the caller's own array does not tell. */
static bool find_script(const struct call *call, struct exec_strings *strings)
{
	struct tape_piece path, piece;

	if (!program_piece(call, TRACE_P_EXE, &path))
		return false;
	for (uint32_t i = 1; i < SCRIPT_MOST && nth(strings, i, &piece); i++) {
		strings->before = i;
		if (piece.piece.length == path.piece.length &&
		    !memcmp(piece.data, path.data, path.piece.length))
			return true;
	}
	return false;
}

bool exec_strings(const struct call *call, bool environment, struct exec_strings *strings)
{
	struct tape_piece piece;
	uint32_t count;

	if (!program_piece(call, environment ? TRACE_P_ENVIRONMENT : TRACE_P_CMDLINE, &piece))
		return false;
	*strings = (struct exec_strings){ .data = piece.data,
					  .size = piece.piece.length,
					  .count = piece.piece.offset };
	if (environment || !(call->program->code & TRACE_EXEC_SCRIPT))
		return true;
	if (given(call, &count) && count <= strings->count)
		strings->before = strings->count - count;
	else if (!find_script(call, strings))
		return false;
	strings->count -= strings->before;
	return true;
}

bool exec_nth(const struct exec_strings *strings, uint32_t i, struct tape_piece *piece)
{
	return i < strings->count && (i || !strings->before) &&
	       nth(strings, i + strings->before, piece);
}

/* Literals that end alike share their bytes: argv[0] is often the end of the path. */
static bool within_path(const struct call *call, uint64_t address, struct tape_piece *piece)
{
	int arg = first_arg(call);
	uint64_t skip = address - call->arg[arg];

	if (address < call->arg[arg] || !exec_path(call, arg, piece) || skip > piece->piece.length)
		return false;
	piece->data = (const char *)piece->data + skip;
	piece->piece.length -= skip;
	return true;
}

bool exec_string(const struct call *call, uint64_t address, struct tape_piece *piece)
{
	struct exec_strings strings;
	const char *words;

	if (within_path(call, address, piece))
		return true;
	for (int environment = 0; environment < 2; environment++) {
		uint32_t there = pointers(call, environment, &words);

		if (!exec_strings(call, environment, &strings))
			continue;
		for (uint32_t i = 0; i < there; i++)
			if (word_at(call, words, i) == address && exec_nth(&strings, i, piece))
				return true;
	}
	return false;
}
