// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/filter/filter_set.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORDS (FILTER_SET_NUMBERS / 64)

static bool is_far(const struct filter_set *set, uint32_t number)
{
	for (uint32_t i = 0; i < set->far_count; i++)
		if (set->far[i] == number)
			return true;
	return false;
}

bool filter_set_add(struct filter_set *set, uint32_t number)
{
	if (number < FILTER_SET_NUMBERS) {
		set->bits[number / 64] |= UINT64_C(1) << number % 64;
		return true;
	}
	if (filter_set_has(set, number))
		return true;
	if (set->far_count == FILTER_SET_FAR)
		return false;
	set->far[set->far_count++] = number;
	return true;
}

void filter_set_fill(struct filter_set *set)
{
	memset(set->bits, 0xff, sizeof(set->bits));
	set->beyond = true;
	set->far_count = 0;
}

bool filter_set_has(const struct filter_set *set, uint32_t number)
{
	if (number >= FILTER_SET_NUMBERS)
		return set->beyond != is_far(set, number);
	return set->bits[number / 64] >> number % 64 & 1;
}

bool filter_set_is_full(const struct filter_set *set)
{
	for (size_t i = 0; i < WORDS; i++)
		if (~set->bits[i])
			return false;
	return set->beyond && !set->far_count;
}

static void invert(struct filter_set *set)
{
	for (size_t i = 0; i < WORDS; i++)
		set->bits[i] = ~set->bits[i];
	set->beyond = !set->beyond;
}

bool filter_number(const char *text, uint32_t most, uint32_t *number)
{
	uint64_t value = 0;
	const char *p = text;

	for (; *p >= '0' && *p <= '9' && value <= most; p++)
		value = 10 * value + (uint64_t)(*p - '0');
	*number = (uint32_t)value;
	return p != text && !*p && value <= most;
}

static int invalid(const struct filter_grammar *grammar, const char *word, char *error, size_t size)
{
	snprintf(error, size, "invalid %s '%s'", grammar->what, word);
	return -EINVAL;
}

/* Words between commas; empty ones do not count, but there must be a word. */
static int add_words(const struct filter_grammar *grammar, char *words, const char *text,
		     struct filter_set *sets, char *error, size_t size)
{
	char *rest = NULL;
	char *word = strtok_r(words, ",", &rest);

	if (!word)
		return invalid(grammar, text, error, size);
	for (; word; word = strtok_r(NULL, ",", &rest)) {
		int result = grammar->add(grammar->context, sets, word, error, size);

		if (result == -ENOENT)
			return invalid(grammar, word, error, size);
		if (result)
			return result;
	}
	return 0;
}

int filter_set_parse(const struct filter_grammar *grammar, const char *text,
		     struct filter_set *sets, size_t count, char *error, size_t size)
{
	const char *positive = text + strspn(text, "!");
	bool complement = (positive - text) % 2;
	int result = 0;

	memset(sets, 0, count * sizeof(*sets));
	if (!strcmp(positive, "all")) {
		complement = !complement;
	} else if (strcmp(positive, "none")) {
		char *words = strdup(positive);

		if (!words) {
			snprintf(error, size, "cannot read '%s': out of memory", text);
			return -ENOMEM;
		}
		result = add_words(grammar, words, text, sets, error, size);
		free(words);
	}
	for (size_t i = 0; complement && i < count; i++)
		invert(&sets[i]);
	return result;
}
