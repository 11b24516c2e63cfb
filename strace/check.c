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

/* The word that says what a letter does cannot stand beside it. */
static bool check_twice(const struct strace_options *o)
{
	const struct {
		bool both;
		const char *what;
	} pairs[] = {
		{ o->given['t'] && o->long_time, "-t and --absolute-timestamps" },
		{ o->given['x'] && o->long_hex, "-x and --strings-in-hex" },
		{ o->given['y'] && o->long_details, "-y and --decode-fds" },
		{ o->given['f'] && o->follow, "-f and --follow-forks" },
		{ o->given['f'] > 1 && o->separately, "-ff and --output-separately" },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (pairs[i].both)
			return strace_refuse("%s cannot be provided simultaneously", pairs[i].what);
	return true;
}

static bool check_command(struct strace_options *o)
{
	if (!*o->command && !o->pid_count)
		return strace_wrong("must have PROG [ARGS] or -p PID");
	if (!*o->command && o->argv0)
		return strace_wrong("PROG [ARGS] must be specified with --argv0");
	if (o->given['D'] && o->daemonize_word)
		return strace_refuse("-D and --daemonize cannot be provided simultaneously");
	o->daemonize = o->given['D'] + o->daemonize_word;
	if (!*o->command && o->daemonize)
		return strace_wrong("PROG [ARGS] must be specified with -D/--daemonize");
	return o->daemonize <= 3 ||
	       strace_wrong("Too many -D's (%u), maximum supported -D count is 3", o->daemonize);
}

/* Here nothing depends on --seccomp-bpf; what strace says of it, it says for a reason that may be
 * good to know all the same. */
static void say_seccomp(const struct strace_options *o)
{
	static const char not_enabled[] = "--seccomp-bpf is not enabled";

	if (!o->seccomp)
		return;
	if (!o->follow) {
		strace_say("--seccomp-bpf cannot be used without -f/--follow-forks, disabling");
	} else if (o->given['b']) {
		strace_say("%s because it is not compatible with -b", not_enabled);
	} else if (o->limited) {
		strace_say("%s because it is not compatible with --syscall-limit", not_enabled);
	} else {
		if (o->pid_count)
			strace_say("%s for processes attached with -p", not_enabled);
		if (*o->command && filter_is_all(o->checked))
			strace_say("Seccomp filter is requested but there are no syscalls to "
				   "filter.  See -e trace to filter syscalls.");
	}
}

/* -F, once for tracing forks alone. */
static void take_old_name(struct strace_options *o)
{
	if (!o->given['F'])
		return;
	if (o->follow)
		strace_say("deprecated option -F ignored");
	else
		strace_say("option -F is deprecated, please use -f/--follow-forks instead");
	o->follow = true;
}

static bool check_table(const struct strace_options *o)
{
	bool table = o->summary_only || o->summary;

	if (o->separately && table)
		return strace_wrong("(-c/--summary-only or -C/--summary) and "
				    "-ff/--output-separately are mutually exclusive");
	if (o->given['w'] && !table)
		return strace_wrong("-w/--summary-wall-clock must be given with "
				    "(-c/--summary-only or -C/--summary)");
	return !o->given['U'] || table ||
	       strace_wrong("-U/--summary-columns must be given with (-c/--summary-only or "
			    "-C/--summary)");
}

/* Options that change lines where there are none, and the like. */
static void say_no_effect(const struct strace_options *o)
{
	const struct {
		bool given;
		const char *name;
	} lines[] = {
		{ o->given['i'], "-i/--instruction-pointer" },
		{ o->given['n'], "-n/--syscall-number" },
		{ o->given['N'], "-N/--arg-names" },
		{ o->given['r'], "-r/--relative-timestamps" },
		{ o->given['t'] || o->time_of_day, "-t/--absolute-timestamps" },
		{ o->given['T'], "-T/--syscall-times" },
		{ o->given['y'] || o->details, "-y/--decode-fds" },
	};

	if (o->given['S'] && !o->summary_only && !o->summary)
		strace_say("-S/--summary-sort-by has no effect without (-c/--summary-only or "
			   "-C/--summary)");
	for (size_t i = 0; o->summary_only && i < sizeof(lines) / sizeof(*lines); i++)
		if (lines[i].given)
			strace_say("%s has no effect with -c/--summary-only", lines[i].name);
	if (o->separately && !o->follow && !o->output)
		strace_say("--output-separately has no effect without -o/--output");
	if (o->append && !o->output)
		strace_say("-A/--output-append-mode has no effect without -o/--output");
	if (o->given['z'] + o->given['Z'] > 1)
		strace_say("Only the last of -z/--successful-only/-Z/--failed-only options will "
			   "take effect. See status qualifier for more complex filters.");
	if (o->frames)
		strace_say("--stack-trace-frame-limit has no effect without -k/--stack-trace");
}

bool check_together(struct strace_options *o)
{
	if (!check_command(o) || !check_twice(o))
		return false;
	if (o->given['f']) { /* its count alone says whether there are several files */
		o->follow = true;
		o->separately = o->given['f'] > 1;
	}
	say_seccomp(o);
	take_old_name(o);
	if (!check_table(o))
		return false;
	say_no_effect(o);
	return true;
}

bool check_quiet(const struct strace_options *o)
{
	return !o->given['q'] || !o->long_quiet ||
	       strace_refuse("-q and -e quiet/--quiet cannot be provided simultaneously");
}
