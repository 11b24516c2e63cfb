// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/fuzz/proportion.h"

#include "format/tape/record.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of a build with sanitizers, on a busy machine. */
enum {
	NS_AT_ALL = 1500000000,
	NS_PER_BYTE = 50000,
	NS_PER_UNPACKED = 1000,
	ROOM_AT_ALL = 48 << 20,
	ROOM_PER_BYTE = 1024,
	ROOM_PER_UNPACKED = 8,
	RATIO_MOST = 2000, /* to which codecs pack: a block that claims more is not believed */
};

static size_t live, peak;
static uint64_t begun;

int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void *, size_t),
					      void (*)(const volatile void *));
size_t __sanitizer_get_allocated_size(const volatile void *);

static void allocated(const volatile void *what, size_t size)
{
	(void)what;
	live += size;
	if (live > peak)
		peak = live;
}

static void freed(const volatile void *what)
{
	size_t size = what ? __sanitizer_get_allocated_size(what) : 0;

	live -= size < live ? size : live;
}

static uint64_t cpu_time(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

void proportion_begin(void)
{
	static bool hooked;

	if (!hooked)
		__sanitizer_install_malloc_and_free_hooks(allocated, freed);
	hooked = true;
	live = peak = 0;
	begun = cpu_time();
}

uint64_t proportion_unpacked(const uint8_t *tape, size_t size)
{
	size_t at = sizeof(struct trace_header);
	uint64_t sum = 0;

	while (at + sizeof(struct trace_block) <= size) {
		struct trace_block b;
		uint64_t most;

		memcpy(&b, tape + at, sizeof(b));
		if (b.magic != TRACE_BLOCK_MAGIC || b.stored > size - at - sizeof(b)) {
			at += 8;
			continue;
		}
		most = (uint64_t)b.stored * RATIO_MOST;
		sum += b.raw < most ? b.raw : most;
		at += sizeof(b) + b.stored;
	}
	return sum;
}

void proportion_end(const uint8_t *tape, size_t size)
{
	uint64_t time = cpu_time() - begun, unpacked = proportion_unpacked(tape, size),
		 may_time = NS_AT_ALL + size * NS_PER_BYTE + unpacked * NS_PER_UNPACKED,
		 may_room = ROOM_AT_ALL + size * ROOM_PER_BYTE + unpacked * ROOM_PER_UNPACKED;

	if (time <= may_time && peak <= may_room)
		return;
	fprintf(stderr,
		"SUMMARY: out of proportion: %zu bytes that unpack to %llu take %llu ms (may take "
		"%llu) and %zu KiB (may take %llu)\n",
		size, (unsigned long long)unpacked, (unsigned long long)time / 1000000,
		(unsigned long long)may_time / 1000000, peak >> 10,
		(unsigned long long)may_room >> 10);
	abort();
}
