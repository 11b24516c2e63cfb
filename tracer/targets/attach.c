// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/targets/attach.h"

#include "tracer/proc/proc_read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The threads of one that has been found are followed, so a second look finds nothing new, but
 * where all of them end at once, or where the kernel loses a child while it is told of another
 * thread (ftrace). A look at /proc may be cut short by a thread that ends (next_tid() in
 * fs/proc/base.c): so it takes two of them that find nothing.
 */
enum {
	LOOKS_ENOUGH = 2,
	LOOKS_MOST = 8,
};

struct thread {
	pid_t pid, tid;
};

struct threads {
	struct thread *at;
	size_t count, room;
};

struct attach {
	const struct backend *backend;
	struct capture *capture;
	bool one_thread;
	pid_t pid;		/* whose threads are being looked at */
	struct threads known;	/* sorted by tid: targets */
	struct threads found;	/* in one look */
	struct threads process; /* of each process the leader */
};

struct attach *attach_new(const struct backend *backend, struct capture *capture, bool one_thread)
{
	struct attach *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->backend = backend;
	a->capture = capture;
	a->one_thread = one_thread;
	return a;
}

void attach_free(struct attach *a)
{
	if (!a)
		return;
	free(a->known.at);
	free(a->found.at);
	free(a->process.at);
	free(a);
}

size_t attach_count(const struct attach *a)
{
	return a->known.count;
}

static int add(struct threads *t, pid_t pid, pid_t tid)
{
	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 64;
		struct thread *more = reallocarray(t->at, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		t->at = more;
		t->room = room;
	}
	t->at[t->count++] = (struct thread){ pid, tid };
	return 0;
}

static int by_tid(const void *a, const void *b)
{
	pid_t left = ((const struct thread *)a)->tid, right = ((const struct thread *)b)->tid;

	return (left > right) - (left < right);
}

static void sort(struct threads *t)
{
	if (t->count)
		qsort(t->at, t->count, sizeof(*t->at), by_tid);
}

static int add_found(void *context, pid_t tid)
{
	struct attach *a = context;

	if (a->one_thread && tid != a->pid)
		return 0;
	return add(&a->found, a->pid, tid);
}

static int look(struct attach *a, pid_t pid)
{
	a->pid = pid;
	return proc_each_thread(pid, add_found, a);
}

/* How many of those found have become targets that were none: those, or a negative errno. */
static int target_found(struct attach *a, enum backend_target how)
{
	struct thread *last = NULL;
	size_t known = a->known.count;
	int fresh = 0, result;

	sort(&a->found);
	for (size_t i = 0; i < a->found.count; i++) {
		struct thread *t = &a->found.at[i];

		if ((last && last->tid == t->tid) ||
		    (known && bsearch(t, a->known.at, known, sizeof(*t), by_tid)))
			continue;
		last = t;
		result = a->backend->target(a->capture, t->tid, how);
		if (result >= 0 && add(&a->known, t->pid, t->tid))
			result = -ENOMEM;
		if (result < 0)
			return result;
		fresh += !result;
	}
	sort(&a->known);
	a->found.count = 0;
	return fresh;
}

int attach_process(struct attach *a, pid_t pid)
{
	int error = look(a, pid);

	if (!error)
		error = add(&a->process, pid, pid);
	if (!error)
		error = target_found(a, a->one_thread ? BACKEND_THREAD : BACKEND_PROCESS);
	return error < 0 ? error : 0;
}

/* Whoever ended before the start has had no end that the kernel told of. */
static void forget_ended(struct attach *a)
{
	char path[64];

	for (size_t i = 0; i < a->known.count; i++) {
		const struct thread *t = &a->known.at[i];

		snprintf(path, sizeof(path), "/proc/%d/task/%d", t->pid, t->tid);
		if (access(path, F_OK))
			a->backend->target(a->capture, t->tid, BACKEND_GONE);
	}
}

int attach_rest(struct attach *a)
{
	int fresh = 0, looks = 0, empty = 0;

	while (!a->one_thread && fresh >= 0 && empty < LOOKS_ENOUGH && looks++ < LOOKS_MOST) {
		for (size_t i = 0; i < a->process.count; i++)
			look(a, a->process.at[i].pid);
		fresh = target_found(a, BACKEND_LATE);
		empty = fresh ? 0 : empty + 1;
	}
	forget_ended(a);
	if (a->backend->attached)
		a->backend->attached(a->capture);
	return fresh < 0 ? fresh : 0;
}
