// SPDX-License-Identifier: GPL-2.0-or-later
/* The arguments of a call, taken out of the text that strace would print between the parentheses.
 */
#include "decode/render/split_args.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, size_t count, ...)
{
	struct split_arg arg[7];
	va_list parts;

	assert_int_equal(split_args(text, strlen(text), arg, 7), count);
	va_start(parts, count);
	for (size_t i = 0; i < count; i++) {
		const char *part = va_arg(parts, const char *);

		assert_int_equal(arg[i].size, strlen(part));
		assert_memory_equal(arg[i].text, part, arg[i].size);
	}
	va_end(parts);
}

static void test_arguments(void **state)
{
	(void)state;
	expect("3", 1, "3");
	expect("AT_FDCWD, \"/a, b\", O_RDONLY", 3, "AT_FDCWD", "\"/a, b\"", "O_RDONLY");
	expect("[{fd=3, events=POLLIN}, {fd=4, events=0}], 2, -1", 3,
	       "[{fd=3, events=POLLIN}, {fd=4, events=0}]", "2", "-1");
	expect("1, \"a\\\", b\"..., 5", 3, "1", "\"a\\\", b\"...", "5");
	expect("NULL, makedev(0x8, 0x1)", 2, "NULL", "makedev(0x8, 0x1)");
	expect("0x1 /* A, B */, 2", 2, "0x1 /* A, B */", "2");
	expect("[5 => 3], 0", 2, "[5 => 3]", "0");
	expect("1<<2, 3", 2, "1<<2", "3");
}

static void test_descriptors(void **state)
{
	(void)state;
	expect("3</a, b>, 1", 2, "3</a, b>", "1");
	expect("0</dev/null<char 1:3>>, \"\", 0", 3, "0</dev/null<char 1:3>>", "\"\"", "0");
	expect("4<TCP:[127.0.0.1:1->127.0.0.1:2]>, 1", 2, "4<TCP:[127.0.0.1:1->127.0.0.1:2]>", "1");
	expect("AT_FDCWD</x(>, \"y\"", 2, "AT_FDCWD</x(>", "\"y\"");
}

/* Anything else than what a call prints is given back as nothing, or as one; never read beyond its
 * end. */
static void test_odd(void **state)
{
	(void)state;
	expect("", 0);
	expect("[1, 2", 0);
	expect("\"no end, 2", 1, "\"no end, 2");
	expect("3</no end, 2", 1, "3</no end, 2");
	expect("1, 2, 3, 4, 5, 6, 7, 8", 0);
	expect("a,b", 1, "a,b");
	expect("/* open", 1, "/* open");
	expect("\"\\", 1, "\"\\");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_arguments),
		cmocka_unit_test(test_descriptors),
		cmocka_unit_test(test_odd),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
