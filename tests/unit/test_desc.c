// SPDX-License-Identifier: GPL-2.0-or-later
/* The rows of calls.tbl and the parser that also reads those of a tape. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "format/calls/desc.h"
#include "format/calls/desc_names.h"
#include "format/calls/desc_rows.h"
#include "format/flags/flags.h"

static const char *const arch_names[DESC_ARCHES] = { "x86_64", "i386", "aarch64" };

/* Calls `check` with every built-in row of every architecture. */
static void for_each_row(void (*check)(enum desc_arch arch, const char *text,
				       const struct desc_call *row))
{
	for (int arch = 0; arch < DESC_ARCHES; arch++)
		for (size_t i = 0; i < desc_rows_calls_count; i++)
			for (int v = 0; v < desc_rows_calls[i].count[arch]; v++) {
				const char *text = desc_row_text(arch, desc_rows_calls[i].name, v);
				struct desc_call row;
				const char *error = "";

				if (desc_parse(text, &row, &error))
					fail_msg("%s: %s", text, error);
				check(arch, text, &row);
			}
}

static void check_references(enum desc_arch arch, const char *text, const struct desc_call *row)
{
	for (int i = 0; i < row->args; i++) {
		const struct desc_arg *arg = &row->arg[i];

		if (arg->length_rule == DESC_LEN_ARG || arg->length_rule == DESC_LEN_POINTED)
			assert_true(arg->length_arg < row->args);
		if (!(desc_kind_traits(arg->kind) & (DESC_T_STRUCT | DESC_T_RECORDS)) || !*arg->ref)
			continue;
		if (!desc_struct_known(arg->ref))
			fail_msg("%s: structs.tbl lacks %s", text, arg->ref);
		if (desc_kind_traits(arg->kind) & DESC_T_STRUCT &&
		    !desc_struct_size(arg->ref, arch))
			fail_msg("%s: structs.tbl has no size of %s on %s", text, arg->ref,
				 arch_names[arch]);
	}
}

static void test_every_row_parses(void **state)
{
	(void)state;
	for_each_row(check_references);
}

static void test_table_is_whole(void **state)
{
	(void)state;
	for (int arch = 0; arch < DESC_ARCHES; arch++) {
		struct desc_table *table = desc_table_new(arch);

		assert_non_null(table);
		for (size_t i = 0; i < desc_rows_calls_count; i++) {
			const struct desc_rows_call *known = &desc_rows_calls[i];
			const struct desc_call *call;
			int variants = 0;

			if (known->nr[arch] < 0)
				continue;
			assert_int_equal(desc_table_number(table, known->name), known->nr[arch]);
			call = desc_table_call(table, (uint32_t)known->nr[arch]);
			assert_string_equal(call->name, known->name);
			for (; call->next_variant; call = call->next_variant)
				variants++;
			assert_int_equal(variants, known->count[arch] - 1);
		}
		desc_table_free(table);
	}
	desc_table_free(NULL);
}

static void test_lookup(void **state)
{
	struct desc_table *table = desc_table_new(DESC_X86_64);
	const struct desc_call *call = desc_table_call(table, 257);

	(void)state;
	assert_string_equal(call->name, "openat");
	assert_int_equal(call->args, 3);
	assert_int_equal(call->arg[1].kind, DESC_PATH);
	assert_int_equal(call->result, DESC_FD);
	assert_int_equal(call->classes, desc_class_by_name("file") | desc_class_by_name("desc"));
	assert_int_equal(desc_table_number(table, "openat"), 257);
	assert_int_equal(desc_table_number(table, "openit"), -ENOENT);
	assert_null(desc_table_call(table, 337));
	assert_null(desc_table_call(table, 100000));
	assert_null(desc_table_call(table, UINT32_MAX));
	assert_null(desc_table_variant(table, UINT32_MAX, (uint64_t[DESC_ARGS]){ 0 }));
	assert_null(desc_row_text(DESC_X86_64, "openit", 0));
	assert_null(desc_row_text(DESC_X86_64, "read", 1));
	assert_null(desc_row_text(DESC_X86_64, "mmap2", 0));
	desc_table_free(table);
}

static void test_variants(void **state)
{
	struct desc_table *table = desc_table_new(DESC_X86_64);
	const struct desc_call *call;

	(void)state;
	call = desc_table_variant(table, 2, (uint64_t[]){ 0, 0100 | 01, 0600, 0, 0, 0 });
	assert_int_equal(call->args, 3);
	call = desc_table_variant(table, 2, (uint64_t[]){ 0, 02000000, 0600, 0, 0, 0 });
	assert_int_equal(call->args, 2);
	/* The upper half of an int is not compared, classes come from the base row. */
	call = desc_table_variant(table, 2, (uint64_t[]){ 0, 0xdead00000040, 0600, 0, 0, 0 });
	assert_int_equal(call->args, 3);
	assert_int_equal(call->classes, desc_table_call(table, 2)->classes);
	/* fcntl(3, F_GETFD) without a mask: the width of the selector's kind counts. */
	call = desc_table_variant(table, 72, (uint64_t[]){ 3, 0xdead00000001, 0, 0, 0, 0 });
	assert_int_equal(call->result, DESC_FLAGS);
	assert_string_equal(call->result_ref, "fdflags");
	desc_table_free(table);
}

static void test_add(void **state)
{
	struct desc_table *table = desc_table_new(DESC_X86_64);
	const char *error = NULL;

	(void)state;
	assert_int_equal(desc_table_add(table, 600, "made_up@how=1(int how) = int", &error),
			 -ENOENT);
	assert_int_equal(
		desc_table_add(table, 600, "made_up(int how, ptr what) = int ; file", &error), 0);
	assert_int_equal(desc_table_add(table, 600, "made_up@how=1|2(int how) = fd", &error), 0);
	assert_int_equal(desc_table_limit(table), 601);
	assert_int_equal(desc_table_number(table, "made_up"), 600);
	assert_int_equal(desc_table_variant(table, 600, (uint64_t[DESC_ARGS]){ 2 })->args, 1);
	assert_int_equal(desc_table_variant(table, 600, (uint64_t[DESC_ARGS]){ 3 })->args, 2);
	assert_int_equal(desc_table_add(table, 600, "made_up(int", &error), -EINVAL);
	assert_non_null(error);
	assert_int_equal(desc_table_variant(table, 600, (uint64_t[DESC_ARGS]){ 2 })->args, 1);
	assert_int_equal(desc_table_add(table, 600, "renamed(int how) = int", NULL), 0);
	assert_null(desc_table_call(table, 600)->next_variant);
	assert_int_equal(desc_table_add(table, 1U << 30, "renamed(int how) = int", NULL), -EINVAL);
	assert_null(desc_table_call(table, 599));
	desc_table_free(table);
}

/* What a tape brings is parsed when it is asked for, behind what is there, as if it had been added
 * at once. */
static void test_add_later(void **state)
{
	static const char *const rows[] = { "made_up(int how, ptr what) = int ; file",
					    "made_up@how=1|2(int how) = fd", "made_up(int",
					    "renamed(int how) = int" };
	struct desc_table *table = desc_table_new(DESC_X86_64);

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(desc_table_add_later(table, 600, rows[i], strlen(rows[i])), 0);
	assert_int_equal(desc_table_limit(table), 601);
	assert_int_equal(desc_table_number(table, "made_up"), 600);
	assert_int_equal(desc_table_variant(table, 600, (uint64_t[DESC_ARGS]){ 2 })->args, 1);
	assert_int_equal(desc_table_variant(table, 600, (uint64_t[DESC_ARGS]){ 3 })->args, 2);
	/* close: its built-in row is replaced unseen, and found by its new name only. */
	assert_int_equal(desc_table_add_later(table, 3, rows[3], strlen(rows[3])), 0);
	assert_int_equal(desc_table_number(table, "close"), -ENOENT);
	assert_int_equal(desc_table_number(table, "renamed"), 3);
	assert_int_equal(desc_table_add_later(table, 0, rows[2], strlen(rows[2])), 0);
	assert_int_equal(desc_table_number(table, "read"), 0);
	assert_int_equal(desc_table_add_later(table, 1U << 30, rows[3], 3), -EINVAL);
	/* A row of the same name is not parsed for the number; a later one with another name is. */
	assert_int_equal(desc_table_add_later(table, 1, "write(int a) = int", 18), 0);
	assert_int_equal(desc_table_number(table, "write"), 1);
	assert_int_equal(desc_table_call(table, 1)->args, 1);
	assert_int_equal(desc_table_add_later(table, 2, "open(int a) = int", 17), 0);
	assert_int_equal(desc_table_add_later(table, 2, "opened(int a) = int", 19), 0);
	assert_int_equal(desc_table_number(table, "open"), -ENOENT);
	assert_int_equal(desc_table_number(table, "opened"), 2);
	/* The bytes end where they end, and rows that nobody asks for are freed. */
	assert_int_equal(desc_table_add_later(table, 601, "cut(int a) = int|", 16), 0);
	assert_string_equal(desc_table_call(table, 601)->name, "cut");
	assert_int_equal(desc_table_add_later(table, 602, rows[0], strlen(rows[0])), 0);
	desc_table_free(table);
}

static void test_grammar(void **state)
{
	struct desc_call row;

	(void)state;
	assert_int_equal(
		desc_parse("x(out! buf[*n/64*8+long] b, inout struct:int n) = hex ; pure nofail",
			   &row, NULL),
		0);
	assert_int_equal(row.arg[0].dir, DESC_OUT | DESC_ALWAYS);
	assert_int_equal(row.arg[0].length_rule, DESC_LEN_POINTED);
	assert_int_equal(row.arg[0].length_arg, 1);
	assert_int_equal(row.arg[0].length_at, 0);
	assert_int_equal(row.arg[0].divide, 64);
	assert_int_equal(row.arg[0].multiply, 8);
	assert_true(row.arg[0].add_long);
	assert_int_equal(row.arg[1].dir, DESC_INOUT);
	assert_int_equal(row.classes, 1u << DESC_C_PURE);
	assert_int_equal(row.selector, -1);
	assert_int_equal(desc_parse("y@a&0xff=3|0x104(ulong a) = void", &row, NULL), 0);
	assert_int_equal(row.selector, 0);
	assert_int_equal(row.values, 2);
	assert_int_equal(row.value[1], 4);
	assert_int_equal(row.result, DESC_VOID);
	assert_int_equal(desc_parse("x(buf[*n.8+4] b, in struct:u64 n) = int", &row, NULL), 0);
	assert_int_equal(row.arg[0].length_rule, DESC_LEN_POINTED);
	assert_int_equal(row.arg[0].length_at, 8);
	assert_int_equal(row.arg[0].add, 4);
	assert_int_not_equal(desc_parse("x(buf[*n.256] b, in struct:u64 n) = int", &row, NULL), 0);
	assert_int_not_equal(desc_parse("x(buf[n.8] b, size n) = int", &row, NULL), 0);
}

static void test_bad_rows(void **state)
{
	static const char *const bad[] = {
		"",
		"x",
		"x(",
		"x()",
		"x() =",
		"x() = nothing",
		"x() = int ; nothing",
		"x() = int int",
		"x(int) = int",
		"x(int a,) = int",
		"x(thing a) = int",
		"x(out int a) = int",
		"x(buf a) = int",
		"x(buf[n] a) = int",
		"x(buf[*n] a, int n) = int",
		"x(buf[n] a, ptr n = int",
		"x(buf[n] a, path n) = int",
		"x(buf[n/0] a, int n) = int",
		"x(buf[n*99999] a, int n) = int",
		"x(buf[99999999999] a) = int",
		"x(buf[*ret] a) = int",
		"x(struct a) = int",
		"x(flags a) = int",
		"x(int:table a) = int",
		"x(int[4] a) = int",
		"x(void a) = int",
		"x(high a) = int",
		"x() = path",
		"x(int a, int b, int c, int d, int e, int f, int g) = int",
		"x@a(int a) = int",
		"x@b=1(int a) = int",
		"x@a=(int a) = int",
		"x@a=1|(int a) = int",
		"x@a=NO_SUCH(int a) = int",
		"x@a=1(path a) = int",
		"x@a=1 2(int a) = int",
		"x@a=0|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16(int a) = int",
		"x(int a) = int\n",
		"a_name_of_more_than_thirty_nine_characters() = int",
	};
	struct desc_call row;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *error = NULL;

		if (!desc_parse(bad[i], &row, &error))
			fail_msg("accepted: %s", bad[i]);
		assert_non_null(error);
	}
}

static void test_structs(void **state)
{
	(void)state;
	assert_int_equal(desc_struct_size("stat", DESC_X86_64), 144);
	assert_int_equal(desc_struct_size("stat", DESC_I386), 64);
	assert_int_equal(desc_struct_size("stat", DESC_AARCH64), 128);
	assert_int_equal(desc_struct_size("no_such", DESC_X86_64), 0);
	assert_int_equal(desc_struct_size("linux_dirent64", DESC_X86_64), 0);
	assert_true(desc_struct_known("linux_dirent64"));
	assert_false(desc_struct_known("no_such"));
}

static void test_names(void **state)
{
	(void)state;
	for (int i = 0; i < DESC_KINDS; i++) {
		enum desc_kind kind;
		const char *name = desc_kind_name(i);

		assert_non_null(name);
		assert_int_equal(desc_kind_by_name(name, strlen(name), &kind), 0);
		assert_int_equal(kind, i);
	}
	assert_null(desc_kind_name(DESC_KINDS));
	for (int i = 0; i < DESC_CLASSES; i++)
		assert_int_equal(desc_class_by_name(desc_class_name(i)), 1U << i);
	assert_int_equal(desc_class_by_name("nothing"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row_parses),
		cmocka_unit_test(test_table_is_whole),
		cmocka_unit_test(test_lookup),
		cmocka_unit_test(test_variants),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_add_later),
		cmocka_unit_test(test_grammar),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_structs),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
