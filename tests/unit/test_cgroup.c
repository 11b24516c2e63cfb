// SPDX-License-Identifier: GPL-2.0-or-later
/* -G: the automaton of patterns says of every path what fnmatch(3) says of it and of the paths
 * above it. --container: ids in names of cgroups, and the files of the engines. */
#include "tracer/cgroup/container.h"
#include "tracer/cgroup/glob_automaton.h"
#include "tracer/cgroup/json_strings.h"

#include <errno.h>
#include <fnmatch.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool matches(const struct glob_automaton *a, const char *path)
{
	return a->rows[glob_automaton_step(a, 0, path, strlen(path))].accepts;
}

static bool one(const char *pattern, const char *path)
{
	struct glob_automaton a;
	struct tape_error why;
	char *patterns[] = { (char *)pattern };
	bool found;

	assert_int_equal(glob_automaton_make(&a, patterns, 1, &why), 0);
	found = matches(&a, path);
	glob_automaton_free(&a);
	return found;
}

static void each_kind_of_pattern(void **state)
{
	static const struct {
		const char *pattern, *path;
		bool wanted;
	} rows[] = {
		{ "/a/b", "/a/b", true },
		{ "/a/b", "/a/b/c/d", true },
		{ "/a/b", "/a/bc", false },
		{ "/a/b", "/a", false },
		{ "/a/b", "/x/a/b", false },
		{ "a/b/", "/a/b", true },
		{ "//a//b", "/a/b", true },
		{ "/", "", true },
		{ "/", "/a", true },
		{ "/a/*", "/a", false },
		{ "/a/*", "/a/b", true },
		{ "/a/*/c", "/a/b/c", true },
		{ "/a/*/c", "/a/b/x/c", false },
		{ "/a/**/c", "/a/c", true },
		{ "/a/**/c", "/a/b/x/c", true },
		{ "/a/**/c", "/a/bc", false },
		{ "/a/**", "/a/b/c", true },
		{ "/a/**", "/a", false },
		{ "/a**c", "/a/b/c", true },
		{ "docker-*.scope", "/system.slice/docker-12.scope", true },
		{ "docker-*.scope", "/docker-12.scope/below", true },
		{ "docker-*.scope", "/x-docker-12.scope", false },
		{ "docker-*.scope", "/docker-12/x.scope", false },
		{ "[ab]?", "/ax", true },
		{ "[ab]?", "/a", false },
		{ "[!a-c]x", "/dx", true },
		{ "[!a-c]x", "/bx", false },
		{ "[]x]", "/]", true },
		{ "/a[", "/a[", true },
		{ "/a\\*", "/a*", true },
		{ "/a\\*", "/ab", false },
		{ "/a[/]b", "/a[/]b", true },
		{ "/\xff*", "/\xff\xfe", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (one(rows[i].pattern, rows[i].path) != rows[i].wanted)
			fail_msg("%s and %s", rows[i].pattern, rows[i].path);
}

static void some_text(char *to, size_t most, const char *bytes)
{
	size_t length = (size_t)rand() % most;

	for (size_t i = 0; i < length; i++)
		*to++ = bytes[(size_t)rand() % strlen(bytes)];
	*to = '\0';
}

/* The path, or one above it. */
static bool by_fnmatch(const char *pattern, const char *path)
{
	char above[32];

	for (size_t i = 1; i <= strlen(path); i++) {
		if (path[i] && path[i] != '/')
			continue;
		snprintf(above, sizeof(above), "%.*s", (int)i, path);
		if (!fnmatch(pattern, above, FNM_PATHNAME))
			return true;
	}
	return false;
}

static void as_fnmatch(void **state)
{
	char parts[3][8], names[3][8], pattern[32], path[32];
	size_t found = 0;

	(void)state;
	srand(1);
	for (int i = 0; i < 20000; i++) {
		for (int k = 0; k < 3; k++) {
			do
				some_text(parts[k], 4, "ab?*");
			while (!*parts[k] || strstr(parts[k], "**"));
			do
				some_text(names[k], 3, "ab");
			while (!*names[k]);
		}
		snprintf(pattern, sizeof(pattern), i & 1 ? "/%s/%s" : "/%s/%s/%s", parts[0],
			 parts[1], parts[2]);
		snprintf(path, sizeof(path), i & 2 ? "/%s/%s" : "/%s/%s/%s", names[0], names[1],
			 names[2]);
		found += by_fnmatch(pattern, path);
		if (one(pattern, path) != by_fnmatch(pattern, path))
			fail_msg("%s and %s", pattern, path);
	}
	assert_in_range(found, 1000, 19000);
}

static void several_are_one(void **state)
{
	char *patterns[] = { (char *)"/a/*", (char *)"b", (char *)"/c/**/d" };
	struct glob_automaton a;
	struct tape_error why;

	(void)state;
	assert_int_equal(glob_automaton_make(&a, patterns, 3, &why), 0);
	assert_true(matches(&a, "/a/x"));
	assert_true(matches(&a, "/x/b/y"));
	assert_true(matches(&a, "/c/x/y/d"));
	assert_false(matches(&a, "/c/x/y"));
	assert_false(matches(&a, "/x"));
	/* Step by step, as the program in the kernel goes. */
	uint16_t at = glob_automaton_step(&a, 0, "/c", 2);
	at = glob_automaton_step(&a, at, "/x", 2);
	at = glob_automaton_step(&a, at, "/d", 2);
	assert_true(a.rows[at].accepts);
	glob_automaton_free(&a);
}

/* A star before many of one byte has twice the states for each of them. */
static void too_many(void **state)
{
	char *pattern = (char *)"*a????????????????";
	struct tape_error why = { "" };
	struct glob_automaton a;

	(void)state;
	assert_int_equal(glob_automaton_make(&a, &pattern, 1, &why), -E2BIG);
	assert_non_null(strstr(why.text, "too many"));
	assert_null(a.rows);
}

static void ids_in_names(void **state)
{
#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
	static const struct {
		const char *name, *id, *engine;
	} rows[] = {
		{ "docker-" ID ".scope", ID, "Docker" },
		{ "libpod-" ID ".scope", ID, "Podman" },
		{ "libpod-" ID, ID, "Podman" },
		{ "crio-" ID ".scope", ID, "CRI-O" },
		{ "cri-containerd-" ID ".scope", ID, "containerd" },
		{ "nerdctl-" ID ".scope", ID, "containerd" },
		{ "docker-0123456789ab.scope", "0123456789ab", "Docker" },
		{ ID, ID, NULL },
		{ "libpod-conmon-" ID ".scope", NULL, NULL },
		{ "crio-conmon-" ID ".scope", NULL, NULL },
		{ "docker-" ID ".mount", NULL, NULL },
		{ "docker-0123.scope", NULL, NULL },
		{ "docker-" ID "x.scope", NULL, NULL },
		{ ID "0", NULL, NULL },
		{ "0123456789ab", NULL, NULL },
		{ "docker.service", NULL, NULL },
		{ "", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *engine = "none", *id;
		size_t length = 0;

		id = container_id(rows[i].name, &length, &engine);
		if (!id != !rows[i].id)
			fail_msg("%s", rows[i].name);
		if (!id)
			continue;
		assert_int_equal(length, strlen(rows[i].id));
		assert_memory_equal(id, rows[i].id, length);
		assert_true(engine == rows[i].engine || !strcmp(engine, rows[i].engine));
	}
}

static void keep_word(void *context, const char *path, const char *value)
{
	char *all = context;

	snprintf(all + strlen(all), 512 - strlen(all), "%s=%s;", path, value);
}

static void strings_of_json(void **state)
{
	static const struct {
		const char *text, *words;
		bool good;
	} rows[] = {
		{ "{\"a\":{\"b\":[1,\"x\",{\"c\":\"y\"}]},\"d\":null}", "a/b/1=x;a/b/2/c=y;",
		  true },
		{ " [ \"x\" , [ ] , { } , true , -1.5e3 ] ", "0=x;", true },
		{ "\"x\"", "=x;", true },
		{ "{\"a\\n\\u0041\\u00e9\":\"\\\"\\/\\\\\"}", "a\nA\xc3\xa9=\"/\\;", true },
		{ "{\"a\":\"x\\u0000y\",\"b\":\"z\"}", "b=z;", true },
		{ "{\"b\":\"x\",\"a\":\"y\"}", "b=x;a=y;", true },
		{ "{\"a\":\"x\",\"b\":\"cut", "", false },
		{ "{\"a\":\"x\" \"b\":\"y\"}", "", false },
		{ "[\"x\",]", "", false },
		{ "{\"a\":\"\\u00\"}", "", false },
		{ "{\"a\":\"\\x\"}", "", false },
		{ "{\"a\"}", "", false },
		{ "", "", false },
		{ "nothing", "", false },
		{ "12", "", true },
		{ "x", "", false },
	};
	char all[512], deep[201] = "";

	(void)state;
	if (!json_strings_available())
		skip();
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		*all = '\0';
		if (json_each_string(rows[i].text, strlen(rows[i].text), keep_word, all) !=
			    rows[i].good ||
		    strcmp(all, rows[i].words))
			fail_msg("%s: %s", rows[i].text, all);
	}
	memset(deep, '[', sizeof(deep) - 1);
	assert_false(json_each_string(deep, sizeof(deep) - 1, keep_word, all));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_of_pattern), cmocka_unit_test(as_fnmatch),
		cmocka_unit_test(several_are_one),	cmocka_unit_test(too_many),
		cmocka_unit_test(ids_in_names),		cmocka_unit_test(strings_of_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
