// SPDX-License-Identifier: GPL-2.0-or-later
/* carried: calls that i386's socketcall, ipc and old select carry, for tests/twin/carried.test.
 * Without libc, which makes calls of 64 bits. */
#include <stdint.h>

static uint32_t words[6], message[4] = { 7, 0x64636261 };

static long call(uint32_t nr, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e)
{
	long result = nr;

	asm volatile("int $0x80"
		     : "+a"(result)
		     : "b"((uint64_t)a), "c"((uint64_t)b), "d"((uint64_t)c), "S"((uint64_t)d),
		       "D"((uint64_t)e)
		     : "memory", "r8", "r9", "r10", "r11");
	return result;
}

static uint32_t at(const void *p)
{
	return (uint32_t)(uintptr_t)p;
}

static void sockets(uint32_t number, uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e)
{
	words[0] = a, words[1] = b, words[2] = c, words[3] = d, words[4] = e, words[5] = 0;
	call(102, number, at(words), 0, 0, 0);
}

void _start(void)
{
	for (uint32_t number = 0; number < 22; number++)
		sockets(number, 99, 0, 0, 0, 0);
	sockets(1, 1, 0x80001, 0, 0, 0);
	sockets(3, 3, 0, 110, 0, 0);
	sockets(9, 3, 0, 0, 0x4000, 0);
	sockets(77, 1, 2, 3, 4, 5);
	call(102, 4, 1, 0, 0, 0);
	call(102, 0x10003, at(words), 0, 0, 0);
	call(117, 1, -1, 1, 0, at(words));
	call(117, 4, -1, 1, 0, at(words));
	call(117, 0x10001, -1, 1, 0, at(words));
	call(117, 11, -1, 4, 0x800, at(message));
	call(117, 13, 1, 0, 0, 0);
	call(117, 23, 1, 4096, 0, 0);
	call(117, 14, -1, 0x100, 0, 0);
	call(117, 99, 1, 2, 3, at(words));
	call(117, 0x20063, 1, 2, 3, at(words));
	words[0] = words[1] = words[2] = words[3] = 0;
	words[4] = 1; /* no time is there */
	call(82, at(words), 0, 0, 0, 0);
	call(82, 1, 0, 0, 0, 0);
	call(1, 0, 0, 0, 0, 0);
}
