// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/expression.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { TRACE, CALLS, STATUS, SIGNAL, QUIET, DESCRIPTORS, DETAILS, PIDS, DUMP, REFUSED };

// clang-format off
/* strace's words before the equals sign. */
static const struct qualifier {
	const char *word, *name;
	enum kind kind;
} qualifiers[] = {
	{ "trace", "trace", TRACE }, { "t", "trace", TRACE },
	{ "abbrev", "abbrev", CALLS }, { "a", "abbrev", CALLS },
	{ "verbose", "verbose", CALLS }, { "v", "verbose", CALLS },
	{ "raw", "raw", CALLS }, { "x", "raw", CALLS },
	{ "signal", "signal", SIGNAL }, { "signals", "signal", SIGNAL }, { "s", "signal", SIGNAL },
	{ "status", "status", STATUS },
	{ "quiet", "quiet", QUIET }, { "silent", "quiet", QUIET }, { "silence", "quiet", QUIET }, { "q", "quiet", QUIET },
	{ "inject", "systape only looks, it never changes a call", REFUSED },
	{ "fault", "systape only looks, it never changes a call", REFUSED },
	{ "read", "read", DUMP }, { "reads", "read", DUMP }, { "r", "read", DUMP },
	{ "write", "write", DUMP }, { "writes", "write", DUMP }, { "w", "write", DUMP },
	{ "kvm", "exits of virtual processors are not recorded", REFUSED },
	{ "decode-fds", "decode-fds", DETAILS }, { "decode-fd", "decode-fds", DETAILS },
	{ "decode-pids", "decode-pids", PIDS }, { "decode-pid", "decode-pids", PIDS },
	{ "trace-fds", "trace-fds", DESCRIPTORS }, { "trace-fd", "trace-fds", DESCRIPTORS },
	{ "fds", "trace-fds", DESCRIPTORS }, { "fd", "trace-fds", DESCRIPTORS },
	{ NULL, NULL, TRACE },
};
// clang-format on

/* A set of words; which of them are in it as bits. */
static bool take_words(const char *what, const char *const *words, const char *set,
		       unsigned int *bits, char *error, size_t size)
{
	unsigned int found = 0;

	for (const char *at = set + (*set == '!'); *at || at == set; at += *at == ',') {
		size_t length = strcspn(at, ","), i = 0;

		while (words[i] && (strncmp(at, words[i], length) || strlen(words[i]) != length))
			i++;
		if (!words[i]) {
			snprintf(error, size, "invalid %s '%.*s'", what, (int)length, at);
			return false;
		}
		found |= 1u << i;
		at += length;
		if (!*at)
			break;
	}
	*bits = *set == '!' ? ~found : found;
	return true;
}

/* Which messages are not wanted; the only ones that are made here are about paths. */
static bool take_quiet(struct strace_options *o, const char *set, char *error, size_t size)
{
	static const char *const words[] = {
		"path-resolution", "path-resolutions", "all",		"attach", "exit",
		"exits",	   "personality",      "thread-execve", "none",	  NULL,
	};
	unsigned int found;

	if (!take_words("quiet", words, set, &found, error, size))
		return false;
	o->long_quiet = true;
	o->quiet_attach = *set == '!' ? (found & 12) == 12 : found & 12;
	o->quiet_paths = *set == '!' ? (found & 7) == 7 : found & 7;
	return true;
}

static bool take_details(struct strace_options *o, const char *set, char *error, size_t size)
{
	static const char *const words[] = { "path",	 "dev",	    "socket", "pidfd",
					     "signalfd", "eventfd", NULL };
	unsigned int found;

	o->long_details = true;
	o->descriptors |= strcmp(set, "none");
	return !strcmp(set, "all") || !strcmp(set, "none") ||
	       take_words("decode-fds", words, set, &found, error, size);
}

static bool take_pids(struct strace_options *o, const char *set, char *error, size_t size)
{
	static const char *const words[] = { "comm", "pidns", NULL };
	unsigned int found = 0;

	if (!strcmp(set, "none"))
		return true;
	if (strcmp(set, "all") && !take_words("decode-pids", words, set, &found, error, size))
		return false;
	if (!strcmp(set, "all"))
		found = 3;
	if (found & 1)
		words_add(&o->lines, "-Y");
	if (found & 2)
		words_add(&o->lines, "--pidns-translation");
	return true;
}

/* The decoder gets the expression with its full name. */
static bool pass_on(struct strace_options *o, const char *name, const char *set)
{
	bool calls = !strcmp(name, "status") || !strcmp(name, "trace-fds");
	struct words *to = calls ? &o->decoder : &o->lines;
	char *text;

	if (asprintf(&text, "%s=%s", name, set) < 0)
		return false;
	words_add(to, "-e");
	words_add(to, text);
	return true;
}

static bool take(struct strace_options *o, const struct qualifier *q, const char *set, char *error,
		 size_t size)
{
	bool good = true;

	switch (q->kind) {
	case TRACE:
		good = !filter_trace(o->checked, set, error, size);
		o->trace = set;
		return good;
	case CALLS:
		good = !filter_trace(o->checked, set, error, size);
		o->full |= !strcmp(q->name, "abbrev");
		break;
	case STATUS: good = !filter_status(o->checked, set, error, size); break;
	case SIGNAL: good = !filter_signal(o->checked, set, error, size); break;
	case QUIET: good = take_quiet(o, set, error, size); break;
	case DESCRIPTORS:
		good = !filter_descriptors(o->checked, FILTER_TOUCHED, set, error, size);
		o->descriptors = true;
		break;
	case DUMP:
		good = !filter_descriptors(o->checked, FILTER_DUMPED_READ, set, error, size);
		o->dumps = true;
		break;
	case DETAILS: good = take_details(o, set, error, size); break;
	case PIDS: return take_pids(o, set, error, size);
	case REFUSED: snprintf(error, size, "cannot do -e %s=: %s", q->word, q->name); return false;
	}
	return good && pass_on(o, q->name, set);
}

bool expression_take(struct strace_options *o, const char *text, char *error, size_t size)
{
	size_t length = strcspn(text, "=");
	const struct qualifier *q = qualifiers;

	while (q->word &&
	       (!text[length] || strlen(q->word) != length || strncmp(q->word, text, length)))
		q++;
	return q->word ? take(o, q, text + length + 1, error, size)
		       : take(o, &qualifiers[0], text, error, size);
}

bool expression_take_named(struct strace_options *o, const char *name, const char *set, char *error,
			   size_t size)
{
	const struct qualifier *q = qualifiers;

	while (strcmp(q->word, name))
		q++;
	return take(o, q, set, error, size);
}
