/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * option_parse: values that options of several programs take: numbers, pids, units of time, words.
 * Nothing here prints: what is wrong is the caller's to say. Used by the options of systape,
 * systape-decode and systape-strace.
 */
#ifndef SYSTAPE_OPTION_PARSE_H
#define SYSTAPE_OPTION_PARSE_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The number whose digits begin at *at, which moves behind them: false if none do, or too many. */
bool option_parse_digits(const char **at, uint64_t *value);
/* A number and nothing else, from `least` to `most`. */
bool option_parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *value);
/* Bytes, with K, M, G or T behind the number or nothing: 64M. */
bool option_parse_size(const char *text, uint64_t *bytes);

/*
 * The next process of a list with commas or blanks between: its number, 0 at the end, and -1 where
 * something else stands. *at moves behind it, or to what is wrong.
 */
int option_parse_pid(const char **at);
/* Adds those of a whole list to `*pids`, which has `*count` and is free()d by the caller: -EINVAL
 * where the list is none, or -ENOMEM. */
int option_parse_pids(const char *text, pid_t **pids, size_t *count);

/* s, ms, us, ns: how many digits behind the point; -1 for another word. */
int option_parse_unit(const char *word, size_t length);
/* none, time, unix: 0, 1, 2 as enum time_style; -1 for another word. */
int option_parse_time_style(const char *word, size_t length);
/* [[format:]STYLE][,[precision:]UNIT] in any order: sets what is given. */
bool option_parse_absolute(const char *text, int *style, int *digits);
/* How long: a number and a unit, or microseconds. */
bool option_parse_span(const char *text, uint64_t *ns);

/* Columns of the summary. */
enum option_column {
	COLUMN_PERCENT,
	COLUMN_TOTAL,
	COLUMN_SHORTEST,
	COLUMN_LONGEST,
	COLUMN_AVERAGE,
	COLUMN_WALL_TOTAL,
	COLUMN_WALL_SHORTEST,
	COLUMN_WALL_LONGEST,
	COLUMN_WALL_AVERAGE,
	COLUMN_CALLS,
	COLUMN_ERRORS,
	COLUMN_NAME,
	COLUMN_NOTHING, /* no column, only an order */
	COLUMNS
};
/* The column that a word means, with _ for -, too; -1 if none. */
int option_parse_column(const char *word, size_t length);

/*
 * Adds an option to what getopt_long needs: `longs` ends with a zero row, `shorts` with a NUL. An
 * `id` below 128 is a letter; `name` NULL: the letter alone; `value` as in struct option_row.
 */
void option_parse_add(struct option *longs, char *shorts, int id, const char *name,
		      const char *value);

#endif
