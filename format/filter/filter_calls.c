// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/filter/filter_calls.h"

#include <errno.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "format/filter/filter_words.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/*
 * x32's own numbers, 512 and on: the x86-64 numbers of these calls (asm/unistd_x32.h, Linux 6.18).
 * By these, and by those of x32_lacks, x32 can make no call. strace still knows such numbers up to
 * 334, as NAME#64; so do we.
 */
#define X32_FIRST 512
// clang-format off
static const uint16_t x32_own[] = {
	13, 15, 16, 19, 20, 45, 46, 47, 59, 101, 127, 128, 129, 131, 222, 244, 246, 247, 273, 274,
	278, 279, 295, 296, 297, 299, 307, 310, 311, 54, 55, 206, 209, 322, 327, 328,
};
static const uint16_t x32_lacks[] = {
	134, 156, 174, 177, 178, 180, 205, 211, 214, 215, 236, 335, 336,
};
#define X32_NAMED_BEFORE 335
// clang-format on

/* A word, ready to be compared with rows. */
struct wish {
	enum filter_how how;
	const char *text; /* behind the row's word: a name or a pattern */
	uint32_t number;
	uint32_t classes;
	regex_t regex;
};

static bool is_among(const uint16_t *numbers, size_t count, uint32_t nr)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == nr)
			return true;
	return false;
}

/* Whether an x86-64 number is none of x32's. */
static bool is_only_64(uint32_t nr)
{
	return is_among(x32_own, COUNT(x32_own), nr) || is_among(x32_lacks, COUNT(x32_lacks), nr);
}

static const struct desc_call *row_at(const struct desc_table *const *tables, enum filter_abi abi,
				      uint32_t nr)
{
	const struct desc_table *x86_64 = tables[FILTER_X86_64];

	if (abi != FILTER_X32)
		return desc_table_call(tables[abi], nr);
	if (nr >= X32_FIRST && nr < X32_FIRST + COUNT(x32_own))
		return desc_table_call(x86_64, x32_own[nr - X32_FIRST]);
	if (is_only_64(nr) && nr >= X32_NAMED_BEFORE)
		return NULL;
	return desc_table_call(x86_64, nr);
}

/* The call's name in this ABI, which may be put together in `buffer`. */
static const char *name_at(enum filter_abi abi, uint32_t nr, const struct desc_call *row,
			   char buffer[DESC_NAME + 3])
{
	if (abi != FILTER_X32 || !is_only_64(nr))
		return row->name;
	snprintf(buffer, DESC_NAME + 3, "%s#64", row->name);
	return buffer;
}

static uint32_t limit_of(const struct desc_table *const *tables, enum filter_abi abi)
{
	uint32_t limit = desc_table_limit(tables[abi == FILTER_X32 ? FILTER_X86_64 : abi]);

	if (abi == FILTER_X32 && limit < X32_FIRST + COUNT(x32_own))
		limit = X32_FIRST + COUNT(x32_own);
	return limit < FILTER_SET_NUMBERS ? limit : FILTER_SET_NUMBERS;
}

static int regex_error(int code, const regex_t *regex, const char *pattern, char *error,
		       size_t size)
{
	char why[128];

	regerror(code, regex, why, sizeof(why));
	snprintf(error, size, "regcomp: %s: %s", pattern, why);
	return -EINVAL;
}

/* 0; -ENOENT for a number that cannot be one; -EINVAL with a sentence. */
static int wish_init(struct wish *wish, const char *text, char *error, size_t size)
{
	const struct filter_word *word = filter_word_find(text);
	int code;

	wish->how = word->how;
	wish->classes = word->classes;
	wish->text = text + strlen(word->word);
	switch (word->how) {
	case FILTER_NUMBER: return filter_number(text, INT32_MAX, &wish->number) ? 0 : -ENOENT;
	case FILTER_REGEX:
		code = regcomp(&wish->regex, wish->text, REG_EXTENDED | REG_NOSUB);
		return code ? regex_error(code, &wish->regex, wish->text, error, size) : 0;
	case FILTER_FUNCTION:
		snprintf(error, size,
			 "cannot use '%s' here: kernel functions are no system calls; systape "
			 "probes them by kprobe:FUNC",
			 text);
		return -EINVAL;
	default: return 0;
	}
}

static void wish_end(struct wish *wish)
{
	if (wish->how == FILTER_REGEX)
		regfree(&wish->regex);
}

static bool matches(const struct wish *wish, const struct desc_call *row, const char *name)
{
	switch (wish->how) {
	case FILTER_NAME: return !strcmp(name, wish->text);
	case FILTER_REGEX: return !regexec(&wish->regex, name, 0, NULL, 0);
	case FILTER_GLOB: return !fnmatch(wish->text, name, 0);
	case FILTER_CLASS: return row->classes & wish->classes;
	default: return wish->how == FILTER_KNOWN;
	}
}

/* x32 numbers may be given as the kernel has them. */
static bool add_number(const struct desc_table *const *tables, enum filter_abi abi, uint32_t number,
		       struct filter_set *set)
{
	if (abi == FILTER_X32)
		number &= ~FILTER_X32_BIT;
	if (!row_at(tables, abi, number))
		return false;
	filter_set_add(set, number);
	return true;
}

/* Whether the word means something to this ABI: a class does even where no call belongs to it. */
static bool add_wish(const struct desc_table *const *tables, enum filter_abi abi,
		     const struct wish *wish, struct filter_set *set)
{
	bool found = wish->how == FILTER_CLASS || wish->how == FILTER_KNOWN;
	uint32_t limit = limit_of(tables, abi);
	char name[DESC_NAME + 3];

	if (wish->how == FILTER_NUMBER)
		return add_number(tables, abi, wish->number, set);
	if (wish->how == FILTER_EVERY) {
		filter_set_fill(set);
		return true;
	}
	for (uint32_t nr = 0; nr < limit; nr++) {
		const struct desc_call *row = row_at(tables, abi, nr);

		if (!row || !matches(wish, row, name_at(abi, nr, row, name)))
			continue;
		filter_set_add(set, nr);
		found = true;
	}
	return found;
}

/* The ABIs that this designator behind a word's '@' stands for, as bits; 0 where it is none. */
static unsigned int abis_of(const char *designator)
{
	if (!strcmp(designator, "64"))
		return 1U << FILTER_X86_64 | 1U << FILTER_AARCH64;
	if (!strcmp(designator, "32"))
		return 1U << FILTER_I386;
	return strcmp(designator, "x32") ? 0 : 1U << FILTER_X32;
}

/* Adds a word without '?' and '@'. Where `optional`, a number may be that of an unknown call. */
static int add_to_abis(const struct desc_table *const *tables, unsigned int abis, const char *text,
		       bool optional, struct filter_set *sets, char *error, size_t size)
{
	struct wish wish;
	bool found = false;
	int result = wish_init(&wish, text, error, size);

	if (result)
		return result == -ENOENT && optional ? 0 : result;
	for (enum filter_abi abi = 0; abi < FILTER_ABIS; abi++)
		if (abis >> abi & 1)
			found |= add_wish(tables, abi, &wish, &sets[abi]);
	for (enum filter_abi abi = 0; !found && optional && abi < FILTER_ABIS; abi++)
		if (wish.how == FILTER_NUMBER && abis >> abi & 1)
			filter_set_add(&sets[abi], wish.number);
	wish_end(&wish);
	return found || optional ? 0 : -ENOENT;
}

static int add_word(const void *context, struct filter_set *sets, char *word, char *error,
		    size_t size)
{
	const char *text = word + strspn(word, "?");
	char *at = strrchr(text, '@');
	unsigned int abis = at ? abis_of(at + 1) : (1U << FILTER_ABIS) - 1;
	int result;

	if (!abis) {
		snprintf(error, size, "incorrect personality designator '%s' in qualification '%s'",
			 at + 1, text);
		return -EAFNOSUPPORT;
	}
	if (at)
		*at = '\0';
	result = add_to_abis(context, abis, text, text != word, sets, error, size);
	if (at)
		*at = '@';
	return result;
}

int filter_calls_parse(const struct desc_table *const tables[DESC_ARCHES], const char *text,
		       struct filter_set calls[FILTER_ABIS], char *error, size_t size)
{
	const struct filter_grammar grammar = { "system call", add_word, tables };

	return filter_set_parse(&grammar, text, calls, FILTER_ABIS, error, size);
}
