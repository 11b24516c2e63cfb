// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/targets/self_exclude.h"

#include "tracer/proc/proc_read.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
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
	dev_t unnamed; /* of pipes that have no name */
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

/* The device of all pipes without a name; 0: not to be told. */
static dev_t unnamed_pipes(void)
{
	struct stat st = { .st_dev = 0 };
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return 0;
	if (fstat(ends[0], &st))
		st.st_dev = 0;
	close(ends[0]);
	close(ends[1]);
	return st.st_dev;
}

/* Never asks a file system: it may be anybody's, and not answer. */
static bool find_pipe(const struct pipes *p, const char *path, struct pipe *pipe)
{
	struct statx st;

	if (statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_INO, &st) ||
	    !S_ISFIFO(st.stx_mode))
		return false;
	pipe->inode = st.stx_ino;
	pipe->device = makedev(st.stx_dev_major, st.stx_dev_minor);
	pipe->named = pipe->device != p->unnamed;
	return true;
}

static bool same(const struct pipe *a, const struct pipe *b)
{
	return a->inode == b->inode && a->device == b->device && a->named == b->named;
}

static void add_pipe(struct pipes *p, const char *path)
{
	struct pipe pipe;

	if (p->count == PIPES || !find_pipe(p, path, &pipe))
		return;
	for (size_t i = 0; i < p->count; i++)
		if (same(&p->at[i], &pipe))
			return;
	p->at[p->count++] = pipe;
}

/* Whether the process has the pipe as its standard input: a shell's pipeline does just that. A name
 * is no proof of belonging together: there the user has to be the same as well. */
static bool reads(const struct pipes *p, pid_t pid, const struct pipe *pipe)
{
	struct pipe input;
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/fd/0", pid);
	if (!find_pipe(p, path, &input) || !same(&input, pipe))
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

	if (!reads(r->pipes, pid, r->pipe))
		return 0;
	leave_out(&r->thread, pid);
	snprintf(path, sizeof(path), "/proc/%d/fd/1", pid);
	add_pipe(r->pipes, path);
	return 0;
}

static void leave_out_pipeline(const struct thread_context *t)
{
	struct pipes p = { .unnamed = unnamed_pipes() };
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
