// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/expression.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum kind {
	TRACE,
	CALLS,
	STATUS,
	SIGNAL,
	QUIET,
	DESCRIPTORS,
	DETAILS,
	PIDS,
	DUMP,
	KVM,
	NAMESPACE,
	REFUSED
};

static const char tampers[] = "systape only looks, it never changes a call";

// clang-format off
/* strace's words before the equals sign; of what is refused the reason. */
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
	{ "inject", tampers, REFUSED }, { "fault", tampers, REFUSED },
	{ "read", "read", DUMP }, { "reads", "read", DUMP }, { "r", "read", DUMP },
	{ "write", "write", DUMP }, { "writes", "write", DUMP }, { "w", "write", DUMP },
	{ "kvm", "exits of virtual processors are not recorded", KVM },
	{ "namespace", "the numbers of new namespaces are not recorded", NAMESPACE },
	{ "decode-fds", "decode-fds", DETAILS }, { "decode-fd", "decode-fds", DETAILS },
	{ "decode-pids", "decode-pids", PIDS }, { "decode-pid", "decode-pids", PIDS },
	{ "trace-fds", "trace-fds", DESCRIPTORS }, { "trace-fd", "trace-fds", DESCRIPTORS },
	{ "fds", "trace-fds", DESCRIPTORS }, { "fd", "trace-fds", DESCRIPTORS },
	{ "secontext", "the labels of SELinux are not recorded", REFUSED },
	{ NULL, NULL, TRACE },
};

/* The words of a set, and what systape-decode calls them; in any case of letters. */
struct word {
	const char *word, *name;
};

static const struct word quiet_words[] = {
	{ "attach", "attach" }, { "exit", "exit" }, { "exits", "exit" }, { "path-resolution", "path-resolution" },
	{ "personality", "personality" }, { "superseded", "thread-execve" }, { "thread-execve", "thread-execve" },
	{ NULL, NULL },
};
static const struct word detail_words[] = {
	{ "path", "path" }, { "socket", "socket" }, { "dev", "dev" }, { "eventfd", "eventfd" }, { "pidfd", "pidfd" },
	{ "signalfd", "signalfd" }, { NULL, NULL },
};
static const struct word pid_words[] = { { "pidns", "pidns" }, { "comm", "comm" }, { NULL, NULL } };
static const struct word status_words[] = {
	{ "successful", "successful" }, { "failed", "failed" }, { "unfinished", "unfinished" },
	{ "unavailable", "unavailable" }, { "detached", "detached" }, { NULL, NULL },
};
// clang-format on

/* A set of words as strace reads it. */
struct word_set {
	bool inverted; /* `text` is what it is not */
	char text[256];
};

static bool set_has(const struct word_set *set, const char *name)
{
	size_t length = strlen(name);
	bool found = false;

	for (const char *at = set->text; *at && !found; at += strcspn(at, ","), at += *at == ',')
		found = strcspn(at, ",") == length && !strncmp(at, name, length);
	return found != set->inverted;
}

static const char *name_of(const struct word *words, const char *at, size_t length)
{
	for (; words->word; words++)
		if (strlen(words->word) == length && !strncasecmp(words->word, at, length))
			return words->name;
	return NULL;
}

/* `all` and `none` stand alone, each ! before turns the set round, words that are empty do not
 * count. */
static bool read_words(const char *what, const struct word *words, const char *text,
		       struct word_set *set, char *error, size_t size)
{
	const char *whole = text;
	bool any = false;

	*set = (struct word_set){ .inverted = false };
	for (; *text == '!'; text++)
		set->inverted = !set->inverted;
	if (!strcmp(text, "all"))
		set->inverted = !set->inverted;
	if (!strcmp(text, "all") || !strcmp(text, "none"))
		return true;
	for (const char *at = text; *at; at += *at == ',') {
		size_t length = strcspn(at, ","), used = strlen(set->text);
		const char *name = name_of(words, at, length);

		if (length && !name) {
			snprintf(error, size, "invalid %s '%.*s'", what, (int)length, at);
			return false;
		}
		if (length && set_has(set, name) == set->inverted)
			snprintf(set->text + used, sizeof(set->text) - used, "%s%s", any ? "," : "",
				 name);
		any |= length > 0;
		at += length;
	}
	if (!any)
		snprintf(error, size, "invalid %s '%s'", what, whole);
	return any;
}

/* The decoder gets the expression with its full name. */
static bool pass_on(struct words *to, const char *name, const char *set)
{
	char *text;

	if (asprintf(&text, "%s=%s", name, set) < 0)
		return false;
	words_add(to, "-e");
	words_add(to, text);
	return true;
}

static bool pass_words(struct words *to, const char *name, const struct word_set *set)
{
	char text[sizeof(set->text) + 8];

	snprintf(text, sizeof(text), "%s%s", set->inverted ? "!" : "",
		 *set->text ? set->text : "none");
	return pass_on(to, name, text);
}

static bool take_quiet(struct strace_options *o, const struct word_set *set)
{
	o->long_quiet = true;
	o->quiet_attach = set_has(set, "attach");
	o->quiet_paths = set_has(set, "path-resolution");
	return pass_words(&o->lines, "quiet", set);
}

static bool take_details(struct strace_options *o, const struct word_set *set)
{
	o->long_details = true;
	o->details = set->inverted || *set->text;
	o->descriptors |= o->details;
	return pass_words(&o->lines, "decode-fds", set);
}

static bool take_pids(struct strace_options *o, const struct word_set *set)
{
	if (set_has(set, "comm"))
		words_add(&o->lines, "-Y");
	if (set_has(set, "pidns"))
		words_add(&o->lines, "--pidns-translation");
	return true;
}

static bool take_calls(struct strace_options *o, const struct qualifier *q, const char *set,
		       char *error, size_t size)
{
	int result = filter_trace(o->checked, set, error, size);

	o->say_try = result == -EAFNOSUPPORT;
	if (result)
		return false;
	if (q->kind == TRACE) {
		o->trace = set;
		return true;
	}
	o->full |= !strcmp(q->name, "abbrev");
	return pass_on(&o->lines, q->name, set);
}

/* What is refused, after what is not even an argument of it. */
static bool take_refused(const struct qualifier *q, const char *set, char *error, size_t size)
{
	if (q->kind == KVM ? strcmp(set, "vcpu") && strcmp(set, "vcpu+")
			   : q->kind == NAMESPACE && strcmp(set, "new"))
		snprintf(error, size, "invalid -e %s= argument: '%s'", q->word, set);
	else
		snprintf(error, size, "cannot do -e %s=: %s", q->word, q->name);
	return false;
}

static bool take(struct strace_options *o, const struct qualifier *q, const char *set, char *error,
		 size_t size)
{
	struct word_set words;

	switch (q->kind) {
	case TRACE:
	case CALLS: return take_calls(o, q, set, error, size);
	case STATUS:
		return read_words("status", status_words, set, &words, error, size) &&
		       pass_words(&o->decoder, "status", &words);
	case SIGNAL:
		return !filter_signal(o->checked, set, error, size) &&
		       pass_on(&o->lines, "signal", set);
	case QUIET:
		return read_words("quiet", quiet_words, set, &words, error, size) &&
		       take_quiet(o, &words);
	case DESCRIPTORS:
		o->descriptors = true;
		return !filter_descriptors(o->checked, FILTER_TOUCHED, set, error, size) &&
		       pass_on(&o->decoder, "trace-fds", set);
	case DUMP:
		o->dumps = true;
		return !filter_descriptors(o->checked, FILTER_DUMPED_READ, set, error, size) &&
		       pass_on(&o->lines, q->name, set);
	case DETAILS:
		return read_words("decode-fds", detail_words, set, &words, error, size) &&
		       take_details(o, &words);
	case PIDS:
		return read_words("decode-pids", pid_words, set, &words, error, size) &&
		       take_pids(o, &words);
	case KVM:
	case NAMESPACE:
	case REFUSED: break;
	}
	return take_refused(q, set, error, size);
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
