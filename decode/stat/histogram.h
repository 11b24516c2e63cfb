/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * histogram: how often values occur, log-linear: each power of two is divided into 64 buckets of
 * one width, and below 128 each value has its own, so that a value read back is at most 1/128
 * (0.8 %) off. Two are merged by adding their buckets. A few values take a short sorted list, many
 * an array of the buckets between the least and the greatest. Used by stat_table.
 */
#ifndef SYSTAPE_HISTOGRAM_H
#define SYSTAPE_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	HISTOGRAM_LINEAR = 64,			   /* buckets of one power of two */
	HISTOGRAM_BUCKETS = 59 * HISTOGRAM_LINEAR, /* of all 64-bit values */
};

/* All zero: empty. */
struct histogram {
	uint64_t *
		word; /* dense: a count for each bucket from `base` on; else bucket << 48 | count */
	uint64_t count; /* of all values */
	uint16_t base, used, room;
	bool dense;
};

static inline unsigned int histogram_bucket(uint64_t value)
{
	unsigned int power;

	if (value < 2 * HISTOGRAM_LINEAR)
		return (unsigned int)value;
	power = 63 - (unsigned int)__builtin_clzll(value); /* 7 or more */
	return (power - 6) * HISTOGRAM_LINEAR + (unsigned int)(value >> (power - 6));
}

/* The value in the middle of a bucket. */
uint64_t histogram_value(unsigned int bucket);

/* Adds `times` values to a bucket: false without memory. */
bool histogram_add_bucket(struct histogram *histogram, unsigned int bucket, uint64_t times);
static inline bool histogram_add(struct histogram *h, uint64_t value)
{
	unsigned int bucket = histogram_bucket(value), at = bucket - h->base;

	if (!h->dense || at >= h->room)
		return histogram_add_bucket(h, bucket, 1);
	h->word[at]++;
	h->count++;
	return true;
}
/* Adds what the other one has: false if there was not memory for all of it. */
bool histogram_merge(struct histogram *histogram, const struct histogram *other);

/*
 * The smallest value that is not exceeded by `parts` of 10000 of all (the nearest rank, as in a
 * sorted list), 0.8 % off at most; 0 of none.
 */
uint64_t histogram_percentile(const struct histogram *histogram, unsigned int parts);

/* Calls `each` for every bucket that has something, from the least on. */
void histogram_each(const struct histogram *histogram,
		    void (*each)(void *context, unsigned int bucket, uint64_t count),
		    void *context);

/* Bytes that it has taken, besides itself. */
static inline size_t histogram_size(const struct histogram *h)
{
	return h->room * sizeof(*h->word);
}
void histogram_free(struct histogram *histogram);

#endif
