// SPDX-License-Identifier: GPL-2.0-or-later
/* The fields of each command, as linux/bpf.h has them. */
#include "decode/values/process/bpf.h"

#include <linux/bpf.h>
#include <stddef.h>

/* A field whose name is its own; the same within the structure of one command. */
#define F(member_, form_, ...)		 ATTR_FIELD(#member_, member_, form_, __VA_ARGS__)
#define IN(struct_, member_, form_, ...) ATTR_FIELD(#member_, struct_.member_, form_, __VA_ARGS__)
#define ATTR_FIELD(name_, member_, form_, ...)                                                     \
	{                                                                                          \
		.name = name_, .at = offsetof(union bpf_attr, member_),                            \
		.size = sizeof(((union bpf_attr *)0)->member_), .form = FORM_##form_, __VA_ARGS__  \
	}
#define END                                                                                        \
	{                                                                                          \
		.name = NULL                                                                       \
	}

static const struct bpf_field map_create[] = {
	F(map_type, ENUM, "bpf_map_types"),
	F(key_size, UNSIGNED),
	F(value_size, UNSIGNED),
	F(max_entries, UNSIGNED),
	F(map_flags, FLAGS, "bpf_map_flags"),
	F(inner_map_fd, FD),
	F(numa_node, UNSIGNED, .needs = BPF_F_NUMA_NODE),
	F(map_name, TEXT),
	F(map_ifindex, INTERFACE),
	F(btf_fd, FD),
	F(btf_key_type_id, UNSIGNED),
	F(btf_value_type_id, UNSIGNED),
	F(btf_vmlinux_value_type_id, UNSIGNED),
	F(map_extra, UNSIGNED),
	END,
};

#define ELEMENT F(map_fd, FD), F(key, HEX)

static const struct bpf_field lookup[] = {
	ELEMENT,
	F(value, HEX),
	F(flags, FLAGS, "bpf_map_lookup_elem_flags"),
	END,
};

static const struct bpf_field update[] = {
	ELEMENT,
	F(value, HEX),
	F(flags, FLAGS, "bpf_map_update_elem_flags"),
	END,
};

static const struct bpf_field delete[] = { ELEMENT, END };
static const struct bpf_field next_key[] = { ELEMENT, F(next_key, HEX), END };
static const struct bpf_field freeze[] = { F(map_fd, FD), END };

static const struct bpf_field prog_load[] = {
	F(prog_type, ENUM, "bpf_prog_types"),
	F(insn_cnt, UNSIGNED),
	F(insns, CODE),
	F(license, STRING),
	F(log_level, UNSIGNED),
	F(log_size, UNSIGNED),
	F(log_buf, LOG),
	F(kern_version, VERSION),
	F(prog_flags, FLAGS, "bpf_prog_flags"),
	F(prog_name, TEXT),
	F(prog_ifindex, INTERFACE),
	F(expected_attach_type, ENUM, "bpf_attach_type"),
	F(prog_btf_fd, FD),
	F(func_info_rec_size, UNSIGNED),
	F(func_info, POINTER),
	F(func_info_cnt, UNSIGNED),
	F(line_info_rec_size, UNSIGNED),
	F(line_info, POINTER),
	F(line_info_cnt, UNSIGNED),
	F(attach_btf_id, UNSIGNED),
	F(attach_prog_fd, FD),
	F(fd_array, POINTER),
	END,
};

static const struct bpf_field object[] = {
	F(pathname, STRING),
	F(bpf_fd, FD),
	F(file_flags, FLAGS, "bpf_file_mode_flags"),
	{ .name = "path_fd", .at = 16, .size = 4, .form = FORM_FD }, /* Linux 6.5 */
	END,
};

static const struct bpf_field attach[] = {
	F(target_fd, FD),
	F(attach_bpf_fd, FD),
	F(attach_type, ENUM, "bpf_attach_type"),
	F(attach_flags, FLAGS, "bpf_attach_flags"),
	F(replace_bpf_fd, FD),
	END,
};

static const struct bpf_field detach[] = {
	F(target_fd, FD),
	F(attach_type, ENUM, "bpf_attach_type"),
	END,
};

static const struct bpf_field test_run[] = {
	IN(test, prog_fd, FD),
	IN(test, retval, UNSIGNED),
	IN(test, data_size_in, UNSIGNED),
	IN(test, data_size_out, UNSIGNED),
	IN(test, data_in, POINTER),
	IN(test, data_out, POINTER),
	IN(test, repeat, UNSIGNED),
	IN(test, duration, UNSIGNED),
	IN(test, ctx_size_in, UNSIGNED),
	IN(test, ctx_size_out, UNSIGNED),
	IN(test, ctx_in, POINTER),
	IN(test, ctx_out, POINTER),
	IN(test, flags, FLAGS, "bpf_test_run_flags"),
	IN(test, cpu, UNSIGNED),
	END,
};

#define ID(name_)                                                                                  \
	ATTR_FIELD(name_, start_id, UNSIGNED), F(next_id, UNSIGNED),                               \
		F(open_flags, FLAGS, "bpf_file_mode_flags"), END

static const struct bpf_field next_id[] = {
	F(start_id, UNSIGNED),
	F(next_id, NEXT),
	F(open_flags, FLAGS, "bpf_file_mode_flags"),
	END,
};

static const struct bpf_field prog_id[] = { ID("prog_id") };
static const struct bpf_field map_id[] = { ID("map_id") };
static const struct bpf_field btf_id[] = { F(btf_id, UNSIGNED), END };
static const struct bpf_field link_id[] = { F(link_id, UNSIGNED), END };

static const struct bpf_field info[] = {
	IN(info, bpf_fd, FD),
	IN(info, info_len, UNSIGNED),
	IN(info, info, POINTER),
	END,
};

static const struct bpf_field query[] = {
	IN(query, target_fd, FD),
	IN(query, attach_type, ENUM, "bpf_attach_type"),
	IN(query, query_flags, FLAGS, "bpf_query_flags"),
	IN(query, attach_flags, FLAGS, "bpf_attach_flags"),
	IN(query, prog_ids, POINTER),
	IN(query, prog_cnt, UNSIGNED),
	END,
};

static const struct bpf_field raw_tracepoint[] = {
	IN(raw_tracepoint, name, STRING),
	IN(raw_tracepoint, prog_fd, FD),
	{ .name = "cookie", .at = 16, .size = 8, .form = FORM_HEX }, /* Linux 6.9 */
	END,
};

static const struct bpf_field btf_load[] = {
	F(btf, BYTES),
	F(btf_log_buf, LOG),
	F(btf_size, UNSIGNED),
	F(btf_log_size, UNSIGNED),
	F(btf_log_level, UNSIGNED),
	END,
};

static const struct bpf_field task_query[] = {
	IN(task_fd_query, pid, UNSIGNED),
	IN(task_fd_query, fd, FD),
	IN(task_fd_query, flags, HEX),
	IN(task_fd_query, buf_len, UNSIGNED),
	IN(task_fd_query, buf, POINTER),
	IN(task_fd_query, prog_id, UNSIGNED),
	IN(task_fd_query, fd_type, ENUM, "bpf_task_fd_type"),
	IN(task_fd_query, probe_offset, HEX),
	IN(task_fd_query, probe_addr, HEX),
	END,
};

static const struct bpf_field link_create[] = {
	IN(link_create, prog_fd, FD),
	IN(link_create, target_fd, FD),
	IN(link_create, attach_type, ENUM, "bpf_attach_type"),
	IN(link_create, flags, HEX),
	END,
};

static const struct bpf_field link_update[] = {
	IN(link_update, link_fd, FD),
	IN(link_update, new_prog_fd, FD),
	IN(link_update, flags, FLAGS, "bpf_attach_flags"),
	IN(link_update, old_prog_fd, FD, .needs = BPF_F_REPLACE),
	END,
};

static const struct bpf_field link_detach[] = { IN(link_detach, link_fd, FD), END };

static const struct bpf_field iter_create[] = {
	IN(iter_create, link_fd, FD),
	IN(iter_create, flags, HEX),
	END,
};

static const struct bpf_field enable_stats[] = {
	IN(enable_stats, type, ENUM, "bpf_stats_type"),
	END,
};

static const struct bpf_field bind_map[] = {
	IN(prog_bind_map, prog_fd, FD),
	IN(prog_bind_map, map_fd, FD),
	IN(prog_bind_map, flags, HEX),
	END,
};

#define BATCH_END                                                                                  \
	IN(batch, count, UNSIGNED), IN(batch, map_fd, FD),                                         \
		IN(batch, elem_flags, FLAGS, "bpf_map_update_elem_flags"), IN(batch, flags, HEX),  \
		END

static const struct bpf_field batch_lookup[] = {
	IN(batch, in_batch, POINTER),
	IN(batch, out_batch, POINTER),
	IN(batch, keys, POINTER),
	IN(batch, values, POINTER),
	BATCH_END,
};

static const struct bpf_field batch_update[] = {
	IN(batch, keys, POINTER),
	IN(batch, values, POINTER),
	BATCH_END,
};

static const struct bpf_field batch_delete[] = { IN(batch, keys, POINTER), BATCH_END };

static const struct bpf_command commands[] = {
	{ BPF_MAP_CREATE, NULL, 16, map_create },
	{ BPF_MAP_LOOKUP_ELEM, NULL, 24, lookup },
	{ BPF_MAP_UPDATE_ELEM, NULL, 32, update },
	{ BPF_MAP_DELETE_ELEM, NULL, 16, delete },
	{ BPF_MAP_GET_NEXT_KEY, NULL, 24, next_key },
	{ BPF_MAP_LOOKUP_AND_DELETE_ELEM, NULL, 24, lookup },
	{ BPF_MAP_FREEZE, NULL, 4, freeze },
	{ BPF_PROG_LOAD, NULL, 24, prog_load },
	{ BPF_OBJ_PIN, NULL, 12, object },
	{ BPF_OBJ_GET, NULL, 12, object },
	{ BPF_PROG_ATTACH, NULL, 16, attach },
	{ BPF_PROG_DETACH, NULL, 12, detach },
	{ BPF_PROG_TEST_RUN, "test", 40, test_run },
	{ BPF_PROG_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_MAP_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_BTF_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_LINK_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_PROG_GET_FD_BY_ID, NULL, 8, prog_id },
	{ BPF_MAP_GET_FD_BY_ID, NULL, 8, map_id },
	{ BPF_BTF_GET_FD_BY_ID, NULL, 4, btf_id },
	{ BPF_LINK_GET_FD_BY_ID, NULL, 4, link_id },
	{ BPF_OBJ_GET_INFO_BY_FD, "info", 16, info },
	{ BPF_PROG_QUERY, "query", 28, query },
	{ BPF_RAW_TRACEPOINT_OPEN, "raw_tracepoint", 12, raw_tracepoint },
	{ BPF_BTF_LOAD, NULL, 28, btf_load },
	{ BPF_TASK_FD_QUERY, "task_fd_query", 48, task_query },
	{ BPF_LINK_CREATE, "link_create", 16, link_create },
	{ BPF_LINK_UPDATE, "link_update", 12, link_update },
	{ BPF_LINK_DETACH, "link_detach", 4, link_detach },
	{ BPF_ITER_CREATE, "iter_create", 8, iter_create },
	{ BPF_ENABLE_STATS, "enable_stats", 4, enable_stats },
	{ BPF_PROG_BIND_MAP, "prog_bind_map", 12, bind_map },
	{ BPF_MAP_LOOKUP_BATCH, "batch", 56, batch_lookup },
	{ BPF_MAP_LOOKUP_AND_DELETE_BATCH, "batch", 56, batch_lookup },
	{ BPF_MAP_UPDATE_BATCH, "batch", 56, batch_update },
	{ BPF_MAP_DELETE_BATCH, "batch", 56, batch_delete },
};

const struct bpf_command *bpf_command(uint32_t number)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (commands[i].number == number)
			return &commands[i];
	return NULL;
}
