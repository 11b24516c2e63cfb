// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stat/histogram.h"

#include <stdlib.h>
#include <string.h>

enum {
	FEW_FIRST = 4,
	FEW_MOST = 128, /* buckets of a list: beyond, an array is shorter or quicker */
	COUNT_BITS = 48,
};

static const uint64_t count_mask = (1ull << COUNT_BITS) - 1;

uint64_t histogram_value(unsigned int bucket)
{
	unsigned int shift;

	if (bucket < 2 * HISTOGRAM_LINEAR)
		return bucket;
	shift = bucket / HISTOGRAM_LINEAR - 1;
	return ((uint64_t)(bucket % HISTOGRAM_LINEAR + HISTOGRAM_LINEAR) << shift) +
	       ((1ull << shift) - 1) / 2;
}

/* The first of the list that is not below the bucket. */
static unsigned int find(const struct histogram *h, unsigned int bucket)
{
	unsigned int low = 0, high = h->used;

	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (h->word[middle] >> COUNT_BITS < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Makes an array of the buckets from `first` to `last`, whole powers of two, of what is there. */
static bool widen(struct histogram *h, unsigned int first, unsigned int last)
{
	unsigned int base = first / HISTOGRAM_LINEAR * HISTOGRAM_LINEAR;
	unsigned int room = (last / HISTOGRAM_LINEAR + 1) * HISTOGRAM_LINEAR - base;
	uint64_t *word = calloc(room, sizeof(*word));

	if (!word)
		return false;
	if (h->dense)
		memcpy(word + (h->base - base), h->word, histogram_size(h));
	for (unsigned int i = 0; !h->dense && i < h->used; i++)
		word[(h->word[i] >> COUNT_BITS) - base] = h->word[i] & count_mask;
	free(h->word);
	h->word = word;
	h->base = (uint16_t)base;
	h->room = (uint16_t)room;
	h->dense = true;
	return true;
}

static bool add_dense(struct histogram *h, unsigned int bucket, uint64_t times)
{
	unsigned int last = h->base + h->room - 1u;

	if ((bucket < h->base || bucket > last) &&
	    !widen(h, bucket < h->base ? bucket : h->base, bucket > last ? bucket : last))
		return false;
	h->word[bucket - h->base] += times;
	h->count += times;
	return true;
}

static bool grow(struct histogram *h)
{
	unsigned int room = h->room ? 2u * h->room : FEW_FIRST;
	uint64_t *more = reallocarray(h->word, room, sizeof(*more));

	if (!more)
		return false;
	h->word = more;
	h->room = (uint16_t)room;
	return true;
}

static bool make_dense(struct histogram *h, unsigned int bucket)
{
	unsigned int first = (unsigned int)(h->word[0] >> COUNT_BITS),
		     last = (unsigned int)(h->word[h->used - 1] >> COUNT_BITS);

	return widen(h, bucket < first ? bucket : first, bucket > last ? bucket : last);
}

bool histogram_add_bucket(struct histogram *h, unsigned int bucket, uint64_t times)
{
	unsigned int at;
	bool there;

	if (!times || bucket >= HISTOGRAM_BUCKETS)
		return !times;
	if (h->dense)
		return add_dense(h, bucket, times);
	at = find(h, bucket);
	there = at < h->used && h->word[at] >> COUNT_BITS == bucket;
	if (h->used && ((!there && h->used == FEW_MOST) || h->count + times > count_mask))
		return make_dense(h, bucket) && add_dense(h, bucket, times);
	if (!there) {
		if (h->used == h->room && !grow(h))
			return false;
		memmove(h->word + at + 1, h->word + at, (h->used - at) * sizeof(*h->word));
		h->word[at] = (uint64_t)bucket << COUNT_BITS;
		h->used++;
	}
	h->word[at] += times;
	h->count += times;
	return true;
}

void histogram_each(const struct histogram *h,
		    void (*each)(void *context, unsigned int bucket, uint64_t count), void *context)
{
	unsigned int n = h->dense ? h->room : h->used;

	for (unsigned int i = 0; i < n; i++) {
		if (!h->dense)
			each(context, (unsigned int)(h->word[i] >> COUNT_BITS),
			     h->word[i] & count_mask);
		else if (h->word[i])
			each(context, h->base + i, h->word[i]);
	}
}

struct merging {
	struct histogram *into;
	bool good;
};

static void merge_bucket(void *context, unsigned int bucket, uint64_t count)
{
	struct merging *m = context;

	m->good &= histogram_add_bucket(m->into, bucket, count);
}

bool histogram_merge(struct histogram *h, const struct histogram *other)
{
	struct merging m = { h, true };

	histogram_each(other, merge_bucket, &m);
	return m.good;
}

struct search {
	uint64_t left; /* values to pass by */
	unsigned int bucket;
	bool found;
};

static void search_bucket(void *context, unsigned int bucket, uint64_t count)
{
	struct search *s = context;

	if (s->found)
		return;
	s->bucket = bucket;
	s->found = count >= s->left;
	s->left -= s->found ? 0 : count;
}

uint64_t histogram_percentile(const struct histogram *h, unsigned int parts)
{
	/* The part of the remainder is at most 10000 * 10000. */
	struct search s = { .left = h->count / 10000 * parts +
				    (h->count % 10000 * parts + 9999) / 10000 };

	if (!h->count)
		return 0;
	s.left += !s.left;
	histogram_each(h, search_bucket, &s);
	return histogram_value(s.bucket);
}

void histogram_free(struct histogram *h)
{
	free(h->word);
	*h = (struct histogram){ 0 };
}
