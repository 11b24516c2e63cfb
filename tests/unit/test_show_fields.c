// SPDX-License-Identifier: GPL-2.0-or-later
/* Lists of fields (show_fields.h) as strace's text and as JSON, and the tables of ioctl that are
 * made of them: sizes, types, names of constants. */
#include "decode/json/json_values.h"
#include "decode/values/device/device.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"
#include "tests/unit/show_fixture.h"

#include <linux/ioctl.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct show_fixture of;
	struct show text, json; /* the same values to each writer */
	struct json_values values;
};

static int open_all(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	show_fixture_open(&f->of);
	f->of.options.string_size = 4;
	show_fixture_show(&f->of, &f->text);
	show_fixture_show(&f->of, &f->json);
	assert_int_equal(json_values_open(&f->values, &f->json, false), 0);
	*state = f;
	return 0;
}

static int close_all(void **state)
{
	struct fixture *f = *state;

	show_done(&f->text);
	show_done(&f->json);
	json_values_close(&f->values);
	show_fixture_close(&f->of);
	free(f);
	return 0;
}

static void expect(struct fixture *f, const struct show_field *fields, const void *data,
		   size_t size, const char *text, const char *json)
{
	f->of.words.used = 0;
	f->text.first = 0;
	show_fields(&f->text, fields, data, size);
	text_char(&f->of.words, 0);
	assert_string_equal(f->of.words.data, text);
	json_values_begin(&f->json);
	value_argument(&f->json, "a");
	show_fields(&f->json, fields, data, size);
	json_values_end(&f->json);
	text_char(&f->values.text, 0);
	assert_string_equal(f->values.text.data, json);
}

static const struct show_field pair_fields[] = {
	FIELD(INT, SIGNED, "x"),
	FIELD(CHAR, HEX, "y"),
	FIELDS_END,
};

static void test_within(void **state)
{
	static const struct show_field fields[] = {
		FIELD(INT, UNSIGNED, "first"),
		FIELD_WITHIN(64, "pair", pair_fields),
		FIELD(64, MOST, "last"),
		FIELDS_END,
	};
	const int32_t data[] = { 1, 0, -2, 3, -1, -1 };
	struct fixture *f = *state;

	assert_int_equal(show_fields_size(&f->text, fields), 24);
	expect(f, fields, data, sizeof(data), "{first=1, pair={x=-2, y=0x3}, last=UINT64_MAX}",
	       "{\"a\":{\"first\":1,\"pair\":{\"x\":-2,\"y\":3},\"last\":{\"value\":"
	       "18446744073709551615,"
	       "\"name\":\"UINT64_MAX\"}}}");
	expect(f, fields, data, 20, "{first=1, pair={x=-2, y=0x3}}",
	       "{\"a\":{\"first\":1,\"pair\":{\"x\":-2,\"y\":3}}}");
}

/* As many as another field says, as there is room for, and as -s allows. */
static void test_lists(void **state)
{
	static const struct show_field fields[] = {
		FIELD(INT, UNSIGNED, "count"),
		FIELD_LIST_WITHIN(INT, "pairs", 2, "count", pair_fields),
		FIELD_LIST_UNLESS_0(INT, "none", 1, "count", pair_fields),
		FIELD_LIST(CHAR, UNSIGNED, "bytes", 6, NULL),
		FIELDS_END,
	};
	unsigned char data[] = { 1, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 8,
				 0, 0, 0, 9, 0, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4, 5, 6 };
	struct fixture *f = *state;

	assert_int_equal(show_fields_size(&f->text, fields), sizeof(data));
	expect(f, fields, data, sizeof(data),
	       "{count=1, pairs=[{x=5, y=0x6}], none=[{x=9, y=0x4}], bytes=[1, 2, 3, 4, ...]}",
	       "{\"a\":{\"count\":1,\"pairs\":[{\"x\":5,\"y\":6}],\"none\":[{\"x\":9,\"y\":4}],"
	       "\"bytes\":[1,2,3,4,5,6]}}");
	data[0] = 0;
	expect(f, fields, data, sizeof(data), "{count=0, pairs=[], bytes=[1, 2, 3, 4, ...]}",
	       "{\"a\":{\"count\":0,\"pairs\":[],\"bytes\":[1,2,3,4,5,6]}}");
	data[0] = 200;
	expect(f, fields, data, sizeof(data),
	       "{count=200, pairs=[{x=5, y=0x6}, {x=7, y=0x8}], none=[{x=9, y=0x4}], "
	       "bytes=[1, 2, 3, 4, ...]}",
	       "{\"a\":{\"count\":200,\"pairs\":[{\"x\":5,\"y\":6},{\"x\":7,\"y\":8}],"
	       "\"none\":[{\"x\":9,\"y\":4}],\"bytes\":[1,2,3,4,5,6]}}");
}

/* Fields that strace writes in another order than they have. */
static void test_order(void **state)
{
	static const struct show_field fields[] = {
		FIELDS_AT(8), FIELD(INT, UNSIGNED, "third"),
		FIELDS_AT(0), FIELD(INT, UNSIGNED, "first"),
		FIELDS_END,
	};
	const uint32_t data[] = { 1, 2, 3 };

	assert_int_equal(show_fields_size(&((struct fixture *)*state)->text, fields), 12);
	expect(*state, fields, data, sizeof(data), "{third=3, first=1}",
	       "{\"a\":{\"third\":3,\"first\":1}}");
}

static void check_tables(struct fixture *f, const struct show_field *field)
{
	for (; field && field->type != FIELD_END; field++) {
		if (field->form == FORM_FLAGS || field->form == FORM_ENUM) {
			if (!show_table(&f->text, field->table))
				print_error("%s: no table %s\n", field->name, field->table);
			assert_non_null(show_table(&f->text, field->table));
		}
		if (field->form == FORM_FIELDS)
			check_tables(f, field->fields);
	}
}

static void check_command(struct fixture *f, const struct device_commands *driver,
			  const struct device_command *c)
{
	size_t size = _IOC_SIZE(c->code);
	bool named = c->kind != DEVICE_FIELDS && c->kind != DEVICE_OTHER &&
		     (c->form == FORM_FLAGS || c->form == FORM_ENUM);

	assert_true(driver->type == ANY_TYPE || driver->type == (int)_IOC_TYPE(c->code));
	if (named && !show_table(&f->text, c->table))
		print_error("%#x: no table %s\n", c->code, c->table);
	assert_true(!named || show_table(&f->text, c->table));
	if (c->kind == DEVICE_FIELDS) {
		check_tables(f, c->fields);
		check_tables(f, c->answer);
		if (size && show_fields_size(&f->text, c->fields) > size)
			print_error("%#x: %zu > %zu\n", c->code,
				    show_fields_size(&f->text, c->fields), size);
		assert_true(!size || show_fields_size(&f->text, c->fields) <= size);
		assert_true(!size || !c->answer || show_fields_size(&f->text, c->answer) <= size);
	}
	for (size_t i = 0; i < driver->count; i++)
		assert_true(&driver->commands[i] == c || driver->commands[i].code != c->code);
}

static void test_commands(void **state)
{
	for (const struct device_commands *const *driver = device_drivers; *driver; driver++)
		for (size_t i = 0; i < (*driver)->count; i++)
			check_command(*state, *driver, &(*driver)->commands[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_within),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_commands),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
