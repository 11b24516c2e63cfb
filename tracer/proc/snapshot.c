// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/proc/snapshot.h"

#include "tracer/system/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/nsfs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

enum {
	RECORD_ROOM =
		256 << 10, /* pieces of one process: descriptors beyond are left out, and marked */
	BATCH_ROOM = 2 * RECORD_ROOM, /* written at once */
	CHILDREN_MOST = 65536,	      /* processes in one snapshot of a tree */
};

struct build {
	union {
		struct trace_process process;
		char bytes[RECORD_ROOM];
	};
	size_t size;
};

struct snapshot {
	struct tape_writer *writer;
	struct build *build;
	char *batch;
	size_t batched;
	uint64_t time; /* of all records, 0: when they are made */
	pid_t pid;
	bool command; /* it is about to execute: only what it hands down is of interest */
	pid_t *tree;  /* processes whose threads are written */
	size_t count, room;
	int error;
};

static ssize_t read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = read(fd, text, size - 1);
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return n;
}

static void add_piece(struct build *b, uint8_t kind, uint32_t offset, const char *data, size_t size)
{
	struct trace_piece *piece = (void *)(b->bytes + b->size);
	size_t padded = (size + 7) & ~(size_t)7;

	if (b->size + sizeof(*piece) + padded > sizeof(b->bytes)) {
		b->process.record.flags |= TRACE_F_CUT;
		return;
	}
	memset(piece, 0, sizeof(*piece) + padded);
	piece->arg = kind;
	piece->offset = offset;
	piece->length = piece->total = size;
	piece->flags = TRACE_P_STRING;
	memcpy(piece + 1, data, size);
	b->size += sizeof(*piece) + padded;
	b->process.pieces++;
}

static void add_link(struct build *b, uint8_t kind, uint32_t offset, const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target));

	if (n > 0)
		add_piece(b, kind, offset, target, n);
}

/* Whether the descriptor is closed when its process executes a program. */
static bool is_cloexec(pid_t pid, const char *fd)
{
	char path[PATH_MAX], text[512];
	const char *flags;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%s", pid, fd);
	if (read_file(path, text, sizeof(text)) <= 0)
		return false;
	flags = strstr(text, "flags:");
	return flags && strtoul(flags + strlen("flags:"), NULL, 8) & O_CLOEXEC;
}

/* Which terminal belongs to a /dev/ptmx, + 1 (proc(5): tty-index in fdinfo). */
static uint64_t terminal_of(pid_t pid, uint32_t fd)
{
	char path[64], text[512];
	const char *index;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%u", pid, fd);
	if (read_file(path, text, sizeof(text)) <= 0)
		return 0;
	index = strstr(text, "tty-index:");
	return index ? strtoul(index + strlen("tty-index:"), NULL, 10) + 1 : 0;
}

/* Of devices, which their names do not tell. */
static void add_device(struct build *b, pid_t pid, uint32_t fd, const char *path)
{
	struct trace_file f;
	struct stat st;

	if (stat(path, &st) || !(S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)))
		return;
	memset(&f, 0, sizeof(f));
	f.inode = st.st_ino;
	f.mode = st.st_mode;
	f.dev = major(st.st_dev) << 20 | minor(st.st_dev);
	f.rdev = major(st.st_rdev) << 20 | minor(st.st_rdev);
	if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(5, 2))
		f.peer = terminal_of(pid, fd);
	add_piece(b, TRACE_P_FD_FILE, fd, (const char *)&f, sizeof(f));
}

static void add_descriptors(struct build *b, pid_t pid, bool command)
{
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		if (command && is_cloexec(pid, entry->d_name))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
		add_link(b, TRACE_P_FD, strtoul(entry->d_name, NULL, 10), path);
		add_device(b, pid, strtoul(entry->d_name, NULL, 10), path);
	}
	if (dir)
		closedir(dir);
}

static void add_process(struct build *b, pid_t pid, bool command)
{
	char path[64], text[4096];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	add_link(b, TRACE_P_EXE, 0, path);
	snprintf(path, sizeof(path), "/proc/%d/cwd", pid);
	add_link(b, TRACE_P_CWD, 0, path);
	snprintf(path, sizeof(path), "/proc/%d/cmdline", pid);
	n = read_file(path, text, sizeof(text));
	if (n > 0)
		add_piece(b, TRACE_P_CMDLINE, 0, text, n);
	add_descriptors(b, pid, command);
}

static uint32_t status_number(const char *status, const char *name, int field)
{
	const char *at = strstr(status, name);

	if (!at)
		return 0;
	at += strlen(name);
	while (field-- > 0) {
		strtoul(at, (char **)&at, 10);
	}
	return strtoul(at, NULL, 10);
}

static int flush(struct snapshot *s)
{
	if (s->batched && !s->error)
		s->error = tape_writer_records(s->writer, TRACE_NO_CPU, s->batch, s->batched, 0);
	s->batched = 0;
	return s->error;
}

/* A thread in a group stop (proc(5)): the last field of its process's stat is the signal, until
 * somebody has waited for it. */
static void tell_stop(struct trace_process *p, const char *status)
{
	const char *state = strstr(status, "\nState:\t");
	char path[64], text[1024], *field;

	if (!state || state[strlen("\nState:\t")] != 'T')
		return;
	p->record.flags |= TRACE_F_STOPPED;
	snprintf(path, sizeof(path), "/proc/%u/stat", p->record.tgid);
	if (read_file(path, text, sizeof(text)) > 0 && (field = strrchr(text, ' ')))
		p->code = strtol(field, NULL, 10) & 127;
}

/* Of namespaces in between only the kernel's list knows: NS_GET_PARENT (ioctl_nsfs(2)). */
static void add_numbers(struct build *b, const char *status, const char *thread)
{
	struct trace_number numbers[TRACE_NUMBERS_MOST];
	const char *at = strstr(status, "\nNSpid:");
	size_t count = 0;
	char path[96], *end;
	struct stat st;
	int space;

	for (at = at ? at + strlen("\nNSpid:") : ""; count < TRACE_NUMBERS_MOST; at = end) {
		unsigned long number = strtoul(at, &end, 10);

		if (end == at)
			break;
		numbers[count++] = (struct trace_number){ .number = number };
		while (*end == ' ' || *end == '\t')
			end++;
		if (*end == '\n') /* else the next line's would follow */
			break;
	}
	if (count < 2)
		return;
	snprintf(path, sizeof(path), "%s/ns/pid", thread);
	space = open(path, O_RDONLY | O_CLOEXEC);
	for (size_t i = count; i-- && space >= 0;) {
		int outer = i ? ioctl(space, NS_GET_PARENT) : -1;

		numbers[i].name_space = fstat(space, &st) ? 0 : st.st_ino;
		close(space);
		space = outer;
	}
	if (space >= 0)
		close(space);
	add_piece(b, TRACE_P_NUMBERS, 0, (const char *)numbers, count * sizeof(*numbers));
}

static void add_owners(struct build *b, const char *status)
{
	struct trace_owners owners;

	for (int i = 0; i < 4; i++) {
		owners.uid[i] = status_number(status, "\nUid:", i);
		owners.gid[i] = status_number(status, "\nGid:", i);
	}
	add_piece(b, TRACE_P_OWNERS, 0, (const char *)&owners, sizeof(owners));
}

/* Its place in the unified hierarchy is the line that begins with "0::" (cgroups(7)). */
static void add_cgroup(struct build *b, pid_t pid)
{
	char path[64], text[8192], *at = text;

	snprintf(path, sizeof(path), "/proc/%d/cgroup", pid);
	if (read_file(path, text, sizeof(text)) <= 0)
		return;
	if (strncmp(at, "0::", 3))
		at = (at = strstr(at, "\n0::")) ? at + 1 : NULL;
	if (at)
		add_piece(b, TRACE_P_CGROUP, 0, at + 3, strcspn(at + 3, "\n"));
}

static int write_thread(void *context, pid_t tid)
{
	struct snapshot *s = context;
	struct build *b = s->build;
	struct trace_process *p = &b->process;
	char path[64], status[4096], comm[32];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/status", s->pid, tid);
	if (read_file(path, status, sizeof(status)) <= 0)
		return 0;
	snprintf(path, sizeof(path), "/proc/%d/task/%d/comm", s->pid, tid);
	n = read_file(path, comm, sizeof(comm));
	memset(p, 0, sizeof(*p));
	p->record.type = TRACE_EXISTING;
	p->record.flags = s->command ? TRACE_F_COMMAND : 0;
	p->record.time = s->time ? s->time : clock_ns();
	p->record.tid = tid;
	p->record.tgid = s->pid;
	p->parent = status_number(status, "\nPPid:", 0);
	p->uid = status_number(status, "\nUid:", 1);
	tell_stop(p, status);
	if (n > 0 && comm[n - 1] == '\n')
		n--;
	memcpy(p->comm, comm, n < 0 ? 0 : n > 15 ? 15 : n);
	b->size = sizeof(*p);
	snprintf(path, sizeof(path), "/proc/%d/task/%d", s->pid, tid);
	add_numbers(b, status, path);
	if (tid == s->pid) {
		add_owners(b, status);
		add_cgroup(b, s->pid);
		add_process(b, s->pid, s->command);
	}
	p->record.length = b->size;
	if (s->batched + b->size > BATCH_ROOM)
		flush(s);
	memcpy(s->batch + s->batched, b, b->size);
	s->batched += b->size;
	return s->error;
}

int snapshot_threads(pid_t pid, int (*each)(void *context, pid_t tid), void *context)
{
	char path[64];
	struct dirent *entry;
	int result = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	dir = opendir(path);
	if (!dir)
		return -ESRCH;
	while (!result && (entry = readdir(dir)))
		if (isdigit((unsigned char)*entry->d_name))
			result = each(context, strtol(entry->d_name, NULL, 10));
	closedir(dir);
	return result;
}

static void write_all(struct snapshot *s)
{
	struct dirent *entry;
	DIR *proc = opendir("/proc");

	while (proc && !s->error && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		s->pid = strtol(entry->d_name, NULL, 10);
		snapshot_threads(s->pid, write_thread, s);
	}
	if (proc)
		closedir(proc);
}

static bool add_to_tree(struct snapshot *s, pid_t pid)
{
	if (s->count == s->room) {
		size_t room = s->room ? 2 * s->room : 64;
		pid_t *more =
			room <= CHILDREN_MOST ? reallocarray(s->tree, room, sizeof(*more)) : NULL;

		if (!more)
			return false;
		s->tree = more;
		s->room = room;
	}
	s->tree[s->count++] = pid;
	return true;
}

/* The children of one thread (proc(5): /proc/pid/task/tid/children). */
static int add_children(void *context, pid_t tid)
{
	struct snapshot *s = context;
	char path[64], text[4096], *at = text, *end;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/children", s->pid, tid);
	n = read_file(path, text, sizeof(text));
	for (pid_t child; n > 0 && (child = strtol(at, &end, 10)) > 0 && end != at; at = end)
		if (*end == ' ' &&
		    !add_to_tree(s, child)) /* a number at the text's very end may be cut */
			break;
	return 0;
}

static void write_tree(struct snapshot *s, const pid_t *pids, size_t count,
		       enum snapshot_extent extent)
{
	for (size_t i = 0; i < count; i++)
		add_to_tree(s, pids[i]);
	for (size_t i = 0; i < s->count && !s->error; i++) {
		s->pid = s->tree[i];
		if (extent == SNAPSHOT_THREAD)
			write_thread(s, s->pid);
		else
			snapshot_threads(s->pid, write_thread, s);
		if (extent == SNAPSHOT_TREE)
			snapshot_threads(s->pid, add_children, s);
	}
	free(s->tree);
}

int snapshot_write(struct tape_writer *writer, const pid_t *pids, size_t count,
		   enum snapshot_extent extent, uint64_t time)
{
	struct snapshot s = {
		.writer = writer,
		.build = malloc(sizeof(struct build)),
		.batch = malloc(BATCH_ROOM),
		.time = time,
	};

	if (!s.build || !s.batch)
		s.error = -ENOMEM;
	else if (!count)
		write_all(&s);
	else
		write_tree(&s, pids, count, extent);
	flush(&s);
	free(s.build);
	free(s.batch);
	return s.error;
}

int snapshot_command(struct tape_writer *writer, pid_t pid)
{
	struct snapshot s = {
		.writer = writer,
		.build = malloc(sizeof(struct build)),
		.batch = malloc(BATCH_ROOM),
		.pid = pid,
		.command = true,
	};

	if (!s.build || !s.batch)
		s.error = -ENOMEM;
	else
		write_thread(&s, pid);
	flush(&s);
	free(s.build);
	free(s.batch);
	return s.error;
}

pid_t snapshot_process(pid_t tid)
{
	char path[64], status[4096];

	snprintf(path, sizeof(path), "/proc/%d/status", tid);
	if (read_file(path, status, sizeof(status)) <= 0)
		return 0;
	return status_number(status, "\nTgid:", 0);
}
