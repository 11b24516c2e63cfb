// SPDX-License-Identifier: GPL-2.0-or-later
/* Histograms against sorted lists, and tables that are cut against what was put into them. */
#include "decode/stat/stat_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { VALUES = 100000, KEYS = 20000, SMALL = 1 << 20 };

static uint64_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005 + 1442695040888963407;
	return *state >> 11;
}

/* Times as calls have them: of every size, few of the large ones. */
static uint64_t any_time(uint64_t *state)
{
	return next(state) >> (next(state) % 53);
}

static int by_value(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return one < other ? -1 : one > other;
}

static void assert_near(uint64_t got, uint64_t exact)
{
	uint64_t off = got > exact ? got - exact : exact - got;

	if (off > exact / 128)
		fail_msg("%llu is more than 1/128 from %llu", (unsigned long long)got,
			 (unsigned long long)exact);
}

static void test_buckets(void **state)
{
	(void)state;
	for (unsigned int power = 0; power < 64; power++) {
		for (int off = -2; off <= 2; off++) {
			uint64_t value = (1ull << power) + (uint64_t)off;
			unsigned int bucket = histogram_bucket(value);

			assert_true(bucket < HISTOGRAM_BUCKETS);
			assert_near(histogram_value(bucket), value);
			assert_true(value == UINT64_MAX ||
				    histogram_bucket(value + 1) - bucket <= 1);
		}
	}
	assert_int_equal(histogram_bucket(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
}

static void compare(const uint64_t *sorted, size_t count, const struct histogram *h)
{
	static const unsigned int parts[] = { 1, 100, 5000, 9000, 9500, 9900, 9990, 10000 };

	assert_int_equal(h->count, count);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		size_t rank = (count * parts[i] + 9999) / 10000;

		assert_near(histogram_percentile(h, parts[i]), sorted[rank ? rank - 1 : 0]);
	}
}

/* Of one value, of as many as a list takes, of more, and of many. */
static void test_percentiles(void **state)
{
	static const size_t counts[] = { 1, 2, 7, 100, 128, 129, 1000, VALUES };
	uint64_t *values = calloc(VALUES, sizeof(*values)), seed = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct histogram h = { 0 }, one = { 0 }, other = { 0 };

		for (size_t n = 0; n < counts[i]; n++) {
			values[n] = any_time(&seed);
			assert_true(histogram_add(&h, values[n]));
			assert_true(histogram_add(n % 3 ? &one : &other, values[n]));
		}
		qsort(values, counts[i], sizeof(*values), by_value);
		compare(values, counts[i], &h);
		assert_true(histogram_merge(&one, &other));
		compare(values, counts[i], &one);
		histogram_free(&h);
		histogram_free(&one);
		histogram_free(&other);
	}
	free(values);
}

static void test_extremes(void **state)
{
	struct histogram h = { 0 };

	(void)state;
	assert_int_equal(histogram_percentile(&h, 5000), 0);
	assert_true(histogram_add(&h, 0));
	assert_true(histogram_add(&h, UINT64_MAX));
	assert_true(histogram_add_bucket(&h, histogram_bucket(1000), 1ull << 50));
	assert_int_equal(histogram_percentile(&h, 0), 0);
	assert_near(histogram_percentile(&h, 5000), 1000);
	assert_near(histogram_percentile(&h, 10000), UINT64_MAX);
	histogram_free(&h);
}

static void test_strings(void **state)
{
	struct stat_strings *s = stat_strings_new();
	uint32_t number, other;
	size_t size;

	(void)state;
	number = stat_strings_number(s, "/etc/passwd", 11);
	stat_strings_ref(s, number);
	assert_int_equal(stat_strings_number(s, "/etc/passwd", 11), number);
	other = stat_strings_number(s, "/etc/passw", 10);
	assert_int_not_equal(other, number);
	assert_int_equal(stat_strings_number(s, "", 0), 0);
	assert_string_equal(stat_strings_text(s, 0, &size), "");
	assert_memory_equal(stat_strings_text(s, number, &size), "/etc/passwd", 11);
	assert_int_equal(size, 11);
	assert_true(stat_strings_stale(s, number, 7));
	stat_strings_label(s, number, 7, "users", 5);
	assert_false(stat_strings_stale(s, number, 7));
	assert_true(stat_strings_stale(s, number, 8));
	assert_memory_equal(stat_strings_text(s, number, &size), "users", 5);
	assert_int_equal(stat_strings_number(s, "/etc/passwd", 11), number);
	for (uint32_t i = 0; i < 5000; i++) {
		uint32_t n = stat_strings_number(s, &i, sizeof(i));

		stat_strings_ref(s, n);
		assert_int_equal(stat_strings_number(s, &i, sizeof(i)), n);
	}
	size = stat_strings_size(s);
	stat_strings_unref(s, number);
	assert_true(stat_strings_size(s) < size);
	assert_int_equal(stat_strings_number(s, "new", 3), number);
	stat_strings_free(s);
}

/* Calls of many keys, some of them with many calls: what a small table says of each. */
static void test_cut(void **state)
{
	struct stat_strings *names = stat_strings_new();
	struct stat_table *t = stat_table_new(2, 1, SMALL, names);
	static uint64_t calls[KEYS];
	uint64_t seed = 2, all = 0;
	struct stat_lack most;

	(void)state;
	for (int i = 0; i < 20 * KEYS; i++) {
		uint64_t k = next(&seed) % KEYS;
		char text[40];
		uint64_t key[2];

		k = i % 4 ? k >> (next(&seed) % 14) : k;
		snprintf(text, sizeof(text), "key %llu", (unsigned long long)k);
		key[0] = stat_strings_number(names, text, strlen(text));
		key[1] = k;
		stat_table_row(t, key)->sums.calls++;
		stat_table_time(t, stat_table_row(t, key), 500 + next(&seed) % 5000);
		calls[k]++;
	}
	most = stat_table_cut(t);
	assert_in_range(most.calls, 1, 20 * KEYS / 100);
	for (uint64_t k = 0; k < KEYS; k++) {
		char text[40];
		const struct stat_row *row;
		uint64_t key[2] = { 0, k };

		snprintf(text, sizeof(text), "key %llu", (unsigned long long)k);
		key[0] = stat_strings_number(names, text, strlen(text));
		row = stat_table_find(t, key);
		if (!row) {
			assert_true(calls[k] <= most.calls);
			continue;
		}
		assert_true(row->sums.calls <= calls[k]);
		assert_true(row->sums.calls + row->lacks.calls >= calls[k]);
		assert_int_equal(row->times.count, row->sums.calls);
		all += row->sums.calls;
	}
	assert_int_equal(all + stat_table_others(t)->sums.calls, 20 * KEYS);
	assert_int_equal(stat_table_others(t)->times.count, stat_table_others(t)->sums.calls);
	stat_table_clear(t);
	assert_int_equal(stat_table_others(t)->sums.calls, 0);
	assert_int_equal(stat_table_cut(t).calls, 0);
	stat_table_free(t);
	stat_strings_free(names);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buckets),	 cmocka_unit_test(test_percentiles),
		cmocka_unit_test(test_extremes), cmocka_unit_test(test_strings),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
