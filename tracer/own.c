// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/own.h"

#include "tracer/snapshot.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PIPES = 32, /* a pipeline of more commands than this is left in */
};

struct thread_context {
	const struct backend *backend;
	struct capture *capture;
	struct own_threads *out;
};

struct pipes {
	ino_t inode[PIPES];
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

void own_leave_out(const struct backend *backend, struct capture *capture, pid_t pid,
		   struct own_threads *out)
{
	struct thread_context t = { backend, capture, out };

	snapshot_threads(pid, leave_out_thread, &t);
}

static void add_pipe(struct pipes *p, const char *path)
{
	struct stat st;

	if (stat(path, &st) || !S_ISFIFO(st.st_mode) || p->count == PIPES)
		return;
	for (size_t i = 0; i < p->count; i++)
		if (p->inode[i] == st.st_ino)
			return;
	p->inode[p->count++] = st.st_ino;
}

/* Whether the process has the pipe as its standard input: a shell's pipeline does just that. */
static bool reads(const char *pid, ino_t pipe)
{
	char path[64];
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%.20s/fd/0", pid);
	return !stat(path, &st) && S_ISFIFO(st.st_mode) && st.st_ino == pipe;
}

static void leave_out_readers(const struct backend *backend, struct capture *capture,
			      struct pipes *p, ino_t pipe, struct own_threads *out)
{
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	while (proc && (entry = readdir(proc))) {
		char path[64];

		if (!isdigit((unsigned char)*entry->d_name) || !reads(entry->d_name, pipe))
			continue;
		own_leave_out(backend, capture, strtol(entry->d_name, NULL, 10), out);
		snprintf(path, sizeof(path), "/proc/%.20s/fd/1", entry->d_name);
		add_pipe(p, path);
	}
	if (proc)
		closedir(proc);
}

void own_leave_out_pipeline(const struct backend *backend, struct capture *capture,
			    struct own_threads *out)
{
	struct pipes p = { .count = 0 };

	add_pipe(&p, "/proc/self/fd/1");
	add_pipe(&p, "/proc/self/fd/2");
	while (p.done < p.count)
		leave_out_readers(backend, capture, &p, p.inode[p.done++], out);
}

bool own_is_left_out(const struct own_threads *out, pid_t tid)
{
	for (size_t i = 0; i < out->count; i++)
		if (out->tid[i] == tid)
			return true;
	return false;
}
