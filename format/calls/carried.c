// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/calls/carried.h"

#include "call_numbers.h"

enum { OF_SOCKETS = 1, OF_IPC, OF_SELECT };

#define I386(name_)   .name = #name_, .arch = DESC_I386, .nr = NR_I386_##name_
#define NATIVE(name_) .name = #name_, .arch = DESC_X86_64, .nr = NR_X86_64_##name_

static const struct {
	uint8_t of, number;
	bool old; /* of ipc: its version 0 */
	struct carried_call call;
} all[] = {
	/* linux/net.h */
	{ OF_SOCKETS, 1, false, { I386(socket), .args = 3 } },
	{ OF_SOCKETS, 2, false, { I386(bind), .args = 3 } },
	{ OF_SOCKETS, 3, false, { I386(connect), .args = 3 } },
	{ OF_SOCKETS, 4, false, { I386(listen), .args = 2 } },
	{ OF_SOCKETS, 5, false, { NATIVE(accept), .args = 3 } },
	{ OF_SOCKETS, 6, false, { I386(getsockname), .args = 3 } },
	{ OF_SOCKETS, 7, false, { I386(getpeername), .args = 3 } },
	{ OF_SOCKETS, 8, false, { I386(socketpair), .args = 4 } },
	{ OF_SOCKETS,
	  9,
	  false,
	  { .name = "send",
	    .arch = DESC_I386,
	    .nr = NR_I386_sendto,
	    .row = "send(fd fd, buf[len] buf, size len, flags:msg_flags flags) = size ; network",
	    .args = 4 } },
	{ OF_SOCKETS,
	  10,
	  false,
	  { .name = "recv",
	    .arch = DESC_I386,
	    .nr = NR_I386_recvfrom,
	    .row = "recv(fd fd, out buf[ret] buf, size len, flags:msg_flags flags) = size ; "
		   "network",
	    .args = 4 } },
	{ OF_SOCKETS, 11, false, { I386(sendto), .args = 6 } },
	{ OF_SOCKETS, 12, false, { I386(recvfrom), .args = 6 } },
	{ OF_SOCKETS, 13, false, { I386(shutdown), .args = 2 } },
	{ OF_SOCKETS, 14, false, { I386(setsockopt), .args = 5 } },
	{ OF_SOCKETS, 15, false, { I386(getsockopt), .args = 5 } },
	{ OF_SOCKETS, 16, false, { I386(sendmsg), .args = 3 } },
	{ OF_SOCKETS, 17, false, { I386(recvmsg), .args = 3 } },
	{ OF_SOCKETS, 18, false, { I386(accept4), .args = 4 } },
	{ OF_SOCKETS, 19, false, { I386(recvmmsg), .args = 5 } },
	{ OF_SOCKETS, 20, false, { I386(sendmmsg), .args = 4 } },
	/* linux/ipc.h of the kernel */
	{ OF_IPC, 1, false, { NATIVE(semop), .from = "142", .first = 1, .registers = 4 } },
	{ OF_IPC, 2, false, { I386(semget), .from = "123", .first = 1, .registers = 3 } },
	{ OF_IPC, 3, false, { I386(semctl), .from = "123w", .first = 1, .registers = 4 } },
	{ OF_IPC, 4, false, { NATIVE(semtimedop), .from = "1425", .first = 1, .registers = 5 } },
	{ OF_IPC, 11, false, { I386(msgsnd), .from = "1423", .first = 1, .registers = 4 } },
	{ OF_IPC, 12, true, { I386(msgrcv), .from = "1w2b3", .first = 1, .registers = 5 } },
	{ OF_IPC, 12, false, { I386(msgrcv), .from = "14253", .first = 1, .registers = 5 } },
	{ OF_IPC, 13, false, { I386(msgget), .from = "12", .first = 1, .registers = 2 } },
	{ OF_IPC, 14, false, { I386(msgctl), .from = "124", .first = 1, .registers = 4 } },
	{ OF_IPC, 21, false, { I386(shmat), .from = "142", .first = 1, .registers = 4 } },
	{ OF_IPC, 22, false, { I386(shmdt), .from = "4", .first = 1, .registers = 4 } },
	{ OF_IPC, 23, false, { I386(shmget), .from = "123", .first = 1, .registers = 3 } },
	{ OF_IPC, 24, false, { I386(shmctl), .from = "124", .first = 1, .registers = 4 } },
	{ OF_SELECT, 0, false, { NATIVE(select), .args = 5, .registers = 1 } },
};

static uint8_t kind_of(uint32_t nr)
{
	switch (nr) {
	case NR_I386_socketcall: return OF_SOCKETS;
	case NR_I386_ipc: return OF_IPC;
	case NR_I386_select: return OF_SELECT;
	default: return 0;
	}
}

const struct carried_call *carried_call(uint32_t nr, const uint64_t args[DESC_ARGS])
{
	uint8_t kind = kind_of(nr);
	uint32_t number = kind == OF_SELECT ? 0 : (uint32_t)args[0];
	bool old = kind == OF_IPC && !(number >> 16);

	if (kind == OF_IPC)
		number &= 0xffff;
	for (size_t i = 0; kind && i < sizeof(all) / sizeof(*all); i++)
		if (all[i].of == kind && all[i].number == number && (!all[i].old || old))
			return &all[i].call;
	return NULL;
}

const struct carried_call *carried_nth(uint32_t nr, size_t i)
{
	uint8_t kind = kind_of(nr);

	for (size_t at = 0; kind && at < sizeof(all) / sizeof(*all); at++)
		if (all[at].of == kind && !i--)
			return &all[at].call;
	return NULL;
}
