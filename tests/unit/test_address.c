// SPDX-License-Identifier: GPL-2.0-or-later
/* Socket addresses and new descriptors as the hex columns ADDR and FDS show them. */
#include "decode/descriptors/address.h"
#include "format/calls/desc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A call with one piece behind argument `arg`. */
struct sample {
	struct desc_call desc;
	struct call call;
	struct {
		struct trace_call call;
		uint64_t arg[6];
		struct trace_piece piece;
		uint8_t data[128];
	} record;
};

static void sample_make(struct sample *s, const char *row, int arg, bool exit, const void *data,
			uint32_t size)
{
	const char *error = NULL;

	memset(s, 0, sizeof(*s));
	assert_int_equal(desc_parse(row, &s->desc, &error), 0);
	s->record.call.record.length = sizeof(s->record);
	s->record.call.args = 6;
	s->record.call.pieces = 1;
	s->record.piece.length = size;
	s->record.piece.arg = (uint8_t)arg;
	s->record.piece.flags = exit ? TRACE_P_EXIT : 0;
	memcpy(s->record.data, data, size);
	s->call.state = CALL_DONE;
	s->call.desc = &s->desc;
	s->call.args = s->desc.args;
	*(exit ? &s->call.exit_record : &s->call.enter_record) = &s->record.call;
}

static void expect(const void *data, uint32_t size, const char *text)
{
	char got[ADDRESS_MAX + 1] = "";
	struct sample s;
	size_t n;

	sample_make(&s, "connect(fd fd, sockaddr[len] addr, int len) = int ; network", 1, false,
		    data, size);
	n = address_of_call(&s.call, got);
	assert_true(n < ADDRESS_MAX);
	got[n] = 0;
	assert_string_equal(got, text);
}

static void test_addresses(void **state)
{
	(void)state;
	expect("\2\0\0\120\12\0\0\1\0\0\0\0\0\0\0\0", 16, "10.0.0.1:80");
	expect("\2\0\0\120\12\0\0\1", 8, "10.0.0.1:80");
	expect("\12\0\0\65\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\0", 28, "[::1]:53");
	expect("\1\0/run/x\0rest", 13, "unix:/run/x");
	expect("\1\0/run/x", 8, "unix:/run/x");
	expect("\1\0\0name", 7, "unix:@name");
	expect("\1\0", 2, "unix:");
	expect("\20\0\0\0\7\0\0\0\0\0\0\0", 12, "netlink:7");
	expect("\53\0", 2, "family:43");
}

static void test_cut_addresses(void **state)
{
	(void)state;
	expect("", 0, "");
	expect("\2", 1, "");
	expect("\2\0\0\120\12", 5, "family:2");
	expect("\12\0\0\65\0\0\0\0\0\0\0\0\0", 13, "family:10");
	expect("\20\0\0", 3, "family:16");
}

static void test_descriptors(void **state)
{
	static const uint32_t made[2] = { 3, 4 };
	static const char row[] = "pipe2(out array:fd_t[2] fildes, int flags) = int ; desc";
	uint32_t fds[2] = { 0, 0 };
	struct sample s;

	(void)state;
	sample_make(&s, row, 0, true, made, sizeof(made));
	assert_true(address_descriptors(&s.call, fds));
	assert_memory_equal(fds, made, sizeof(made));
	s.call.failed = true;
	assert_false(address_descriptors(&s.call, fds));
	sample_make(&s, row, 0, true, made, 4);
	assert_false(address_descriptors(&s.call, fds));
	sample_make(&s, "read(fd fd, out buf[ret] buf, size n) = size", 1, true, made,
		    sizeof(made));
	assert_false(address_descriptors(&s.call, fds));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_cut_addresses),
		cmocka_unit_test(test_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
