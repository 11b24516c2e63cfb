/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat_keys: by what calls can be added up: each key makes one word of a call, a number or the
 * number of a string, and says what it is called. One table, which the options of systape-stat
 * read as well. Used by stat_collect.
 */
#ifndef SYSTAPE_STAT_KEYS_H
#define SYSTAPE_STAT_KEYS_H

#include "decode/descriptors/file_use.h"
#include "decode/stat/stat_strings.h"
#include "decode/stream/renderer.h"

enum { STAT_KINDS = 512 /* numbers of calls of which something is kept */ };

/* What is known of calls of one number. */
struct stat_kind {
	const struct desc_call *row; /* of which; NULL: of none yet */
	uint32_t name;		     /* number of the string */
	bool known;
	struct file_use use;
};

/* What keys are made from. */
struct stat_source {
	struct stat_strings *strings;
	const struct tape_facts *facts;
	uint32_t host;
	struct stat_kind kinds[TRACE_X32 + 1][STAT_KINDS], other;
	/* Of the call at hand: */
	const struct stat_kind *kind;
	struct file_found file;
};

struct stat_key {
	const char *name, *title, *help;
	bool strings, files, lives; /* the word is a string's number; needs the file that a call is
				       about; rows are processes or threads */
	/* The word of a call; 0: it has none. */
	uint64_t (*word)(struct stat_source *source, const struct call *call);
	/* What is shown of a word that is no string; NULL: the number below. */
	const char *(*text)(uint64_t word, char room[32]);
	uint64_t (*number)(uint64_t word);
};

/* A row's word, to be shown. */
struct stat_label {
	enum { STAT_NOTHING, STAT_NUMBER, STAT_TEXT } kind;
	uint64_t number;
	const char *text;
	size_t size;
	char room[32];
};

/* NULL ends the names. */
extern const struct stat_key stat_keys[];
const struct stat_key *stat_key_find(const char *name, size_t size);
void stat_key_label(const struct stat_key *key, const struct stat_strings *strings, uint64_t word,
		    struct stat_label *label);

/* Forgets what is known of calls: another tape has other rows. */
void stat_source_begin(struct stat_source *source, const struct tape_facts *facts);
void stat_source_end(struct stat_source *source);
/* Looks at a call: its kind, and with `files` the file, a name of which may be put into `room`. */
void stat_source_call(struct stat_source *source, const struct call *call, bool files,
		      char room[FILE_NAME_ROOM]);

#endif
