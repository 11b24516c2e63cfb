// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON's parts: strings of any bytes, numbers of any size, keys that come twice. With an argument
 * it writes a line of -l json for each structure of the tables, filled with each of some bytes, for
 * tests/outputs/json_schema.test.
 */
#include "decode/json/json_string.h"
#include "decode/json/json_values.h"
#include "format/calls/desc_rows.h"
#include "tests/unit/show_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct show_fixture of;
	struct show show;
	struct json_values values;
};

static void open_json(struct fixture *f, bool safe)
{
	memset(f, 0, sizeof(*f));
	show_fixture_open(&f->of);
	show_fixture_show(&f->of, &f->show);
	assert_int_equal(json_values_open(&f->values, &f->show, safe), 0);
}

static void close_json(struct fixture *f)
{
	show_done(&f->show);
	json_values_close(&f->values);
	show_fixture_close(&f->of);
}

static void expect(void (*say)(struct show *s), bool safe, const char *json)
{
	struct fixture f;

	open_json(&f, safe);
	json_values_begin(&f.show);
	say(&f.show);
	json_values_end(&f.show);
	text_char(&f.values.text, 0);
	assert_string_equal(f.values.text.data, json);
	close_json(&f);
}

static void check_string(const char *bytes, size_t size, const char *json)
{
	struct text t;

	assert_int_equal(text_open_sized(&t, -1, 1), 0);
	json_any_string(&t, bytes, size);
	text_char(&t, 0);
	assert_string_equal(t.data, json);
	text_close(&t);
}

#define BYTES(literal) literal, sizeof(literal) - 1

static void test_strings(void **state)
{
	(void)state;
	check_string(BYTES(""), "\"\"");
	check_string(BYTES("plain, and longer than sixteen bytes"),
		     "\"plain, and longer than sixteen bytes\"");
	check_string(BYTES("0123456789abcdef\"0123456789abcde\\"),
		     "\"0123456789abcdef\\\"0123456789abcde\\\\\"");
	check_string(BYTES("\0\1\b\t\n\v\f\r\33\37\177/"),
		     "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001b\\u001f\\u007f/\"");
	/* Two, three and four bytes; the first and last of each length. */
	check_string(BYTES("\xc2\x80\xdf\xbf"), "\"\\u0080\\u07ff\"");
	check_string(BYTES("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf"),
		     "\"\\u0800\\ud7ff\\ue000\\uffff\"");
	check_string(BYTES("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf"), "\"\\ud800\\udc00\\udbff\\udfff\"");
	/* Not UTF-8: too long a form, a surrogate, beyond the last, cut, a lone byte. */
	check_string(BYTES("\xc0\x80"), "{\"bytes\":\"c080\"}");
	check_string(BYTES("\xe0\x9f\xbf"), "{\"bytes\":\"e09fbf\"}");
	check_string(BYTES("\xed\xa0\x80"), "{\"bytes\":\"eda080\"}");
	check_string(BYTES("\xf4\x90\x80\x80"), "{\"bytes\":\"f4908080\"}");
	check_string(BYTES("a\xe2\x82"), "{\"bytes\":\"61e282\"}");
	check_string(BYTES("0123456789abcdef\xff"),
		     "{\"bytes\":\"30313233343536373839616263646566ff\"}");
}

static void extremes(struct show *s)
{
	value_argument(s, "a");
	value_signed(s, INT64_MIN);
	value_argument(s, "b");
	value_unsigned(s, UINT64_MAX);
	value_argument(s, "c");
	value_unsigned(s, 1ull << 53);
	value_argument(s, "d");
	value_signed(s, -(1ll << 53) - 1);
	value_argument(s, "e");
	show_flags(s, "xattrflags", UINT64_MAX << 1);
	value_argument(s, "f");
	value_constant(s, UINT64_MAX, BASE_HEX, NULL, NULL);
}

static void test_numbers(void **state)
{
	(void)state;
	expect(extremes, true,
	       "{\"a\":\"-9223372036854775808\",\"b\":\"18446744073709551615\","
	       "\"c\":9007199254740992,\"d\":\"-9007199254740993\","
	       "\"e\":{\"value\":\"18446744073709551614\",\"flags\":[\"XATTR_REPLACE\"],"
	       "\"rest\":\"18446744073709551612\"},"
	       "\"f\":{\"value\":\"18446744073709551615\",\"name\":null}}");
	expect(extremes, false,
	       "{\"a\":-9223372036854775808,\"b\":18446744073709551615,"
	       "\"c\":9007199254740992,\"d\":-9007199254740993,"
	       "\"e\":{\"value\":18446744073709551614,\"flags\":[\"XATTR_REPLACE\"],"
	       "\"rest\":18446744073709551612},"
	       "\"f\":{\"value\":18446744073709551615,\"name\":null}}");
}

static void twice(struct show *s)
{
	for (int i = 0; i < 3; i++) {
		value_argument(s, "a");
		value_struct(s);
		field_signed(s, "x", i);
		field_signed(s, "x", i);
		field_signed(s, "x_2", i);
		value_more(s);
		value_more(s);
		value_struct_end(s);
		value_remark(s, "first");
		value_remark(s, "second");
	}
	value_argument(s, "b");
	value_bytes(s, "abc", 3, 9);
	value_beside(s, "size", "x", 1);
	value_argument(s, "\"");
	value_unsigned(s, 1);
	value_argument(s, "\"");
	value_unsigned(s, 2);
	value_argument(s, "\xff");
	value_unsigned(s, 3);
}

/* No object has a key twice, whatever a family or a tape calls things. */
static void test_keys(void **state)
{
	(void)state;
	expect(twice, false,
	       "{\"a\":{\"value\":{\"x\":0,\"x_2\":0,\"x_2_2\":0,\"more\":true,\"more_2\":true},"
	       "\"comment\":\"first\",\"comment_2\":\"second\"},"
	       "\"a_2\":{\"value\":{\"x\":1,\"x_2\":1,\"x_2_2\":1,\"more\":true,\"more_2\":true},"
	       "\"comment\":\"first\",\"comment_2\":\"second\"},"
	       "\"a_3\":{\"value\":{\"x\":2,\"x_2\":2,\"x_2_2\":2,\"more\":true,\"more_2\":true},"
	       "\"comment\":\"first\",\"comment_2\":\"second\"},"
	       "\"b\":{\"value\":\"abc\",\"size\":9,\"size_2\":\"x\"},"
	       "\"\\\"\":1,\"\\\"_2\":2,\"\\u00ff\":3}");
}

static void many(struct show *s)
{
	char name[8];

	value_argument(s, "a");
	value_struct(s);
	for (int i = 0; i < 80; i++) {
		snprintf(name, sizeof(name), "f%d", i % 40);
		field_signed(s, name, i);
	}
	value_struct_end(s);
}

/* More keys than are known by their hashes. */
static void test_many_keys(void **state)
{
	char want[2048] = "{\"a\":{", *end = want + strlen(want);

	(void)state;
	for (int i = 0; i < 80; i++)
		end += sprintf(end, "%s\"f%d%s\":%d", i ? "," : "", i % 40, i < 40 ? "" : "_2", i);
	strcpy(end, "}}");
	expect(many, false, want);
}

/* A byte that needs an escape at each place of strings of each length, and the same behind them. */
static void test_every_place(void **state)
{
	static const struct {
		const char *byte, *escape;
	} odd[] = { { "\"", "\\\"" },	   { "\\", "\\\\" }, { "\n", "\\n" }, { "\x1f", "\\u001f" },
		    { "\x7f", "\\u007f" }, { "~", "~" },     { " ", " " } };
	char bytes[41], want[128];

	(void)state;
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		for (size_t size = 1; size < sizeof(bytes); size++) {
			for (size_t at = 0; at < size; at++) {
				struct text text;

				memset(bytes, 'x', sizeof(bytes));
				bytes[at] = bytes[size] = *odd[i].byte;
				sprintf(want, "\"%.*s%s%.*s\"", (int)at,
					"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", odd[i].escape,
					(int)(size - at - 1),
					"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
				assert_int_equal(text_open(&text, -1), 0);
				assert_true(json_string(&text, bytes, size));
				assert_int_equal(text.used, strlen(want));
				assert_memory_equal(text.data, want, text.used);
				text_close(&text);
			}
		}
	}
}

/* Values where a group has place for one. */
static void crowded(struct show *s)
{
	value_argument(s, "a");
	value_signed(s, 1);
	value_meaning(s);
	value_signed(s, 2);
	value_more(s);
	value_signed(s, 3);
	value_meaning_end(s);
	value_meaning(s);
	value_field(s, "b");
	value_signed(s, 4);
	value_meaning_end(s);
}

static void test_crowded(void **state)
{
	(void)state;
	expect(crowded, false,
	       "{\"a\":{\"value\":1,\"meaning\":{\"value\":2,\"more\":true,\"also\":3},"
	       "\"meaning_2\":4}}");
}

static void print_structure(struct fixture *f, const char *name, size_t size, int byte)
{
	uint64_t data[1024];

	memset(data, byte, sizeof(data));
	json_values_begin(&f->show);
	value_argument(&f->show, name);
	show_struct_data(&f->show, name, data, size);
	json_values_end(&f->show);
	printf("{\"type\":\"call\",\"time\":null,\"ts\":null,\"pid\":1,\"tid\":1,\"comm\":\"\","
	       "\"cpu\":null,\"name\":\"read\",\"nr\":0,\"arch\":\"x86_64\",\"state\":\"done\","
	       "\"args\":%.*s,\"retval\":0,\"error\":null,\"latency\":null}\n",
	       (int)f->values.text.used, f->values.text.data);
}

static int print_structures(void)
{
	static const int bytes[] = { 0, 1, 2, 0x22, 0x5c, 0x7f, 0x80, 0xff };
	struct fixture f;

	open_json(&f, false);
	for (size_t i = 0; i < desc_rows_structs_count; i++) {
		const struct desc_rows_struct *row = &desc_rows_structs[i];

		for (int compat = 0; compat < 2; compat++) {
			size_t size = row->size[compat ? DESC_I386 : DESC_X86_64];

			if (!size || size > 8192 || !show_knows(&f.show, row->name))
				continue;
			f.show.compat = compat;
			for (size_t k = 0; k < sizeof(bytes) / sizeof(*bytes); k++)
				print_structure(&f, row->name, size, bytes[k]);
		}
	}
	close_json(&f);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strings),	    cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_keys),	    cmocka_unit_test(test_many_keys),
		cmocka_unit_test(test_every_place), cmocka_unit_test(test_crowded),
	};

	(void)argv;
	return argc > 1 ? print_structures() : cmocka_run_group_tests(tests, NULL, NULL);
}
