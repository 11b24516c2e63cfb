// SPDX-License-Identifier: GPL-2.0-or-later
/* The patterns become tokens, each of them a place where one may be in a path; a state is a set of
 * places, and all sets that can be reached are worked out beforehand. */
#include "tracer/cgroup/glob_automaton.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TOKENS_MOST = 8192,
	STATES_MOST = 8192, /* 4 MB of rows */
	SLOTS = 4 * STATES_MOST,
	BYTES = 256,
};

enum kind {
	ONE,  /* a byte of the set leads on */
	MANY, /* bytes of the set stay, and nothing leads on */
	SKIP, /* nothing leads on, or over the next two */
};

struct token {
	uint64_t set[BYTES / 64];
	enum kind kind;
	bool accepts;
	bool below; /* the last one of a pattern: whatever follows is below a match */
};

struct builder {
	struct token *tokens;
	size_t count, words;	 /* words: 64-bit ones of a set of places */
	uint8_t class_of[BYTES]; /* bytes that no token tells apart have one class */
	size_t below;		 /* the place that stands for all below a match */
	uint64_t *first;	 /* the set of the root */
	uint64_t *sets;		 /* of each state */
	uint32_t *slots;	 /* hash of sets: a state + 1, or 0 */
	struct glob_automaton *made;
};

static bool has(const uint64_t *set, size_t i)
{
	return set[i / 64] >> (i & 63) & 1;
}

static void put(uint64_t *set, size_t i)
{
	set[i / 64] |= 1ull << (i & 63);
}

static struct token *add(struct builder *b, enum kind kind)
{
	struct token *t;

	if (b->count == TOKENS_MOST)
		return NULL;
	if (!(b->count & (b->count - 1))) {
		t = reallocarray(b->tokens, b->count ? 2 * b->count : 1, sizeof(*t));
		if (!t)
			return NULL;
		b->tokens = t;
	}
	t = &b->tokens[b->count++];
	*t = (struct token){ .kind = kind };
	return t;
}

static bool add_byte(struct builder *b, char byte)
{
	struct token *t = add(b, ONE);

	if (t)
		put(t->set, (unsigned char)byte);
	return t;
}

/* Every byte, or every one of a name. */
static bool add_any(struct builder *b, enum kind kind, bool slash)
{
	struct token *t = add(b, kind);

	if (!t)
		return false;
	memset(t->set, 0xff, sizeof(t->set));
	if (!slash)
		t->set['/' / 64] &= ~(1ull << ('/' & 63));
	return true;
}

/* `at` stands behind the `[`: the end of it, behind its `]`; NULL: there is none, and the bracket
 * is a byte like others. */
static const char *bracket(const char *at, uint64_t *set)
{
	bool inverse = *at == '!' || *at == '^';
	const char *first = at += inverse;

	for (; *at && *at != '/' && (*at != ']' || at == first); at++) {
		unsigned char from, to;

		if (*at == '\\' && at[1])
			at++;
		from = to = *at;
		if (at[1] == '-' && at[2] && at[2] != ']') {
			at += 2;
			if (*at == '\\' && at[1])
				at++;
			to = *at;
		}
		for (unsigned int i = from; i <= to; i++)
			put(set, i);
	}
	if (*at != ']')
		return NULL;
	for (size_t i = 0; inverse && i < BYTES / 64; i++)
		set[i] = ~set[i];
	set['/' / 64] &= ~(1ull << ('/' & 63));
	return at + 1;
}

static bool add_stars(struct builder *b, const char **at, bool whole)
{
	size_t stars = strspn(*at, "*");

	*at += stars;
	if (stars == 1)
		return add_any(b, MANY, false);
	if (!whole || **at != '/')
		return add_any(b, MANY, true);
	++*at;
	return add(b, SKIP) && add_any(b, MANY, true) && add_byte(b, '/');
}

/* One thing of a pattern; `whole`: a component begins here. */
static bool add_next(struct builder *b, const char **at, bool whole)
{
	uint64_t set[BYTES / 64] = { 0 };
	const char *end = **at == '[' ? bracket(*at + 1, set) : NULL;
	struct token *t;

	if (**at == '*')
		return add_stars(b, at, whole);
	if (end) {
		*at = end;
		t = add(b, ONE);
		if (t)
			memcpy(t->set, set, sizeof(set));
		return t;
	}
	if (**at == '?') {
		++*at;
		return add_any(b, ONE, false);
	}
	if (**at == '\\' && (*at)[1])
		++*at;
	return add_byte(b, *(*at)++);
}

/* With one slash before each name and none at the end; a name alone: wherever it is. Freed by the
 * caller. */
static char *tidied(const char *pattern)
{
	char *made = malloc(strlen(pattern) + sizeof("/**/")), *to = made;

	if (!made)
		return NULL;
	if (!strchr(pattern, '/'))
		to = stpcpy(to, "/**");
	for (const char *at = pattern; *at; at += strcspn(at, "/")) {
		at += strspn(at, "/");
		if (!*at)
			break;
		*to++ = '/';
		to = mempcpy(to, at, strcspn(at, "/"));
	}
	*to = '\0';
	return made;
}

static bool add_pattern(struct builder *b, const char *pattern)
{
	char *text = tidied(pattern);
	const char *at = text;
	bool good = text;

	put(b->first, b->count);
	while (good && *at)
		good = add_next(b, &at, at > text && at[-1] == '/');
	free(text);
	if (!good || !add_byte(b, '/'))
		return false;
	b->tokens[b->count - 1].accepts = true;
	if (!add_any(b, MANY, true))
		return false;
	b->tokens[b->count - 1].accepts = b->tokens[b->count - 1].below = true;
	return true;
}

/* Bytes that some token tells apart get different classes. */
static void find_classes(struct builder *b)
{
	for (size_t i = 0; i < b->count; i++) {
		int made[BYTES][2], count = 0;

		memset(made, -1, sizeof(made));
		for (unsigned int byte = 0; byte < BYTES; byte++) {
			int *class = &made[b->class_of[byte]][has(b->tokens[i].set, byte)];

			if (*class < 0)
				*class = count++;
			b->class_of[byte] = (uint8_t) * class;
		}
	}
}

/* The next place in the set, from this one on; `count` of tokens if there is none. */
static size_t next_place(const struct builder *b, const uint64_t *set, size_t from)
{
	size_t word = from / 64;
	uint64_t rest;

	if (from >= b->count)
		return b->count;
	rest = set[word] & ~0ull << (from & 63);
	while (!rest && ++word < b->words)
		rest = set[word];
	return rest ? word * 64 + (size_t)__builtin_ctzll(rest) : b->count;
}

/* All places that are reached without a byte; what is below a match is one set. */
static void complete(const struct builder *b, uint64_t *set)
{
	for (size_t i = next_place(b, set, 0); i < b->count; i = next_place(b, set, i + 1)) {
		const struct token *t = &b->tokens[i];

		if (t->below) {
			memset(set, 0, b->words * sizeof(*set));
			put(set, b->below);
			return;
		}
		if (t->kind != ONE)
			put(set, i + 1);
		if (t->kind == SKIP)
			put(set, i + 3);
	}
}

static uint32_t hash(const uint64_t *set, size_t words)
{
	uint64_t h = 14695981039346656037ull;

	for (size_t i = 0; i < words; i++)
		h = (h ^ set[i] ^ set[i] >> 32) * 1099511628211ull;
	return (uint32_t)(h ^ h >> 32);
}

static bool grow(struct builder *b)
{
	size_t count = b->made->count, more = count ? 2 * count : 16;
	uint64_t *sets;
	struct glob_row *rows;

	if (b->sets && (count & (count - 1) || (count && count < 16)))
		return true;
	sets = reallocarray(b->sets, more, b->words * sizeof(*sets));
	if (sets)
		b->sets = sets;
	rows = reallocarray(b->made->rows, more, sizeof(*rows));
	if (rows)
		b->made->rows = rows;
	return sets && rows;
}

/* The state of this set; -1: there is no room. */
static int state_of(struct builder *b, const uint64_t *set)
{
	struct glob_automaton *made = b->made;
	uint32_t slot = hash(set, b->words) % SLOTS;
	size_t size = b->words * sizeof(*set);
	struct glob_row *row;

	for (; b->slots[slot]; slot = (slot + 1) % SLOTS)
		if (!memcmp(b->sets + (b->slots[slot] - 1) * b->words, set, size))
			return (int)b->slots[slot] - 1;
	if (made->count == STATES_MOST || !grow(b))
		return -1;
	memcpy(b->sets + made->count * b->words, set, size);
	row = &made->rows[made->count];
	memset(row, 0, sizeof(*row));
	for (size_t i = next_place(b, set, 0); i < b->count; i = next_place(b, set, i + 1))
		row->accepts |= b->tokens[i].accepts;
	b->slots[slot] = (uint32_t)++made->count;
	return (int)made->count - 1;
}

/* The state behind a byte of this class; -1: there is no room. */
static int follow(struct builder *b, size_t state, unsigned int byte, uint64_t *set)
{
	const uint64_t *from = b->sets + state * b->words;

	memset(set, 0, b->words * sizeof(*set));
	for (size_t i = next_place(b, from, 0); i < b->count; i = next_place(b, from, i + 1))
		if (has(b->tokens[i].set, byte))
			put(set, i + (b->tokens[i].kind == ONE));
	complete(b, set);
	return state_of(b, set);
}

static int find_states(struct builder *b)
{
	uint64_t *set = calloc(b->words, sizeof(*set));
	int error = set ? 0 : -ENOMEM;

	if (!error) {
		complete(b, b->first);
		error = state_of(b, b->first) < 0 ? -E2BIG : 0;
	}
	for (size_t state = 0; !error && state < b->made->count; state++) {
		int known[BYTES];

		memset(known, -1, sizeof(known));
		for (unsigned int byte = 0; byte < BYTES && !error; byte++) {
			int *to = &known[b->class_of[byte]];

			if (*to < 0)
				*to = follow(b, state, byte, set);
			error = *to < 0 ? -E2BIG : 0;
			b->made->rows[state].next[byte] = (uint16_t)*to;
		}
	}
	free(set);
	return error;
}

int glob_automaton_make(struct glob_automaton *made, char *const *patterns, size_t count,
			struct tape_error *why)
{
	struct builder b = { .made = made, .words = TOKENS_MOST / 64 };
	int error = -ENOMEM;
	bool good;

	*made = (struct glob_automaton){ .count = 0 };
	b.first = calloc(b.words, sizeof(*b.first));
	b.slots = calloc(SLOTS, sizeof(*b.slots));
	good = b.first && b.slots;
	for (size_t i = 0; i < count && good; i++)
		good = add_pattern(&b, patterns[i]);
	if (good) {
		b.words = (b.count + 63) / 64 ?: 1;
		while (b.below < b.count && !b.tokens[b.below].below)
			b.below++;
		find_classes(&b);
		error = find_states(&b);
	} else if (b.count == TOKENS_MOST) {
		error = -E2BIG;
	}
	if (error == -E2BIG)
		snprintf(why->text, sizeof(why->text),
			 "the patterns of cgroups are too many or too long; give fewer, with fewer "
			 "stars");
	else if (error)
		snprintf(why->text, sizeof(why->text), "out of memory");
	if (error)
		glob_automaton_free(made);
	free(b.tokens);
	free(b.first);
	free(b.slots);
	free(b.sets);
	return error;
}

void glob_automaton_free(struct glob_automaton *a)
{
	free(a->rows);
	*a = (struct glob_automaton){ .count = 0 };
}

uint16_t glob_automaton_step(const struct glob_automaton *a, uint16_t state, const char *text,
			     size_t length)
{
	for (size_t i = 0; i < length; i++)
		state = a->rows[state].next[(unsigned char)text[i]];
	return state;
}
