// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/check.h"

#include "format/option_parse.h"
#include "strace/message.h"

#include <stdio.h>
#include <string.h>

bool check_columns(const char *list, char *error, size_t size)
{
	bool seen[COLUMNS] = { false };

	for (const char *at = list;; at++) {
		int length = (int)strcspn(at, ","), column = option_parse_column(at, length);

		if (column < 0 || column == COLUMN_NOTHING) {
			snprintf(error, size, "unknown column name: '%.*s'", length, at);
			return false;
		}
		if (seen[column]) {
			snprintf(error, size,
				 "call summary column has been provided more than once: '%.*s' (-U "
				 "option residual: '%s')",
				 length, at, at);
			return false;
		}
		seen[column] = true;
		at += length;
		if (!*at)
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
