// SPDX-License-Identifier: GPL-2.0-or-later
/* What a new program is given, from the parts that the kernel's probes bring: whole, in any order,
 * cut, with nothing in it, and not believed where it cannot be. */
#include "format/tape/record.h"
#include "tracer/assembler/program_strings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	PART = 16,
	START = 0x1000,
};

/* argv: "true", "", "second word"; envp: "A=1" */
static const char memory[4 * PART] = "true\0\0second word\0A=1\0/bin/true";
enum {
	ARGV = 18, /* bytes */
	ENVP = 4,
};

static const struct plan_program all = { .pieces = 2, .argv = 4096, .envp = 4096 };

static void take(struct thread_table_program *program, uint32_t part)
{
	const struct assembler_program p = {
		.start = START,
		.argv_end = START + ARGV,
		.envp_end = START + ARGV + ENVP,
		.argc = 3,
		.envc = 1,
		.from = part * PART,
		.size = PART,
		.bytes = memory + part * PART,
	};

	program_strings_take(program, &p);
}

/* Number `i` of the pieces, or NULL; *count says how many there are. */
static const struct trace_piece *written(const struct thread_table_program *program,
					 const struct plan_program *wishes, int i, int *count)
{
	static char room[256];
	size_t size = program_strings_size(program, wishes), at = 0;
	const struct trace_piece *piece = NULL;

	assert_true(size <= sizeof(room));
	memset(room, 0, sizeof(room));
	*count = program_strings_write(program, wishes, room);
	for (int k = 0; k < *count; k++) {
		const struct trace_piece *p = (const void *)(room + at);

		piece = k == i ? p : piece;
		at += sizeof(*p) + ((p->length + 7) & ~7u);
	}
	assert_int_equal(at, size);
	return piece;
}

static void is_piece(const struct trace_piece *piece, int kind, const char *bytes, uint32_t length,
		     uint32_t total, uint32_t count)
{
	assert_non_null(piece);
	assert_int_equal(piece->arg, kind);
	assert_int_equal(piece->length, length);
	assert_int_equal(piece->total, total);
	assert_int_equal(piece->offset, count);
	assert_int_equal(piece->flags, length < total ? TRACE_P_TRUNCATED : 0);
	assert_memory_equal(piece + 1, bytes, length);
}

static void has_both_lists_whatever_the_order_of_the_parts(void **state)
{
	int count;

	(void)state;
	for (uint32_t first = 0; first < 2; first++) {
		struct thread_table_program program = { .parts = 0 };

		take(&program, first);
		take(&program, !first);
		is_piece(written(&program, &all, 0, &count), TRACE_P_CMDLINE, memory, ARGV, ARGV,
			 3);
		is_piece(written(&program, &all, 1, &count), TRACE_P_ENVIRONMENT, memory + ARGV,
			 ENVP, ENVP, 1);
		assert_int_equal(count, 2);
		free(program.data);
	}
}

static void says_what_is_cut(void **state)
{
	const struct plan_program few = { .pieces = 2, .argv = 5 };
	struct thread_table_program program = { .parts = 0 };
	int count;

	(void)state;
	take(&program, 0);
	is_piece(written(&program, &all, 0, &count), TRACE_P_CMDLINE, memory, PART, ARGV, 3);
	is_piece(written(&program, &all, 1, &count), TRACE_P_ENVIRONMENT, "", 0, ENVP, 1);
	is_piece(written(&program, &few, 0, &count), TRACE_P_CMDLINE, memory, 5, ARGV, 3);
	is_piece(written(&program, &few, 1, &count), TRACE_P_ENVIRONMENT, "", 0, ENVP, 1);
	take(&program, 1);
	is_piece(written(&program, &few, 1, &count), TRACE_P_ENVIRONMENT, "", 0, ENVP, 1);
	free(program.data);
}

static void keeps_what_is_wished(void **state)
{
	const struct plan_program names = { .pieces = 1, .argv = 4096 }, numbers = { .pieces = 0 };
	struct thread_table_program program = { .parts = 0 };
	int count;

	(void)state;
	take(&program, 0);
	take(&program, 1);
	written(&program, &names, 0, &count);
	assert_int_equal(count, 1);
	written(&program, &numbers, 0, &count);
	assert_int_equal(count, 0);
	free(program.data);
}

/* A probe does not say that it could not read: the bytes are anything then. */
static void does_not_believe_what_cannot_be(void **state)
{
	int count;

	(void)state;
	for (int wrong = 0; wrong < 4; wrong++) {
		struct thread_table_program program = { .parts = 0 };

		take(&program, 0);
		take(&program, 1);
		if (wrong == 0)
			program.data[2] = '\0'; /* four strings */
		else if (wrong == 1)
			program.data[ARGV - 1] = 'x'; /* the last has no end */
		else if (wrong == 2)
			memset(program.data + ARGV, 'x', ENVP);
		else
			program.argv_end = START - 1;
		written(&program, &all, 0, &count);
		assert_int_equal(count, 0);
		free(program.data);
	}
}

static void begins_anew_with_every_program(void **state)
{
	struct thread_table_thread thread = { .cpu = 0 };
	struct thread_table_program program;
	int count;

	(void)state;
	take(&thread.program, 1);
	take(&thread.program, 1);
	take(&thread.program, 0);
	program = program_strings_of(&thread);
	written(&program, &all, 0, &count);
	assert_int_equal(count, 2);
	free(program.data);
	program = program_strings_of(&thread);
	written(&program, &all, 0, &count);
	assert_int_equal(count, 0);
	program = program_strings_of(NULL);
	written(&program, &all, 0, &count);
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_both_lists_whatever_the_order_of_the_parts),
		cmocka_unit_test(says_what_is_cut),
		cmocka_unit_test(keeps_what_is_wished),
		cmocka_unit_test(does_not_believe_what_cannot_be),
		cmocka_unit_test(begins_anew_with_every_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
