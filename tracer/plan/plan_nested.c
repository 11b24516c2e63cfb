// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/plan/plan_nested.h"

#include "tracer/plan/plan_op.h"

#include <linux/blkpg.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/io_uring.h>
#include <linux/kd.h>
#include <linux/keyctl.h>
#include <linux/sched.h>
#include <string.h>
#include <sys/uio.h>

enum {
	LIST_MOST = 4096, /* bytes of a list: a filter of 512 instructions, 102 interfaces */
	INSTRUCTIONS_MOST = 4096,
	DESCRIPTORS_MOST = 1024,
	REGISTERS_MOST = 512,
	ELEMENTS_MOST = 512,
};

/* How the length of what is pointed to is found. */
enum length {
	TEXT,	  /* it ends with a NUL */
	BY_FIELD, /* so many bytes as the 32 bits at `count` say */
	ELEMENTS, /* so many elements of `size` bytes as the field of `width` bytes at `count` says
		   */
	BY_ARG,	  /* so many elements as argument number `count` says */
	ONE,	  /* `size` bytes */
};

struct pointer {
	const char *structure;
	uint8_t length;
	uint16_t at, count, width, size;
	uint32_t most; /* bytes; 0: as many as of any text */
	uint8_t when;
};

#define AT(type, field) offsetof(type, field)

/* Layouts of x86-64. */
static const struct pointer pointers[] = {
	{ "clone_args", ELEMENTS, AT(struct clone_args, set_tid),
	  AT(struct clone_args, set_tid_size), 8, 4, 4 * 32, PLAN_LATE },
	{ "sock_fprog", ELEMENTS, AT(struct sock_fprog, filter), AT(struct sock_fprog, len), 2,
	  sizeof(struct sock_filter), sizeof(struct sock_filter) * BPF_MAXINSNS / 8, PLAN_LATE },
	{ "bpf_prog_attr", ELEMENTS, AT(union bpf_attr, insns), AT(union bpf_attr, insn_cnt), 4,
	  sizeof(struct bpf_insn), sizeof(struct bpf_insn) * INSTRUCTIONS_MOST, PLAN_LATE },
	{ "bpf_prog_attr", TEXT, AT(union bpf_attr, license), 0, 0, 0, 0, PLAN_LATE },
	{ "bpf_prog_attr", TEXT, AT(union bpf_attr, log_buf), 0, 0, 0, 0, PLAN_AT_ENTER },
	{ "bpf_path_attr", TEXT, AT(union bpf_attr, pathname), 0, 0, 0, 4095, PLAN_LATE },
	{ "bpf_btf_attr", BY_FIELD, AT(union bpf_attr, btf), AT(union bpf_attr, btf_size), 0, 0, 0,
	  PLAN_LATE },
	{ "bpf_btf_attr", TEXT, AT(union bpf_attr, btf_log_buf), 0, 0, 0, 0, PLAN_AT_ENTER },
	{ "io_uring_getevents_arg", BY_FIELD, AT(struct io_uring_getevents_arg, sigmask),
	  AT(struct io_uring_getevents_arg, sigmask_sz), 0, 0, 8, PLAN_LATE },
	{ "io_uring_getevents_arg", ONE, AT(struct io_uring_getevents_arg, ts), 0, 0, 16, 16,
	  PLAN_LATE },
	{ "io_uring_files_update", BY_ARG, AT(struct io_uring_files_update, fds), 3, 0, 4,
	  4 * DESCRIPTORS_MOST, PLAN_LATE },
	{ "regset", ELEMENTS, AT(struct iovec, iov_base), AT(struct iovec, iov_len), 8, 1,
	  REGISTERS_MOST, PLAN_LATE },
	{ "regset_filled", ELEMENTS, AT(struct iovec, iov_base), AT(struct iovec, iov_len), 8, 1,
	  REGISTERS_MOST, PLAN_AT_EXIT },
	{ "unimapdesc", ELEMENTS, AT(struct unimapdesc, entries), AT(struct unimapdesc, entry_ct),
	  2, 4, 4 * ELEMENTS_MOST, PLAN_LATE },
	{ "consolefontdesc", ELEMENTS, AT(struct consolefontdesc, chardata),
	  AT(struct consolefontdesc, charcount), 2, 32, 0, PLAN_LATE },
	{ "console_font_op", ELEMENTS, AT(struct console_font_op, data),
	  AT(struct console_font_op, charcount), 4, 32, 0, PLAN_LATE },
	{ "blkpg_ioctl_arg", ONE, AT(struct blkpg_ioctl_arg, data), 0, 0,
	  sizeof(struct blkpg_partition), sizeof(struct blkpg_partition), PLAN_LATE },
	{ "keyctl_kdf_params", TEXT, AT(struct keyctl_kdf_params, hashname), 0, 0, 0, 0,
	  PLAN_LATE },
	{ "keyctl_kdf_params", BY_FIELD, AT(struct keyctl_kdf_params, otherinfo),
	  AT(struct keyctl_kdf_params, otherinfolen), 0, 0, 0, PLAN_LATE },
};

static void add_pointer(struct plan_call *plan, const struct pointer *p, int arg,
			const struct plan_wishes *wishes)
{
	static const uint8_t kinds[] = {
		[TEXT] = PLAN_BEHIND_STRING,
		[BY_FIELD] = PLAN_BEHIND_COUNTED,
		[ELEMENTS] = PLAN_BEHIND_ARRAY,
		[BY_ARG] = PLAN_BEHIND,
		[ONE] = PLAN_BEHIND,
	};
	struct plan_op op = {
		.kind = kinds[p->length],
		.add = p->at,
		.size = p->length == BY_FIELD ? p->count : p->size,
		.divide = p->length == ELEMENTS ? p->count : 1,
		.narrow = p->width < 8 ? p->width : 0,
		.limit = p->most ? p->most : wishes->string_size,
	};

	if (p->length == BY_ARG) {
		op.length_arg = p->count;
		op.count = 1;
	}
	plan_add_op(plan, &op, arg, p->when);
}

/* Structures that are a count and an address. */
static void add_list(struct plan_call *plan, const struct desc_call *call, int i,
		     enum desc_arch arch)
{
	struct plan_op op = { .kind = PLAN_LIST,
			      .size = 2,
			      .divide = 8,
			      .add = arch == DESC_I386 ? 4 : 8,
			      .limit = LIST_MOST };

	if (!strcmp(call->arg[i].ref, "sock_fprog")) {
		if (call->arg[i].length_rule == DESC_LEN_ARG) {
			op.length_arg = call->arg[i].length_arg;
			op.count = desc_struct_size("sock_fprog", arch);
		}
		plan_add_op(plan, &op, i, PLAN_LATE);
	} else if (!strcmp(call->arg[i].ref, "ifconf")) {
		op.size = 4;
		op.divide = 1;
		plan_add_op(plan, &op, i, PLAN_AT_EXIT);
	}
}

void plan_behind_argument(struct plan_call *plan, const struct desc_call *call, int nr,
			  const struct plan_wishes *wishes, enum desc_arch arch)
{
	if (call->arg[nr].kind == DESC_STRUCT)
		add_list(plan, call, nr, arch);
	if (wishes->level != PLAN_FULL || arch != DESC_X86_64)
		return;
	for (size_t i = 0; i < sizeof(pointers) / sizeof(*pointers); i++)
		if (!strcmp(call->arg[nr].ref, pointers[i].structure))
			add_pointer(plan, &pointers[i], nr, wishes);
}

void plan_behind_call(struct plan_call *plan, const char *name, const struct plan_wishes *wishes)
{
	static const struct {
		const char *name;
		uint8_t kind, arg, when;
		uint16_t at, size;
	} behind[] = {
		{ "clone3", PLAN_BEHIND, 0, PLAN_AT_EXIT, AT(struct clone_args, pidfd), 4 },
		{ "clone3", PLAN_BEHIND, 0, PLAN_AT_EXIT, AT(struct clone_args, parent_tid), 4 },
		{ "pselect6", PLAN_BEHIND, 5, PLAN_LATE, 0, 8 },
		{ "io_pgetevents", PLAN_BEHIND, 5, PLAN_LATE, 0, 8 },
		{ "setxattrat", PLAN_BEHIND_COUNTED, 4, PLAN_LATE, 0, 8 },
		{ "getxattrat", PLAN_BEHIND_COUNTED, 4, PLAN_AT_EXIT, 0, 1 },
	};

	for (size_t i = 0; i < sizeof(behind) / sizeof(*behind); i++) {
		struct plan_op op = {
			.kind = behind[i].kind,
			.size = behind[i].size,
			.divide = 1,
			.limit = behind[i].size,
			.add = behind[i].at,
		};

		if (behind[i].kind == PLAN_BEHIND_COUNTED)
			op.limit = wishes->string_size;
		if (!strcmp(name, behind[i].name))
			plan_add_op(plan, &op, behind[i].arg, behind[i].when);
	}
}
