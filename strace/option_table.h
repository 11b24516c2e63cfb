/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_table: every option of systape-strace, once: parsing, --help and the check against the
 * manual read it. */
#ifndef SYSTAPE_STRACE_OPTION_TABLE_H
#define SYSTAPE_STRACE_OPTION_TABLE_H

enum {
	OPTION_DAEMONIZE = 256,
	OPTION_FOLLOW,
	OPTION_SEPARATELY,
	OPTION_STACKS,
	OPTION_FRAMES,
	OPTION_LIMIT,
	OPTION_ABSOLUTE,
	OPTION_STRINGS_IN_HEX,
	OPTION_TRANSLATE_PIDS,
	OPTION_COLOR,
	OPTION_SECCOMP,
	OPTION_TIPS,
	OPTION_ARGV0,
	OPTION_ALWAYS_PID,
	OPTION_TRACE,
	OPTION_TRACE_FDS,
	OPTION_ABBREV,
	OPTION_VERBOSE,
	OPTION_RAW,
	OPTION_SIGNALS,
	OPTION_STATUS,
	OPTION_READ,
	OPTION_WRITE,
	OPTION_KVM,
	OPTION_QUIET,
	OPTION_DECODE_FDS,
	OPTION_DECODE_PIDS,
	OPTION_REFUSED, /* the first of those that are nothing but refused */
	OPTION_NAMESPACE,
	OPTION_KILL,
	OPTION_FAULT,
	OPTION_INJECT,
	OPTION_SECONTEXT,
	OPTIONS_MOST = 112,
};

struct option_row {
	int id; /* the short letter, or one of the enum; refused ones may have a letter, too */
	const char *name;    /* long name, NULL: only the letter */
	const char *value;   /* what stands for its value in the help, in brackets if it may be
				missing; NULL: none */
	const char *help;    /* NULL: the same option as the row before it, by another name */
	const char *refusal; /* why it cannot be done, and what to do; NULL: it can */
};

/* In strace's order, in which a name that is cut short finds its options. Ends with help NULL and
 * name NULL. */
extern const struct option_row option_table[];

#endif
