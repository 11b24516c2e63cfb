/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * probe_spec: the words of -e that name places outside the system calls:
 * `kprobe:FUNC(name=FETCH:TYPE,...) if CONDITION` and so on, taken apart. systape-filter(7) has the
 * grammar. The options read them; ftrace_probe.c makes the kernel's events of them.
 */
#ifndef SYSTAPE_PROBE_SPEC_H
#define SYSTAPE_PROBE_SPEC_H

#include "format/tape/tape_reader.h"

#include <stdbool.h>
#include <stddef.h>

enum probe_kind {
	PROBE_KPROBE,
	PROBE_KRETPROBE,
	PROBE_UPROBE,
	PROBE_URETPROBE,
	PROBE_USDT,
	PROBE_TRACEPOINT,
	PROBE_KINDS
};

enum {
	PROBE_FETCHES = 32, /* values of one probe */
};

/* One value to be fetched: all three as the person wrote them. */
struct probe_fetch {
	char *name;	  /* never NULL */
	char *expression; /* NULL: the field of that name (tracepoints) */
	char *type;	  /* NULL: the kernel's default */
};

struct probe_spec {
	enum probe_kind kind;
	char *file;  /* uprobe, uretprobe, usdt: the program; tracepoint: the system; else NULL */
	char *place; /* function, symbol, offset, tracepoint or USDT name; shell pattern or /REGEX
			where it is a name */
	char *provider; /* usdt */
	struct probe_fetch fetch[PROBE_FETCHES];
	size_t fetches;
	char *condition; /* NULL: none */
	/* kretprobe: argN is what it was called with, which kernels can tell since Linux 6.9. Not
	 * from the text. */
	bool called_with;
};

/* The word of a kind, without colon. */
const char *probe_kind_word(enum probe_kind kind);
/* Whether the text begins as one of these events. */
bool probe_spec_is(const char *text);
/* Takes one event apart: 0, or -EINVAL or -ENOMEM with a sentence. Free with probe_spec_free in any
 * case. */
int probe_spec_parse(struct probe_spec *spec, const char *text, struct tape_error *why);
void probe_spec_free(struct probe_spec *spec);
/*
 * The event that an old name of that length (kp-raw:FUNC, kp-raw_glob:PATTERN, kp-raw_re:REGEX)
 * stands for, to be freed; NULL if it is none.
 */
char *probe_spec_alias(const char *word, size_t length);
/* The grammar in lines, for `-e help`: false past the last; the strings are constant. */
bool probe_spec_help(size_t i, const char **word, const char **help);
/* The length of the first event of a list: up to a comma with another event behind it, or to the
 * end. */
size_t probe_spec_length(const char *list);
/* Whether a name is one that `pattern` (a name, a shell pattern, or /REGEX) stands for. */
bool probe_spec_matches(const char *pattern, const char *name);
/* Whether the pattern can stand for more than one name. */
bool probe_spec_is_pattern(const char *pattern);

/*
 * Writes the expression as the kernel takes it: argN as `args[N - 1]`, retval as $retval. 0, or
 * -EINVAL where an argument is not there, or -E2BIG.
 */
int probe_spec_expression(const char *expression, const char *const *args, size_t count, char *to,
			  size_t room);

#endif
