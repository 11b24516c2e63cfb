// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/plan.h"

#include "format/record.h"
#include "tracer/plan_op.h"

#include <linux/filter.h>
#include <linux/sched.h>
#include <stdlib.h>
#include <string.h>

enum {
	POLL_MOST = 1024,  /* elements that poll may have answered: strace shows those alone */
	LIST_MOST = 4096,  /* bytes of a list: a filter of 512 instructions, 102 interfaces */
	SIGNAL_MASK = 296, /* offsetof(ucontext_t, uc_sigmask) of the kernel, where a signal handler
			      returns (asm/ucontext.h) */
};

static bool starts(const char *name, const char *prefix)
{
	return !strncmp(name, prefix, strlen(prefix));
}

static uint32_t call_flags(const char *name)
{
	static const char *const forks[] = { "fork", "vfork", "clone", "clone3" };

	if (!strcmp(name, "exit") || !strcmp(name, "exit_group"))
		return PLAN_ENTER | PLAN_NO_RETURN;
	if (!strcmp(name, "execve") || !strcmp(name, "execveat"))
		return PLAN_ENTER | PLAN_EXEC;
	if (!strcmp(name, "rt_sigreturn") || !strcmp(name, "sigreturn"))
		return PLAN_ENTER; /* the registers at its exit are others */
	for (size_t i = 0; i < sizeof(forks) / sizeof(*forks); i++)
		if (!strcmp(name, forks[i]))
			return PLAN_FORKS;
	return 0;
}

static bool is_memory(enum desc_kind kind)
{
	return kind >= DESC_PATH && kind < DESC_VOID;
}

/* Whether the level of capture asks for this argument's memory. */
static bool in_level(const struct desc_arg *arg, enum plan_level level)
{
	if (level == PLAN_FULL)
		return is_memory(arg->kind);
	if (level == PLAN_NUMBERS)
		return false;
	return arg->kind == DESC_PATH || arg->kind == DESC_STRV || arg->kind == DESC_SOCKADDR;
}

/* Whether the call may write its results over this argument: `nanosleep(&t, &t)` is common. */
static bool may_alias(const struct desc_call *call, const struct desc_arg *arg)
{
	for (int i = 0; i < call->args; i++) {
		const struct desc_arg *other = &call->arg[i];

		if (other->dir != DESC_IN && other->kind == arg->kind &&
		    !strcmp(other->ref, arg->ref) &&
		    (arg->kind == DESC_STRUCT || arg->kind == DESC_SIGSET ||
		     arg->kind == DESC_FDSET))
			return true;
	}
	return false;
}

static void add_op(struct plan_call *plan, struct plan_op *op, uint8_t arg, uint8_t when)
{
	uint64_t room;

	if (plan->ops >= PLAN_OPS)
		return;
	op->arg = arg;
	op->when = when;
	plan->op[plan->ops++] = *op;
	plan->flags |= PLAN_PIECES | (when == PLAN_AT_ENTER ? PLAN_ENTER : 0);
	room = plan->room + plan_op_room(op);
	plan->room = room < PLAN_RECORD_MAX ? room : PLAN_RECORD_MAX;
}

/* Arrays behind a pointer within a structure: where the pointer and the number of elements stand.
 */
static void add_arrays(struct plan_call *plan, const struct desc_call *call)
{
	static const struct {
		const char *structure;
		uint16_t pointer, count;
		bool narrow;
		uint16_t size, most;
	} arrays[] = {
		{ "clone_args", offsetof(struct clone_args, set_tid),
		  offsetof(struct clone_args, set_tid_size), false, 4, 32 },
		{ "sock_fprog", offsetof(struct sock_fprog, filter),
		  offsetof(struct sock_fprog, len), true, sizeof(struct sock_filter),
		  BPF_MAXINSNS / 8 },
	};

	for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); i++) {
		struct plan_op op = {
			.kind = PLAN_BEHIND_ARRAY,
			.size = arrays[i].size,
			.divide = arrays[i].count,
			.add = arrays[i].pointer,
			.narrow = arrays[i].narrow,
			.limit = arrays[i].size * arrays[i].most,
		};

		for (int arg = 0; arg < call->args; arg++)
			if (call->arg[arg].kind == DESC_STRUCT &&
			    !strcmp(call->arg[arg].ref, arrays[i].structure))
				add_op(plan, &op, arg, PLAN_LATE);
	}
}

/* Memory behind a pointer within an argument's structure. */
static void add_behind(struct plan_call *plan, const char *name, const struct plan_wishes *wishes)
{
	static const struct {
		const char *name;
		uint8_t kind, arg, when;
		uint16_t at, size;
	} behind[] = {
		{ "clone3", PLAN_BEHIND, 0, PLAN_AT_EXIT, offsetof(struct clone_args, pidfd), 4 },
		{ "clone3", PLAN_BEHIND, 0, PLAN_AT_EXIT, offsetof(struct clone_args, parent_tid),
		  4 },
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
			add_op(plan, &op, behind[i].arg, behind[i].when);
	}
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
		add_op(plan, &op, i, PLAN_LATE);
	} else if (!strcmp(call->arg[i].ref, "ifconf")) {
		op.size = 4;
		op.divide = 1;
		add_op(plan, &op, i, PLAN_AT_EXIT);
	}
}

/* What descriptors are open on, where the call makes them or tells more of them. Copies of known
 * ones need none. */
static void add_files(struct plan_call *plan, const struct desc_call *call)
{
	static const struct {
		const char *name;
		uint8_t size;
	} others[] = {
		{ "bind", PLAN_FILE_ARG },	 { "connect", PLAN_FILE_ARG },
		{ "chdir", PLAN_FILE_CWD },	 { "fchdir", PLAN_FILE_CWD },
		{ "recvmsg", PLAN_FILE_RIGHTS },
	};
	struct plan_op op = { .kind = PLAN_FILE, .size = PLAN_FILE_RESULT, .divide = 1 };

	if (call->result == DESC_FD && !starts(call->name, "dup") && !starts(call->name, "fcntl"))
		add_op(plan, &op, 0, PLAN_AT_EXIT);
	op.size = PLAN_FILE_PAIR;
	for (int i = 0; i < call->args; i++)
		if (call->arg[i].kind == DESC_ARRAY && call->arg[i].dir == DESC_OUT &&
		    !strcmp(call->arg[i].ref, "fd_t"))
			add_op(plan, &op, i, PLAN_AT_EXIT);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		op.size = others[i].size;
		if (!strcmp(call->name, others[i].name))
			add_op(plan, &op, op.size == PLAN_FILE_RIGHTS,
			       strcmp(call->name, "connect")
				       ? PLAN_AT_EXIT
				       : PLAN_AT_EXIT_ALWAYS); /* EINPROGRESS */
	}
}

void plan_call_fill(struct plan_call *plan, const struct desc_call *call,
		    const struct plan_wishes *wishes, enum desc_arch arch)
{
	memset(plan, 0, sizeof(*plan));
	plan->flags = PLAN_TRACED | call_flags(call->name);
	plan->args = call->args;
	plan->room = sizeof(struct trace_call) + sizeof(uint64_t) * DESC_ARGS;
	for (int i = 0; i < call->args; i++) {
		const struct desc_arg *arg = &call->arg[i];
		struct plan_op op = { .kind = PLAN_NONE };
		uint8_t late =
			plan->flags & PLAN_EXEC || may_alias(call, arg) ? PLAN_AT_ENTER : PLAN_LATE;

		if (!in_level(arg, wishes->level) || !plan_op_of(&op, call, i, wishes, arch))
			continue;
		if ((arg->dir & DESC_INOUT) == DESC_INOUT || op.kind == PLAN_IOCBS)
			late = PLAN_AT_ENTER;
		if (arg->dir & DESC_IN)
			add_op(plan, &op, i, late);
		if (!strcmp(arg->ref, "pollfd") && op.limit < POLL_MOST * op.size)
			op.limit = POLL_MOST * op.size;
		if (arg->dir & (DESC_OUT | DESC_ALWAYS))
			add_op(plan, &op, i,
			       arg->dir & DESC_ALWAYS ? PLAN_AT_EXIT_ALWAYS : PLAN_AT_EXIT);
		if (arg->kind == DESC_STRUCT)
			add_list(plan, call, i, arch);
	}
	if (wishes->level == PLAN_FULL && arch == DESC_X86_64) {
		add_behind(plan, call->name, wishes);
		add_arrays(plan, call);
	}
	if (wishes->level == PLAN_FULL && wishes->descriptors)
		add_files(plan, call);
	if (!strcmp(call->name, "rt_sigreturn") && arch == DESC_X86_64 &&
	    wishes->level == PLAN_FULL) {
		struct plan_op op = {
			.kind = PLAN_STACK, .size = 8, .divide = 1, .limit = 8, .add = SIGNAL_MASK
		};

		add_op(plan, &op, 0, PLAN_AT_ENTER);
	}
	if (starts(call->name, "ioctl") && call->args == 3 && !plan->ops &&
	    wishes->level == PLAN_FULL) {
		struct plan_op op = {
			.kind = PLAN_IOCTL, .length_arg = 1, .size = 1, .divide = 1, .limit = 4096
		};

		add_op(plan, &op, 2, PLAN_LATE);
		add_op(plan, &op, 2, PLAN_AT_EXIT_ALWAYS);
	}
	if (plan->room > plan_room_most(wishes))
		plan->room = plan_room_most(wishes);
}

/* A variant that only names its arguments otherwise needs no plan of its own. */
static bool same_memory(const struct plan_call *a, const struct plan_call *b)
{
	return a->ops == b->ops && !memcmp(a->op, b->op, sizeof(a->op));
}

static bool add_variant(struct plan *plan, uint32_t row, const struct desc_call *v,
			const struct plan_call *call)
{
	struct plan_variant *more =
		reallocarray(plan->variants, plan->variant_count + v->values, sizeof(*more));

	if (!more)
		return false;
	plan->variants = more;
	for (int i = 0; i < v->values; i++)
		more[plan->variant_count++] = (struct plan_variant){
			.key = { .row = row, .value = v->value[i] },
			.call = *call,
		};
	return true;
}

static bool add_variants(struct plan *plan, uint32_t row, const struct desc_call *base,
			 const struct plan_wishes *wishes, enum desc_arch arch)
{
	struct plan_call call, *p = &plan->calls[row];
	bool selects = false;

	for (const struct desc_call *v = base->next_variant; v; v = v->next_variant) {
		plan_call_fill(&call, v, wishes, arch);
		if (call.args > p->args)
			p->args = call.args;
		selects |= !same_memory(&call, p);
		/* The base row decides at the beginning whether the variants are looked at. */
		if (!same_memory(&call, p))
			p->flags |= call.flags & PLAN_ENTER ? PLAN_MAY_ENTER : 0;
	}
	for (const struct desc_call *v = base->next_variant; selects && v; v = v->next_variant) {
		plan_call_fill(&call, v, wishes, arch);
		call.args = p->args;
		p->flags |= PLAN_SELECTS | PLAN_PIECES;
		p->selector = v->selector;
		p->mask = v->mask;
		if (!add_variant(plan, row, v, &call))
			return false;
	}
	return true;
}

static bool add_table(struct plan *plan, const struct desc_table *table, enum desc_arch arch,
		      const struct plan_wishes *wishes)
{

	for (uint32_t nr = 0; nr < PLAN_CALLS; nr++) {
		const struct desc_call *call = desc_table_call(table, nr);
		uint32_t row = arch == DESC_I386 ? nr + PLAN_CALLS : nr;
		struct plan_call *p = &plan->calls[row];

		p->flags = PLAN_TRACED;
		p->args = DESC_ARGS;
		p->room = sizeof(struct trace_call) + sizeof(uint64_t) * DESC_ARGS;
		if (call) {
			plan_call_fill(p, call, wishes, arch);
			if (!add_variants(plan, row, call, wishes, arch))
				return false;
		}
		if (wishes->wanted && !wishes->wanted(wishes->context, arch, nr))
			p->flags &= ~PLAN_TRACED;
	}
	return true;
}

struct plan *plan_new(const struct desc_table *native, const struct desc_table *compat,
		      const struct plan_wishes *wishes)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	struct plan_call *unknown;

	if (!plan)
		return NULL;
	plan->files = wishes->level == PLAN_FULL && wishes->descriptors;
	if (!add_table(plan, native, DESC_X86_64, wishes) ||
	    !add_table(plan, compat, DESC_I386, wishes)) {
		plan_free(plan);
		return NULL;
	}
	unknown = &plan->calls[2 * PLAN_CALLS];
	unknown->flags = PLAN_TRACED;
	unknown->args = DESC_ARGS;
	unknown->room = sizeof(struct trace_call) + sizeof(uint64_t) * DESC_ARGS;
	if (wishes->wanted && !wishes->wanted(wishes->context, DESC_X86_64, PLAN_CALLS))
		unknown->flags = 0;
	for (size_t i = 0; i < sizeof(plan->calls) / sizeof(*plan->calls); i++)
		if (plan->calls[i].room > plan->room)
			plan->room = plan->calls[i].room;
	for (size_t i = 0; i < plan->variant_count; i++)
		if (plan->variants[i].call.room > plan->room)
			plan->room = plan->variants[i].call.room;
	return plan;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	free(plan->variants);
	free(plan);
}
