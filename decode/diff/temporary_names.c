// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/temporary_names.h"

#include "decode/diff/normal_text.h"
#include "decode/stat/stat_strings.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum {
	NAMES_MOST = 1 << 17,
	NAME_MOST = 255,     /* NAME_MAX */
	RANDOM_LEAST = 6,    /* characters that are drawn */
	DIFFERENT_LEAST = 4, /* of them, those that differ: two draws have hardly more in common */
	PARTNERS_MOST = 64,  /* that are looked at */
};

/* Calls that make something that was not there: which arguments say so. */
static const struct {
	const char *name;
	int path, word;
	uint64_t mask, value;
} makers[] = {
	{ "open", 0, 1, O_CREAT | O_EXCL, O_CREAT | O_EXCL },
	{ "openat", 1, 2, O_CREAT | O_EXCL, O_CREAT | O_EXCL },
	{ "mkdir", 0, 1, 077, 0 },
	{ "mkdirat", 1, 2, 077, 0 },
};

struct name {
	unsigned int sides; /* bits */
	uint32_t of;	    /* it is what normal_text makes of that name; 0: one of its own */
	size_t from, size;  /* what is drawn; no size: nothing */
};

struct temporary_names {
	struct stat_strings *strings;
	struct name *at; /* by number - 1 */
	size_t count, room;
	bool any; /* temporary one */
};

struct temporary_names *temporary_names_new(void)
{
	struct temporary_names *n = calloc(1, sizeof(*n));

	if (!n)
		return NULL;
	n->strings = stat_strings_new();
	if (n->strings)
		return n;
	free(n);
	return NULL;
}

void temporary_names_free(struct temporary_names *n)
{
	if (!n)
		return;
	stat_strings_free(n->strings);
	free(n->at);
	free(n);
}

/* All are kept: the numbers of strings are those of names. 0 without memory. */
static uint32_t number_of(struct temporary_names *n, const char *text, size_t size)
{
	uint32_t number;

	if (n->count == n->room) {
		size_t room = n->room ? 2 * n->room : 64;
		struct name *more = reallocarray(n->at, room, sizeof(*more));

		if (!more)
			return 0;
		n->at = more;
		n->room = room;
	}
	number = stat_strings_number(n->strings, text, size);
	if (number != n->count + 1)
		return number;
	stat_strings_ref(n->strings, number);
	n->at[n->count++] = (struct name){ 0 };
	return number;
}

/* What a line has in its place, where it lies in a folder of temporary files. */
static void add_normal(struct temporary_names *n, uint32_t of, const char *name, size_t size)
{
	static const char folder[] = "/tmp/";
	enum { FOLDER = sizeof(folder) - 1 };
	char path[FOLDER + NAME_MOST], normal[NORMAL_TEXT_ROOM];
	uint32_t number;

	memcpy(path, folder, FOLDER);
	memcpy(path + FOLDER, name, size);
	size = normal_text(path, FOLDER + size, normal);
	number = number_of(n, normal + FOLDER, size - FOLDER);
	if (number && number != of && !n->at[number - 1].sides)
		n->at[number - 1].of = of;
}

void temporary_names_add(struct temporary_names *n, int side, const char *name, size_t size)
{
	uint32_t number;

	if (size < RANDOM_LEAST || size > NAME_MOST || n->count >= NAMES_MOST)
		return;
	number = number_of(n, name, size);
	if (!number)
		return;
	if (!n->at[number - 1].sides)
		add_normal(n, number, name, size);
	n->at[number - 1].sides |= 1u << side;
}

void temporary_names_note(struct temporary_names *n, int side, const struct call *call)
{
	struct tape_piece piece;
	const char *data;
	size_t i = 0, size, from;

	if (call->state != CALL_DONE || call->failed || !call->args_known)
		return;
	while (i < sizeof(makers) / sizeof(*makers) && strcmp(makers[i].name, call->name) != 0)
		i++;
	if (i == sizeof(makers) / sizeof(*makers) ||
	    (call->arg[makers[i].word] & makers[i].mask) != makers[i].value ||
	    (!call_piece(call, makers[i].path, false, &piece) &&
	     !call_piece(call, makers[i].path, true, &piece)) ||
	    piece.piece.flags & TRACE_P_UNREADABLE)
		return;
	data = piece.data;
	for (size = piece.piece.length; size && data[size - 1] == '/'; size--)
		;
	for (from = size; from && data[from - 1] != '/'; from--)
		;
	temporary_names_add(n, side, data + from, size - from);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_random(char c)
{
	return is_digit(c) || is_upper(c) || (c >= 'a' && c <= 'z') || c == '_';
}

/* Neither a word, with or without a capital, nor one with a short number behind. */
static bool looks_drawn(const char *text, size_t size)
{
	bool lower = false, upper = false, digit = false;
	size_t whole = size;

	while (size && is_digit(text[size - 1]))
		size--;
	if (whole - size >= RANDOM_LEAST)
		return true;
	for (size_t i = 0; i < size; i++) {
		digit |= is_digit(text[i]);
		upper |= i && is_upper(text[i]);
		lower |= !is_digit(text[i]) && !is_upper(text[i]) && text[i] != '_';
	}
	return digit || (upper && lower);
}

/* A part of a name that may be drawn. */
struct candidate {
	uint64_t key; /* of all that is around it */
	uint32_t name;
	int side;
	size_t from, size;
	const char *text;
};

struct candidates {
	struct candidate *at;
	size_t count, room;
};

static bool add_candidate(struct candidates *c, struct candidate one, size_t whole)
{
	char around[NAME_MOST];
	size_t behind = whole - one.from - one.size;

	if (c->count == c->room) {
		size_t room = c->room ? 2 * c->room : 64;
		struct candidate *more = reallocarray(c->at, room, sizeof(*more));

		if (!more)
			return false;
		c->at = more;
		c->room = room;
	}
	memcpy(around, one.text, one.from);
	memcpy(around + one.from, one.text + one.from + one.size, behind);
	one.key = stat_hash(around, one.from + behind) * 31 + one.from * 256 + one.size;
	c->at[c->count++] = one;
	return true;
}

/* Every part of letters and digits that is long enough; "tmp" in front of it is no part of it. */
static bool add_candidates(const struct temporary_names *n, uint32_t number, struct candidates *c)
{
	size_t size, end;
	const char *text = stat_strings_text(n->strings, number, &size);

	for (size_t from = 0; from < size; from = end + 1) {
		for (end = from; end < size && is_random(text[end]); end++)
			;
		if (end - from >= 3 + RANDOM_LEAST && !memcmp(text + from, "tmp", 3))
			from += 3;
		if (end - from >= RANDOM_LEAST &&
		    !add_candidate(c,
				   (struct candidate){ .name = number,
						       .side = n->at[number - 1].sides == 2,
						       .from = from,
						       .size = end - from,
						       .text = text },
				   size))
			return false;
	}
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->side != y->side)
		return x->side - y->side;
	return x->name < y->name ? -1 : x->name > y->name;
}

/* Whether one draw may have made the one, and another the other. */
static bool are_draws(const struct candidate *a, const struct candidate *b)
{
	const char *x = a->text + a->from, *y = b->text + b->from;
	size_t different = 0;

	if (a->from != b->from || a->size != b->size)
		return false;
	for (size_t i = 0; i < a->size; i++)
		different += x[i] != y[i];
	return different >= DIFFERENT_LEAST && (looks_drawn(x, a->size) || looks_drawn(y, b->size));
}

static void mark(struct temporary_names *n, const struct candidate *c)
{
	n->at[c->name - 1].from = c->from;
	n->at[c->name - 1].size = c->size;
	n->any = true;
}

/* Candidates of both sides with the same around them: `first` of them are side 0's. */
static void pair(struct temporary_names *n, const struct candidate *all, size_t count, size_t first)
{
	for (size_t i = 0; i < count; i++) {
		size_t from = i < first ? first : 0, end = i < first ? count : first;

		end = end - from > PARTNERS_MOST ? from + PARTNERS_MOST : end;
		for (size_t k = from; k < end; k++) {
			if (!are_draws(&all[i], &all[k]))
				continue;
			mark(n, &all[i]);
			break;
		}
	}
}

int temporary_names_find(struct temporary_names *n)
{
	struct candidates c = { 0 };
	bool good = true;
	size_t end;

	for (uint32_t i = 0; good && i < n->count; i++)
		if (n->at[i].sides == 1 || n->at[i].sides == 2)
			good = add_candidates(n, i + 1, &c);
	if (c.count)
		qsort(c.at, c.count, sizeof(*c.at), by_key);
	for (size_t at = 0; good && at < c.count; at = end) {
		size_t first = 0;

		for (end = at; end < c.count && c.at[end].key == c.at[at].key; end++)
			first += !c.at[end].side;
		pair(n, c.at + at, end - at, first);
	}
	free(c.at);
	return good ? 0 : -ENOMEM;
}

/* The name of these bytes if it is a temporary one, else 0. */
static uint32_t temporary(const struct temporary_names *n, const char *text, size_t size)
{
	uint32_t number;

	if (!size || size > NAME_MOST)
		return 0;
	number = stat_strings_find(n->strings, text, size);
	if (number && n->at[number - 1].of)
		number = n->at[number - 1].of;
	return number && n->at[number - 1].size ? number : 0;
}

static void put(const struct temporary_names *n, uint32_t number, struct text *to)
{
	const struct name *name = &n->at[number - 1];
	size_t size, end = name->from + name->size;
	const char *text = stat_strings_text(n->strings, number, &size);

	text_bytes(to, text, name->from);
	text_char(to, '*');
	text_bytes(to, text + end, size - end);
}

bool temporary_names_hide(const struct temporary_names *n, const char *line, size_t size,
			  struct text *to)
{
	static const char between[] = "/\"<>\\ ,()={}[]:;'|";
	bool any = false;
	size_t end;

	if (!n->any)
		return false;
	to->used = 0;
	for (size_t at = 0; at < size; at = end) {
		uint32_t number;

		for (end = at; end < size && !memchr(between, line[end], sizeof(between) - 1);
		     end++)
			;
		number = temporary(n, line + at, end - at);
		any |= number != 0;
		if (number)
			put(n, number, to);
		else
			text_bytes(to, line + at, end - at);
		if (end < size)
			text_char(to, line[end++]);
	}
	return any;
}
