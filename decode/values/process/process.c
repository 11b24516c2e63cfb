// SPDX-License-Identifier: GPL-2.0-or-later
/* show: processes: execve, clone, clone3, wait, kcmp (linux/sched.h, sys/wait.h). */
#include "decode/events/exec.h"
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/kcmp.h>
#include <linux/sched.h>
#include <stdio.h>
#include <sys/wait.h>

/* The array as the new program has it, where the caller's could not be read: false if it is not
 * known. */
static bool given(struct show *s, int arg, bool environment, struct exec_strings *strings)
{
	uint64_t address = s->call->arg[arg], word;

	return address && !s->options->addresses && !s->exit &&
	       !show_read_word(s, address, &word) && exec_strings(s->call, environment, strings);
}

/* Of a script's argv the kernel forgets the first: its interpreter has got others in its place. */
static void show_given(struct show *s, const struct exec_strings *strings)
{
	uint64_t most = value_limit(s);
	struct tape_piece piece;

	value_array(s);
	for (uint32_t i = 0; i < strings->count; i++) {
		bool forgotten = !i && strings->before;

		if (i >= most || (!forgotten && !exec_nth(strings, i, &piece))) {
			value_more(s);
			break;
		}
		value_element(s);
		if (forgotten)
			value_cut(s);
		else
			show_string_piece(s, &piece);
	}
	value_array_end(s);
}

static void remark_count(struct show *s, uint64_t count, bool cut)
{
	value_remarkf(s, "%llu var%s%s", (unsigned long long)count, count == 1 ? "" : "s",
		      cut ? ", unterminated" : "");
}

/* envp: its address, and how many strings there are; with -v the strings. */
static void show_environment(struct show *s, int arg)
{
	uint64_t address = s->call->arg[arg], words;
	struct exec_strings strings;
	struct tape_piece piece;
	bool cut, known = given(s, arg, true, &strings);

	/* The strings are on the tape only if the recorder was asked for them. */
	if (value_full(s) && call_piece(s->call, arg, false, &piece) &&
	    (piece.piece.length == piece.piece.total || piece.piece.length > show_word(s))) {
		show_strings(s, address);
		return;
	}
	if (known && value_full(s) && (!strings.count || exec_nth(&strings, 0, &piece))) {
		show_given(s, &strings);
		return;
	}
	if (known) {
		value_address(s, address);
		remark_count(s, strings.count, false);
		return;
	}
	if (address && (!call_piece(s->call, arg, false, &piece) ||
			piece.piece.flags & TRACE_P_UNREADABLE || !call_had(s->call, piece.data)))
		show_unsettled(s);
	value_address(s, address);
	if (!address || s->options->addresses ||
	    (!call_piece(s->call, arg, false, &piece) && !call_piece(s->call, arg, true, &piece)))
		return;
	words = piece.piece.total / show_word(s);
	cut = piece.piece.flags & TRACE_P_UNREADABLE;
	if (words)
		remark_count(s, words - !cut, cut);
}

/* Where the array could not be read either, as the new program has it. */
static void show_arguments(struct show *s, int arg)
{
	struct exec_strings strings;
	struct tape_piece piece;

	if (given(s, arg, false, &strings) && (strings.before || exec_nth(&strings, 0, &piece)))
		show_given(s, &strings);
	else
		show_arg(s, arg);
}

static void execve_args(struct show *s)
{
	int first = !strcmp(s->call->name, "execveat");

	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == first + 2)
			show_environment(s, i);
		else if (i == first + 1)
			show_arguments(s, i);
		else
			show_arg(s, i);
	}
}

/* [123] at an address that the kernel has written to. */
static void show_written_id(struct show *s, uint64_t address, bool descriptor)
{
	uint32_t id;

	if (!show_succeeded(s) || !address || !show_read(s, address, &id, sizeof(id))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	if (descriptor)
		show_fd(s, id);
	else
		show_pid(s, id);
	value_pointed_end(s);
}

static void show_clone_flags(struct show *s, uint64_t word)
{
	uint64_t flags = word & ~(uint64_t)CSIGNAL, signal = word & CSIGNAL;

	value_mix(s, word, BASE_NONE);
	if (flags) {
		value_part(s);
		show_flags(s, "clone_flags", flags);
	}
	if (signal || !flags) {
		value_part(s);
		show_signal(s, signal);
	}
	value_mix_end(s);
}

static void clone_args(struct show *s)
{
	const uint64_t *arg = s->call->arg, flags = arg[0];
	int tls = s->call->arch == TRACE_X86_64 || s->call->arch == TRACE_X32 ? 4 : 3,
	    child = 7 - tls;

	value_label(s, "child_stack");
	value_address(s, arg[1]);
	value_label(s, "flags");
	show_clone_flags(s, flags);
	if (!(flags & (CLONE_PARENT_SETTID | CLONE_PIDFD | CLONE_CHILD_SETTID |
		       CLONE_CHILD_CLEARTID | CLONE_SETTLS)))
		return;
	show_at_exit(s);
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD)) {
		value_label(s, "parent_tid");
		show_written_id(s, arg[2], !(flags & CLONE_PARENT_SETTID));
	}
	if (flags & CLONE_SETTLS) {
		value_field(s, "tls");
		if (s->compat)
			show_arg(s, tls);
		else
			value_address(s, arg[tls]);
	}
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		field_address(s, "child_tidptr", arg[child]);
	}
}

static void clone3_ids(struct show *s, const struct clone_args *a)
{
	static const uint64_t any = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;

	if (a->flags & CLONE_PIDFD) {
		field_address(s, "pidfd", a->pidfd);
	}
	if (a->flags & any) {
		field_address(s, "child_tid", a->child_tid);
	}
	if (a->flags & CLONE_PARENT_SETTID) {
		field_address(s, "parent_tid", a->parent_tid);
	}
}

static void print_pid(struct show *s, const void *data, size_t size)
{
	int32_t id;

	memcpy(&id, data, size < 4 ? size : 4);
	value_signed(s, id);
}

static void clone3_struct(struct show *s, const struct clone_args *a)
{
	value_struct(s);
	field_flags(s, "flags", "clone3_flags", a->flags);
	clone3_ids(s, a);
	value_field(s, "exit_signal");
	if (a->exit_signal < INT32_MAX)
		show_signal(s, a->exit_signal);
	else
		value_unsigned(s, a->exit_signal);
	field_address(s, "stack", a->stack);
	field_hex(s, "stack_size", a->stack_size);
	if (a->flags & CLONE_SETTLS) {
		field_address(s, "tls", a->tls);
	}
	if (a->set_tid || a->set_tid_size) {
		value_field(s, "set_tid");
		if (!a->set_tid || !a->set_tid_size || a->set_tid_size > 32)
			value_address(s, a->set_tid);
		else
			show_array(s, a->set_tid, a->set_tid_size, 4, print_pid);
		field_unsigned(s, "set_tid_size", a->set_tid_size);
	}
	if (a->cgroup || a->flags & CLONE_INTO_CGROUP)
		field_unsigned(s, "cgroup", a->cgroup);
	value_struct_end(s);
}

/* The numbers that the kernel has written. */
static void clone3_answer(struct show *s, const struct clone_args *a)
{
	value_becomes(s);
	value_struct(s);
	if (a->flags & CLONE_PIDFD) {
		value_field(s, "pidfd");
		show_written_id(s, a->pidfd, true);
	}
	if (a->flags & CLONE_PARENT_SETTID) {
		value_field(s, "parent_tid");
		show_written_id(s, a->parent_tid, false);
	}
	value_struct_end(s);
}

static void clone3_args(struct show *s)
{
	uint64_t address = s->call->arg[0], size = s->call->arg[1];
	size_t known = size < sizeof(struct clone_args) ? size : sizeof(struct clone_args);
	struct clone_args a = { 0 };
	const void *data;

	show_argument_name(s, 0);
	if (known < CLONE_ARGS_SIZE_VER0 || show_find(s, address, known, &data) < known) {
		value_address(s, address);
	} else {
		memcpy(&a, data, known);
		clone3_struct(s, &a);
	}
	if (a.flags & (CLONE_PIDFD | CLONE_PARENT_SETTID)) {
		show_at_exit(s);
		if (show_succeeded(s))
			clone3_answer(s, &a);
	}
	show_argument_name(s, 1);
	value_unsigned(s, size);
}

/* The status with what its macros tell; what they leave over follows. */
void show_wait_status(struct show *s, const void *data, size_t size)
{
	uint32_t status, rest = 0;

	(void)size;
	memcpy(&status, data, sizeof(status));
	value_pointed(s);
	value_mix(s, status, BASE_NONE);
	if (WIFSTOPPED(status)) {
		value_say(s, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		show_signal_words(s, WSTOPSIG(status) & 0x7f);
		value_say(s, WSTOPSIG(status) & 0x80 ? " | 0x80}" : "}");
		rest = status & ~0xffffu;
	} else if (WIFSIGNALED(status)) {
		value_say(s, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		show_signal_words(s, WTERMSIG(status));
		value_say(s, WCOREDUMP(status) ? " && WCOREDUMP(s)}" : "}");
		rest = status & ~0xffu;
	} else if (WIFEXITED(status)) {
		value_say(s, "{WIFEXITED(s) && WEXITSTATUS(s) == ");
		value_signed(s, WEXITSTATUS(status));
		value_say(s, "}");
		rest = status & ~0xffffu;
	} else if (WIFCONTINUED(status)) {
		value_say(s, "{WIFCONTINUED(s)}");
		rest = status & ~0xffffu;
	} else {
		value_hex(s, status);
	}
	if (rest >> 16) {
		value_say(s, "|");
		show_enum(s, "ptrace_events", rest >> 16);
		value_say(s, "<<16");
		rest &= 0xffff;
	}
	if (rest) {
		value_say(s, "|");
		value_hex(s, rest);
	}
	value_mix_end(s);
	value_pointed_end(s);
}

/* 0 says that there was nothing to report, and nothing is written. */
static void wait_args(struct show *s)
{
	bool any = !show_succeeded(s) || s->call->result;

	show_argument(s, 0);
	show_argument_name(s, 1);
	show_at_exit(s);
	if (any)
		show_arg(s, 1);
	else
		value_address(s, s->call->arg[1]);
	show_argument(s, 2);
	if (s->call->args < 4)
		return;
	show_argument_name(s, 3);
	if (any)
		show_arg(s, 3);
	else
		value_address(s, s->call->arg[3]);
}

/* The thread's call before, NULL if it is not known. */
static const char *previous_name(const struct show *s)
{
	const struct thread *thread = s->call->thread;
	const struct desc_call *desc = NULL;
	uint8_t arch;

	if (!thread || !thread->returned)
		return NULL;
	arch = thread->done_arch == TRACE_X32 ? DESC_X86_64 : thread->done_arch;
	if (arch < DESC_ARCHES)
		desc = desc_table_call(s->facts->tables[arch], thread->done_nr);
	return desc ? desc->name : NULL;
}

static void restart_args(struct show *s)
{
	const char *name = previous_name(s);

	char words[96];

	snprintf(words, sizeof(words), "<... resuming interrupted %s ...>",
		 name ? name : "system call");
	value_argument(s, "call");
	value_words(s, 0, words);
}

/* A descriptor of this process; those of others have only numbers. */
static void fd_of(struct show *s, uint64_t pid, uint64_t fd)
{
	if ((uint32_t)pid == s->call->tgid)
		show_fd(s, fd);
	else
		show_int(s, fd);
}

static void kcmp_slot(struct show *s)
{
	struct kcmp_epoll_slot slot;

	if (!show_read(s, s->call->arg[4], &slot, sizeof(slot))) {
		value_address(s, s->call->arg[4]);
		return;
	}
	value_struct(s);
	value_field(s, "efd");
	fd_of(s, s->call->arg[1], slot.efd);
	value_field(s, "tfd");
	fd_of(s, s->call->arg[1], slot.tfd);
	field_unsigned(s, "toff", slot.toff);
	value_struct_end(s);
}

static void kcmp_args(struct show *s)
{
	uint32_t type = s->call->arg[2];

	for (int i = 0; i < 3; i++) {
		show_argument(s, i);
	}
	if (s->call->args < 5)
		return;
	show_argument_name(s, 3);
	if (type == KCMP_FILE || type == KCMP_EPOLL_TFD)
		fd_of(s, s->call->arg[0], s->call->arg[3]);
	else
		show_arg(s, 3);
	show_argument_name(s, 4);
	if (type == KCMP_FILE)
		fd_of(s, s->call->arg[1], s->call->arg[4]);
	else if (type == KCMP_EPOLL_TFD)
		kcmp_slot(s);
	else
		show_arg(s, 4);
}

static const struct show_struct structs[] = {
	{ "wait_status", show_wait_status },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "execve", execve_args, NULL },
	{ "execveat", execve_args, NULL },
	{ "clone", clone_args, NULL },
	{ "clone3", clone3_args, NULL },
	{ "wait4", wait_args, NULL },
	{ "waitpid", wait_args, NULL },
	{ "kcmp", kcmp_args, NULL },
	{ "restart_syscall", restart_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_process = { .structs = structs, .calls = calls };
