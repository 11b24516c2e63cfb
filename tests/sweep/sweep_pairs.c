// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * sweep: single calls of which strace 7.2 and systape were once seen to print different lines, each
 * for its kind: structures that grow or are cut, tails that cannot be read, bits that one call
 * knows and another does not, numbers with words of their own. What the other families make as a
 * whole (NULL for each ioctl, socket options, addresses, netlink) is not said again here; what
 * needs an answer of the kernel is in tests/twin/cases/pairs.c; command lines are in
 * tests/twin/messages.
 */
#include "tests/sweep/sweep.h"

#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>

enum {
	FILE_GETATTR = 468,
	FILE_SETATTR = 469,
	OPEN_TREE_ATTR = 467,
	LISTNS = 470,
	SETXATTRAT = 463,
	GETXATTRAT = 464,
	LISTXATTRAT = 465,
	REMOVEXATTRAT = 466,
	LISTMOUNT = 458,
	LSM_GET_SELF_ATTR = 459,
	LSM_SET_SELF_ATTR = 460,
	FUTEX_WAKE2 = 454,
	FUTEX_WAIT2 = 455,
	FCHMODAT2 = 452,
	MAP_SHADOW_STACK = 453,
};

#define LONG_NAME 4096

/* `size` bytes that end where the memory does. */
static uint64_t tail(const void *from, size_t size)
{
	memcpy((void *)(SWEEP_END - size), from, size);
	return SWEEP_END - size;
}

/* The same: 0x80, 0x81, ... */
static uint64_t filled(size_t size)
{
	unsigned char *p = (void *)(SWEEP_END - size);

	for (size_t i = 0; i < size; i++)
		p[i] = 0x80 + i % 0x80;
	return SWEEP_END - size;
}

#define TAIL(type, ...) tail(&(const type)__VA_ARGS__, sizeof(type))

/* A text of that many letters, behind which is no end. */
static uint64_t letters(size_t size)
{
	memset((void *)(SWEEP_END - size), 'q', size);
	return SWEEP_END - size;
}

static uint64_t text(const char *words)
{
	strcpy((void *)(SWEEP_MEMORY + 0x100), words);
	return SWEEP_MEMORY + 0x100;
}

static void names(void)
{
	uint64_t empty = SWEEP_MEMORY + 0x800;

	sweep_call(SYS_chdir, letters(LONG_NAME));
	sweep_call(SYS_chdir, letters(LONG_NAME - 1));
	for (size_t size = 31; size < 35; size++) {
		sweep_call(SYS_delete_module, letters(size), 0);
		sweep_call(SYS_finit_module, -1, letters(size), 0);
		sweep_call(SYS_init_module, 0xfffffeedffffface, 0, letters(size));
		sweep_call(SYS_add_key, 0, 0, letters(size), size + 1, -1);
		sweep_call(SYS_add_key, 0, 0, letters(size), size, -1);
	}
	for (size_t size = 248; size < 260; size++) {
		sweep_call(SYS_memfd_create, letters(size), 0);
		sweep_call(SYS_fsconfig, -1, 1, letters(size), text("value"), -100);
		sweep_call(SYS_fsconfig, -1, 2, text("key"), letters(size), size);
		sweep_call(SYS_fsconfig, -1, 3, letters(size), 0, 3);
		sweep_call(SYS_fsconfig, -1, 5, text("key"), letters(size), -1);
	}
	sweep_call(SYS_memfd_create, text("name"), 0x78000000);
	sweep_call(SYS_memfd_create, text("name"), 0xffffffff);
	sweep_call(SYS_fspick, AT_FDCWD, letters(LONG_NAME), 0);
	sweep_call(SYS_open_tree, AT_FDCWD, letters(LONG_NAME), 0);
	sweep_call(SYS_open_tree, -1, empty, 0xfff766fc | 0x89901);
	sweep_call(OPEN_TREE_ATTR, AT_FDCWD, letters(LONG_NAME), 0, SWEEP_MEMORY, 31);
	sweep_call(OPEN_TREE_ATTR, -1, empty, 0xfff766fc, 0, 32);
	sweep_call(SYS_move_mount, -1, letters(LONG_NAME), AT_FDCWD, empty, 1);
	sweep_call(SYS_mount_setattr, AT_FDCWD, letters(LONG_NAME), 0, SWEEP_MEMORY, 31);
	sweep_call(SYS_mount_setattr, -1, empty, 0, filled(32), 32);
	sweep_call(SYS_mount_setattr, -1, empty, 0,
		   TAIL(uint64_t[4], { 0xffffffffffcfff40, 0x100000, 0x140000, 9 }), 32);
	sweep_call(SYS_fsmount, -1, 0, 0xffdfff40);
	sweep_call(SYS_fsmount, -100, 0, 0xffffffff);
	sweep_call(SYS_mount, text("name"), empty, empty, 0xc0ed0000, empty);
	sweep_call(SYS_mount, text("name"), empty, empty, 0xc0ed000f, empty);
	sweep_call(SYS_mount, text("name"), empty, empty, 0x200, empty);
	sweep_call(SYS_openat, -1, text("name"), 0x4000000 | O_RDWR);
	for (int i = 0; i < 3; i++)
		sweep_call(SYS_openat2, -1, text("name"),
			   TAIL(uint64_t[3], { i ? 0x100080000 : 0xdeadface80000000, 0777, i }),
			   24);
}

static void attributes(void)
{
	uint64_t empty = SWEEP_MEMORY + 0x800, name = text("user.name");

	sweep_call(FCHMODAT2, AT_FDCWD, name, 4, 0xffffeeff);
	sweep_call(FILE_GETATTR, -1, empty, SWEEP_END - 24, 23, 0);
	sweep_call(FILE_GETATTR, -1, empty, SWEEP_END - 24, 24, 0);
	sweep_call(FILE_GETATTR, -1, empty, SWEEP_END - 23, 24, 0);
	sweep_call(FILE_GETATTR, -1, 0, 0, 24, 0xffffeeff);
	for (size_t size = 20; size <= 40; size += 4) {
		sweep_call(FILE_SETATTR, -1, empty, filled(24), size, 0);
		sweep_call(FILE_SETATTR, -1, empty, filled(size), size, 0);
		sweep_call(FILE_SETATTR, -1, empty, filled(size) + 1, size, 0);
	}
	sweep_call(FILE_SETATTR, -1, empty, TAIL(uint64_t[3], { 0 }), 32, 0);
	sweep_call(FILE_SETATTR, -1, empty, TAIL(uint64_t[3], { 0xffffffff7ff00004, 1, 2 }), 24, 0);
	for (size_t size = 15; size < 19; size++) {
		struct {
			uint64_t value;
			uint32_t size, flags;
		} value = { SWEEP_MEMORY + 0x900, 32, 0 };

		sweep_call(GETXATTRAT, -1, empty, 0, name, tail(&value, 16), size);
		sweep_call(SETXATTRAT, -1, empty, 0, name, tail(&value, 16), size);
		value.size = 65537;
		sweep_call(SETXATTRAT, -1, empty, 0, name, tail(&value, 16), size);
		sweep_call(LSM_SET_SELF_ATTR, 100, filled(size * 2), size * 2, 1);
	}
	sweep_call(GETXATTRAT, -1, 0, 0xfffffffff, name, 0, 1);
	sweep_call(SETXATTRAT, -1, 0, 0xffffefff, name, 0, 1);
	sweep_call(LISTXATTRAT, -1, 0, 0xffffefff, SWEEP_END, 0);
	sweep_call(REMOVEXATTRAT, -1, 0, 0xffffefff, name);
	for (size_t size = 16; size <= 48; size += 8) {
		uint64_t *p = (void *)filled(size);

		*(uint32_t *)p = size;
		sweep_call(LISTMOUNT, p, 0, 0, 0);
		sweep_call(LISTMOUNT, p, SWEEP_MEMORY, 2, 1);
		p[1] = UINT64_MAX;
		sweep_call(LISTMOUNT, p, SWEEP_MEMORY, 0, 0);
		sweep_call(LISTNS, p, SWEEP_MEMORY, 2, 0);
		((uint32_t *)p)[1] = 0;
		sweep_call(LISTMOUNT, p, SWEEP_END, 2, 1);
	}
	*(uint32_t *)(SWEEP_MEMORY + 0x100) = 0xdeadbeef;
	sweep_call(LSM_GET_SELF_ATTR, 101, filled(31), SWEEP_MEMORY + 0x100, 1);
	sweep_call(LSM_GET_SELF_ATTR, 101, filled(32), SWEEP_MEMORY + 0x100, 1);
	sweep_call(LSM_GET_SELF_ATTR, 101, SWEEP_MEMORY + 0x101, SWEEP_MEMORY + 0x100, 3);
}

static void arrays(void)
{
	uint64_t base = SWEEP_MEMORY + 0x1000;
	struct iovec parts[3] = { { (void *)base, 2 }, { (void *)base, 1 }, { 0, 0 } };
	struct iocb *requests[2] = { (void *)(base + 0x100), (void *)(base + 0x200) };
	uint64_t pages[3] = { base, 0, base + 1 };
	int32_t nodes[3] = { -1, 0, -559038749 };

	*requests[0] = (struct iocb){ .aio_lio_opcode = IOCB_CMD_PWRITEV,
				      .aio_reqprio = -16657,
				      .aio_nbytes = 0x8091a2b3c4d5e6f0 };
	*requests[1] = (struct iocb){ .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_buf = base };
	for (int count = 0; count < 5; count++) {
		sweep_call(SYS_io_submit, 0, count, tail(requests, sizeof(requests)));
		sweep_call(SYS_pwritev, -1, tail(parts, sizeof(parts)), count, 0x123, 4);
		sweep_call(SYS_process_vm_writev, 1, tail(parts, sizeof(parts)), count, base, 1, 0);
		sweep_call(SYS_move_pages, 0, count, tail(pages, sizeof(pages)), 0, base, 2);
		sweep_call(SYS_move_pages, 0, count, base, tail(nodes, sizeof(nodes)), base, 4);
		sweep_call(SYS_move_pages, 0, count, base, 0, tail(nodes, sizeof(nodes)), 4);
		sweep_call(SYS_poll, TAIL(struct pollfd, { -5, POLLIN, 0 }), count, 0);
		sweep_call(SYS_poll, TAIL(struct pollfd[2], { { 9, 0x104, 4 }, { 3, 1, 1 } }),
			   count, 0);
		sweep_call(SYS_kexec_load, 0, count, filled(64), 0xda7a0001);
	}
	sweep_call(SYS_kexec_load, 0, 0, 0, 0xbadc0dedda7a1050);
	sweep_call(SYS_kexec_file_load, -1, -1, 5, text("line"), 0xdeadbeff);
	sweep_call(SYS_modify_ldt, 1, filled(16), 16);
	sweep_call(SYS_mq_notify, -1, filled(64));
	sweep_call(SYS_mq_notify, -1, filled(32));
	sweep_call(SYS_mq_notify, -1, TAIL(int32_t[8], { 1, 2, 10, SIGEV_THREAD_ID, 77 }));
	sweep_call(SYS_sched_setparam, 0, TAIL(int32_t, { -1 }));
	sweep_call(SYS_sched_getparam, 0, SWEEP_END - 4);
	for (int flags = -2; flags < 2; flags++) {
		sweep_call(SYS_sched_getattr, 0, SWEEP_END - 56, 48, flags);
		sweep_call(SYS_sched_setattr, 0, TAIL(uint32_t[14], { 48, 0, 1, 2, 3, 4 }), flags);
	}
	sweep_call(SYS_ioprio_set, 2, 1, 8191);
	sweep_call(SYS_ioprio_set, 0xfa57beef, 1, -87097619);
	sweep_call(SYS_sendfile, -1, -1, TAIL(uint64_t, { 0xcafef00ddeadbeed }), 1);
	sweep_call(SYS_select, INT32_MAX, base, base + 0x80, 0, SWEEP_MEMORY);
	sweep_call(SYS_rt_sigpending, SWEEP_END - 1, 0);
	sweep_call(SYS_rt_sigpending, SWEEP_END - 4, 4);
}

static void words(void)
{
	sweep_call(SYS_madvise, 0, 4096, 12);
	sweep_call(SYS_pkey_alloc, 0x123456789abcdef0, 0);
	sweep_call(SYS_pidfd_open, 0, 0xffffffff);
	sweep_call(MAP_SHADOW_STACK, 0, 0, 0);
	sweep_call(MAP_SHADOW_STACK, 0, 1, 0xfffffffe);
	sweep_call(SYS_reboot, 0, 0x13111992, 0);
	sweep_call(SYS_reboot, 0xfee1dead, 672274793, 0xa1b2c3d4, text("reboot"));
	sweep_call(SYS_seccomp, -1, -1, SWEEP_BAD);
	sweep_call(SYS_quotactl, 0x80000200 | 0xed, text("name"), 0xca7faced, SWEEP_BAD);
	sweep_call(SYS_kill, 1, SIGCONT);
	for (int bits = 0; bits < 32; bits++) {
		sweep_call(SYS_futex, SWEEP_MEMORY, 0x200 | bits, 10, 1, 2, 0x9caffee1);
		sweep_call(FUTEX_WAIT2, 0, -2, -1, bits, 0, 0);
		sweep_call(FUTEX_WAKE2, 0, -1, -2, bits);
		sweep_call(SYS_prctl, 0x45, bits | 0x57ae57e0 * (bits & 1), 1, 2, 3);
		sweep_call(SYS_prctl, 0x37, bits * UINT64_C(0x1000040007), 1, 2, 3);
		sweep_call(SYS_prctl, 0x32, bits << 14 | bits, 1, 2, 3);
		sweep_call(SYS_prctl, 0x49, bits & 7, bits, 2, 3);
		sweep_call(SYS_prctl, 0x3e, bits & 3, 1, bits >> 2, 0);
		sweep_call(SYS_landlock_add_rule, -1, bits & 3, filled(16), bits);
		sweep_call(SYS_landlock_add_rule, -1, 1 + (bits & 1),
			   TAIL(uint64_t[2], { UINT64_C(1) << bits, bits }), 0);
		sweep_call(SYS_landlock_create_ruleset, filled(40), bits, 0);
		sweep_call(SYS_keyctl, bits, bits % 9 - 8, 0xfffff1f1, 3141592653, -bits);
		sweep_call(SYS_io_uring_register, 0, 0x80000000 | bits, SWEEP_MEMORY, 7);
		sweep_call(SYS_io_uring_register, 0, bits, SWEEP_END - 8 * bits, 7);
	}
	sweep_call(SYS_io_uring_register, 0, -1, SWEEP_MEMORY, 7);
	sweep_call(SYS_io_uring_enter, -1, 1, 2, 9, filled(24), 24);
	sweep_call(SYS_io_uring_enter, -1, 1, 2, 0x49, 0xdeadbeef, 64);
	sweep_call(SYS_landlock_create_ruleset, 0, 0, 2);
	sweep_call(156, filled(80)); /* _sysctl */
	sweep_call(156, TAIL(uint64_t[10], { 0 }));
}

static void traced(void)
{
	for (int request = 0; request < 34; request++)
		sweep_call(SYS_ptrace, request, 1, 0xdeadbeef, filled(512));
	for (int request = 0x4200; request < 0x4214; request++)
		for (uint64_t size = 1; size < 90; size += 22)
			sweep_call(SYS_ptrace, request, 1, size, filled(88));
	for (int signal = 0; signal < 32; signal++)
		for (int code = 1; code < 10; code++) {
			uint32_t *info = (void *)filled(128);

			info[0] = signal;
			info[1] = -2;
			info[2] = code;
			sweep_call(SYS_ptrace, 0x4203, 1, 7, info);
		}
}

static void measured(void)
{
	for (int type = 0; type < 6; type++)
		for (int size = 64; size <= 152; size += 4) {
			uint32_t *attr = (void *)filled(152);

			attr[0] = type;
			attr[1] = size;
			sweep_call(SYS_perf_event_open, attr, 0, -1, -1, size);
			attr[2] = size % 16 ? size & 7 : size << 20 | (size & 7) << 8;
			attr[3] = size & 16;
			memset(attr + 24, 0, 4);
			sweep_call(SYS_perf_event_open, attr, 0, -1, -1, 0);
		}
}

static void maps(void)
{
	static const uint8_t sizes[] = { 20, 24, 28, 44, 48, 60, 64, 72, 76, 80, 88, 92, 96 };
	union bpf_attr *attr = (void *)SWEEP_MEMORY;

	for (size_t i = 0; i < sizeof(sizes); i++) {
		memset(attr, 0, 256);
		attr->map_type = i + 25;
		attr->key_size = 4;
		attr->map_flags = i % 2 ? 0xc0dec005 : 7;
		attr->numa_node = -1;
		strcpy(attr->map_name, "0123456789abcde");
		sweep_call(SYS_bpf, BPF_MAP_CREATE, attr, sizes[i]);
		memset(attr->map_name, 'x', sizeof(attr->map_name));
		attr->map_ifindex = 1;
		sweep_call(SYS_bpf, BPF_MAP_CREATE, attr, sizes[i]);
	}
}

static void sent(void)
{
	struct {
		size_t size;
		int level, type, data[2];
	} control = { 20, 0, 0, { 255, 0 } };
	struct msghdr message = { .msg_control = &control, .msg_controllen = 24 };

	for (int level = 0; level < 3; level++)
		for (int type = 0; type < 60; type++) {
			control.level = level;
			control.type = type;
			memcpy((void *)(SWEEP_MEMORY + 0x100), &control, sizeof(control));
			message.msg_control = (void *)(SWEEP_MEMORY + 0x100);
			sweep_call(SYS_sendmsg, -1, tail(&message, sizeof(message)), 0);
		}
	control.level = SOL_SOCKET;
	control.type = SCM_RIGHTS;
	control.size = 0x9000;
	memset((void *)SWEEP_MEMORY, 0xff, 0x9000);
	memcpy((void *)SWEEP_MEMORY, &control, 16);
	message.msg_control = (void *)SWEEP_MEMORY;
	message.msg_controllen = 0x9000;
	sweep_call(SYS_sendmsg, -1, tail(&message, sizeof(message)), 0);
	sweep_call(SYS_recvmmsg, 3, SWEEP_MEMORY, 1, 0x40, SWEEP_MEMORY);
}

void sweep_pairs(int part)
{
	static void (*const kinds[])(void) = { names,  attributes, arrays, words,
					       traced, measured,   maps,   sent };

	(void)part;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		sweep_fill(FILL_ZEROS);
		kinds[i]();
	}
	sweep_fill(FILL_ZEROS);
	sweep_pairs_ioctl();
	sweep_listed();
}
