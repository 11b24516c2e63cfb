// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls that take a structure which grows, or say in another field what it is: mounts, BPF, keys,
 * rings, modules. */
#include "case.h"

#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <stdio.h>
#include <sys/uio.h>

/* Newer than the headers may be. */
struct mount_request {
	uint32_t size, spare;
	uint64_t mnt_id, param, mnt_ns_id, more[4];
};

#ifndef SYS_statmount
#define SYS_statmount 457
#define SYS_listmount 458
#endif
#define SYS_get_attr 459
#define SYS_set_attr 460
#define SYS_modules  461

static void mounts(void)
{
	struct mount_request r = { .size = 24, .mnt_id = UINT64_MAX };
	static uint64_t ids[100], answer[512];
	long count = syscall(SYS_listmount, &r, ids, 100, 0);

	syscall(SYS_listmount, &r, ids, 3, 1);
	syscall(SYS_listmount, &r, BAD, 3, 0);
	syscall(SYS_listmount, BAD, ids, 3, 4);
	r.size = 7;
	syscall(SYS_listmount, &r, ids, 3, 0);
	r.size = 32;
	syscall(SYS_listmount, &r, ids, 0, 0);
	r.size = sizeof(r);
	r.more[0] = 1;
	syscall(SYS_listmount, &r, ids, 3, 0);
	r = (struct mount_request){ .size = 24, .mnt_id = count > 0 ? ids[0] : 1 };
	for (int bit = 0; bit < 16; bit++) {
		r.param = 1ull << bit;
		syscall(SYS_statmount, &r, answer, sizeof(answer), 0);
	}
	r.param = 0xff; /* of all: some have options, some have none */
	for (long i = 0; i < count; i++) {
		r.mnt_id = ids[i];
		syscall(SYS_statmount, &r, answer, sizeof(answer), 0);
	}
	r.param = 0x3f;
	syscall(SYS_statmount, &r, answer, sizeof(answer), 0);
	syscall(SYS_statmount, &r, answer, 100, 0);
	syscall(SYS_statmount, &r, BAD, sizeof(answer), 0);
	syscall(SYS_statmount, BAD, answer, sizeof(answer), 0);
	syscall(SYS_statmount, before_hole(&r, 24), answer, sizeof(answer), 0);
	syscall(SYS_statmount, before_hole(&r, 20), answer, sizeof(answer), 0);
	syscall(SYS_statmount, NULL, NULL, 0, 1);
	r.mnt_id = 12345;
	r.spare = 5;
	syscall(SYS_statmount, &r, answer, sizeof(answer), 2);
}

static void bpf(int command, union bpf_attr *attr, size_t size)
{
	syscall(SYS_bpf, command, attr, size);
}

static int elements(void)
{
	static uint32_t key = 1;
	static uint64_t value = 77;
	union bpf_attr a = {
		.map_type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 8, .max_entries = 4
	};
	int map = syscall(SYS_bpf, BPF_MAP_CREATE, &a, 16);

	strcpy(a.map_name, "case");
	bpf(BPF_MAP_CREATE, &a, sizeof(a));
	a.map_flags = BPF_F_RDONLY | BPF_F_NO_PREALLOC;
	bpf(BPF_MAP_CREATE, &a, 48);
	a.map_type = 999;
	bpf(BPF_MAP_CREATE, &a, 20);
	bpf(BPF_MAP_CREATE, BAD, 20);
	bpf(BPF_MAP_CREATE, NULL, 0);
	bpf(BPF_MAP_CREATE, &a, 4);
	bpf(BPF_MAP_CREATE, &a, 6);
	a = (union bpf_attr){ .map_fd = map, .key = (uintptr_t)&key, .value = (uintptr_t)&value };
	bpf(BPF_MAP_UPDATE_ELEM, &a, 32);
	bpf(BPF_MAP_LOOKUP_ELEM, &a, 32);
	bpf(BPF_MAP_LOOKUP_ELEM, &a, 24);
	a.flags = BPF_F_LOCK;
	bpf(BPF_MAP_LOOKUP_ELEM, &a, 40);
	a.flags = BPF_NOEXIST;
	bpf(BPF_MAP_UPDATE_ELEM, &a, 32);
	bpf(BPF_MAP_GET_NEXT_KEY, &a, 24);
	bpf(BPF_MAP_DELETE_ELEM, &a, 16);
	bpf(BPF_MAP_LOOKUP_AND_DELETE_ELEM, &a, 32);
	a = (union bpf_attr){ .map_fd = map };
	bpf(BPF_MAP_FREEZE, &a, 4);
	return map;
}

static int program(void)
{
	static const char *const license = "GPL";
	struct bpf_insn code[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr a = { .prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
			     .insn_cnt = 2,
			     .insns = (uintptr_t)code,
			     .license = (uintptr_t) "GPL" };
	static char log[4096];
	int fd = syscall(SYS_bpf, BPF_PROG_LOAD, &a, 48), other;

	a.log_level = 1;
	a.log_size = sizeof(log);
	a.log_buf = (uintptr_t)log;
	strcpy(a.prog_name, "case");
	bpf(BPF_PROG_LOAD, &a, 64);
	code[1].code = 0xff;
	a.kern_version = 0x060102;
	bpf(BPF_PROG_LOAD, &a, 72);
	a.insns = (uintptr_t)before_hole(code, sizeof(code));
	a.insn_cnt = 3;
	bpf(BPF_PROG_LOAD, &a, sizeof(a));
	a.insns = (uintptr_t)BAD;
	a.license = (uintptr_t)BAD;
	bpf(BPF_PROG_LOAD, &a, sizeof(a));
	return fd;
}

static void objects(int map, int prog)
{
	static struct bpf_map_info map_info;
	static struct bpf_prog_info prog_info;
	static char data[64];
	union bpf_attr a = { .pathname = (uintptr_t) "/sys/fs/bpf/no/such", .bpf_fd = map };

	bpf(BPF_OBJ_PIN, &a, 12);
	bpf(BPF_OBJ_GET, &a, 16);
	a.pathname = (uintptr_t)BAD;
	bpf(BPF_OBJ_GET, &a, 16);
	a = (union bpf_attr){ .target_fd = 0,
			      .attach_bpf_fd = prog,
			      .attach_type = BPF_CGROUP_INET_EGRESS,
			      .attach_flags = BPF_F_ALLOW_MULTI };
	bpf(BPF_PROG_ATTACH, &a, 16);
	bpf(BPF_PROG_ATTACH, &a, 20);
	bpf(BPF_PROG_DETACH, &a, 12);
	a = (union bpf_attr){ .test.prog_fd = prog,
			      .test.data_size_in = 20,
			      .test.data_in = (uintptr_t)data,
			      .test.data_size_out = 64,
			      .test.data_out = (uintptr_t)data,
			      .test.repeat = 2 };
	bpf(BPF_PROG_TEST_RUN, &a, 40);
	bpf(BPF_PROG_TEST_RUN, &a, 64);
	a = (union bpf_attr){ .start_id = 0 };
	bpf(BPF_PROG_GET_NEXT_ID, &a, 8);
	a.start_id = 0x7fffffff;
	bpf(BPF_MAP_GET_NEXT_ID, &a, 8);
	bpf(BPF_BTF_GET_NEXT_ID, &a, 12);
	bpf(BPF_LINK_GET_NEXT_ID, &a, 12);
	bpf(BPF_PROG_GET_FD_BY_ID, &a, 4);
	bpf(BPF_MAP_GET_FD_BY_ID, &a, 12);
	bpf(BPF_BTF_GET_FD_BY_ID, &a, 4);
	bpf(BPF_LINK_GET_FD_BY_ID, &a, 4);
	a = (union bpf_attr){ .info.bpf_fd = 99,
			      .info.info_len = sizeof(map_info),
			      .info.info = (uintptr_t)&map_info };
	bpf(BPF_OBJ_GET_INFO_BY_FD, &a, 16);
	a = (union bpf_attr){ .query.target_fd = 99, .query.attach_type = BPF_CGROUP_INET_INGRESS };
	bpf(BPF_PROG_QUERY, &a, 24);
	a = (union bpf_attr){ .raw_tracepoint.name = (uintptr_t) "no_such_point",
			      .raw_tracepoint.prog_fd = prog };
	bpf(BPF_RAW_TRACEPOINT_OPEN, &a, 16);
	a = (union bpf_attr){ .btf = (uintptr_t)data, .btf_size = 20 };
	bpf(BPF_BTF_LOAD, &a, 20);
	a = (union bpf_attr){ .task_fd_query.pid = 1, .task_fd_query.fd = 99 };
	bpf(BPF_TASK_FD_QUERY, &a, 48);
	a = (union bpf_attr){ .link_create.prog_fd = prog,
			      .link_create.target_fd = 99,
			      .link_create.attach_type = BPF_XDP };
	bpf(BPF_LINK_CREATE, &a, 16);
	a = (union bpf_attr){ .link_update.link_fd = 99, .link_update.new_prog_fd = prog };
	bpf(BPF_LINK_UPDATE, &a, 16);
	bpf(BPF_LINK_DETACH, &a, 4);
	bpf(BPF_ITER_CREATE, &a, 8);
	a = (union bpf_attr){ .enable_stats.type = 9 };
	bpf(BPF_ENABLE_STATS, &a, 4);
	a = (union bpf_attr){ .prog_bind_map.prog_fd = prog, .prog_bind_map.map_fd = 99 };
	bpf(BPF_PROG_BIND_MAP, &a, 12);
	a = (union bpf_attr){ .batch.map_fd = 99, .batch.count = 3 };
	bpf(BPF_MAP_LOOKUP_BATCH, &a, 56);
	bpf(BPF_MAP_LOOKUP_AND_DELETE_BATCH, &a, 56);
	bpf(BPF_MAP_UPDATE_BATCH, &a, 56);
	bpf(BPF_MAP_DELETE_BATCH, &a, 56);
	bpf(77, &a, 56);
}

static void keys(void)
{
	struct keyctl_dh_params dh = { .private = 1, .prime = 2, .base = -3 };
	struct keyctl_kdf_params kdf = { .hashname = "sha256",
					 .otherinfo = "12345",
					 .otherinfolen = 5 };
	struct keyctl_pkey_query query = { 0 };
	char out[100];

	syscall(SYS_keyctl, KEYCTL_DH_COMPUTE, &dh, out, 100, &kdf);
	kdf.__spare[3] = 1;
	kdf.hashname = NULL;
	syscall(SYS_keyctl, KEYCTL_DH_COMPUTE, &dh, out, 100, &kdf);
	kdf.hashname = BAD;
	kdf.otherinfo = BAD;
	syscall(SYS_keyctl, KEYCTL_DH_COMPUTE, &dh, out, 100, &kdf);
	syscall(SYS_keyctl, KEYCTL_DH_COMPUTE, &dh, out, 100, BAD);
	syscall(SYS_keyctl, KEYCTL_DH_COMPUTE, &dh, out, 100, NULL);
	syscall(SYS_keyctl, KEYCTL_PKEY_QUERY, 1, 0, "enc", &query);
}

static void rings(void)
{
	struct io_uring_params p = { 0 };
	int ring = syscall(SYS_io_uring_setup, 4, &p), fds[3] = { 0, -1, -2 };
	static struct {
		struct io_uring_probe head;
		struct io_uring_probe_op ops[64];
	} probe;
	struct io_uring_restriction r[4] = {
		{ .opcode = IORING_RESTRICTION_REGISTER_OP, .register_op = IORING_REGISTER_FILES },
		{ .opcode = IORING_RESTRICTION_SQE_OP, .sqe_op = IORING_OP_READV },
		{ .opcode = IORING_RESTRICTION_SQE_FLAGS_ALLOWED, .sqe_flags = IOSQE_IO_LINK },
		{ .opcode = 77, .sqe_op = 3, .resv2 = { 1 } },
	};
	struct {
		uint32_t offset, resv;
		uint64_t fds;
	} update = { .offset = 1, .fds = (uintptr_t)fds };

	syscall(SYS_io_uring_register, ring, IORING_REGISTER_PROBE, &probe, 64);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_PROBE, &probe, 2);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_PROBE, BAD, 64);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_RESTRICTIONS, r, 4);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_RESTRICTIONS, before_hole(r, 24), 2);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_EVENTFD, fds, 1);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_EVENTFD_ASYNC, fds, 3);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, fds, 3);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &update, 2);
	update.resv = 4;
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &update, 3);
	update.fds = (uintptr_t)BAD;
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &update, 3);
	update.fds = (uintptr_t)before_hole(fds, 8);
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES_UPDATE, &update, 3);
	for (int op = 10; op < 40; op++)
		if (op != 11)
			syscall(SYS_io_uring_register, -1, op, BAD, 3);
	syscall(SYS_io_uring_enter, ring, 0, 0, 0, NULL, 8);
	syscall(SYS_io_uring_enter, -1, 1, 2, IORING_ENTER_GETEVENTS, "\1\0\0\0\0\0\0", 8);
	syscall(SYS_io_uring_enter, -1, 1, 2, 8, "\1\0\0\0\0\0\0", 24);
}

static void modules(void)
{
	static struct {
		uint64_t id, flags, len, ctx_len;
		char ctx[16];
	} attr = { 100, 1, 48, 16, "unconfined" };
	static uint64_t ids[16];
	uint32_t size = sizeof(ids);

	syscall(SYS_modules, ids, &size, 0);
	syscall(SYS_modules, ids, &size, 1);
	size = 1;
	syscall(SYS_modules, ids, &size, 0);
	syscall(SYS_modules, BAD, BAD, 0);
	size = sizeof(attr);
	syscall(SYS_get_attr, 100, &attr, &size, 0);
	size = sizeof(attr);
	syscall(SYS_get_attr, 999, &attr, &size, 1);
	syscall(SYS_get_attr, 100, BAD, BAD, 0);
	syscall(SYS_set_attr, 100, &attr, sizeof(attr), 0);
	syscall(SYS_set_attr, 999, &attr, 40, 1);
	syscall(SYS_set_attr, 100, &attr, 31, 0);
	syscall(SYS_set_attr, 100, BAD, 48, 0);
}

static void others(void)
{
	uint64_t rules[4] = { 1, 2, 0, 5 };
	char value[] = "a\0", stat[40];

	syscall(444, rules, 8, 0);
	syscall(444, rules, 32, 0);
	syscall(444, rules, 16, 1);
	syscall(444, NULL, 0, 1);
	syscall(444, BAD, 8, 0);
	syscall(SYS_fsconfig, -1, 3, "a-key", "a-value-that-is-longer-than-thirty-two-characters",
		AT_FDCWD);
	syscall(SYS_fsconfig, -1, 1, "a-key", "a-value-that-is-longer-than-thirty-two-characters",
		0);
	syscall(SYS_fsconfig, -1, 99, "a-key", "a-value", 0);
	syscall(SYS_setxattr, "file", "user.a", value, 2, 0);
	syscall(SYS_setxattr, "file", "user.a", value, 3, 0);
	syscall(SYS_setxattr, "file", "user.a", "0123456789012345678901234567890\0more", 36, 0);
	syscall(SYS_setxattr, "file", "user.a", "01234567890123456789012345678901234567890", 41, 0);
	syscall(SYS_setxattr, "file", "user.a", "", 1, 0);
	syscall(451, 0, rules, stat, 0);
	syscall(SYS_getxattr, ".", "user.a", value, 2);
}

int main(void)
{
	int map, prog;

	mounts();
	map = elements();
	prog = program();
	objects(map, prog);
	keys();
	rings();
	modules();
	others();
	return 0;
}
