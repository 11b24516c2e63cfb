// SPDX-License-Identifier: GPL-2.0-or-later
/* --redact: what the rules take out of records before they are written, of every ABI, and that they
 * touch nothing else. */
#include "format/tape/tape_reader.h"
#include "tracer/options/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char secret[] = "sesame, open";

/* A record with one piece of memory that holds the secret. */
struct sample {
	struct trace_call call;
	uint64_t arg[3];
	struct trace_piece piece;
	char data[16];
};

static struct sample call_of(uint32_t nr, enum trace_arch arch, enum trace_type type)
{
	struct sample s = {
		.call = { .record = { .length = sizeof(s), .type = type, .time = 5, .tid = 7 },
			  .nr = nr,
			  .arch = arch,
			  .args = 3,
			  .pieces = 1,
			  .result = 12 },
		.arg = { 1, 0x736573616d65, 12 }, /* "sesame" */
		.piece = { .length = sizeof(secret) - 1, .arg = 1 },
	};

	memcpy(s.data, secret, sizeof(secret) - 1);
	return s;
}

static struct redact *rules(const char *const *rule)
{
	struct redact *r = redact_new();
	char error[100];

	for (; *rule; rule++)
		assert_int_equal(redact_add(r, *rule, error, sizeof(error)), 0);
	return r;
}

/* What one record becomes; valid until the next. */
static const struct trace_call *after(struct redact *r, const struct sample *s)
{
	size_t left = 0;
	const struct trace_call *c = redact_records(r, s, s->call.record.length, &left);

	assert_non_null(c);
	assert_int_equal(left, c->record.length);
	assert_int_equal(c->record.time, 5);
	assert_int_equal(c->record.tid, 7);
	assert_int_equal(c->nr, s->call.nr);
	assert_int_equal(c->result, 12);
	return c;
}

enum kept { ALL, ARGS, NOTHING };

static void check(struct redact *r, const struct sample *s, enum kept kept)
{
	const struct trace_call *c = after(r, s);
	size_t size = kept == ALL    ? sizeof(*s)
		      : kept == ARGS ? sizeof(*c) + 3 * sizeof(uint64_t)
				     : sizeof(*c);

	assert_int_equal(c->record.length, size);
	assert_int_equal(c->pieces, kept == ALL);
	assert_int_equal(c->args, kept == NOTHING ? 0 : 3);
	assert_int_equal(c->record.flags, kept == ALL	 ? 0
					  : kept == ARGS ? TRACE_F_CUT
							 : TRACE_F_CUT | TRACE_F_NO_ARGS);
	if (kept == ALL)
		assert_memory_equal(c, s, sizeof(*s));
}

static void memory_of_calls(void **state)
{
	static const char *const set[] = { "write,/^send", NULL };
	struct redact *r = rules(set);
	static const struct {
		uint32_t nr;
		enum trace_arch arch;
		enum kept kept;
	} rows[] = {
		{ 1, TRACE_X86_64, ARGS },  /* write */
		{ 0, TRACE_X86_64, ALL },   /* read */
		{ 44, TRACE_X86_64, ARGS }, /* sendto */
		{ 4, TRACE_X86_64, ALL },   /* stat, which is i386's write */
		{ 4, TRACE_I386, ARGS },     { 1, TRACE_I386, ALL },   /* exit */
		{ 1, TRACE_X32, ARGS },	     { 518, TRACE_X32, ARGS }, /* sendmsg of x32 */
		{ 517, TRACE_X32, ALL },			       /* recvfrom of x32 */
		{ ~0u, TRACE_X86_64, ARGS }, /* which call it is, is not known */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		for (enum trace_type type = TRACE_CALL; type <= TRACE_PAYLOAD; type++) {
			struct sample s = call_of(rows[i].nr, rows[i].arch, type);

			check(r, &s, rows[i].kept);
		}
	}
	assert_false(redact_cmdline(r));
	redact_free(r);
}

static void arguments_of_calls(void **state)
{
	static const char *const set[] = { "read", "args=write", NULL };
	struct redact *r = rules(set);
	struct sample w = call_of(1, TRACE_X86_64, TRACE_CALL),
		      rd = call_of(0, TRACE_X86_64, TRACE_CALL),
		      o = call_of(2, TRACE_X86_64, TRACE_CALL);

	(void)state;
	check(r, &w, NOTHING);
	check(r, &rd, ARGS);
	check(r, &o, ALL);
	redact_free(r);
}

static void put_piece(char *at, uint32_t arg)
{
	struct trace_piece piece = { .length = sizeof(secret) - 1, .arg = arg };

	memcpy(at, &piece, sizeof(piece));
	memcpy(at + sizeof(piece), secret, sizeof(secret) - 1);
}

static void command_lines(void **state)
{
	enum { PIECE = sizeof(struct trace_piece) + 16 };
	static const char *const set[] = { "cmdline", NULL };
	struct {
		struct trace_process process;
		char piece[3][PIECE];
	} p = { .process = { .record = { .length = sizeof(p), .type = TRACE_EXISTING },
			     .pieces = 3 } };
	struct sample exec = call_of(59, TRACE_X86_64, TRACE_ENTER),
		      at = call_of(545, TRACE_X32, TRACE_CALL),
		      other = call_of(1, TRACE_X86_64, TRACE_CALL);
	struct redact *r = rules(set);
	const char *got;
	size_t left;

	(void)state;
	put_piece(p.piece[0], TRACE_P_EXE);
	put_piece(p.piece[1], TRACE_P_CMDLINE);
	put_piece(p.piece[2], TRACE_P_CWD);
	got = redact_records(r, &p, sizeof(p), &left);
	assert_int_equal(left, sizeof(p));
	memset(p.piece[1] + sizeof(struct trace_piece), '*', sizeof(secret) - 1);
	assert_memory_equal(got, &p, sizeof(p));
	check(r, &exec, ARGS);
	check(r, &at, ARGS); /* execveat of x32 */
	check(r, &other, ALL);
	assert_true(redact_cmdline(r));
	redact_free(r);
}

/* A new program's strings are what execve was given. */
static void new_programs(void **state)
{
	enum { PIECE = sizeof(struct trace_piece) + 16 };
	static const struct {
		const char *rule;
		bool stripped;
	} rows[] = {
		{ "execve", true },  { "execveat", true }, { "args=%process", true },
		{ "cmdline", true }, { "open", false },	   { "args=read", false },
	};
	struct {
		struct trace_process process;
		char piece[3][PIECE];
	} p = { .process = { .record = { .length = sizeof(p), .type = TRACE_EXEC }, .pieces = 3 } },
	  stripped;

	(void)state;
	put_piece(p.piece[0], TRACE_P_EXE);
	put_piece(p.piece[1], TRACE_P_CMDLINE);
	put_piece(p.piece[2], TRACE_P_ENVIRONMENT);
	stripped = p;
	for (int i = 1; i < 3; i++)
		memset(stripped.piece[i] + sizeof(struct trace_piece), '*', sizeof(secret) - 1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *rule[] = { rows[i].rule, NULL };
		struct redact *r = rules(rule);
		size_t left;
		const void *got = redact_records(r, &p, sizeof(p), &left);

		assert_int_equal(left, sizeof(p));
		assert_memory_equal(got, rows[i].stripped ? &stripped : &p, sizeof(p));
		redact_free(r);
	}
}

/* Memory is captured by the 64-bit table where x32 has no such number: both tables say what it may
 * be. */
static void numbers_that_x32_lacks(void **state)
{
	static const char *const set[] = { "execve", "args=rt_sigaction,ioctl", NULL };
	static const struct {
		uint32_t nr;
		enum kept kept;
	} rows[] = {
		{ 59, ARGS },	  /* execve of 64 bits */
		{ 520, ARGS },	  /* execve of x32 */
		{ 13, NOTHING },  /* rt_sigaction of 64 bits */
		{ 512, NOTHING }, /* of x32 */
		{ 16, NOTHING },  /* ioctl of 64 bits */
		{ 514, NOTHING }, /* of x32 */
		{ 1, ALL },
	};
	struct redact *r = rules(set);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct sample s = call_of(rows[i].nr, TRACE_X32, TRACE_CALL);

		check(r, &s, rows[i].kept);
	}
	redact_free(r);
}

/* Many records at once: each is looked at, what is no call stays as it is. */
static void among_others(void **state)
{
	static const char *const set[] = { "args=all", NULL };
	struct {
		struct sample call;
		struct trace_signal signal;
		struct trace_lost lost;
		struct sample last;
	} in = { call_of(1, TRACE_X86_64, TRACE_CALL),
		 { .record = { .length = sizeof(in.signal), .type = TRACE_SIGNAL } },
		 { .record = { .length = sizeof(in.lost), .type = TRACE_LOST }, .calls = 3 },
		 call_of(2, TRACE_I386, TRACE_EXIT) };
	struct redact *r = rules(set);
	size_t left, head = sizeof(struct trace_call);
	const char *got = redact_records(r, &in, sizeof(in), &left);

	(void)state;
	assert_int_equal(left, 2 * head + sizeof(in.signal) + sizeof(in.lost));
	assert_memory_equal(got + head, &in.signal, sizeof(in.signal) + sizeof(in.lost));
	for (size_t i = 0; i + 6 <= left; i++)
		assert_memory_not_equal(got + i, "sesame", 6);
	redact_free(r);
}

static void rules_that_are_none(void **state)
{
	struct redact *r = redact_new();
	char error[100];

	(void)state;
	assert_true(redact_add(r, "nosuchcall", error, sizeof(error)) < 0);
	assert_non_null(strstr(error, "nosuchcall"));
	assert_true(redact_add(r, "args=", error, sizeof(error)) < 0);
	for (int i = 0; i < 32; i++)
		assert_int_equal(redact_add(r, "write", error, sizeof(error)), 0);
	assert_true(redact_add(r, "write", error, sizeof(error)) < 0);
	assert_string_equal(error, "there are at most 32 rules");
	redact_free(r);
	redact_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_of_calls),	  cmocka_unit_test(arguments_of_calls),
		cmocka_unit_test(command_lines),	  cmocka_unit_test(new_programs),
		cmocka_unit_test(numbers_that_x32_lacks), cmocka_unit_test(among_others),
		cmocka_unit_test(rules_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
