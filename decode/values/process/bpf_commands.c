// SPDX-License-Identifier: GPL-2.0-or-later
/* The fields of each command, as linux/bpf.h has them. */
#include "decode/values/process/bpf.h"

#include <linux/bpf.h>
#include <stddef.h>
#include <string.h>

/* BPF_F_BEFORE|BPF_F_AFTER, BPF_F_ID: Linux 6.6 */
enum { RELATIVE = 0x18, BY_ID = 0x20 };

/* A field whose name is its own; the same within the structure of one command. */
#define F(member_, form_, ...)		 ATTR_FIELD(#member_, member_, form_, __VA_ARGS__)
#define IN(struct_, member_, form_, ...) ATTR_FIELD(#member_, struct_.member_, form_, __VA_ARGS__)
#define ATTR_FIELD(name_, member_, form_, ...)                                                     \
	{                                                                                          \
		.name = name_, .at = offsetof(union bpf_attr, member_),                            \
		.size = sizeof(((union bpf_attr *)0)->member_), .form = FORM_##form_, __VA_ARGS__  \
	}
/* One that older headers lack. */
#define NEW(name_, at_, size_, form_, ...)                                                         \
	{                                                                                          \
		.name = name_, .at = at_, .size = size_, .form = FORM_##form_, __VA_ARGS__         \
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
	F(numa_node, NODE, .needs = BPF_F_NUMA_NODE),
	F(map_name, TEXT),
	F(map_ifindex, INTERFACE),
	F(btf_fd, FD),
	F(btf_key_type_id, UNSIGNED, .from = 48),
	F(btf_value_type_id, UNSIGNED, .from = 48),
	F(btf_vmlinux_value_type_id, UNSIGNED),
	F(map_extra, MOST),
	NEW("value_type_btf_obj_fd", 72, 4, FD),
	NEW("map_token_fd", 76, 4, FD),
	NEW("excl_prog_hash", 80, 8, POINTER),
	NEW("excl_prog_hash_size", 88, 4, UNSIGNED, .from = 80),
	END,
};

#define ELEMENT F(map_fd, FD), F(key, POINTER)

static const struct bpf_field lookup[] = {
	ELEMENT,
	F(value, POINTER),
	F(flags, FLAGS, "bpf_map_lookup_elem_flags"),
	END,
};

static const struct bpf_field update[] = {
	ELEMENT,
	F(value, POINTER),
	F(flags, FLAGS, "bpf_map_update_elem_flags"),
	END,
};

static const struct bpf_field delete[] = { ELEMENT, END };
static const struct bpf_field next_key[] = { ELEMENT, F(next_key, POINTER), END };
static const struct bpf_field freeze[] = { F(map_fd, FD), END };

static const struct bpf_field prog_load[] = {
	F(prog_type, ENUM, "bpf_prog_types"),
	F(insn_cnt, UNSIGNED),
	F(insns, CODE),
	F(license, STRING),
	F(log_level, UNSIGNED),
	F(log_size, UNSIGNED, .from = 24),
	F(log_buf, LOG, .from = 24, .count = offsetof(union bpf_attr, log_size)),
	F(kern_version, VERSION),
	F(prog_flags, FLAGS, "bpf_prog_flags"),
	F(prog_name, TEXT),
	F(prog_ifindex, INTERFACE),
	F(expected_attach_type, ENUM, "bpf_attach_type"),
	F(prog_btf_fd, FD),
	F(func_info_rec_size, UNSIGNED, .from = 72),
	F(func_info, POINTER, .from = 72),
	F(func_info_cnt, UNSIGNED, .from = 72),
	F(line_info_rec_size, UNSIGNED, .from = 72),
	F(line_info, POINTER, .from = 72),
	F(line_info_cnt, UNSIGNED, .from = 72),
	F(attach_btf_id, UNSIGNED),
	F(attach_prog_fd, FD),
	F(core_relo_cnt, UNSIGNED, .from = 128),
	F(fd_array, POINTER),
	F(core_relos, POINTER),
	F(core_relo_rec_size, UNSIGNED, .from = 128),
	NEW("log_true_size", 140, 4, UNSIGNED),
	NEW("prog_token_fd", 144, 4, FD),
	NEW("fd_array_cnt", 148, 4, UNSIGNED),
	NEW("signature", 152, 8, BYTES, .count = 160),
	NEW("signature_size", 160, 4, UNSIGNED, .from = 152),
	NEW("keyring_id", 164, 4, SIGNED, .from = 152),
	END,
};

static const struct bpf_field object[] = {
	F(pathname, STRING),	   F(bpf_fd, FD), F(file_flags, FLAGS, "bpf_file_flags"),
	NEW("path_fd", 16, 4, FD), END,
};

static const struct bpf_field attach[] = {
	F(target_fd, FD),
	F(attach_bpf_fd, FD),
	F(attach_type, ENUM, "bpf_attach_type"),
	F(attach_flags, FLAGS, "bpf_attach_flags"),
	F(replace_bpf_fd, FD),
	NEW("relative_fd", 20, 4, FD),
	NEW("expected_revision", 24, 8, UNSIGNED, .from = 20),
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
	IN(test, ctx_size_out, UNSIGNED, .from = 40),
	IN(test, ctx_in, POINTER, .from = 40),
	IN(test, ctx_out, POINTER, .from = 40),
	IN(test, flags, FLAGS, "bpf_test_run_flags"),
	IN(test, cpu, UNSIGNED, .from = 64),
	IN(test, batch_size, UNSIGNED),
	END,
};

static const struct bpf_field next_id[] = { F(start_id, UNSIGNED), F(next_id, NEXT), END };
static const struct bpf_field prog_id[] = { F(prog_id, UNSIGNED), END };
static const struct bpf_field map_id[] = {
	F(map_id, UNSIGNED),
	NEW("open_flags", 8, 4, FLAGS, "bpf_file_mode_flags"),
	END,
};
static const struct bpf_field btf_id[] = {
	F(btf_id, UNSIGNED),
	NEW("open_flags", 8, 4, FLAGS, "bpf_file_mode_flags"),
	NEW("fd_by_id_token_fd", 12, 4, FD, .from = 8),
	END,
};
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
	IN(query, prog_ids, LIST, .count = 24),
	IN(query, prog_cnt, UNSIGNED),
	NEW("prog_attach_flags", 32, 8, POINTER),
	NEW("link_ids", 40, 8, POINTER),
	NEW("link_attach_flags", 48, 8, POINTER, .from = 40),
	NEW("revision", 56, 8, HEX, .from = 40),
	END,
};

static const struct bpf_field raw_tracepoint[] = {
	IN(raw_tracepoint, name, STRING),
	IN(raw_tracepoint, prog_fd, FD),
	NEW("cookie", 16, 8, HEX, .from = 20),
	END,
};

static const struct bpf_field btf_load[] = {
	F(btf, BYTES, .count = offsetof(union bpf_attr, btf_size)),
	F(btf_log_buf, LOG, .count = offsetof(union bpf_attr, btf_log_size), .unless_0 = true),
	F(btf_size, UNSIGNED),
	F(btf_log_size, UNSIGNED),
	F(btf_log_level, UNSIGNED),
	NEW("btf_log_true_size", 28, 4, UNSIGNED),
	NEW("btf_flags", 32, 4, FLAGS, "bpf_file_flags"),
	NEW("btf_token_fd", 36, 4, FD, .from = 32),
	END,
};

static const struct bpf_field task_query[] = {
	IN(task_fd_query, pid, SIGNED),
	IN(task_fd_query, fd, FD),
	IN(task_fd_query, flags, UNSIGNED),
	IN(task_fd_query, buf_len, UNSIGNED),
	IN(task_fd_query, buf, BYTES, .count = offsetof(union bpf_attr, task_fd_query.buf_len)),
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
	IN(link_create, flags, FLAGS, "bpf_attach_flags"),
	END,
};

static const struct bpf_field link_relative[] = {
	NEW("relative_fd", 16, 4, FD),
	NEW("expected_revision", 24, 8, HEX),
	END,
};

static const struct bpf_field link_iter[] = {
	NEW("iter_info", 16, 8, LIST, .count = 24),
	NEW("iter_info_len", 24, 4, UNSIGNED),
	END,
};

static const struct bpf_field link_perf[] = { NEW("bpf_cookie", 16, 8, HEX), END };

static const struct bpf_field link_kprobes[] = {
	NEW("flags", 16, 4, FLAGS, "bpf_link_create_kprobe_multi_flags"),
	NEW("cnt", 20, 4, UNSIGNED),
	NEW("syms", 24, 8, LIST, .count = 20),
	NEW("addrs", 32, 8, LIST, .count = 20),
	NEW("cookies", 40, 8, LIST, .count = 20),
	END,
};

static const struct bpf_field link_tracing[] = {
	NEW("target_btf_id", 16, 4, UNSIGNED),
	NEW("cookie", 24, 8, HEX),
	END,
};

static const struct bpf_field link_netfilter[] = {
	NEW("pf", 16, 4, UNSIGNED),
	NEW("hooknum", 20, 4, UNSIGNED),
	NEW("priority", 24, 4, SIGNED),
	NEW("flags", 28, 4, FLAGS, "bpf_link_create_netfilter_flags"),
	END,
};

static const struct bpf_field link_uprobes[] = {
	NEW("path", 16, 8, POINTER),
	NEW("offsets", 24, 8, LIST, .count = 48),
	NEW("ref_ctr_offsets", 32, 8, LIST, .count = 48),
	NEW("cookies", 40, 8, LIST, .count = 48),
	NEW("cnt", 48, 4, UNSIGNED),
	NEW("flags", 52, 4, FLAGS, "bpf_link_create_uprobe_multi_flags"),
	NEW("pid", 56, 4, UNSIGNED),
	NEW("path_fd", 60, 4, FD),
	END,
};

static const struct bpf_field link_tracings[] = {
	NEW("ids", 16, 8, LIST, .count = 32),
	NEW("cookies", 24, 8, LIST, .count = 32),
	NEW("cnt", 32, 4, UNSIGNED),
	END,
};

static const struct bpf_field link_other[] = {
	NEW("target_btf_id", 16, 4, UNSIGNED, .unless_0 = true),
	END,
};

/* By the numbers of enum bpf_attach_type, which older headers lack. */
static const struct bpf_link links[] = {
	{ 0, 3, "cgroup", link_relative },   /* BPF_CGROUP_INET_INGRESS to _SOCK_OPS */
	{ 6, 6, "cgroup", link_relative },   /* BPF_CGROUP_DEVICE */
	{ 8, 15, "cgroup", link_relative },  /* to BPF_CGROUP_UDP6_SENDMSG */
	{ 18, 22, "cgroup", link_relative }, /* to BPF_CGROUP_SETSOCKOPT */
	{ 24, 27, "tracing", link_tracing }, /* to BPF_LSM_MAC */
	{ 28, 28, NULL, link_iter },	     /* BPF_TRACE_ITER */
	{ 29, 32, "cgroup", link_relative },
	{ 34, 34, "cgroup", link_relative },	    /* to BPF_CGROUP_INET_SOCK_RELEASE */
	{ 41, 41, "perf_event", link_perf },	    /* BPF_PERF_EVENT */
	{ 42, 42, "kprobe_multi", link_kprobes },   /* BPF_TRACE_KPROBE_MULTI */
	{ 45, 45, "netfilter", link_netfilter },    /* BPF_NETFILTER */
	{ 46, 47, "tcx", link_relative },	    /* BPF_TCX_INGRESS, _EGRESS */
	{ 48, 48, "uprobe_multi", link_uprobes },   /* BPF_TRACE_UPROBE_MULTI */
	{ 49, 53, "cgroup", link_relative },	    /* BPF_CGROUP_UNIX_... */
	{ 54, 55, "netkit", link_relative },	    /* BPF_NETKIT_PRIMARY, _PEER */
	{ 58, 58, "tracing", link_tracing },	    /* BPF_TRACE_FSESSION */
	{ 59, 61, "tracing_multi", link_tracings }, /* BPF_TRACE_..._MULTI */
};

static const struct bpf_field token_create[] = {
	NEW("flags", 0, 4, HEX),
	NEW("bpffs_fd", 4, 4, FD),
	END,
};

static const struct bpf_field stream_read[] = {
	NEW("stream_buf", 0, 8, BYTES, .count = 8),
	NEW("stream_buf_len", 8, 4, UNSIGNED),
	NEW("stream_id", 12, 4, UNSIGNED),
	NEW("prog_fd", 16, 4, FD),
	END,
};

static const struct bpf_field assoc_struct_ops[] = {
	NEW("map_fd", 0, 4, FD),
	NEW("prog_fd", 4, 4, FD),
	NEW("flags", 8, 4, HEX),
	END,
};

static const struct bpf_field link_update[] = {
	IN(link_update, link_fd, FD),
	IN(link_update, new_prog_fd, FD),
	IN(link_update, flags, FLAGS, "bpf_attach_flags"),
	IN(link_update, old_prog_fd, FD, .needs = BPF_F_REPLACE, .from = 8),
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

#define BATCH_END(flags_)                                                                          \
	IN(batch, count, UNSIGNED), IN(batch, map_fd, FD), IN(batch, elem_flags, FLAGS, flags_),   \
		IN(batch, flags, HEX), END

static const struct bpf_field batch_lookup[] = {
	IN(batch, in_batch, POINTER),
	IN(batch, out_batch, POINTER),
	IN(batch, keys, POINTER),
	IN(batch, values, POINTER),
	BATCH_END("bpf_map_lookup_elem_flags"),
};

static const struct bpf_field batch_update[] = {
	IN(batch, keys, POINTER),
	IN(batch, values, POINTER),
	BATCH_END("bpf_map_update_elem_flags"),
};

static const struct bpf_field batch_delete[] = { IN(batch, keys, POINTER),
						 BATCH_END("bpf_map_lookup_elem_flags") };

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
	{ BPF_PROG_DETACH, NULL, 16, attach },
	{ BPF_PROG_TEST_RUN, "test", 40, test_run },
	{ BPF_PROG_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_MAP_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_BTF_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_LINK_GET_NEXT_ID, NULL, 8, next_id },
	{ BPF_PROG_GET_FD_BY_ID, NULL, 4, prog_id },
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
	{ 36 /* BPF_TOKEN_CREATE */, "token_create", 8, token_create },
	{ 37 /* BPF_PROG_STREAM_READ_BY_FD */, "prog_stream_read", 20, stream_read },
	{ 38 /* BPF_PROG_ASSOC_STRUCT_OPS */, "prog_assoc_struct_ops", 12, assoc_struct_ops },
};

const struct bpf_command *bpf_command(uint32_t number)
{
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (commands[i].number == number)
			return &commands[i];
	return NULL;
}

const struct bpf_link *bpf_link(uint32_t type, uint32_t flags)
{
	static const struct bpf_link other = { .fields = link_other };

	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++) {
		if (type < links[i].type || type > links[i].last)
			continue;
		if (links[i].name && !strcmp(links[i].name, "cgroup") && !(flags & RELATIVE))
			return &other;
		return &links[i];
	}
	return NULL;
}

const struct bpf_field *bpf_relative(uint32_t flags, const struct bpf_field *relative)
{
	static const struct bpf_field id = NEW("relative_id", 20, 4, UNSIGNED);

	return flags & BY_ID ? &id : relative;
}

const struct bpf_field *bpf_link_target(uint32_t type, const struct bpf_field *target)
{
	static const struct bpf_field interface =
		ATTR_FIELD("target_ifindex", link_create.target_fd, INTERFACE);

	return type == BPF_XDP || (type >= 46 && type <= 47) || (type >= 54 && type <= 55) ? &interface : target;
}
