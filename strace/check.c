// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/check.h"

#include "strace/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether one of the words, which end with NULL, is the `length` bytes at `text`; _ counts as -. */
static bool in_words(const char *const *words, const char *text, size_t length)
{
	for (; *words; words++) {
		size_t i = 0;

		while (i < length && (*words)[i] &&
		       ((*words)[i] == text[i] || ((*words)[i] == '-' && text[i] == '_')))
			i++;
		if (i == length && !(*words)[i])
			return true;
	}
	return false;
}

static bool is_unit(const char *text, size_t length)
{
	static const char *const units[] = { "s", "ms", "us", "ns", NULL };

	return in_words(units, text, length);
}

bool check_unit(const char *unit)
{
	return is_unit(unit, strlen(unit));
}

bool check_time(const char *at)
{
	static const char *const formats[] = { "none", "time", "unix", NULL };

	for (; *at; at += *at == ',') {
		bool format = !strncmp(at, "format:", 7), unit = !strncmp(at, "precision:", 10);
		size_t length;

		at += format ? 7 : unit ? 10 : 0;
		length = strcspn(at, ",");
		if ((unit || !in_words(formats, at, length)) && (format || !is_unit(at, length)))
			return false;
		at += length;
	}
	return true;
}

bool check_overhead(const char *text)
{
	char *end;
	double number = strtod(text, &end);

	return *text >= '0' && *text <= '9' && number <= 1e9 && (!*end || check_unit(end));
}

static const char *const columns[] = {
	"time-percent", "time",	    "total-time", "time-total",	  "min-time",
	"time-min",	"shortest", "max-time",	  "time-max",	  "longest",
	"avg-time",	"time-avg", "calls",	  "count",	  "errors",
	"error",	"name",	    "syscall",	  "syscall-name", NULL,
};

bool check_order(const char *word)
{
	static const char *const none[] = { "none", "nothing", NULL };

	return in_words(columns, word, strlen(word)) || in_words(none, word, strlen(word));
}

bool check_columns(const char *list, char *error, size_t size)
{
	const char *at = list;

	for (;;) {
		size_t length = strcspn(at, ",");
		const char *word[2] = { NULL, NULL };
		char own[32];

		snprintf(own, sizeof(own), "%.*s", length < 31 ? (int)length : 31, at);
		word[0] = own;
		if (!in_words(columns, at, length)) {
			snprintf(error, size, "unknown column name: '%s'", own);
			return false;
		}
		for (const char *before = list; before < at; before += strcspn(before, ",") + 1) {
			if (!in_words(word, before, strcspn(before, ",")))
				continue;
			snprintf(error, size,
				 "call summary column has been provided more than once: '%s' (-U "
				 "option residual: '%s')",
				 own, at);
			return false;
		}
		at += length;
		if (!*at++)
			return true;
	}
}

/* Options that change lines where there are none. */
static void say_no_effect(const struct strace_options *o)
{
	static const struct {
		int letter;
		const char *name;
	} lines[] = {
		{ 'i', "-i/--instruction-pointer" }, { 'n', "-n/--syscall-number" },
		{ 'r', "-r/--relative-timestamps" }, { 't', "-t/--absolute-timestamps" },
		{ 'T', "-T/--syscall-times" },	     { 'y', "-y/--decode-fds" },
	};

	for (size_t i = 0; o->summary_only && i < sizeof(lines) / sizeof(*lines); i++)
		if (o->given[lines[i].letter])
			strace_say("%s has no effect with -c/--summary-only", lines[i].name);
	if (o->given['S'] && !o->summary_only && !o->summary)
		strace_say("-S/--summary-sort-by has no effect without (-c/--summary-only or "
			   "-C/--summary)");
	if (o->append && !o->output)
		strace_say("-A/--output-append-mode has no effect without -o/--output");
	if (o->given['z'] + o->given['Z'] > 1)
		strace_say("Only the last of -z/--successful-only/-Z/--failed-only options will "
			   "take effect. See status qualifier for more complex filters.");
}

const char *check_twice(const struct strace_options *o)
{
	const struct {
		bool word;
		int letter;
		const char *sentence;
	} both[] = {
		{ o->long_details, 'y', "-y and --decode-fds cannot be provided simultaneously" },
		{ o->long_quiet, 'q', "-q and -e quiet/--quiet cannot be provided simultaneously" },
		{ o->long_time, 't',
		  "-t and --absolute-timestamps cannot be provided simultaneously" },
		{ o->long_hex, 'x', "-x and --strings-in-hex cannot be provided simultaneously" },
	};

	for (size_t i = 0; i < sizeof(both) / sizeof(*both); i++)
		if (both[i].word && o->given[both[i].letter])
			return both[i].sentence;
	return NULL;
}

const char *check_together(const struct strace_options *o)
{
	bool table = o->summary_only || o->summary;

	if (!*o->command && o->daemonize)
		return "PROG [ARGS] must be specified with -D/--daemonize";
	if (!*o->command && !o->attached)
		return "must have PROG [ARGS] or -p PID";
	if (o->summary_only && o->summary)
		return "-c/--summary-only and -C/--summary are mutually exclusive";
	if (o->given['w'] && !table)
		return "-w/--summary-wall-clock must be given with (-c/--summary-only or "
		       "-C/--summary)";
	if (o->given['U'] && !table)
		return "-U/--summary-columns must be given with (-c/--summary-only or "
		       "-C/--summary)";
	if (table && (o->follow > 1 || o->separately))
		return "(-c/--summary-only or -C/--summary) and -ff/--output-separately are "
		       "mutually exclusive";
	say_no_effect(o);
	return NULL;
}
