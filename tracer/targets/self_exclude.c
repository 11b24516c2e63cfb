// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/targets/self_exclude.h"

#include "tracer/proc/proc_read.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
	PIPES = 32, /* a pipeline of more commands than this is left in */
};

struct thread_context {
	const struct backend *backend;
	struct capture *capture;
	struct self_threads *out;
};

/* An inode number is one only together with its device: whoever makes file systems of his own picks
 * the numbers there. */
struct pipe {
	ino_t inode;
	dev_t device;
	bool named; /* a FIFO, which others can open by its name */
};

struct pipes {
	struct pipe at[PIPES];
	size_t count, done;
};

static int leave_out_thread(void *context, pid_t tid)
{
	struct thread_context *t = context;

	t->backend->target(t->capture, tid, BACKEND_LEAVE_OUT);
	if (t->out->count < OWN_MOST)
		t->out->tid[t->out->count++] = tid;
	return 0;
}

static void leave_out(struct thread_context *t, pid_t pid)
{
	proc_each_thread(pid, leave_out_thread, t);
}

static bool find_pipe(const char *path, struct pipe *pipe)
{
	struct statfs system;
	struct stat st;

	if (stat(path, &st) || !S_ISFIFO(st.st_mode) || statfs(path, &system))
		return false;
	*pipe = (struct pipe){ st.st_ino, st.st_dev, system.f_type != PIPEFS_MAGIC };
	return true;
}

static bool same(const struct pipe *a, const struct pipe *b)
{
	return a->inode == b->inode && a->device == b->device && a->named == b->named;
}

static void add_pipe(struct pipes *p, const char *path)
{
	struct pipe pipe;

	if (p->count == PIPES || !find_pipe(path, &pipe))
		return;
	for (size_t i = 0; i < p->count; i++)
		if (same(&p->at[i], &pipe))
			return;
	p->at[p->count++] = pipe;
}

/* Whether the process has the pipe as its standard input: a shell's pipeline does just that. A name
 * is no proof of belonging together: there the user has to be the same as well. */
static bool reads(pid_t pid, const struct pipe *pipe)
{
	struct pipe input;
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/0", pid);
	if (!find_pipe(path, &input) || !same(&input, pipe))
		return false;
	snprintf(path, sizeof(path), "/proc/%d", pid);
	return !pipe->named || (!stat(path, &st) && st.st_uid == geteuid());
}

struct reader_context {
	struct thread_context thread;
	struct pipes *pipes;
	const struct pipe *pipe;
};

static int leave_out_reader(void *context, pid_t pid)
{
	struct reader_context *r = context;
	char path[64];

	if (!reads(pid, r->pipe))
		return 0;
	leave_out(&r->thread, pid);
	snprintf(path, sizeof(path), "/proc/%d/fd/1", pid);
	add_pipe(r->pipes, path);
	return 0;
}

static void leave_out_pipeline(const struct thread_context *t)
{
	struct pipes p = { .count = 0 };
	struct reader_context r = { *t, &p, NULL };

	add_pipe(&p, "/proc/self/fd/1");
	add_pipe(&p, "/proc/self/fd/2");
	while (p.done < p.count) {
		r.pipe = &p.at[p.done++];
		proc_each(leave_out_reader, &r);
	}
}

bool self_is_excluded(const struct self_threads *out, pid_t tid)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->tid[i] == tid)
			return true;
	return false;
}

void self_exclude(const struct backend *backend, struct capture *capture, const pid_t *own,
		  size_t count, struct self_threads *out)
{
	struct thread_context t = { backend, capture, out };

	for (size_t i = 0; i < count; i++)
		if (own[i] > 0)
			leave_out(&t, own[i]);
	leave_out_pipeline(&t);
}
