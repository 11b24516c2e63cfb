// SPDX-License-Identifier: GPL-2.0-or-later
/* text_unsigned writes what printf does; text_escaped searches by steps of 16 and 8 bytes: what
 * needs an escape is found at every place of strings of every length up to some steps, and nothing
 * behind their end. */
#include "decode/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum {
	LONGEST = 50,
};

static void expect(const char *bytes, size_t size, const char *separator, const char *want)
{
	struct text text;

	assert_int_equal(text_open(&text, -1), 0);
	text_escaped(&text, bytes, size, separator);
	assert_int_equal(text.used, strlen(want));
	assert_memory_equal(text.data, want, text.used);
	text_close(&text);
}

/* `byte` at each place of strings of each length, with the same behind the end. */
static void test_one(unsigned char byte, const char *escape)
{
	char bytes[LONGEST + 1], want[LONGEST + 8];

	for (size_t size = 1; size <= LONGEST; size++) {
		for (size_t at = 0; at < size; at++) {
			memset(bytes, '~', sizeof(bytes));
			bytes[at] = (char)byte;
			bytes[size] = (char)byte;
			memset(want, '~', at);
			strcpy(want + at, escape);
			memset(want + at + strlen(escape), '~', size - at - 1);
			want[size - 1 + strlen(escape)] = '\0';
			expect(bytes, size, "|", want);
		}
	}
}

static void test_every_place(void **state)
{
	(void)state;
	test_one('\t', "\\t");
	test_one('\\', "\\\\");
	test_one('|', "\\x7C");
	test_one(0, "\\x00");
	test_one(0x1f, "\\x1F");
	test_one(0x7f, "\\x7F");
	test_one(0x80, "\\x80");
	test_one(0xff, "\\xFF");
	test_one(' ', " ");
	test_one('}', "}");
}

static void test_separators(void **state)
{
	(void)state;
	expect("a:b::c", 6, "::", "a:b\\x3A:c");
	expect("a|b", 3, NULL, "a|b");
	expect("a|b", 3, "", "a|b");
	expect("", 0, "|", "");
}

static void expect_number(uint64_t number)
{
	char want[24];
	struct text text;
	int size = snprintf(want, sizeof(want), "%llu", (unsigned long long)number);

	assert_int_equal(text_open(&text, -1), 0);
	text_char(&text, '[');
	text_unsigned(&text, number);
	text_char(&text, ']');
	assert_int_equal(text.used, size + 2);
	assert_memory_equal(text.data + 1, want, size);
	assert_int_equal(text.data[size + 1], ']');
	text_close(&text);
}

/* Numbers are made eight digits at a time: around each power of ten, and some of all lengths. */
static void test_numbers(void **state)
{
	uint64_t power = 1, number = 1;

	(void)state;
	for (int digits = 1; digits <= 20; digits++, power *= 10)
		for (uint64_t near = 0; near < 3; near++)
			expect_number(power - 1 + near);
	expect_number(UINT64_MAX);
	for (int i = 0; i < 20000; i++) {
		expect_number(i);
		expect_number(number >> i % 64);
		number = number * 6364136223846793005 + 1442695040888963407;
	}
	for (uint32_t i = 0; i < 10000; i++) { /* pairs and halves */
		uint64_t x = text_eight_decimal(i * 10000 + 9999 - i);
		uint32_t made = 0;

		for (int digit = 0; digit < 8; digit++)
			made = made * 10 + (uint32_t)(x >> 8 * digit & 0xff);
		assert_int_equal(made, i * 10000 + 9999 - i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_place),
		cmocka_unit_test(test_separators),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
