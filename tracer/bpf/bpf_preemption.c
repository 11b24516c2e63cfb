// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_preemption.h"

#include "tracer/bpf/bpf_types.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char suffix[] = "_preemptible";

/* Of task_struct.migration_disabled, in bytes; -1: this kernel has none. */
static int find_field(const struct bpf_types *types)
{
	static const char task[] = "task_struct", name[] = "migration_disabled";
	struct btf *all;
	const struct btf_type *t;
	int id, offset = -1;

	if (types)
		return bpf_types_field(types, task, name);
	all = btf__load_vmlinux_btf();
	id = all ? btf__find_by_name_kind(all, task, BTF_KIND_STRUCT) : -1;
	t = id > 0 ? btf__type_by_id(all, id) : NULL;
	for (int i = 0; t && i < btf_vlen(t); i++)
		if (!strcmp(btf__name_by_offset(all, btf_members(t)[i].name_off), name))
			offset = (int)(btf_member_bit_offset(t, i) / 8);
	btf__free(all);
	return offset;
}

/*
 * A program that may be preempted is kept on its CPU by the kernel, with migration disabled: this
 * one says in the map whether that is so. No thread begins a call with migration disabled by
 * itself.
 */
static int load_program(int map, int offset)
{
	const struct bpf_insn code[] = {
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_current_task },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 3, .src_reg = 0 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 3, .imm = offset },
		{ .code = BPF_ST | BPF_MEM | BPF_DW, .dst_reg = 10, .off = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 1, .src_reg = 10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 1, .imm = -8 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 2, .imm = sizeof(uint16_t) },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_probe_read_kernel },
		{ .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = 6, .src_reg = 10, .off = -8 },
		{ .code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = 6, .off = 8 },
		{ .code = BPF_ST | BPF_MEM | BPF_W, .dst_reg = 10, .off = -16 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = 2, .src_reg = 10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = 2, .imm = -16 },
		{ .code = BPF_LD | BPF_DW | BPF_IMM,
		  .dst_reg = 1,
		  .src_reg = BPF_PSEUDO_MAP_FD,
		  .imm = map },
		{ .imm = 0 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_map_lookup_elem },
		{ .code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = 0, .off = 1 },
		{ .code = BPF_ST | BPF_MEM | BPF_DW, .dst_reg = 0, .imm = 1 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "preemption", "GPL", code,
			     sizeof(code) / sizeof(*code), NULL);
}

bool bpf_preemption_possible(const struct bpf_types *types)
{
	int offset = find_field(types), map = -1, program = -1, link = -1;
	uint32_t key = 0;
	uint64_t seen = 0;

	if (offset >= 0)
		map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "preemption", sizeof(key), sizeof(seen), 1,
				     NULL);
	if (map >= 0)
		program = load_program(map, offset);
	if (program >= 0)
		link = bpf_raw_tracepoint_open("sys_enter", program);
	if (link >= 0) {
		syscall(SYS_getppid);
		close(link);
		if (bpf_map_lookup_elem(map, &key, &seen))
			seen = 0;
	}
	if (program >= 0)
		close(program);
	if (map >= 0)
		close(map);
	return seen;
}

int bpf_preemption_choose(struct bpf_object *object, bool preemptible)
{
	struct bpf_program *program, *plain;
	char name[64];
	int error = 0;

	bpf_object__for_each_program(program, object)
	{
		const char *full = bpf_program__name(program);
		size_t length = strlen(full);

		if (length < sizeof(suffix) || strcmp(full + length - (sizeof(suffix) - 1), suffix))
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)(length - (sizeof(suffix) - 1)), full);
		plain = bpf_object__find_program_by_name(object, name);
		if (!error)
			error = bpf_program__set_autoload(program, preemptible);
		if (!error && plain)
			error = bpf_program__set_autoload(plain, !preemptible);
	}
	return error;
}
