// SPDX-License-Identifier: GPL-2.0-or-later
/* What systape-diff is made of: edit scripts, which are right and the shortest there are, and names
 * without what differs from run to run. */
#include "decode/diff/edit_script.h"
#include "decode/diff/normal_text.h"
#include "decode/diff/temporary_names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 24 };

struct pair {
	size_t count[2];
	uint32_t at[2][LONGEST];
};

static uint32_t number(const void *context, int side, size_t at)
{
	const struct pair *p = context;

	return p->at[side][at];
}

/* How many have partners, by the table that every book has. */
static size_t common(const struct pair *p)
{
	size_t best[LONGEST + 1][LONGEST + 1] = { { 0 } };

	for (size_t i = 1; i <= p->count[0]; i++)
		for (size_t j = 1; j <= p->count[1]; j++) {
			size_t up = best[i - 1][j], left = best[i][j - 1];

			best[i][j] = p->at[0][i - 1] == p->at[1][j - 1] ? best[i - 1][j - 1] + 1
				     : up > left			? up
									: left;
		}
	return best[p->count[0]][p->count[1]];
}

static void check(const struct pair *p, size_t most, bool rough)
{
	struct edit_script script;
	size_t kept[2] = { 0, 0 };
	uint32_t rest[2][LONGEST];

	assert_int_equal(edit_script_make(&script, p->count, number, p, most), 0);
	assert_int_equal(script.rough, rough);
	for (int side = 0; side < 2; side++)
		for (size_t i = 0; i < p->count[side]; i++)
			if (!script.changed[side][i])
				rest[side][kept[side]++] = p->at[side][i];
	assert_int_equal(kept[0], kept[1]);
	for (size_t i = 0; i < kept[0]; i++)
		assert_int_equal(rest[0][i], rest[1][i]);
	if (!rough)
		assert_int_equal(kept[0], common(p));
	edit_script_free(&script);
}

static void test_scripts(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 20000; round++) {
		struct pair p;
		int letters = 1 + rand() % 5;

		for (int side = 0; side < 2; side++) {
			p.count[side] = (size_t)rand() % (LONGEST + 1);
			for (size_t i = 0; i < p.count[side]; i++)
				p.at[side][i] = (uint32_t)(rand() % letters);
		}
		check(&p, 2 * LONGEST, false);
	}
}

/* Beyond the limit, what begins and ends alike still has partners. */
static void test_limit(void **state)
{
	struct pair p = { { 6, 6 }, { { 1, 2, 3, 4, 5, 9 }, { 1, 6, 7, 8, 5, 9 } } };
	struct edit_script script;

	(void)state;
	check(&p, 6, false);
	check(&p, 5, true);
	assert_int_equal(edit_script_make(&script, p.count, number, &p, 5), 0);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(script.changed[0][i], i > 0 && i < 4);
	edit_script_free(&script);
}

static void test_names(void **state)
{
	static const char *const names[][2] = {
		{ "/etc/passwd", "/etc/passwd" },
		{ "/proc/1234/status", "/proc/*/status" },
		{ "/proc/1234/task/1235/comm", "/proc/*/task/*/comm" },
		{ "/proc/self/maps", "/proc/self/maps" },
		{ "/proc/sys/kernel/pid_max", "/proc/sys/kernel/pid_max" },
		{ "pipe:[81726]", "pipe:[*]" },
		{ "socket:[1]", "socket:[*]" },
		{ "anon_inode:[eventfd]", "anon_inode:[eventfd]" },
		{ "/tmp/tmp.aZx81kQmPl/file", "/tmp/tmp.*/file" },
		{ "/tmp/tmpabcdefgh", "/tmp/tmp*" },
		{ "/tmp/ccQ3xYz1.s", "/tmp/*.s" },
		{ "/tmp/build.log", "/tmp/build.log" },
		{ "/tmp/server.4711.sock", "/tmp/server.*.sock" },
		{ "/var/tmp/work-Ab12Cd/x1234567", "/var/tmp/work-*/x1234567" },
		{ "/dev/shm/sem.Xy12Zw", "/dev/shm/sem.*" },
		{ "/home/tmp.aZx81kQmPl", "/home/tmp.aZx81kQmPl" },
		{ "", "" },
		{ "/tmp/", "/tmp/" },
		{ "/proc/", "/proc/" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char to[NORMAL_TEXT_ROOM + 1];

		to[normal_text(names[i][0], strlen(names[i][0]), to)] = 0;
		assert_string_equal(to, names[i][1]);
	}
}

/* What does not fit is cut. */
static void test_long(void **state)
{
	static char name[3 * NORMAL_TEXT_ROOM];
	char to[NORMAL_TEXT_ROOM];

	(void)state;
	memset(name, 'x', sizeof(name));
	assert_int_equal(normal_text(name, sizeof(name), to), NORMAL_TEXT_ROOM);
	memcpy(name, "/tmp/", 5);
	for (size_t i = 5; i < sizeof(name); i++)
		name[i] = i % 3 ? '1' : '.';
	assert_true(normal_text(name, sizeof(name), to) <= NORMAL_TEXT_ROOM);
}

/* `size` characters of the first `of` of those that mkstemp and Python draw from. */
static void draw(char *to, size_t size, int of)
{
	static const char from[] =
		"abcdefghijklmnopqrstuvwxyz0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (size_t i = 0; i < size; i++)
		to[i] = from[rand() % of];
}

static void add(struct temporary_names *n, int side, const char *name)
{
	temporary_names_add(n, side, name, strlen(name));
}

static void assert_hidden(const struct temporary_names *n, const char *line, const char *wanted)
{
	struct text to;

	assert_int_equal(text_open(&to, -1), 0);
	if (temporary_names_hide(n, line, strlen(line), &to)) {
		text_char(&to, 0);
		assert_string_equal(to.data, wanted);
	} else {
		assert_string_equal(line, wanted);
	}
	text_close(&to);
}

/* A thousand names of each kind on either side, some of which look like words. */
static void test_temporary(void **state)
{
	enum { NAMES = 1000, KINDS = 4 };
	static const struct {
		const char *before, *behind, *shown;
		size_t size;
		int of;
	} kinds[KINDS] = {
		{ "work-", "", "work-*", 6, 63 },
		{ "cc", ".o", "*.o", 6, 63 },
		{ "tmp", "", "tmp*", 8, 37 },
		{ ".rsync.", ".part", ".rsync.*.part", 6, 26 + 10 },
	};
	static char names[2 * NAMES * KINDS][40];
	struct temporary_names *n = temporary_names_new();

	(void)state;
	srand(2);
	for (int i = 0; i < 2 * NAMES * KINDS; i++) {
		char drawn[16] = "";

		draw(drawn, kinds[i % KINDS].size, kinds[i % KINDS].of);
		snprintf(names[i], sizeof(names[i]), "%s%s%s", kinds[i % KINDS].before, drawn,
			 kinds[i % KINDS].behind);
		add(n, i / KINDS % 2, names[i]);
	}
	assert_int_equal(temporary_names_find(n), 0);
	for (int i = 0; i < 2 * NAMES * KINDS; i++) {
		char line[100], wanted[100], normal[NORMAL_TEXT_ROOM];

		snprintf(line, sizeof(line), "unlink(pathname=\"/srv/%s\") = 0", names[i]);
		snprintf(wanted, sizeof(wanted), "unlink(pathname=\"/srv/%s\") = 0",
			 kinds[i % KINDS].shown);
		assert_hidden(n, line, wanted);
		/* What has been left of it in a folder of temporary files. */
		snprintf(line, sizeof(line), "/tmp/%s", names[i]);
		snprintf(wanted, sizeof(wanted), "/tmp/%s", kinds[i % KINDS].shown);
		line[normal_text(line, strlen(line), normal)] = 0;
		memcpy(line, normal, strlen(line));
		assert_hidden(n, line, wanted);
	}
	temporary_names_free(n);
}

/* Names that somebody has given. */
static void test_given(void **state)
{
	static const char *const given[][2] = {
		{ "server.lock", "client.lock" },
		{ "segment1", "segment2" },
		{ "segment-10031", "segment-10032" },
		{ "Makefile", "Dockfile" },
		{ "a1b2c3", "a1b2c3" },
		{ "x-aB3dEf-one", "x-Gh5iJk-two" },
		{ "x-aB3dEf", "x-Gh5iJkl" },
		{ "aB3dE", "Gh5iJ" },
	};
	struct temporary_names *n = temporary_names_new();

	(void)state;
	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		for (int side = 0; side < 2; side++)
			add(n, side, given[i][side]);
	assert_int_equal(temporary_names_find(n), 0);
	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		for (int side = 0; side < 2; side++)
			assert_hidden(n, given[i][side], given[i][side]);
	temporary_names_free(n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scripts),	  cmocka_unit_test(test_limit),
		cmocka_unit_test(test_names),	  cmocka_unit_test(test_long),
		cmocka_unit_test(test_temporary), cmocka_unit_test(test_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
