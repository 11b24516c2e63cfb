// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/plan/plan.h"

#include "format/tape/record.h"
#include "tracer/plan/plan_nested.h"
#include "tracer/plan/plan_op.h"

#include <stdlib.h>
#include <string.h>

enum {
	BARE_ROOM = sizeof(struct trace_call) + sizeof(uint64_t) * DESC_ARGS + PLAN_STATE_SIZE,
	POLL_MOST = 1024,  /* elements that poll may have answered: strace shows those alone */
	ARRAYS_SHOWN = 32, /* strings of argv, without -v */
	PROGRAM_LEAST = 4096,
	PROGRAM_MOST = 24576, /* with envp and a path, a record has room in the smallest ring */
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

/* What descriptors are open on, where the call makes them or tells more of them. */
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

	if (call->result == DESC_FD)
		plan_add_op(plan, &op, 0, PLAN_AT_EXIT);
	op.size = PLAN_FILE_PAIR;
	for (int i = 0; i < call->args; i++)
		if (call->arg[i].kind == DESC_ARRAY && call->arg[i].dir == DESC_OUT &&
		    !strcmp(call->arg[i].ref, "fd_t"))
			plan_add_op(plan, &op, i, PLAN_AT_EXIT);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		op.size = others[i].size;
		if (!strcmp(call->name, others[i].name))
			plan_add_op(plan, &op, op.size == PLAN_FILE_RIGHTS,
				    strcmp(call->name, "connect")
					    ? PLAN_AT_EXIT
					    : PLAN_AT_EXIT_ALWAYS); /* EINPROGRESS */
	}
}

/* Whether the call can change what a descriptor is open on, the current directory, or their names.
 */
static bool changes_descriptors(const struct desc_call *call)
{
	static const char *const others[] = {
		"bind",	  "chdir",  "chroot",  "clone",	 "close", "connect", "dup",
		"execve", "fchdir", "fcntl",   "fork",	 "ioctl", "mount",   "move_mount",
		"pipe",	  "pivot_", "recv",    "rename", "rmdir", "setns",   "socketpair",
		"umount", "unlink", "unshare", "vfork",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (starts(call->name, others[i]))
			return true;
	return call->result == DESC_FD;
}

/* Which arguments are descriptors whose files the call's beginning tells of. Without -y only where
 * the text depends on it: what is sent through a netlink socket is no mere bytes. */
static uint8_t marks_of(const struct desc_call *call, const struct plan_wishes *wishes)
{
	static const char *const moves[] = { "rename",	   "renameat", "renameat2", "mount",
					     "move_mount", "umount",   "umount2",   "pivot_root" };
	bool messages = starts(call->name, "send") || starts(call->name, "recv"), at = false;
	uint8_t marks = 0;

	if (wishes->level != PLAN_FULL)
		return 0;
	for (size_t i = 0; wishes->descriptors && i < sizeof(moves) / sizeof(*moves); i++)
		if (!strcmp(call->name, moves[i]))
			marks |= PLAN_MARK_MOVE;
	for (int i = 0; i < call->args && (wishes->descriptors || messages); i++) {
		if (call->arg[i].kind == DESC_FD || call->arg[i].kind == DESC_DIRFD)
			marks |= 1u << i;
		if (call->arg[i].kind == DESC_PATH && !at)
			marks |= PLAN_MARK_CWD;
		at = call->arg[i].kind == DESC_DIRFD;
	}
	return marks;
}

void plan_call_fill(struct plan_call *plan, const struct desc_call *call,
		    const struct plan_wishes *wishes, enum desc_arch arch)
{
	memset(plan, 0, sizeof(*plan));
	plan->flags = PLAN_TRACED | call_flags(call->name);
	plan->args = call->args;
	plan->room = BARE_ROOM;
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
			plan_add_op(plan, &op, i, late);
		if (!strcmp(arg->ref, "pollfd") && op.limit < POLL_MOST * op.size)
			op.limit = POLL_MOST * op.size;
		if (arg->dir & (DESC_OUT | DESC_ALWAYS))
			plan_add_op(plan, &op, i,
				    arg->dir & DESC_ALWAYS ? PLAN_AT_EXIT_ALWAYS : PLAN_AT_EXIT);
		plan_behind_argument(plan, call, i, wishes, arch);
	}
	if (wishes->level == PLAN_FULL && arch == DESC_X86_64)
		plan_behind_call(plan, call->name, wishes);
	if (wishes->level == PLAN_FULL && wishes->descriptors)
		add_files(plan, call);
	if (!strcmp(call->name, "rt_sigreturn") && arch == DESC_X86_64 &&
	    wishes->level == PLAN_FULL) {
		struct plan_op op = {
			.kind = PLAN_STACK, .size = 8, .divide = 1, .limit = 8, .add = SIGNAL_MASK
		};

		plan_add_op(plan, &op, 0, PLAN_AT_ENTER);
	}
	if (starts(call->name, "ioctl") && call->args == 3 && !plan->ops &&
	    wishes->level == PLAN_FULL) {
		struct plan_op op = {
			.kind = PLAN_IOCTL, .length_arg = 1, .size = 1, .divide = 1, .limit = 4096
		};

		plan_add_op(plan, &op, 2, PLAN_LATE);
		plan_add_op(plan, &op, 2, PLAN_AT_EXIT_ALWAYS);
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
		p->room = BARE_ROOM;
		if (call) {
			plan_call_fill(p, call, wishes, arch);
			plan->marks[row] = marks_of(call, wishes);
			if (!add_variants(plan, row, call, wishes, arch))
				return false;
		}
		if (wishes->wanted && !wishes->wanted(wishes->context, arch, nr)) {
			p->flags &= ~PLAN_TRACED;
			plan->hides |= call && changes_descriptors(call);
		}
	}
	return true;
}

/* Strings follow one another without a gap: the first of them can be had only with all that they
 * hold. */
static void fill_program(struct plan_program *program, const struct plan_wishes *wishes)
{
	uint64_t strings = (uint64_t)(wishes->string_size + 1) * ARRAYS_SHOWN;

	if (wishes->level == PLAN_NUMBERS)
		return;
	program->pieces = wishes->level == PLAN_FULL ? 2 : 1;
	program->argv = strings < PROGRAM_LEAST	 ? PROGRAM_LEAST
			: strings > PROGRAM_MOST ? PROGRAM_MOST
						 : strings;
	if (!wishes->environment)
		return;
	program->argv = PROGRAM_MOST;
	program->envp = program->pieces == 2 ? PROGRAM_MOST : 0;
}

struct plan *plan_new(const struct desc_table *native, const struct desc_table *compat,
		      const struct plan_wishes *wishes)
{
	struct plan *plan = calloc(1, sizeof(*plan));
	struct plan_call *unknown;

	if (!plan)
		return NULL;
	fill_program(&plan->program, wishes);
	plan->files = wishes->level == PLAN_FULL;
	plan->paths = plan->files && wishes->descriptors;
	if (!add_table(plan, native, DESC_X86_64, wishes) ||
	    !add_table(plan, compat, DESC_I386, wishes)) {
		plan_free(plan);
		return NULL;
	}
	unknown = &plan->calls[2 * PLAN_CALLS];
	unknown->flags = PLAN_TRACED;
	unknown->args = DESC_ARGS;
	unknown->room = BARE_ROOM;
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
