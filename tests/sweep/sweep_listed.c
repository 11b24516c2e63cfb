// SPDX-License-Identifier: GPL-2.0-or-later
/* sweep: calls of the list of differences (tests/sweep/listed) that are shown in several of
 * strace's styles, as part of the family `pairs`: each line stands for its kind. */
#include "tests/sweep/sweep.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/syscall.h>

enum { OPEN_TREE_ATTR = 467, FILE_SETATTR = 469, LISTMOUNT = 458, SETXATTRAT = 463 };

/* What ends where the memory does. */
static uint64_t tail(const void *from, size_t size)
{
	memcpy((void *)(SWEEP_END - size), from, size);
	return SWEEP_END - size;
}

#define TAIL(type, ...) tail(&(const type)__VA_ARGS__, sizeof(type))

static uint64_t words(const char *text)
{
	return (uintptr_t)strcpy((void *)(SWEEP_MEMORY + 0x100), text);
}

/* Commands of which strace prints NULL. */
static void nothing(void)
{
	static const uint32_t commands[] = {
		0x84009422, 0x8400941f, 0x80189439, 0x8030942b, 0x8040942d, 0x80089419,
		0x50009417, 0x40304580, 0x80284504, 0x40063e00, 0x80811501, 0xc0101502,
		0x80111500, 0x8004587d, 0x8044b401, 0xc004b40c, 0x31f,	    0x40187013,
		0x40187014, 0x80082102, 0x8018454e, 0x80004508, 0x3e03,	    0x15ff,
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		sweep_call(SYS_ioctl, -1, commands[i], 0);
	sweep_call(SYS_ioctl, -1, 0x40046602, TAIL(uint32_t, { 0xd000000 }));
	sweep_call(SYS_ioctl, -1, 0x40187013, TAIL(uint64_t[3], { 0 }));
	sweep_call(SYS_ioctl, -1, 0x40187014, TAIL(uint64_t[3], { 0 }));
	sweep_call(SYS_ioctl, -1, 0x40187542, TAIL(uint64_t[3], { (uint64_t)1 << 32, -2, -3 }));
	sweep_call(SYS_mount, 0, 0, 0, 0, 0);
	sweep_call(LISTMOUNT, 0, SWEEP_MEMORY, 0, 0);
}

static void options(void)
{
	static const int sizes[] = { 3, 4, 5, 8 };
	static const uint16_t ports[] = { 0, 1, 12345, 0xbeef };
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_LL_OFF + 4),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_NET_OFF + 8),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_PROTOCOL),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = { 5, (void *)(SWEEP_MEMORY + 0x200) };
	uint16_t key[145] = { AF_INET };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		for (size_t port = 0; port < sizeof(ports) / sizeof(*ports); port++) {
			uint32_t value[2] = { ports[port], ports[port] };

			sweep_call(SYS_setsockopt, 0, 0, 0x33, tail(value, 8), sizes[i]);
		}
		for (int level = 0; level < 6; level++)
			sweep_call(SYS_setsockopt, -1, 0x10f, 0x7f, TAIL(int, { level }), sizes[i]);
		for (int option = 1; option < 12; option++) {
			memcpy((void *)(SWEEP_MEMORY + 0x100), &sizes[i], sizeof(int));
			sweep_call(SYS_getsockopt, 3, 1, option, SWEEP_MEMORY + 0x180,
				   SWEEP_MEMORY + 0x100);
		}
		memcpy((void *)(SWEEP_MEMORY + 0x100), &sizes[i], sizeof(int));
		sweep_call(SYS_getsockopt, 3, 0x10f, 0x7f, SWEEP_MEMORY + 0x180,
			   SWEEP_MEMORY + 0x100);
	}
	sweep_call(SYS_setsockopt, -1, 0x107, 1,
		   TAIL(uint16_t[8], { 0, 0, 0xffff, 8, 0xffff, 0xffff, 0xffff, 0xffff }), 16);
	memcpy((void *)(SWEEP_MEMORY + 0x200), code, sizeof(code));
	sweep_call(SYS_setsockopt, 3, 1, 0x1a, tail(&program, sizeof(program)), sizeof(program));
	for (int size = 287; size < 290; size++)
		sweep_call(SYS_setsockopt, 3, 6, 38, tail(key, 288), size);
	sweep_call(SYS_setsockopt, 3, 6, 38, tail(key, 288), 0);
	key[0] = AF_INET6;
	sweep_call(SYS_setsockopt, 3, 6, 38, tail(key, 289), 289);
}

static void addresses(void)
{
	for (int type = 0; type < 4; type++)
		for (int scope = -3; scope < 4; scope++) {
			struct {
				uint16_t family;
				uint8_t type;
				int8_t scope;
				uint32_t name[3];
			} tipc = { 30, type, scope, { 42, 2, 20 } };

			sweep_call(SYS_connect, -1, tail(&tipc, 16), 16);
		}
	for (uint16_t family = AF_INET; family <= AF_INET6; family += AF_INET6 - AF_INET)
		for (uint16_t length = 5; length < 30; length++) {
			uint16_t rxrpc[18] = { 33, 10, length % 8, length, family };

			memset(rxrpc + 5, 'O', 26);
			sweep_call(SYS_connect, -1, tail(rxrpc, 36), 36);
		}
	sweep_call(SYS_connect, -1, TAIL(uint16_t[10], { 17, 0x300, 0xfeed, 0xface, 1, 0x600 }),
		   20);
}

static void numbers(void)
{
	uint64_t empty = SWEEP_MEMORY + 0x800;

	for (size_t size = 254; size < 260; size++) {
		memset((void *)(SWEEP_END - 260), 'v', 260);
		sweep_call(SYS_fsconfig, -1, 1, words("key"), SWEEP_END - size, -100);
		for (int command = 0; command < 10; command++)
			sweep_call(SYS_fsconfig, -1, command, SWEEP_END - size, empty, 0);
	}

	sweep_call(SYS_shmctl, 3, 0, 0);
	sweep_call(SYS_personality, 0);
	sweep_call(SYS_personality, 0x701001f);
	sweep_call(SYS_ioprio_get, 1, 24487);
	sweep_call(SYS_keyctl, 0, -1, -1153374643, 0, 0);
	sweep_call(SYS_keyctl, 2, -8, 0, 0, 0);
	sweep_call(SYS_keyctl, 3, -6, 0, 0, 0);
	sweep_call(SYS_keyctl, 4, -8, -1, -1, 0);
	for (int advice = 12; advice < 20; advice++)
		sweep_call(SYS_madvise, 0, 4096, advice);
	for (int which = 0; which < 5; which++) {
		sweep_call(SYS_prctl, 0x49, which, 0, 1, 2);
		sweep_call(SYS_prctl, 0x49, which, 0xe0, 1, 2);
		sweep_call(SYS_prctl, 0x3e, 1, -1, which, 0);
		sweep_call(SYS_prctl, 0x3e, 0, 13561, which, 0);
		sweep_call(SYS_prctl, 0x3e, 0, 13561, which, SWEEP_END);
	}
	for (int bits = 0; bits < 4; bits++)
		sweep_call(SYS_prctl, 0x32, bits << 16 | 0xff, 1, 2, 3);
	sweep_call(SYS_prctl, 0x32, 0x10000, 1, 2, 3);
	sweep_call(SYS_prctl, 0x32, 0xfacefeed, 1, 2, 3);
	sweep_call(SYS_ptrace, 0x420b, 17220, 8, TAIL(uint64_t, { 1 << 9 }));
	sweep_call(SYS_ptrace, 0x420c, 17220, 42, 0);
	sweep_call(SYS_ptrace, 0x420d, 17220, 0xdeadcafefffff00d, 0);
	sweep_call(SYS_ptrace, 0x420d, 17220, 7, SWEEP_END - 8);
	for (int size = 1; size < 5; size++)
		sweep_call(SYS_ptrace, 0x420e, 18889, size, tail("\0\0\0", size));
	sweep_call(SYS_execveat, AT_FDCWD, words("pairs\nname"), SWEEP_END, 0, 0xfffeeeff);
	sweep_call(FILE_SETATTR, -1, empty, TAIL(uint64_t[4], { UINT64_MAX, 0x0102030405060708 }),
		   24, 0);
	sweep_call(SYS_move_pages, 0, 2, SWEEP_MEMORY + 0x1000, 0, TAIL(int32_t[2], { -14, 0 }), 2);
	sweep_call(SYS_landlock_create_ruleset, TAIL(uint64_t, { 0xdebeefeddecaffff }), 8, 0);
	sweep_call(SYS_landlock_create_ruleset, TAIL(uint64_t[2], { 0, 4 }), 16, 0);
	sweep_call(SYS_landlock_create_ruleset, TAIL(uint64_t[2], { 0, -1 }), 16, 0);
	sweep_call(SYS_open_tree, 0, empty, 0x1000);
	sweep_call(SYS_open_tree, 0, words("/dev/full"), 0);
	sweep_call(SYS_open_tree, -1, empty, -1);
	sweep_call(OPEN_TREE_ATTR, -1, empty, -1,
		   TAIL(uint64_t[4], { 0, 0xffffffffffcfff40, 0x140000, 9 }), 32);
	sweep_call(SETXATTRAT, -1, empty, -1, words("user.name"), SWEEP_END - 16, 17);
	memset((void *)SWEEP_MEMORY, 0, 256);
	memset((void *)(SWEEP_MEMORY + 8), 0xff, 4);
	sweep_call(SYS_io_uring_setup, 1, SWEEP_MEMORY);
	memcpy((void *)(SWEEP_MEMORY + 0x180), (int[]){ 1, 0, -1, -2, -3 }, 20);
	sweep_call(SYS_io_uring_register, 0, 6,
		   TAIL(uint64_t[2], { 3735929054, SWEEP_MEMORY + 0x180 }), 5);
	memset((void *)SWEEP_MEMORY, 0, 512);
	sweep_call(SYS_bpf, 0, SWEEP_MEMORY, 96);
	sweep_call(SYS_bpf, 5, SWEEP_MEMORY, 168);
}

void sweep_listed(void)
{
	static void (*const kinds[])(void) = { nothing, options, addresses, numbers };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		sweep_fill(FILL_ZEROS);
		kinds[i]();
	}
	sweep_fill(FILL_ZEROS);
}
