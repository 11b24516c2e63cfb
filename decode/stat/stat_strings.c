// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stat/stat_strings.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BUCKETS = 256,
	SIZE_MOST = 16384, /* bytes of one; longer ones are cut */
};

struct string {
	uint64_t hash;
	uint32_t users, size, next; /* next: number of the next in its bucket, or that is free */
	char *label;
	uint32_t label_size;
	uint64_t label_hash;
	char bytes[];
};

struct stat_strings {
	struct string **at; /* by number - 1; NULL: free */
	uint32_t *free;	    /* numbers that can be had again */
	uint32_t *bucket;   /* numbers; 0: none */
	uint32_t used, room, free_count, mask;
	size_t size;
};

uint64_t stat_hash(const void *bytes, size_t size)
{
	const unsigned char *at = bytes;
	uint64_t hash = 0x9e3779b97f4a7c15 ^ size, word;

	for (; size >= sizeof(word); at += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		hash = (hash ^ word) * 0xff51afd7ed558ccd;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, at, size);
	hash = (hash ^ word) * 0xff51afd7ed558ccd;
	return hash ^ hash >> 32;
}

struct stat_strings *stat_strings_new(void)
{
	struct stat_strings *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->bucket = calloc(FIRST_BUCKETS, sizeof(*s->bucket));
	s->mask = FIRST_BUCKETS - 1;
	if (s->bucket)
		return s;
	free(s);
	return NULL;
}

void stat_strings_free(struct stat_strings *s)
{
	if (!s)
		return;
	for (uint32_t i = 0; i < s->used; i++) {
		if (s->at[i])
			free(s->at[i]->label);
		free(s->at[i]);
	}
	free(s->at);
	free(s->free);
	free(s->bucket);
	free(s);
}

size_t stat_strings_size(const struct stat_strings *s)
{
	return s->size;
}

static struct string *string_of(const struct stat_strings *s, uint32_t number)
{
	return number && number <= s->used ? s->at[number - 1] : NULL;
}

static void remove_string(struct stat_strings *s, uint32_t number)
{
	struct string *gone = s->at[number - 1];
	uint32_t *at = &s->bucket[gone->hash & s->mask];

	while (*at != number)
		at = &s->at[*at - 1]->next;
	*at = gone->next;
	s->size -= sizeof(*gone) + gone->size + gone->label_size;
	s->at[number - 1] = NULL;
	s->free[s->free_count++] = number;
	free(gone->label);
	free(gone);
}

void stat_strings_ref(struct stat_strings *s, uint32_t number)
{
	struct string *string = string_of(s, number);

	if (string)
		string->users++;
}

void stat_strings_unref(struct stat_strings *s, uint32_t number)
{
	struct string *string = string_of(s, number);

	if (string && !--string->users)
		remove_string(s, number);
}

/* A number that is free: 0 without memory. */
static uint32_t take_number(struct stat_strings *s)
{
	if (s->free_count)
		return s->free[--s->free_count];
	if (s->used == s->room) {
		uint32_t room = s->room ? 2 * s->room : FIRST_BUCKETS, *less;
		struct string **more = reallocarray(s->at, room, sizeof(*more));

		if (!more)
			return 0;
		s->at = more;
		less = reallocarray(s->free, room, sizeof(*less));
		if (!less)
			return 0;
		s->free = less;
		s->room = room;
	}
	s->at[s->used] = NULL;
	return ++s->used;
}

/* Twice as many buckets; without memory it stays right, only slower. */
static void grow(struct stat_strings *s)
{
	uint32_t mask = 2 * s->mask + 1, *bucket = calloc(mask + 1ul, sizeof(*bucket));

	if (!bucket)
		return;
	for (uint32_t i = 0; i < s->used; i++) {
		if (!s->at[i])
			continue;
		s->at[i]->next = bucket[s->at[i]->hash & mask];
		bucket[s->at[i]->hash & mask] = i + 1;
	}
	free(s->bucket);
	s->bucket = bucket;
	s->mask = mask;
}

static uint32_t add(struct stat_strings *s, uint64_t hash, const void *bytes, size_t size)
{
	struct string *string = malloc(sizeof(*string) + size);
	uint32_t number = string ? take_number(s) : 0, *bucket;

	if (!number) {
		free(string);
		return 0;
	}
	if (s->used - s->free_count > s->mask / 2)
		grow(s);
	bucket = &s->bucket[hash & s->mask];
	*string = (struct string){ .hash = hash, .size = (uint32_t)size, .next = *bucket };
	memcpy(string->bytes, bytes, size);
	s->at[number - 1] = string;
	*bucket = number;
	s->size += sizeof(*string) + size;
	return number;
}

static uint32_t find(const struct stat_strings *s, uint64_t hash, const void *bytes, size_t size)
{
	const struct string *string;

	for (uint32_t number = s->bucket[hash & s->mask]; number; number = string->next) {
		string = s->at[number - 1];
		if (string->hash == hash && string->size == size &&
		    !memcmp(string->bytes, bytes, size))
			return number;
	}
	return 0;
}

uint32_t stat_strings_find(const struct stat_strings *s, const void *bytes, size_t size)
{
	return find(s, stat_hash(bytes, size), bytes, size);
}

uint32_t stat_strings_number(struct stat_strings *s, const void *bytes, size_t size)
{
	uint64_t hash;
	uint32_t number;

	if (size > SIZE_MOST)
		size = SIZE_MOST;
	if (!size)
		return 0;
	hash = stat_hash(bytes, size);
	number = find(s, hash, bytes, size);
	return number ? number : add(s, hash, bytes, size);
}

const char *stat_strings_text(const struct stat_strings *s, uint32_t number, size_t *size)
{
	const struct string *string = string_of(s, number);

	*size = !string ? 0 : string->label ? string->label_size : string->size;
	return !string ? "" : string->label ? string->label : string->bytes;
}

bool stat_strings_stale(const struct stat_strings *s, uint32_t number, uint64_t hash)
{
	const struct string *string = string_of(s, number);

	return string && (!string->label || string->label_hash != hash);
}

void stat_strings_label(struct stat_strings *s, uint32_t number, uint64_t hash, const void *bytes,
			size_t size)
{
	struct string *string = string_of(s, number);
	char *label = string ? malloc(size + 1) : NULL;

	if (!label)
		return;
	memcpy(label, bytes, size);
	s->size += size - string->label_size;
	free(string->label);
	string->label = label;
	string->label_size = (uint32_t)size;
	string->label_hash = hash;
}
