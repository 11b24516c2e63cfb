// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/expression.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { TRACE, CALLS, STATUS, SIGNAL, QUIET, DESCRIPTORS, DUMP, REFUSED };

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
	{ "decode-fds", "give it as --decode-fds", REFUSED },
	{ "decode-fd", "give it as --decode-fds", REFUSED },
	{ "trace-fds", "trace-fds", DESCRIPTORS }, { "trace-fd", "trace-fds", DESCRIPTORS },
	{ "fds", "trace-fds", DESCRIPTORS }, { "fd", "trace-fds", DESCRIPTORS },
	{ NULL, NULL, TRACE },
};
// clang-format on

/* Which messages are not wanted; the only one that is made here is about paths. */
static bool take_quiet(struct strace_options *o, const char *set, char *error, size_t size)
{
	static const char *const words[] = {
		"attach",
		"exit",
		"exits",
		"path-resolution",
		"path-resolutions",
		"personality",
		"thread-execve",
		"all",
		"none",
		NULL,
	};
	bool found = false;

	if (!*set) {
		snprintf(error, size, "invalid quiet ''");
		return false;
	}
	for (const char *at = set + (*set == '!'); *at; at += strcspn(at, ","), at += *at == ',') {
		const char *const *w = words;

		while (*w && (strncmp(at, *w, strcspn(at, ",")) || strlen(*w) != strcspn(at, ",")))
			w++;
		found |= *w && (!strncmp(*w, "path", 4) || !strcmp(*w, "all"));
		if (*w)
			continue;
		snprintf(error, size, "invalid quiet '%.*s'", (int)strcspn(at, ","), at);
		return false;
	}
	o->quiet_paths = found != (*set == '!');
	return true;
}

/* The decoder gets the expression with its full name. */
static bool pass_on(struct strace_options *o, const char *name, const char *set)
{
	char *text;

	if (asprintf(&text, "%s=%s", name, set) < 0)
		return false;
	words_add(&o->decoder, "-e");
	words_add(&o->decoder, text);
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
