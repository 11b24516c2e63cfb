// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/seccomp/program_calls.h"

#include "decode/events/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	PROCESSES_MOST = 1 << 18, /* that are known at once; with more, all are forgotten */
	COMM = 15,		  /* letters that the kernel keeps of a name */
};

/*
 * What a process, of which nothing was known, has done until it executes something, and its
 * children until they do: whether that is a runtime's work is known when it executes a program, or
 * never.
 */
struct beginning {
	uint32_t users, root; /* root: the process */
	bool runtime;
	struct call_set calls;
};

struct program_process {
	struct tid_entry entry;
	struct beginning *beginning; /* NULL: it is in a program, or of no interest */
	bool inside;
};

int program_calls_init(struct program_calls *p, const char *program)
{
	*p = (struct program_calls){ .program = program };
	return tid_table_init(&p->processes);
}

static void add_set(struct call_set *to, const struct call_set *from)
{
	for (int arch = 0; arch < PROGRAM_ARCHES; arch++)
		for (int i = 0; i < PROGRAM_CALLS / 64; i++)
			to->word[arch][i] |= from->word[arch][i];
}

static void leave_beginning(struct program_calls *p, struct program_process *process)
{
	struct beginning *b = process->beginning;

	process->beginning = NULL;
	if (!b || --b->users)
		return;
	if (!b->runtime)
		add_set(&p->seen, &b->calls);
	free(b);
}

static void end_process(struct program_calls *p, uint32_t tgid)
{
	struct program_process *process = (void *)tid_table_take(&p->processes, tgid);

	if (!process)
		return;
	leave_beginning(p, process);
	free(process);
}

void program_calls_settle(struct program_calls *p)
{
	const struct tid_entry *e;

	while (p->processes.count && (e = tid_table_next(&p->processes, NULL)))
		end_process(p, e->tid);
}

void program_calls_done(struct program_calls *p)
{
	program_calls_settle(p);
	tid_table_end(&p->processes);
	for (int arch = 0; arch < PROGRAM_ARCHES; arch++)
		for (int nr = 0; nr < PROGRAM_CALLS; nr++)
			free(p->name[arch][nr]);
}

/* For the two that a fork tells of. */
static void make_room(struct program_calls *p)
{
	if (p->processes.count + 2 > PROCESSES_MOST)
		program_calls_settle(p);
}

static struct program_process *new_process(struct program_calls *p, uint32_t tgid)
{
	struct program_process *process = calloc(1, sizeof(*process));

	p->full |= !process;
	if (process)
		tid_table_add(&p->processes, &process->entry, tgid);
	return process;
}

static struct program_process *process_of(struct program_calls *p, uint32_t tgid)
{
	struct program_process *process = (void *)tid_table_find(&p->processes, tgid);

	if (process)
		return process;
	process = new_process(p, tgid);
	if (!process || p->program)
		return process;
	process->beginning = calloc(1, sizeof(*process->beginning));
	if (process->beginning)
		*process->beginning = (struct beginning){ .users = 1, .root = tgid };
	else
		process->inside = true; /* more is allowed, rather than less */
	return process;
}

static void add_to(struct call_set *set, unsigned int arch, uint32_t nr)
{
	set->word[arch][nr / 64] |= 1ull << nr % 64;
}

void program_calls_add(struct program_calls *p, const struct call *call)
{
	struct program_process *process;

	make_room(p);
	process = process_of(p, call->tgid);
	if (!process || (!process->inside && !process->beginning))
		return;
	if (!call->row || call->arch >= PROGRAM_ARCHES || call->nr >= PROGRAM_CALLS) {
		p->unnamed++;
		return;
	}
	if (!p->name[call->arch][call->nr]) {
		p->name[call->arch][call->nr] = strdup(call->row->name);
		p->full |= !p->name[call->arch][call->nr];
	}
	add_to(process->inside ? &p->seen : &process->beginning->calls, call->arch, call->nr);
}

static bool is_program(const struct program_calls *p, const struct note *note)
{
	const struct process *process = note->thread ? note->thread->process : NULL;
	const struct process_text *exe = process ? process->exe : NULL;
	size_t size = strlen(p->program);

	if (!strchr(p->program, '/') &&
	    !strncmp(note->process->comm, p->program, size < COMM ? size + 1 : COMM))
		return true;
	if (!exe || exe->size < size || memcmp(exe->text + exe->size - size, p->program, size) != 0)
		return false;
	return exe->size == size || (*p->program != '/' && exe->text[exe->size - size - 1] == '/');
}

static void on_exec(struct program_calls *p, const struct note *note)
{
	struct program_process *process = process_of(p, note->process->record.tgid);

	if (!process || process->inside || (p->program && !is_program(p, note)))
		return;
	if (process->beginning && process->beginning->root == process->entry.tid)
		process->beginning->runtime = true;
	leave_beginning(p, process);
	process->inside = p->executed = true;
}

static void on_fork(struct program_calls *p, const struct trace_process *fork)
{
	struct program_process *parent, *child;

	if (fork->other_tgid == fork->record.tgid)
		return;
	end_process(p, fork->other_tgid);
	child = new_process(p, fork->other_tgid);
	parent = process_of(p, fork->record.tgid);
	if (!child || !parent)
		return;
	child->inside = parent->inside;
	child->beginning = parent->beginning;
	if (child->beginning)
		child->beginning->users++;
}

void program_calls_process(struct program_calls *p, const struct note *note)
{
	const struct trace_process *r = note->process;

	make_room(p);
	switch (r->record.type) {
	case TRACE_FORK: on_fork(p, r); break;
	case TRACE_EXEC: on_exec(p, note); break;
	case TRACE_END:
		if (r->record.flags & TRACE_F_LEADER)
			end_process(p, r->record.tgid);
		break;
	}
}
