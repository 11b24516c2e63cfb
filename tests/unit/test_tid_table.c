// SPDX-License-Identifier: GPL-2.0-or-later
/* The table by tid: what is added is found until it is taken out, also after it has grown. */
#include "format/tid_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MANY = 10000 };

struct known {
	struct tid_entry entry;
	int seen;
};

/* Some share a bucket whatever the size of the table; 0 and the largest are tids as others. */
static uint32_t tid_of(int i)
{
	return i % 3 ? (uint32_t)i : UINT32_MAX - (uint32_t)i * 4096;
}

static void test_table(void **state)
{
	struct known *all = calloc(MANY, sizeof(*all));
	struct tid_entry *e, *next;
	struct tid_table t;
	size_t left = 0;

	(void)state;
	assert_non_null(all);
	assert_int_equal(tid_table_init(&t), 0);
	assert_null(tid_table_next(&t, NULL));
	assert_null(tid_table_take(&t, 1));
	for (int i = 0; i < MANY; i++) {
		assert_null(tid_table_find(&t, tid_of(i)));
		tid_table_add(&t, &all[i].entry, tid_of(i));
	}
	assert_int_equal(t.count, MANY);
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(tid_table_find(&t, tid_of(i)), &all[i].entry);
	/* Each is passed once, though some are taken out on the way. */
	for (e = tid_table_next(&t, NULL); e; e = next) {
		next = tid_table_next(&t, e);
		((struct known *)e)->seen++;
		if (e->tid % 2)
			assert_ptr_equal(tid_table_take(&t, e->tid), e);
	}
	for (int i = 0; i < MANY; i++) {
		assert_int_equal(all[i].seen, 1);
		e = tid_table_find(&t, tid_of(i));
		assert_ptr_equal(e, tid_of(i) % 2 ? NULL : &all[i].entry);
		left += e != NULL;
	}
	assert_int_equal(t.count, left);
	tid_table_end(&t);
	tid_table_end(&t);
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
