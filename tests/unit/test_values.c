// SPDX-License-Identifier: GPL-2.0-or-later
/* What families say of values, as strace's text and as JSON; and that every structure of the tables
 * has its fields, by name and type, in a writer that is not text. */
#include "decode/json/json_values.h"
#include "decode/values/list_values.h"
#include "decode/values/show_fields.h"
#include "format/calls/desc_rows.h"
#include "tests/unit/show_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fixture {
	struct show_fixture of;
	struct show text, json, list; /* the same values to each writer */
	struct json_values values;
	struct list_values lines;
};

static int open_all(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	show_fixture_open(&f->of);
	show_fixture_show(&f->of, &f->text);
	show_fixture_show(&f->of, &f->json);
	show_fixture_show(&f->of, &f->list);
	assert_int_equal(json_values_open(&f->values, &f->json, false), 0);
	assert_int_equal(list_values_open(&f->lines, &f->list), 0);
	*state = f;
	return 0;
}

static int close_all(void **state)
{
	struct fixture *f = *state;

	show_done(&f->text);
	show_done(&f->json);
	show_done(&f->list);
	json_values_close(&f->values);
	list_values_close(&f->lines);
	show_fixture_close(&f->of);
	free(f);
	return 0;
}

/* Behind the JSON value at `at`; NULL if it is none. */
static const char *behind(const char *at);

static const char *behind_string(const char *at)
{
	for (at++; *at && *at != '"'; at++) {
		if ((unsigned char)*at < ' ')
			return NULL;
		if (*at == '\\' && !strchr("\"\\/bfnrtu", *++at))
			return NULL;
	}
	return *at ? at + 1 : NULL;
}

static const char *behind_group(const char *at, char end)
{
	if (*++at == end)
		return at + 1;
	for (;; at++) {
		if (end == '}') {
			at = *at == '"' ? behind_string(at) : NULL;
			if (!at || *at++ != ':')
				return NULL;
		}
		at = behind(at);
		if (!at)
			return NULL;
		if (*at == end)
			return at + 1;
		if (*at != ',')
			return NULL;
	}
}

static const char *behind(const char *at)
{
	static const char *const words[] = { "null", "true", "false" };
	size_t digits;

	if (*at == '{' || *at == '[')
		return behind_group(at, *at == '{' ? '}' : ']');
	if (*at == '"')
		return behind_string(at);
	for (size_t i = 0; i < 3; i++)
		if (!strncmp(at, words[i], strlen(words[i])))
			return at + strlen(words[i]);
	at += *at == '-';
	digits = strspn(at, "0123456789");
	return digits && (*at != '0' || digits == 1) ? at + digits : NULL;
}

/* The value of a name in an object, NULL if it has none. */
static const char *member(const char *object, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = object + 1; *at == '"';) {
		const char *value = behind_string(at) + 1;

		if (!strncmp(at + 1, name, length) && at[1 + length] == '"')
			return value;
		at = behind(value);
		if (*at == ',')
			at++;
	}
	return NULL;
}

static const char *json_of(struct fixture *f)
{
	const char *end;

	json_values_end(&f->json);
	text_char(&f->values.text, 0);
	end = behind(f->values.text.data);
	if (!end || *end)
		print_error("no JSON: %s\n", f->values.text.data);
	assert_true(end && !*end);
	return f->values.text.data;
}

static void expect(struct fixture *f, void (*say)(struct show *s), const char *text,
		   const char *json)
{
	f->of.words.used = 0;
	f->text.first = 0;
	say(&f->text);
	text_char(&f->of.words, 0);
	assert_string_equal(f->of.words.data, text);
	json_values_begin(&f->json);
	say(&f->json);
	assert_string_equal(json_of(f), json);
}

static void numbers(struct show *s)
{
	value_argument(s, "a");
	value_signed(s, INT64_MIN);
	value_argument(s, "b");
	value_unsigned(s, UINT64_MAX);
	value_argument(s, "c");
	value_hex(s, 255);
	value_label(s, "d");
	value_octal(s, 0644);
	value_argument(s, "e");
	value_address(s, 0x1000);
	value_argument(s, "f");
	value_address(s, 0);
}

static void groups(struct show *s)
{
	value_argument(s, "list");
	value_array(s);
	for (int i = 1; i < 3; i++) {
		value_element(s);
		value_struct(s);
		field_signed(s, "x", -i);
		field_unsigned(s, "y", i);
		value_struct_end(s);
	}
	value_more(s);
	value_array_end(s);
	value_argument(s, "at");
	value_pointed(s);
	value_signed(s, 5);
	value_becomes(s);
	value_signed(s, 3);
	value_pointed_end(s);
	value_argument(s, "none");
	value_struct(s);
	value_struct_end(s);
}

static void missing(struct show *s)
{
	value_argument(s, "a");
	value_struct(s);
	field_hex(s, "b", 1);
	value_struct_end(s);
	value_reopen(s);
	value_unreadable(s);
	value_struct_end(s);
	value_argument(s, "c");
	value_array(s);
	value_element(s);
	value_signed(s, 1);
	value_more_at(s, 0x2000);
	value_array_end(s);
	value_argument(s, "d");
	value_struct(s);
	value_field(s, "e");
	value_left_out(s);
	value_struct_end(s);
}

static void names(struct show *s)
{
	value_argument(s, "how");
	show_enum(s, "whence_codes", 1);
	value_argument(s, "odd");
	show_enum(s, "whence_codes", 77);
	value_argument(s, "flags");
	show_flags(s, "open_flags", 02000000 | 1 | 1 << 30);
	value_argument(s, "signal");
	show_signal(s, 17);
	value_argument(s, "dev");
	show_dev(s, 0x801);
	value_argument(s, "mode");
	show_file_mode(s, 0100644);
}

static void strings(struct show *s)
{
	value_argument(s, "a");
	value_bytes(s, "x\"\n\xc3\xa4", 5, 5);
	value_argument(s, "b");
	value_bytes(s, "\xff\0", 2, 2);
	value_argument(s, "c");
	value_bytes(s, "abc", 3, 9);
	value_argument(s, "d");
	value_bytes(s, "\x80", 1, VALUE_CUT);
	value_argument(s, "fd");
	value_signed(s, 3);
	value_beside(s, "path", "/x", 2);
	value_argument(s, "t");
	value_unsigned(s, 7);
	value_remark(s, "a week");
	value_remark(s, "really");
}

static void sets(struct show *s)
{
	static const uint64_t some = 1 << 1 | 1 << 14, most = ~(uint64_t)(1 << 8);

	value_argument(s, "a");
	show_sigset(s, &some, 8);
	value_argument(s, "b");
	show_sigset(s, &most, 8);
	value_argument(s, "c");
	value_array(s);
	value_element(s);
	value_begin(s, GROUP_INDEX);
	value_constant(s, 0, BASE_UNSIGNED, "FIRST", NULL);
	value_end(s, GROUP_INDEX);
	value_signed(s, 1);
	value_element(s);
	value_signed(s, 2);
	value_array_end(s);
}

static void mixes(struct show *s)
{
	value_argument(s, "one");
	value_mix(s, 5, BASE_NONE);
	value_part(s);
	value_words(s, 5, "FIVE");
	value_mix_end(s);
	value_argument(s, "two");
	value_mix(s, 0x405, BASE_NONE);
	value_part(s);
	value_unsigned(s, 4);
	value_say(s, "<<SHIFT");
	value_part(s);
	show_enum(s, "whence_codes", 1);
	value_part(s);
	value_hex(s, 255);
	value_mix_end(s);
	value_argument(s, "status");
	value_mix(s, 9, BASE_NONE);
	value_say(s, "WTERMSIG(s) == ");
	show_signal(s, 9);
	value_say(s, " && WCOREDUMP(s)");
	value_mix_end(s);
	value_argument(s, "bits");
	value_mix(s, 3, BASE_NONE);
	value_part(s);
	show_flags(s, "xattrflags", 3);
	value_or(s);
	value_words(s, 0, "OTHER");
	value_mix_end(s);
}

static void test_writers(void **state)
{
	struct fixture *f = *state;

	expect(f, numbers, "-9223372036854775808, 18446744073709551615, 0xff, d=0644, 0x1000, NULL",
	       "{\"a\":-9223372036854775808,\"b\":18446744073709551615,\"c\":255,\"d\":420,"
	       "\"e\":{\"address\":\"0x1000\"},\"f\":null}");
	expect(f, groups, "[{x=-1, y=1}, {x=-2, y=2}, ...], [5 => 3], {}",
	       "{\"list\":[{\"x\":-1,\"y\":1},{\"x\":-2,\"y\":2},{\"more\":true}],"
	       "\"at\":{\"before\":5,\"after\":3},\"none\":{}}");
	expect(f, missing, "{b=0x1, ???}, [1, ... /* 0x2000 */], {e=...}",
	       "{\"a\":{\"b\":1,\"unreadable\":true},\"c\":[1,{\"more\":{\"address\":\"0x2000\"}}],"
	       "\"d\":{\"e\":{\"more\":true}}}");
	expect(f, names,
	       "SEEK_CUR, 0x4d /* SEEK_??? */, O_WRONLY|O_CLOEXEC|0x40000000, SIGCHLD, "
	       "makedev(0x8, 0x1), S_IFREG|0644",
	       "{\"how\":{\"value\":1,\"name\":\"SEEK_CUR\"},\"odd\":{\"value\":77,\"name\":null},"
	       "\"flags\":{\"value\":1074266113,\"flags\":[\"O_WRONLY\",\"O_CLOEXEC\"],"
	       "\"rest\":1073741824},\"signal\":{\"value\":17,\"name\":\"SIGCHLD\"},"
	       "\"dev\":{\"value\":2049,\"makedev\":[8,1]},"
	       "\"mode\":{\"value\":33188,\"flags\":[\"S_IFREG\",420]}"
	       "}");
	expect(f, strings,
	       "\"x\\\"\\n\\303\\244\", \"\\377\\0\", \"abc\"..., \"\\200\"..., 3</x>, "
	       "7 /* a week */ /* really */",
	       "{\"a\":\"x\\\"\\n\\u00e4\",\"b\":{\"bytes\":\"ff00\"},"
	       "\"c\":{\"value\":\"abc\",\"size\":9},\"d\":{\"bytes\":\"80\",\"size\":null},"
	       "\"fd\":{\"value\":3,\"path\":\"/x\"},"
	       "\"t\":{\"value\":7,\"comment\":\"a week\",\"comment_2\":\"really\"}}");
	expect(f, mixes,
	       "FIVE, 4<<SHIFT|SEEK_CUR|0xff, WTERMSIG(s) == SIGKILL && WCOREDUMP(s), "
	       "XATTR_CREATE|XATTR_REPLACE or OTHER",
	       "{\"one\":{\"value\":5,\"name\":\"FIVE\"},"
	       "\"two\":{\"value\":1029,\"flags\":[\"4<<SHIFT\",\"SEEK_CUR\",255]},"
	       "\"status\":{\"value\":9,\"name\":\"WTERMSIG(s) == SIGKILL && WCOREDUMP(s)\"},"
	       "\"bits\":{\"value\":3,\"flags\":[\"XATTR_CREATE\",\"XATTR_REPLACE\","
	       "\"OTHER\"]}}");
	expect(f, sets, "[INT TERM], ~[KILL], [[FIRST]=1, 2]",
	       "{\"a\":[{\"value\":2,\"name\":\"SIGINT\"},{\"value\":15,\"name\":\"SIGTERM\"}],"
	       "\"b\":{\"all_but\":[{\"value\":9,\"name\":\"SIGKILL\"}]},"
	       "\"c\":[{\"index\":{\"value\":0,\"name\":\"FIRST\"},\"value\":1},2]}");
}

static void expect_lines(struct fixture *f, void (*say)(struct show *s), const char *lines)
{
	list_values_begin(&f->list);
	say(&f->list);
	text_char(&f->lines.lines, 0);
	assert_string_equal(f->lines.lines.data, lines);
}

/* The list has a line for each value that is not the whole of an argument, or has words. */
static void test_lines(void **state)
{
	struct fixture *f = *state;

	expect_lines(f, numbers, "");
	expect_lines(f, groups,
		     "field list[0].x (number): -1\nfield list[0].y (number): 1\n"
		     "field list[1].x (number): -2\nfield list[1].y (number): 2\n"
		     "field list... (missing): more\n");
	expect_lines(f, missing,
		     "field a.b (number): 1 0x1\nfield a... (missing): not captured\n"
		     "field c[0] (number): 1\nfield c... (missing): not readable from 0x2000\n"
		     "field d... (missing): more\n");
	expect_lines(f, names,
		     "field how (name): 1 SEEK_CUR\nfield odd (name): 77\n"
		     "field flags (flags): 1074266113 O_WRONLY|O_CLOEXEC|0x40000000\n"
		     "field signal (name): 17 SIGCHLD\nfield dev (number): 2049 makedev(0x8, 0x1)\n"
		     "field mode (flags): 33188 S_IFREG|0644\n");
	expect_lines(f, sets,
		     "field a (set): SIGINT SIGTERM\nfield b (set): all but SIGKILL\n"
		     "field c[FIRST] (number): 1\nfield c[1] (number): 2\n");
	expect_lines(f, strings,
		     "field fd.path (note): /x\nfield t.comment (note): a week\n"
		     "field t.comment (note): really\n");
}

/* -X raw has numbers alone, -X verbose one comment behind each. */
static void test_raw_names(void **state)
{
	struct fixture *f = *state;
	static const char *const texts[] = {
		"0x1, 0x4d, 0x40080001, 17, 0x801, 0100644",
		"0x1 /* SEEK_CUR */, 0x4d /* SEEK_??? */, "
		"0x40080001 /* O_WRONLY|O_CLOEXEC|0x40000000 */, 17 /* SIGCHLD */, "
		"0x801 /* makedev(0x8, 0x1) */, 0100644 /* S_IFREG|0644 */",
	};

	for (int raw = 1; raw <= 2; raw++) {
		f->of.options.raw_names = raw;
		f->of.words.used = 0;
		names(&f->text);
		text_char(&f->of.words, 0);
		assert_string_equal(f->of.words.data, texts[raw - 1]);
	}
	/* No comment on no bits, unless that has a name; one on bits of which none has. */
	f->of.options.raw_names = 2;
	f->of.words.used = 0;
	show_flags(&f->text, "xattrflags", 0);
	value_argument(&f->text, "b");
	show_flags(&f->text, "open_flags", 0);
	value_argument(&f->text, "c");
	show_flags(&f->text, "xattrflags", 0x40);
	text_char(&f->of.words, 0);
	assert_string_equal(f->of.words.data, "0, 0 /* O_RDONLY */, 0x40 /* XATTR_??? */");
	f->of.options.raw_names = 0;
}

/* Whatever a family does, the result is JSON. */
static void misplaced(struct show *s)
{
	value_signed(s, 1);
	value_signed(s, 2);
	value_argument(s, "a");
	value_array(s);
	value_signed(s, 3);
	value_signed(s, 4);
	value_array_end(s);
	value_argument(s, "b");
	value_argument(s, "c");
	value_struct(s);
	value_signed(s, 5);
	value_remark(s, "six");
	text_put(s->out, "seven");
	value_struct_end(s);
}

static void deep(struct show *s)
{
	value_argument(s, "deep");
	for (int i = 0; i < 100; i++) {
		value_array(s);
		value_element(s);
	}
	value_more(s);
	for (int i = 0; i < 100; i++)
		value_array_end(s);
	value_argument(s, "behind");
	value_signed(s, 8);
}

/* Each structure goes on after its end, as deep as it goes. */
static void reopened(struct show *s)
{
	value_argument(s, "a");
	for (int i = 0; i < 100; i++) {
		value_array(s);
		value_element(s);
	}
	for (int i = 0; i < 100; i++) {
		value_array_end(s);
		value_reopen(s);
		value_element(s);
		value_struct(s);
		value_struct_end(s);
		value_array_end(s);
	}
}

static void test_robust(void **state)
{
	struct fixture *f = *state;

	json_values_begin(&f->json);
	misplaced(&f->json);
	assert_string_equal(json_of(f), "{\"also\":{\"value\":1,\"also\":2},\"a\":[3,4],\"b\":null,"
					"\"c\":{\"also\":{\"value\":5,\"comment\":\"six\",\"also\":"
					"{\"text\":\"seven\"}}}}");
	json_values_begin(&f->json);
	deep(&f->json);
	assert_string_equal(member(json_of(f), "behind"), "8}");
	list_values_begin(&f->list);
	reopened(&f->list);
	assert_true(f->list.writer && f->lines.depth < LIST_DEPTH);
	json_values_begin(&f->json);
	reopened(&f->json);
	json_of(f);
}

static size_t field_size(const struct show_field *f, bool compat)
{
	static const uint8_t sizes[] = { 1, 2, 4, 8, 8, 4 };

	return (f->type == FIELD_LONG && compat ? 4 : sizes[f->type]) * (f->count ? f->count : 1);
}

/* What kind of JSON a form has: its first characters. */
static const char *kind_of(const struct show_field *f)
{
	switch (f->form) {
	case FORM_SIGNED:
	case FORM_UNSIGNED:
	case FORM_HEX:
	case FORM_OCTAL:
	case FORM_ID: return "-0123456789";
	case FORM_POINTER: return "{n"; /* null */
	case FORM_FLAGS:
	case FORM_ENUM:
	case FORM_SIGNAL:
	case FORM_CLOCK: return f->table || f->form > FORM_FD ? "{" : "-0123456789";
	case FORM_TEXT: return "\"{";
	case FORM_ARRAY: return f->count < 2 ? "0123456789" : "[";
	case FORM_FD:
	case FORM_TICKS: return "{0123456789-";
	default: return "{[\"0123456789-n";
	}
}

static void check_fields(const char *json, const char *name, const struct show_field *fields,
			 size_t size, bool compat)
{
	size_t at = 0, width, align;

	for (const struct show_field *f = fields; f->type != FIELD_END; f++) {
		const char *value;

		if (f->type == FIELD_MORE || (f->type == FIELD_HIGH && !compat))
			continue;
		width = field_size(f, compat);
		align = width / (f->count ? f->count : 1);
		align = compat && align > 4 ? 4 : align;
		at = (at + align - 1) / align * align + width;
		if (at > size || f->form == FORM_NONE || f->unless_0)
			continue;
		value = member(json, f->name);
		if (!value || !strchr(kind_of(f), *value))
			print_error("struct %s, field %s: %s\n", name, f->name, json);
		assert_true(value && strchr(kind_of(f), *value));
	}
}

/* One structure of the tables, whose bytes are all the same. */
static void check_structure(struct fixture *f, const char *name, size_t size, int byte)
{
	const struct show_layout *layout = NULL;
	uint64_t data[1024];
	const char *json, *value;

	for (const struct show_family *const *family = show_families; *family && !layout; family++)
		for (layout = (*family)->layouts; layout && layout->name; layout++)
			if (!strcmp(layout->name, name))
				break;
	if (layout && !layout->name)
		layout = NULL;
	memset(data, byte, sizeof(data));
	json_values_begin(&f->json);
	value_argument(&f->json, "s");
	show_struct_data(&f->json, name, data, size);
	json = json_of(f);
	value = member(json, "s");
	/* Text past the writer, or values that have no place. */
	if (strstr(json, "\"text\":") || strstr(json, "\"also\":"))
		print_error("struct %s: %s\n", name, json);
	assert_false(strstr(json, "\"text\":") || strstr(json, "\"also\":"));
	if (layout && !show_find_struct(&f->json, name))
		check_fields(value, name, layout->fields, size, f->json.compat);
}

static void test_structures(void **state)
{
	static const int bytes[] = { 0, 1, 2, 0x7f, 0xff };
	struct fixture *f = *state;
	size_t known = 0;

	for (size_t i = 0; i < desc_rows_structs_count; i++) {
		const struct desc_rows_struct *row = &desc_rows_structs[i];

		for (int compat = 0; compat < 2; compat++) {
			size_t size = row->size[compat ? DESC_I386 : DESC_X86_64];

			if (!size || size > 8192 || !show_knows(&f->json, row->name))
				continue;
			known++;
			f->json.compat = compat;
			for (size_t k = 0; k < sizeof(bytes) / sizeof(*bytes); k++)
				check_structure(f, row->name, size, bytes[k]);
		}
	}
	assert_true(known > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writers),	   cmocka_unit_test(test_lines),
		cmocka_unit_test(test_raw_names),  cmocka_unit_test(test_robust),
		cmocka_unit_test(test_structures),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
