// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/filter/filter_words.h"

#include <string.h>

#include "format/calls/desc.h"
#include "format/filter/filter.h"

#define CLASS(name) (1U << DESC_C_##name)

// clang-format off
static const struct filter_word words[] = {
	{ "all", "", FILTER_KNOWN, 0, "every call; in a list: every call that -B lists" },
	{ "none", "", FILTER_SYNTAX, 0, "no call" },
	{ "!", "SET", FILTER_SYNTAX, 0, "every call but those of SET" },
	{ "?", "WORD", FILTER_SYNTAX, 0, "WORD may stand for no call that is known" },
	{ "", "WORD@64", FILTER_SYNTAX, 0, "only calls of 64-bit programs; @32 and @x32 as well" },
	{ "", "NUMBER", FILTER_NUMBER, 0, "the call of that number" },
	{ "/", "REGEX", FILTER_REGEX, 0, "calls whose name matches, POSIX extended" },
	{ "%file", "", FILTER_CLASS, CLASS(FILE), "calls that take a file name" },
	{ "%desc", "", FILTER_CLASS, CLASS(DESC), "calls that take or make file descriptors" },
	{ "%process", "", FILTER_CLASS, CLASS(PROCESS), "calls that make, end, await processes" },
	{ "%network", "", FILTER_CLASS, CLASS(NETWORK), "sockets" },
	{ "%net", "", FILTER_CLASS, CLASS(NETWORK), "the same as %network" },
	{ "%signal", "", FILTER_CLASS, CLASS(SIGNAL), "calls that send, await and handle signals" },
	{ "%ipc", "", FILTER_CLASS, CLASS(IPC), "System V shared memory, semaphores, messages" },
	{ "%memory", "", FILTER_CLASS, CLASS(MEMORY), "memory mappings" },
	{ "%creds", "", FILTER_CLASS, CLASS(CREDS), "user and group identities, capabilities" },
	{ "%clock", "", FILTER_CLASS, CLASS(CLOCK), "calls that read and set the system's clocks" },
	{ "%stat", "", FILTER_CLASS, CLASS(STAT), "stat and its variants" },
	{ "%lstat", "", FILTER_CLASS, CLASS(LSTAT), "lstat and its variants" },
	{ "%fstat", "", FILTER_CLASS, CLASS(FSTAT), "fstat, fstatat, statx and their variants" },
	{ "%%stat", "", FILTER_CLASS, CLASS(STAT_LIKE), "%stat, %lstat and %fstat" },
	{ "%stat_like", "", FILTER_CLASS, CLASS(STAT_LIKE), "the same as %%stat" },
	{ "%statfs", "", FILTER_CLASS, CLASS(STATFS), "statfs and its variants" },
	{ "%fstatfs", "", FILTER_CLASS, CLASS(FSTATFS), "fstatfs and its variants" },
	{ "%%statfs", "", FILTER_CLASS, CLASS(STATFS_LIKE), "%statfs, %fstatfs and ustat" },
	{ "%statfs_like", "", FILTER_CLASS, CLASS(STATFS_LIKE), "the same as %%statfs" },
	{ "%pure", "", FILTER_CLASS, CLASS(PURE), "calls that take nothing and cannot fail" },
	{ "file", "", FILTER_CLASS, CLASS(FILE), "%file" },
	{ "desc", "", FILTER_CLASS, CLASS(DESC), "%desc" },
	{ "process", "", FILTER_CLASS, CLASS(PROCESS), "%process" },
	{ "network", "", FILTER_CLASS, CLASS(NETWORK), "%network" },
	{ "signal", "", FILTER_CLASS, CLASS(SIGNAL), "%signal" },
	{ "ipc", "", FILTER_CLASS, CLASS(IPC), "%ipc" },
	{ "memory", "", FILTER_CLASS, CLASS(MEMORY), "%memory" },
	{ "tp-all", "", FILTER_EVERY, 0, "every call, known or not" },
	{ "kp-kern-all", "", FILTER_EVERY, 0, "the same as tp-all" },
	{ "kp-libc-all", "", FILTER_KNOWN, 0, "every call that -B lists" },
	{ "kp-file", "", FILTER_CLASS, CLASS(FILE), "%file" },
	{ "kp-desc", "", FILTER_CLASS, CLASS(DESC), "%desc" },
	{ "kp-fileio", "", FILTER_CLASS, CLASS(FILE) | CLASS(DESC), "%file and %desc" },
	{ "kp-sc_glob:", "PATTERN", FILTER_GLOB, 0, "calls whose name matches a shell pattern" },
	{ "kp-sc_re:", "REGEX", FILTER_REGEX, 0, "the same as /REGEX" },
	{ "kp-raw:", "FUNC", FILTER_FUNCTION, 0, "a kernel function: kprobe:FUNC" },
	{ "kp-raw_glob:", "PATTERN", FILTER_FUNCTION, 0, "kernel functions: kprobe:PATTERN" },
	{ "kp-raw_re:", "REGEX", FILTER_FUNCTION, 0, "kernel functions: kprobe:/REGEX" },
	{ "kp-", "NAME", FILTER_NAME, 0, "the same as NAME" },
	{ "", "NAME", FILTER_NAME, 0, "the call of that name" },
};
// clang-format on

#define COUNT (sizeof(words) / sizeof(words[0]))

const struct filter_word *filter_word_at(size_t i)
{
	return i < COUNT ? &words[i] : NULL;
}

static bool reads(const struct filter_word *word, const char *text)
{
	if (word->how == FILTER_SYNTAX)
		return false;
	if (word->how == FILTER_NUMBER)
		return *text >= '0' && *text <= '9';
	if (*word->argument)
		return !strncmp(text, word->word, strlen(word->word));
	return !strcmp(text, word->word);
}

const struct filter_word *filter_word_find(const char *text)
{
	size_t i = 0;

	while (i < COUNT - 1 && !reads(&words[i], text))
		i++;
	return &words[i];
}

bool filter_help(size_t i, const char **word, const char **argument, const char **help)
{
	const struct filter_word *row = filter_word_at(i);

	if (!row)
		return false;
	*word = row->word;
	*argument = row->argument;
	*help = row->help;
	return true;
}
