// SPDX-License-Identifier: GPL-2.0-or-later
// The words of -e for events: taken apart, put as the kernel takes them; the operands of static
// probes; and the values of hits.
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "decode/events/probe.h"
#include "tracer/probes/probe_spec.h"
#include "tracer/probes/usdt_operand.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A spec as one line: kind|file|provider|place|name=expression:type,...|condition */
static void put(char *to, size_t room, const struct probe_spec *spec)
{
	size_t n = snprintf(to, room, "%s|%s|%s|%s|", probe_kind_word(spec->kind),
			    spec->file ? spec->file : "", spec->provider ? spec->provider : "",
			    spec->place);

	for (size_t i = 0; i < spec->fetches; i++)
		n += snprintf(to + n, room - n, "%s%s=%s:%s", i ? "," : "", spec->fetch[i].name,
			      spec->fetch[i].expression ? spec->fetch[i].expression : "",
			      spec->fetch[i].type ? spec->fetch[i].type : "");
	snprintf(to + n, room - n, "|%s", spec->condition ? spec->condition : "");
}

static void specs_are_taken_apart(void **state)
{
	static const struct {
		const char *text, *parts;
	} rows[] = {
		{ "kprobe:vfs_read", "kprobe|||vfs_read||" },
		{ "kprobe:vfs_*", "kprobe|||vfs_*||" },
		{ "kprobe:/^vfs_(read|write)$", "kprobe|||/^vfs_(read|write)$||" },
		{ "kprobe:/^vfs_(read|write)$/(a=arg1) if a > 1",
		  "kprobe|||/^vfs_(read|write)$|a=arg1:|a > 1" },
		{ "kretprobe:/^a(b|c) if x", "kretprobe|||/^a(b|c)||x" },
		{ "uprobe:/bin/a:/^m(a|b)/(arg1)", "uprobe|/bin/a||/^m(a|b)|arg1=arg1:|" },
		{ "usdt:/bin/a:p:/x(y)", "usdt|/bin/a|p|/x(y)||" },
		{ "tracepoint:sched:/^sched_(switch|wakeup)$/(pid)",
		  "tracepoint|sched||/^sched_(switch|wakeup)$|pid=:|" },
		{ "kprobe:ext4:ext4_sync", "kprobe|||ext4:ext4_sync||" },
		{ "kretprobe:f(retval)", "kretprobe|||f|retval=retval:|" },
		{ "kprobe:f(count=arg3:u64) if count == 100",
		  "kprobe|||f|count=arg3:u64|count == 100" },
		{ "kprobe:f( a = arg1 , b = +8(+0(arg2)):x64 )",
		  "kprobe|||f|a=arg1:,b=+8(+0(arg2)):x64|" },
		{ "kprobe:f(arg1,+0(arg2):ustring)", "kprobe|||f|arg1=arg1:,v2=+0(arg2):ustring|" },
		{ "kprobe:f if common_pid != 1", "kprobe|||f||common_pid != 1" },
		{ "uprobe:/bin/a:main", "uprobe|/bin/a||main||" },
		{ "uprobe:a:0x1234", "uprobe|a||0x1234||" },
		{ "uprobe:/bin/a:b:main", "uprobe|/bin/a:b||main||" },
		{ "uretprobe:libc.so.6:getppid(retval:s32)",
		  "uretprobe|libc.so.6||getppid|retval=retval:s32|" },
		{ "usdt:/bin/a:tape:work(arg1)", "usdt|/bin/a|tape|work|arg1=arg1:|" },
		{ "tracepoint:sched:sched_switch(prev_pid,next_pid)",
		  "tracepoint|sched||sched_switch|prev_pid=:,next_pid=:|" },
		{ "tracepoint:sched:*", "tracepoint|sched||*||" },
	};
	struct tape_error why;
	struct probe_spec spec;
	char parts[256];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (probe_spec_parse(&spec, rows[i].text, &why))
			fail_msg("'%s': %s", rows[i].text, why.text);
		put(parts, sizeof(parts), &spec);
		assert_string_equal(parts, rows[i].parts);
		probe_spec_free(&spec);
	}
}

static void wrong_specs_are_refused(void **state)
{
	static const char *const rows[] = {
		"kprobe:",
		"nothing:f",
		"kprobe:f(a=arg1",
		"kprobe:f(a=)",
		"kprobe:f(1a=arg1)",
		"kprobe:f(a=arg1;b)",
		"kprobe:f(a=arg1) when a",
		"uprobe:/bin/a",
		"uprobe::main",
		"uprobe:/bin/a:",
		"usdt:/bin/a:work",
		"tracepoint:sched",
		"tracepoint:sched:x(a=arg1)",
		"kprobe:f(a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a)",
		"kprobe:f(a_name_that_is_longer_than_thirty_letters=arg1)",
	};
	struct tape_error why;
	struct probe_spec spec;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		why.text[0] = '\0';
		if (probe_spec_parse(&spec, rows[i], &why) != -EINVAL || !*why.text)
			fail_msg("'%s' is taken", rows[i]);
		probe_spec_free(&spec);
	}
}

static void lists_end_where_the_next_event_begins(void **state)
{
	static const struct {
		const char *list;
		size_t length;
	} rows[] = {
		{ "kprobe:a,kprobe:b", 8 },
		{ "kprobe:a(x=arg1,y=arg2),kretprobe:b", 23 },
		{ "kprobe:a,b", 10 },
		{ "kprobe:a(x=arg1) if x == 1 && y == 2,usdt:a:b:c", 36 },
		{ "kprobe:a", 8 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(probe_spec_length(rows[i].list), rows[i].length);
	assert_true(probe_spec_is("uretprobe:x"));
	assert_false(probe_spec_is("uretprobes:x"));
	assert_false(probe_spec_is("open"));
}

static void old_names_stand_for_events(void **state)
{
	static const struct {
		const char *word, *event;
	} rows[] = {
		{ "kp-raw:vfs_read", "kprobe:vfs_read" },
		{ "kp-raw_glob:vfs_*", "kprobe:vfs_*" },
		{ "kp-raw_re:^vfs_", "kprobe:/^vfs_" },
		{ "kp-raw:", NULL },
		{ "kp-file", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *event = probe_spec_alias(rows[i].word, strlen(rows[i].word));

		assert_int_equal(!event, !rows[i].event);
		if (event)
			assert_string_equal(event, rows[i].event);
		free(event);
	}
}

static void patterns_match(void **state)
{
	(void)state;
	assert_true(probe_spec_matches("vfs_*", "vfs_read"));
	assert_false(probe_spec_matches("vfs_?", "vfs_read"));
	assert_true(probe_spec_matches("/^vfs_(read|write)$", "vfs_write"));
	assert_false(probe_spec_matches("/^vfs_(read|write)$", "vfs_writev"));
	assert_false(probe_spec_matches("/(", "("));
	assert_true(probe_spec_is_pattern("/x"));
	assert_true(probe_spec_is_pattern("[ab]c"));
	assert_false(probe_spec_is_pattern("vfs_read"));
}

static void expressions_are_the_kernels(void **state)
{
	static const char *const args[] = { "%di", "%si", NULL };
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "arg1", "%di" },
		{ "+0(arg2)", "+0(%si)" },
		{ "+8(+0($arg2))", "+8(+0(%si))" },
		{ "retval", "$retval" },
		{ "$retval", "$retval" },
		{ "comm", "$comm" },
		{ "%ax", "%ax" },
		{ "\\5", "\\5" },
		{ "@jiffies", "@jiffies" },
		{ "args", "args" },
		{ "argument1", "argument1" },
	};
	char to[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(probe_spec_expression(rows[i].from, args, 3, to, sizeof(to)), 0);
		assert_string_equal(to, rows[i].to);
	}
	assert_int_equal(probe_spec_expression("arg3", args, 3, to, sizeof(to)), -EINVAL);
	assert_int_equal(probe_spec_expression("arg4", args, 3, to, sizeof(to)), -EINVAL);
	assert_int_equal(probe_spec_expression("arg0", args, 3, to, sizeof(to)), -EINVAL);
	assert_int_equal(probe_spec_expression("+0(+0(+0(arg1)))", args, 3, to, 8), -E2BIG);
}

/* A program that is loaded where it was linked for, or anywhere, with one symbol. */
static bool one_symbol(void *context, const char *name, uint64_t *address)
{
	(void)context;
	*address = 0x404010;
	return !strcmp(name, "counter") || !strcmp(name, ".bss_0");
}

static void operands_are_read(void **state)
{
	static const struct {
		const char *text, *type, *expression; /* NULL: it cannot be had */
		bool fixed;
	} rows[] = {
		{ "8@%rdi", "u64", "%di", false },
		{ "-4@%edi", "s32", "%di", false },
		{ "2@%ax", "u16", "%ax", false },
		{ "1@%sil", "u8", "%si", false },
		{ "-1@%bl", "s8", "%bx", false },
		{ "1@%ah", "b8@8/64", "%ax", false },
		{ "4@%r10d", "u32", "%r10", false },
		{ "1@%r9b", "u8", "%r9", false },
		{ "8@%rsp", "u64", "%sp", false },
		{ "-4@$-5", "s32", "\\-5", false },
		{ "8@$0x10", "u64", "\\16", false },
		{ "8@$18446744073709551615", "u64", "\\-1", false },
		{ "8@$counter", "u64", "\\4210704", true },
		{ "8@$counter+8", "u64", "\\4210712", true },
		{ "8@$counter", "u64", NULL, false },
		{ "8@(%rax)", "u64", "+0(%ax)", false },
		{ "8@16(%rsp)", "u64", "+16(%sp)", false },
		{ "-4@-20(%rbp)", "s32", "-20(%bp)", false },
		{ "-4@8-28(%rbp)", "s32", "-20(%bp)", false },
		{ "4@8(,%rax,1)", "u32", "+8(%ax)", false },
		{ "4@8(,%rax)", "u32", "+8(%ax)", false },
		{ "4@8(%rbx,%rax,4)", "u32", NULL, false },
		{ "4@(%rbx,%rax)", "u32", NULL, false },
		{ "4@8(,%rax,4)", "u32", NULL, false },
		{ "4@counter(%rip)", "u32", "@+0x4010", false },
		{ "4@counter+8(%rip)", "u32", "@+0x4018", false },
		{ "4@counter-8(%rip)", "u32", "@+0x4008", false },
		{ "4@8+.bss_0(%rip)", "u32", "@+0x4018", false },
		{ "4@counter", "u32", "@+0x4010", true },
		{ "4@counter(%rax)", "u32", "+4210704(%ax)", true },
		{ "4@counter(%rax)", "u32", NULL, false },
		{ "4@nothere(%rip)", "u32", NULL, false },
		{ "8@counter@GOTPCREL(%rip)", "u64", NULL, false },
		{ "8@8(%rip)", "u64", NULL, false },
		{ "8@%fs:16", "u64", NULL, false },
		{ "8@%fs:-8(%rax)", "u64", NULL, false },
		{ "8f@%xmm0", "u64", NULL, false },
		{ "8@", "", NULL, false },
		{ "8", "", NULL, false },
		{ "8@(", "u64", NULL, false },
		{ "8@()", "u64", NULL, false },
		{ "8@16(%rsp", "u64", NULL, false },
		{ "8@16(%rsp,,,)", "u64", NULL, false },
		{ "8@(%rsp,5)", "u64", NULL, false },
		{ "8@%", "u64", NULL, false },
		{ "8@$", "u64", NULL, false },
		{ "8@--4(%rax)", "u64", NULL, false },
	};
	struct usdt_program program = { .base = 0x400000, .symbol = one_symbol };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct usdt_operand to;
		/* at the end of its own memory, so that a reader that goes too far is seen */
		size_t length = strlen(rows[i].text);
		char *text = malloc(length + 1);

		memcpy(text, rows[i].text, length + 1);
		program.fixed = rows[i].fixed;
		usdt_operand_read(&to, text, length, &program);
		free(text);
		if (!rows[i].expression ? !to.why || *to.expression
					: to.why || strcmp(to.expression, rows[i].expression) != 0)
			fail_msg("'%s' is '%s', %s", rows[i].text, to.expression,
				 to.why ? to.why : "and that is fine");
		if (rows[i].expression && strcmp(to.type, rows[i].type) != 0)
			fail_msg("'%s' is of type '%s'", rows[i].text, to.type);
	}
}

/* A hit with that much data behind it. */
static struct trace_probe *hit_of(const void *data, size_t size)
{
	struct trace_probe *hit = calloc(1, sizeof(*hit) + size);

	hit->record.length = sizeof(*hit) + size;
	hit->size = size;
	memcpy(hit + 1, data, size);
	return hit;
}

static struct probe_format *format_of(const char *text)
{
	struct probe_format *format = probe_format_parse(text, strlen(text));

	assert_non_null(format);
	return format;
}

static void values_are_read(void **state)
{
	struct {
		int32_t negative;
		uint32_t number;
		uint64_t address;
		uint16_t array[4];
		char text[8];
		uint32_t where, fault;
		char behind[8];
	} data = { -5, 7, 0xffff888000000000, { 1, 2, 3, 4 }, "inside", 0, 0, "outside" };
	struct probe_format *f = format_of("name kprobe:f\nevent p:g/e f a=%di\n"
					   "field negative signed 0 4 1\n"
					   "field number unsigned 4 4 1\n"
					   "field address hex 8 8 1\n"
					   "field array unsigned 16 8 4\n"
					   "field text text 24 8 8\n"
					   "field there loctext 32 4 1\n"
					   "field fault loctext 36 4 1\n");
	struct trace_probe *hit;
	struct probe_value v;

	(void)state;
	data.where = offsetof(__typeof__(data), behind) | sizeof(data.behind) << 16;
	hit = hit_of(&data, sizeof(data));
	assert_string_equal(f->name, "kprobe:f");
	assert_int_equal(f->count, 7);
	assert_true(probe_value(f, 0, hit, &v) && probe_number(&v, 0) == (uint64_t)-5);
	assert_true(probe_value(f, 1, hit, &v) && probe_number(&v, 0) == 7);
	assert_true(probe_value(f, 2, hit, &v) && probe_number(&v, 0) == data.address);
	assert_true(probe_value(f, 3, hit, &v) && v.count == 4 && probe_number(&v, 3) == 4);
	assert_true(probe_value(f, 4, hit, &v) && v.size == 6 && !memcmp(v.data, "inside", 6));
	assert_true(probe_value(f, 5, hit, &v) && v.size == 7 && !memcmp(v.data, "outside", 7));
	assert_true(probe_value(f, 6, hit, &v) && v.fault);
	free(hit);
	probe_format_free(f);
}

/* Of a tape that nobody vouches for: no value reaches out of its record. */
static void values_stay_in_their_record(void **state)
{
	static const char *const fields[] = {
		"a unsigned 4 8 1", "a unsigned 8 1 1",		 "a unsigned 4294967295 1 1",
		"a unsigned 0 0 1", "a unsigned 0 8 3",		 "a bytes 0 4294967295 1",
		"a loctext 0 2 1",  "a loctext 0 4 1",		 "a locbytes 0 4 1",
		"a relbytes 4 4 1", "a unsigned 0 8 4294967295",
	};
	const uint32_t data[2] = { 0x00080004, 0x00080004 };
	struct trace_probe *hit = hit_of(data, sizeof(data));
	struct probe_value v;
	char text[128];

	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		struct probe_format *f;

		snprintf(text, sizeof(text), "name x\nfield %s\n", fields[i]);
		f = format_of(text);
		assert_int_equal(f->count, 1);
		if (probe_value(f, 0, hit, &v))
			fail_msg("'%s' is found in 8 bytes", fields[i]);
		probe_format_free(f);
	}
	free(hit);
}

static void formats_without_sense_are_none(void **state)
{
	char many[200 * 24 + 8] = "name x\n";
	struct probe_format *f;
	size_t n = strlen(many);

	(void)state;
	assert_null(probe_format_parse("", 0));
	assert_null(probe_format_parse("field a hex 0 8 1", 17));
	assert_null(probe_format_parse("na", 2));
	f = format_of("name x\nfield a hex 0\nfield b hex 0 8 0\nfield\nelse\nfield c hex 0 8 1");
	assert_int_equal(f->count, 1);
	assert_string_equal(f->fields[0].name, "c");
	probe_format_free(f);
	for (int i = 0; i < 200; i++)
		n += snprintf(many + n, sizeof(many) - n, "field f%d hex 0 8 1\n", i);
	f = format_of(many);
	assert_int_equal(f->count, 128);
	probe_format_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(specs_are_taken_apart),
		cmocka_unit_test(wrong_specs_are_refused),
		cmocka_unit_test(lists_end_where_the_next_event_begins),
		cmocka_unit_test(old_names_stand_for_events),
		cmocka_unit_test(patterns_match),
		cmocka_unit_test(expressions_are_the_kernels),
		cmocka_unit_test(operands_are_read),
		cmocka_unit_test(values_are_read),
		cmocka_unit_test(values_stay_in_their_record),
		cmocka_unit_test(formats_without_sense_are_none),
	};

	return cmocka_run_group_tests_name("probes", tests, NULL, NULL);
}
