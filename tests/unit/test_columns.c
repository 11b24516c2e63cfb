// SPDX-License-Identifier: GPL-2.0-or-later
/* The column form of a block: there and back, and what a stranger may put into its place. */
#include "format/tape/columns.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 1 << 20 };

static uint64_t state = 1;

static uint32_t any(uint32_t below)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (state >> 33) % below;
}

static uint64_t word(void)
{
	static const int shifts[] = { 63, 40, 20, 8 };
	uint64_t value = (uint64_t)any(1u << 31) << 33 | (uint64_t)any(1u << 31) << 2 | any(4);

	return any(4) ? value >> shifts[any(4)] : -(value >> shifts[any(4)]);
}

static size_t add_pieces(char *to, unsigned int count)
{
	size_t at = 0;

	while (count--) {
		struct trace_piece piece = { .length = any(3) ? any(40) : 0,
					     .total = any(100),
					     .offset = any(20) ? 0 : any(1000),
					     .arg = any(6),
					     .flags = any(32) };

		memcpy(to + at, &piece, sizeof(piece));
		at += sizeof(piece);
		if (piece.flags & TRACE_P_NESTED) {
			uint64_t address = word();

			memcpy(to + at, &address, sizeof(address));
			at += sizeof(address);
		}
		memset(to + at, 0, 48);
		for (uint32_t i = 0; i < piece.length; i++)
			to[at + i] = any(256);
		at += (piece.length + 7) & ~7u;
	}
	return at;
}

static size_t add_record(char *to)
{
	struct trace_call *c = (void *)to;
	uint32_t extra = any(5);

	memset(to, 0, sizeof(*c));
	c->record = (struct trace_record){
		.type = any(16), .flags = any(3), .time = word(), .tid = any(600), .tgid = any(30)
	};
	c->record.length = sizeof(c->record) + 8 * extra;
	if (!any(6)) { /* anything, of any type */
		for (uint32_t i = 0; i < extra; i++)
			((uint64_t *)(to + sizeof(c->record)))[i] = word();
		return c->record.length;
	}
	c->record.type = 1 + any(4);
	c->nr = any(5) ? any(20) : any(1000);
	c->arch = any(2);
	c->args = any(9);
	c->pieces = any(3) ? 0 : any(7);
	c->enter = any(4) ? word() : 0;
	c->result = word();
	for (int i = 0; i < c->args; i++)
		c->arg[i] = any(2) ? word() : 7;
	c->record.length =
		sizeof(*c) + 8 * c->args + add_pieces((char *)&c->arg[c->args], c->pieces);
	return c->record.length;
}

/* What a reader does with the sections of a writer. */
static int carry(const struct columns *from, struct columns *to, void *records, size_t size)
{
	for (int i = 0; i < TRACE_SECTIONS; i++) {
		size_t n;
		const void *data = columns_section(from, i, &n);
		void *room = columns_room(to, i, n);

		assert_non_null(room);
		memcpy(room, data, n);
	}
	return columns_unpack(to, records, size);
}

static void there_and_back(void **unused)
{
	struct columns *a = columns_new(), *b = columns_new();
	char *records = malloc(ROOM + 4096), *again = malloc(ROOM + 4096);

	(void)unused;
	for (int round = 0; round < 60; round++) {
		size_t size = 0, want = any(2) ? any(2000) : any(ROOM);

		while (size < want)
			size += add_record(records + size);
		assert_int_equal(columns_pack(a, records, size), 0);
		memset(again, 0x55, size + 8);
		assert_int_equal(carry(a, b, again, size), 0);
		assert_memory_equal(records, again, size);
		assert_int_equal(again[size], 0x55);
	}
	columns_free(a);
	columns_free(b);
	free(records);
	free(again);
}

static void not_records(void **unused)
{
	struct columns *c = columns_new();
	struct trace_record r[2] = { { .length = 24, .type = 5 }, { .length = 25 } };

	(void)unused;
	assert_int_equal(columns_pack(c, r, sizeof(r)), -EBADMSG);
	r[1].length = 32;
	assert_int_equal(columns_pack(c, r, sizeof(r)), -EBADMSG);
	r[1].length = 0;
	assert_int_equal(columns_pack(c, r, sizeof(r)), -EBADMSG);
	assert_int_equal(columns_pack(c, r, sizeof(r) - 1), -EBADMSG);
	assert_int_equal(columns_pack(c, r, 24), 0);
	assert_int_equal(columns_pack(c, r, 0), 0);
	columns_free(c);
}

/* Sections that were cut or changed: an error or some records, never a byte beyond (SAN=1 sees it).
 */
static void a_strangers_sections(void **unused)
{
	struct columns *a = columns_new(), *b = columns_new();
	char *records = malloc(ROOM);
	int refused = 0;

	(void)unused;
	for (int round = 0; round < 20000; round++) {
		size_t size = 0, want = any(600) + 1, out;
		char *again;

		while (size < want)
			size += add_record(records + size);
		assert_int_equal(columns_pack(a, records, size), 0);
		for (int i = 0; i < TRACE_SECTIONS; i++) {
			size_t n, keep;
			const void *data = columns_section(a, i, &n);
			unsigned char *room;

			keep = any(4) ? n : any(n + 1);
			room = columns_room(b, i, keep);
			memcpy(room, data, keep);
			for (int k = any(3); keep && k; k--)
				room[any(keep)] = any(256);
		}
		out = any(3) ? size : any(2 * size) & ~7u;
		again = malloc(out + 1);
		refused += columns_unpack(b, again, out) == -EBADMSG;
		free(again);
	}
	assert_true(refused > 1000);
	columns_free(a);
	columns_free(b);
	free(records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(not_records),
		cmocka_unit_test(a_strangers_sections),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
