/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * stat_table: calls added up by a key: a row for each key, with sums and a histogram of times. It
 * takes no more memory than it may: when that is used up, the rows with the fewest calls become one
 * row of all others. Which keys are kept is then an estimate whose error is known: a key that has
 * no row had at most `cut.calls` calls, and a row lacks at most `lacks.calls` of its own. Sums over
 * all rows and the others are exact. Used by stat_collect, by -l summary and by -l folded.
 */
#ifndef SYSTAPE_STAT_TABLE_H
#define SYSTAPE_STAT_TABLE_H

#include "decode/stat/histogram.h"
#include "decode/stat/stat_strings.h"

enum { STAT_WORDS = 6 /* of a key */ };

struct stat_sums {
	uint64_t calls, errors;
	uint64_t timed, total, shortest, longest; /* calls whose time is known; ns */
	uint64_t cpu_timed, cpu_total;		  /* the same of time on a CPU */
	uint64_t in, out;			  /* bytes read and written */
	uint64_t opens, reads, writes, missing;	  /* missing: names that led nowhere */
};

/* What a row may not have seen of its key. */
struct stat_lack {
	uint64_t calls, ns;
};

/* Of a row that is a process or a thread. */
struct stat_life {
	char comm[17];
	uint64_t begun, ended; /* ns since 1970; 0: not seen */
	int32_t status;	       /* wait status, if it has ended */
};

struct stat_row {
	struct stat_sums sums;
	struct histogram times;
	struct stat_lack lacks;
	struct stat_life *life; /* NULL: none */
	uint64_t hash;
	uint64_t key[];
};

struct stat_table;

/*
 * Keys of `words` words, of which those in `strings` (bits) are numbers of strings. At most about
 * `most` bytes; the strings are counted, and stay the caller's. NULL without memory.
 */
struct stat_table *stat_table_new(unsigned int words, unsigned int strings, size_t most,
				  struct stat_strings *names);
void stat_table_free(struct stat_table *table);
/* Empties it; what was lacking is forgotten. */
void stat_table_clear(struct stat_table *table);

/* The row of the key; a new one may make others go. The row of all others where there is no memory.
 * Valid until the next call. */
struct stat_row *stat_table_row(struct stat_table *table, const uint64_t *key);
/* The same if there is one, else NULL. */
struct stat_row *stat_table_find(struct stat_table *table, const uint64_t *key);
/* Gives the row a life, all zero, if it has none: NULL without memory. */
struct stat_life *stat_table_life(struct stat_table *table, struct stat_row *row);

/* A call that took so long. */
static inline void stat_sums_time(struct stat_sums *s, uint64_t ns)
{
	s->timed++;
	s->total += ns;
	s->shortest = ns < s->shortest ? ns : s->shortest;
	s->longest = ns > s->longest ? ns : s->longest;
}
void stat_sums_merge(struct stat_sums *sums, const struct stat_sums *other);
/* The same with the histogram, whose memory is counted. */
void stat_table_time(struct stat_table *table, struct stat_row *row, uint64_t ns);

/* As histogram_percentile, within what is known exactly: the row's shortest and longest. */
uint64_t stat_row_percentile(const struct stat_row *row, unsigned int parts);

/* All rows as an array to be freed, in no order; NULL without memory. */
struct stat_row **stat_table_rows(const struct stat_table *table, size_t *count);
/* Rows that had to go, all in one; without calls: none had to. */
const struct stat_row *stat_table_others(const struct stat_table *table);
/* What a key without a row had at most. */
struct stat_lack stat_table_cut(const struct stat_table *table);

#endif
