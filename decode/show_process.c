// SPDX-License-Identifier: GPL-2.0-or-later
/* show: processes: execve, clone, clone3, wait, kcmp (linux/sched.h, sys/wait.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

#include <linux/kcmp.h>
#include <linux/sched.h>
#include <sys/wait.h>

/* envp: its address, and how many strings there are; with -v the strings. */
static void show_environment(struct show *s, int arg)
{
	uint64_t address = s->call->arg[arg], words;
	struct tape_piece piece;
	bool cut;

	/* The strings are on the tape only if the recorder was asked for them. */
	if (s->options->verbose && call_piece(s->call, arg, false, &piece) &&
	    (piece.piece.length == piece.piece.total || piece.piece.length > show_word(s))) {
		show_strings(s, address);
		return;
	}
	show_address(s, address);
	if (!address || s->options->addresses ||
	    (!call_piece(s->call, arg, false, &piece) && !call_piece(s->call, arg, true, &piece)))
		return;
	words = piece.piece.total / show_word(s);
	cut = piece.piece.flags & TRACE_P_UNREADABLE;
	if (!words)
		return;
	words -= !cut;
	show_printf(s, " /* %llu var%s%s */", (unsigned long long)words, words == 1 ? "" : "s",
		    cut ? ", unterminated" : "");
}

static void execve_args(struct show *s)
{
	int first = !strcmp(s->call->name, "execveat");

	for (int i = 0; i < s->call->args; i++) {
		if (i)
			show_comma(s);
		if (i == first + 2)
			show_environment(s, i);
		else
			show_arg(s, i);
	}
}

/* [123] at an address that the kernel has written to. */
static void show_written_id(struct show *s, uint64_t address, bool descriptor)
{
	uint32_t id;

	if (!show_succeeded(s) || !address || !show_read(s, address, &id, sizeof(id))) {
		show_address(s, address);
		return;
	}
	text_char(s->out, '[');
	if (descriptor)
		show_fd(s, id);
	else
		show_int(s, id);
	text_char(s->out, ']');
}

static void show_clone_flags(struct show *s, uint64_t word)
{
	uint64_t flags = word & ~(uint64_t)CSIGNAL, signal = word & CSIGNAL;

	if (flags)
		show_flags(s, "clone_flags", flags);
	if (flags && signal)
		text_char(s->out, '|');
	if (signal || !flags)
		show_signal(s, signal);
}

static void clone_args(struct show *s)
{
	const uint64_t *arg = s->call->arg, flags = arg[0];
	int tls = s->call->arch == TRACE_X86_64 || s->call->arch == TRACE_X32 ? 4 : 3,
	    child = 7 - tls;

	show_put(s, "child_stack=");
	show_address(s, arg[1]);
	show_put(s, ", flags=");
	show_clone_flags(s, flags);
	if (!(flags & (CLONE_PARENT_SETTID | CLONE_PIDFD | CLONE_CHILD_SETTID |
		       CLONE_CHILD_CLEARTID | CLONE_SETTLS)))
		return;
	show_at_exit(s);
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD)) {
		show_put(s, ", parent_tid=");
		show_written_id(s, arg[2], !(flags & CLONE_PARENT_SETTID));
	}
	if (flags & CLONE_SETTLS) {
		show_put(s, ", tls=");
		if (s->compat)
			show_arg(s, tls);
		else
			show_address(s, arg[tls]);
	}
	if (flags & (CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)) {
		show_put(s, ", child_tidptr=");
		show_address(s, arg[child]);
	}
}

static void clone3_ids(struct show *s, const struct clone_args *a)
{
	static const uint64_t any = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;

	if (a->flags & CLONE_PIDFD) {
		show_field_name(s, "pidfd");
		show_address(s, a->pidfd);
	}
	if (a->flags & any) {
		show_field_name(s, "child_tid");
		show_address(s, a->child_tid);
	}
	if (a->flags & CLONE_PARENT_SETTID) {
		show_field_name(s, "parent_tid");
		show_address(s, a->parent_tid);
	}
}

static void print_pid(struct show *s, const void *data, size_t size)
{
	int32_t id;

	memcpy(&id, data, size < 4 ? size : 4);
	text_signed(s->out, id);
}

static void clone3_struct(struct show *s, const struct clone_args *a)
{
	show_put(s, "{flags=");
	show_flags(s, "clone3_flags", a->flags);
	clone3_ids(s, a);
	show_field_name(s, "exit_signal");
	if (a->exit_signal < INT32_MAX)
		show_signal(s, a->exit_signal);
	else
		text_unsigned(s->out, a->exit_signal);
	show_field_name(s, "stack");
	show_address(s, a->stack);
	show_field_name(s, "stack_size");
	text_hex(s->out, a->stack_size);
	if (a->flags & CLONE_SETTLS) {
		show_field_name(s, "tls");
		show_address(s, a->tls);
	}
	if (a->set_tid || a->set_tid_size) {
		show_field_name(s, "set_tid");
		if (!a->set_tid || !a->set_tid_size || a->set_tid_size > 32)
			show_address(s, a->set_tid);
		else
			show_array(s, a->set_tid, a->set_tid_size, 4, print_pid);
		show_field_name(s, "set_tid_size");
		text_unsigned(s->out, a->set_tid_size);
	}
	if (a->cgroup || a->flags & CLONE_INTO_CGROUP) {
		show_field_name(s, "cgroup");
		text_unsigned(s->out, a->cgroup);
	}
	text_char(s->out, '}');
}

static void clone3_args(struct show *s)
{
	uint64_t address = s->call->arg[0], size = s->call->arg[1];
	size_t known = size < sizeof(struct clone_args) ? size : sizeof(struct clone_args);
	struct clone_args a = { 0 };
	const void *data;

	if (known < CLONE_ARGS_SIZE_VER0 || show_find(s, address, known, &data) < known) {
		show_address(s, address);
	} else {
		memcpy(&a, data, known);
		clone3_struct(s, &a);
	}
	if (a.flags & (CLONE_PIDFD | CLONE_PARENT_SETTID)) {
		show_at_exit(s);
		if (show_succeeded(s)) {
			show_put(s, " => {");
			if (a.flags & CLONE_PIDFD) {
				show_put(s, "pidfd=");
				show_written_id(s, a.pidfd, true);
			}
			if (a.flags & CLONE_PARENT_SETTID) {
				show_field_name(s, "parent_tid");
				show_written_id(s, a.parent_tid, false);
			}
			text_char(s->out, '}');
		}
	}
	show_comma(s);
	text_unsigned(s->out, size);
}

/* The status with what its macros tell; what they leave over follows. */
static void show_status(struct show *s, const void *data, size_t size)
{
	uint32_t status, rest = 0;

	(void)size;
	memcpy(&status, data, sizeof(status));
	text_char(s->out, '[');
	if (WIFSTOPPED(status)) {
		show_put(s, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		show_signal(s, WSTOPSIG(status) & 0x7f);
		show_put(s, WSTOPSIG(status) & 0x80 ? " | 0x80}" : "}");
		rest = status & ~0xffffu;
	} else if (WIFSIGNALED(status)) {
		show_put(s, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		show_signal(s, WTERMSIG(status));
		show_put(s, WCOREDUMP(status) ? " && WCOREDUMP(s)}" : "}");
		rest = status & ~0xffu;
	} else if (WIFEXITED(status)) {
		show_printf(s, "{WIFEXITED(s) && WEXITSTATUS(s) == %d}", WEXITSTATUS(status));
		rest = status & ~0xffffu;
	} else if (WIFCONTINUED(status)) {
		show_put(s, "{WIFCONTINUED(s)}");
		rest = status & ~0xffffu;
	} else {
		text_hex(s->out, status);
	}
	if (rest >> 16) {
		show_put(s, " | ");
		show_enum(s, "ptrace_events", rest >> 16);
		show_put(s, " << 16");
		rest &= 0xffff;
	}
	if (rest) {
		show_put(s, " | ");
		text_hex(s->out, rest);
	}
	text_char(s->out, ']');
}

/* 0 says that there was nothing to report, and nothing is written. */
static void wait_args(struct show *s)
{
	bool any = !show_succeeded(s) || s->call->result;

	show_arg(s, 0);
	show_comma(s);
	show_at_exit(s);
	if (any)
		show_arg(s, 1);
	else
		show_address(s, s->call->arg[1]);
	show_comma(s);
	show_arg(s, 2);
	if (s->call->args < 4)
		return;
	show_comma(s);
	if (any)
		show_arg(s, 3);
	else
		show_address(s, s->call->arg[3]);
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

	show_printf(s, "<... resuming interrupted %s ...>", name ? name : "system call");
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
		show_address(s, s->call->arg[4]);
		return;
	}
	show_put(s, "{efd=");
	fd_of(s, s->call->arg[1], slot.efd);
	show_put(s, ", tfd=");
	fd_of(s, s->call->arg[1], slot.tfd);
	show_printf(s, ", toff=%u}", slot.toff);
}

static void kcmp_args(struct show *s)
{
	uint32_t type = s->call->arg[2];

	for (int i = 0; i < 3; i++) {
		show_arg(s, i);
		if (i < 2)
			show_comma(s);
	}
	if (s->call->args < 5)
		return;
	show_comma(s);
	if (type == KCMP_FILE || type == KCMP_EPOLL_TFD)
		fd_of(s, s->call->arg[0], s->call->arg[3]);
	else
		show_arg(s, 3);
	show_comma(s);
	if (type == KCMP_FILE)
		fd_of(s, s->call->arg[1], s->call->arg[4]);
	else if (type == KCMP_EPOLL_TFD)
		kcmp_slot(s);
	else
		show_arg(s, 4);
}

static const struct show_struct structs[] = {
	{ "wait_status", show_status },
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
