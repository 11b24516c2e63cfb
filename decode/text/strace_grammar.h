/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * strace_grammar: where a value of strace's text ends: strings, brackets, comments and what -y adds
 * behind descriptors are passed over as wholes. Used by systape-import to find the end of a call's
 * arguments, and by show_text to take them apart.
 */
#ifndef SYSTAPE_STRACE_GRAMMAR_H
#define SYSTAPE_STRACE_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAMMAR_NONE ((size_t)-1)

/*
 * Where the bracket stands that closes what was opened before `text`, or, with `commas`, a comma
 * that is in no bracket; `size` if neither is there. GRAMMAR_NONE where brackets do not match.
 */
size_t grammar_end(const char *text, size_t size, bool commas);
/* How long the string is that begins with a quote at `text`, with both quotes; 0 where it has no
 * end. */
size_t grammar_string(const char *text, size_t size);
/* How long <...> is, 0 where it has no end. */
size_t grammar_angle(const char *text, size_t size);
/* The bytes of a string without its quotes, to `bytes`, which has room for `size`: how many. */
size_t grammar_unescape(const char *text, size_t size, char *bytes);

/* Part of the text at hand. */
struct grammar_part {
	const char *at;
	size_t size;
};

struct grammar_part grammar_trimmed(const char *text, size_t size);
bool grammar_is(struct grammar_part part, const char *word);
/* The next of several values; *rest moves behind it and its comma. False behind the last, and where
 * the text cannot be taken apart. */
bool grammar_next(struct grammar_part *rest, struct grammar_part *value);
/* NAME=VALUE: how long the name is, 0 if it is none. */
size_t grammar_name(struct grammar_part part);
/* The number that it begins with: how long that is, 0 if there is none. */
size_t grammar_number(struct grammar_part part, uint64_t *value);

/* What may stand behind a number or a name. */
struct grammar_behind {
	struct grammar_part within; /* of <...>, or of a comment */
	bool angle, comment;
	bool deleted; /* <...>(deleted): the file has no name any more */
};

/* False where it is something else. */
bool grammar_behind(struct grammar_part rest, struct grammar_behind *behind);

#endif
