// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: calls whose commands have arguments of their own. */
#include "tests/sweep/sweep.h"

#include "format/flags/flags.h"

#include <linux/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { DESCRIPTOR = 3 /* not open */ };

static void command(long nr, uint64_t cmd, size_t size, int pattern)
{
	sweep_call(nr, DESCRIPTOR, cmd, SWEEP_MEMORY);
	if (pattern == FILL_BYTES) {
		sweep_call(nr, DESCRIPTOR, cmd, SWEEP_END - size);
		sweep_call(nr, DESCRIPTOR, cmd, SWEEP_END - size + 1);
	}
	if (pattern == FILL_ZEROS) {
		sweep_call(nr, DESCRIPTOR, cmd, 0);
		sweep_call(nr, DESCRIPTOR, cmd, SWEEP_BAD);
		sweep_call(nr, DESCRIPTOR, cmd, -2);
	}
}

void sweep_ioctl(int pattern)
{
	const struct flag_table *names = flag_table_find("ioctl_cmds");
	uint64_t before = 0;

	sweep_fill(pattern);
	for (size_t i = 0; names && i < names->count; i++) {
		size_t size = _IOC_SIZE(names->values[i].value);

		if (names->values[i].value == before)
			continue;
		before = names->values[i].value;
		command(SYS_ioctl, before, size ? size : 8, pattern);
	}
}

void sweep_fcntl(int pattern)
{
	const struct flag_table *names = flag_table_find("fcntlcmds");

	sweep_fill(pattern);
	for (size_t i = 0; names && i < names->count; i++)
		command(SYS_fcntl, names->values[i].value, 32, pattern);
}

static void option(int level, int name)
{
	static const int sizes[] = { 4, 0, 1, 3, 8, 16, 300, -1 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		uint64_t end = sizes[i] > 0 ? SWEEP_END - sizes[i] : SWEEP_END;
		int32_t *length = (void *)(SWEEP_MEMORY + 0x8000);

		sweep_call(SYS_setsockopt, DESCRIPTOR, level, name, SWEEP_MEMORY, sizes[i]);
		*length = sizes[i];
		sweep_call(SYS_getsockopt, DESCRIPTOR, level, name, SWEEP_MEMORY, length);
		if (sizes[i] > 16)
			continue;
		sweep_call(SYS_setsockopt, DESCRIPTOR, level, name, end, sizes[i]);
		sweep_call(SYS_setsockopt, DESCRIPTOR, level, name, end + 1, sizes[i]);
	}
	sweep_call(SYS_setsockopt, DESCRIPTOR, level, name, 0, 4);
	sweep_call(SYS_getsockopt, DESCRIPTOR, level, name, SWEEP_MEMORY, 0);
	sweep_call(SYS_getsockopt, DESCRIPTOR, level, name, SWEEP_MEMORY, SWEEP_BAD);
}

void sweep_sockopt(int pattern)
{
	static const char *const tables[] = { "sock_options",	     "sock_ip_options",
					      "sock_ipv6_options",   "sock_tcp_options",
					      "sock_packet_options", "sock_netlink_options" };
	const struct flag_table *levels = flag_table_find("socketlayers");

	if (pattern == FILL_POINTERS || pattern == FILL_LISTS || pattern == FILL_BYTES)
		return;
	sweep_fill(pattern);
	for (size_t i = 0; levels && i < levels->count; i++)
		for (int name = 0; name < (pattern == FILL_WORDS ? 90 : 0); name++)
			sweep_call(SYS_setsockopt, DESCRIPTOR, levels->values[i].value, name,
				   SWEEP_MEMORY, 4);
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		static const int levels_of[] = { SOL_SOCKET, 0, 41, 6, 263, 270 };
		const struct flag_table *names = flag_table_find(tables[i]);

		for (size_t n = 0; names && n < names->count; n++)
			option(levels_of[i], names->values[n].value);
	}
}

void sweep_address(int pattern)
{
	uint16_t *family = (void *)SWEEP_MEMORY;

	sweep_fill(pattern);
	for (int f = 0; f < 48; f++) {
		for (int size = 0; size <= 132; size += size < 40 ? 1 : 23) {
			*family = f;
			sweep_call(SYS_bind, DESCRIPTOR, SWEEP_MEMORY, size);
			if (size != 2 && size != 16 && size != 28)
				continue;
			*(uint16_t *)(SWEEP_END - size) = f;
			sweep_call(SYS_connect, DESCRIPTOR, SWEEP_END - size, size);
			sweep_call(SYS_connect, DESCRIPTOR, SWEEP_END - size, size + 1);
		}
	}
	sweep_call(SYS_bind, DESCRIPTOR, 0, 16);
	sweep_call(SYS_bind, DESCRIPTOR, SWEEP_BAD, 16);
	sweep_call(SYS_bind, DESCRIPTOR, SWEEP_MEMORY, -1);
}

void sweep_bpf(int pattern)
{
	sweep_fill(pattern);
	for (int cmd = 0; cmd < 41; cmd++) {
		for (int size = 0; size <= 180; size += 4)
			sweep_call(SYS_bpf, cmd, SWEEP_MEMORY, size);
		sweep_call(SYS_bpf, cmd, SWEEP_END - 128, 128);
		sweep_call(SYS_bpf, cmd, SWEEP_END - 127, 128);
		sweep_call(SYS_bpf, cmd, 0, 128);
		sweep_call(SYS_bpf, cmd, SWEEP_BAD, 128);
		sweep_call(SYS_bpf, cmd, SWEEP_MEMORY, -1);
	}
}
