// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/proc/snapshot.h"

#include "format/tape/record.h"
#include "tracer/proc/open_file.h"
#include "tracer/proc/proc_memory.h"
#include "tracer/proc/proc_read.h"
#include "tracer/system/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/kcmp.h>
#include <linux/nsfs.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	/* Pieces of one process: descriptors beyond are left out, and marked. What is known of them
	 * besides their names has half of it, so that the names of more find room. */
	RECORD_ROOM = 512 << 10,
	DETAILS_ROOM = RECORD_ROOM / 2,
	BATCH_ROOM = 2 * RECORD_ROOM, /* written at once */
	CHILDREN_MOST = 65536,	      /* processes in one snapshot of a tree */
	DESCRIPTORS_MOST = 1 << 18,   /* in one snapshot: a second or so */
	BRIEF_MOST = 64,	      /* of one process, when time is short */
	REST = 20,		      /* ms between two turns of others */
	SHARED_LEAST = 256,	      /* descriptors of a table that is worth being recognised */
	SHARED_MOST = 1024,	      /* such tables */
};

struct build {
	union {
		struct trace_process process;
		char bytes[RECORD_ROOM];
	};
	size_t size;
};

struct snapshot {
	const struct snapshot_taker *taker;
	struct build *build;
	struct socket_diag *sockets; /* NULL: of descriptors, names and devices are enough */
	struct proc_memory *memory;
	char *batch;
	size_t batched;
	uint64_t time; /* of all records, 0: when they are made */
	pid_t pid;
	uint32_t descriptors; /* read so far */
	/* Who has which large table, in the order of kcmp(2): those of others who have one of these
	 * are left out, and marked as cut. */
	pid_t tables[SHARED_MOST];
	size_t table_count;
	bool command; /* it is about to execute: only what it hands down is of interest */
	pid_t *tree;  /* processes whose threads are written */
	size_t count, room;
	uint64_t rested; /* ms: when others had their turn */
	uint64_t pause;	 /* ms until their next */
	enum snapshot_pace pace;
	int ended; /* nonzero: nothing more is wanted, or an error below 0 */
};

static void flush(struct snapshot *s)
{
	int error = 0;

	if (s->batched && s->ended >= 0)
		error = s->taker->records(s->taker->context, s->batch, s->batched);
	s->batched = 0;
	if (error)
		s->ended = error;
}

/* Lets others have their turn, if it is time: whether to go on. They get no more than half of it,
 * however much they have to do. */
static bool rest(struct snapshot *s)
{
	uint64_t now = clock_ms();

	if (s->ended || !s->taker->meanwhile || now - s->rested < s->pause)
		return !s->ended;
	s->pace = s->taker->meanwhile(s->taker->context);
	if (s->pace == SNAPSHOT_END)
		s->ended = 1;
	s->rested = clock_ms();
	s->pause = s->rested - now > REST ? s->rested - now : REST;
	return !s->ended;
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

static void add_root(struct build *b, pid_t pid)
{
	char path[64], target[PATH_MAX];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/root", pid);
	n = readlink(path, target, sizeof(target));
	if (n > 1)
		add_piece(b, TRACE_P_ROOT, 0, target, n);
}

/* Whether the descriptor is closed when its process executes a program. */
static bool is_cloexec(pid_t pid, const char *fd)
{
	char text[512];
	const char *flags;

	if (proc_read(text, sizeof(text), "/proc/%d/fdinfo/%s", pid, fd) <= 0)
		return false;
	flags = strstr(text, "flags:");
	return flags && strtoul(flags + strlen("flags:"), NULL, 8) & O_CLOEXEC;
}

static void add_descriptor(struct snapshot *s, struct build *b, pid_t pid, uint32_t fd,
			   const char *path)
{
	char target[PATH_MAX];
	ssize_t n = readlink(path, target, sizeof(target) - 1);
	struct open_file file;
	size_t size;

	if (n <= 0)
		return;
	target[n] = '\0';
	add_piece(b, TRACE_P_FD, fd, target, n);
	if (b->size > DETAILS_ROOM)
		return;
	size = open_file_read(&file, s->sockets, pid, fd, path, target);
	if (size)
		add_piece(b, TRACE_P_FD_FILE, fd, (const char *)&file, size);
}

/* Where the process's table is, or would be, among those that have been read. */
static bool find_table(const struct snapshot *s, pid_t pid, size_t *place)
{
	size_t from = 0, to = s->table_count;

	while (from < to) {
		size_t middle = (from + to) / 2;
		long order = syscall(SYS_kcmp, pid, s->tables[middle], KCMP_FILES, 0, 0);

		if (!order) {
			*place = middle;
			return true;
		}
		if (order == 1)
			to = middle;
		else /* or not to be told: one of them is gone, or the kernel has no kcmp */
			from = middle + 1;
	}
	*place = from;
	return false;
}

static void keep_table(struct snapshot *s, pid_t pid, size_t place)
{
	if (s->table_count == SHARED_MOST)
		return;
	memmove(&s->tables[place + 1], &s->tables[place],
		(s->table_count - place) * sizeof(*s->tables));
	s->tables[place] = pid;
	s->table_count++;
}

/* As many as there is room for in the record, and time for in the whole: whoever is captured has
 * made them, and others wait for what is recorded meanwhile. */
static void add_descriptors(struct snapshot *s, struct build *b, pid_t pid, bool command)
{
	uint32_t before = s->descriptors;
	char path[PATH_MAX];
	struct dirent *entry;
	size_t place;
	DIR *dir;

	if (find_table(s, pid, &place)) {
		b->process.record.flags |= TRACE_F_CUT;
		return;
	}
	snprintf(path, sizeof(path), "/proc/%d/fd", pid);
	dir = opendir(path);
	while (dir && (entry = readdir(dir)) && !(b->process.record.flags & TRACE_F_CUT)) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		if (s->descriptors++ >= DESCRIPTORS_MOST || !rest(s) ||
		    (s->pace == SNAPSHOT_BRIEF && s->descriptors - before > BRIEF_MOST)) {
			b->process.record.flags |= TRACE_F_CUT;
			break;
		}
		if (command && is_cloexec(pid, entry->d_name))
			continue;
		snprintf(path, sizeof(path), "/proc/%d/fd/%s", pid, entry->d_name);
		add_descriptor(s, b, pid, strtoul(entry->d_name, NULL, 10), path);
	}
	if (dir)
		closedir(dir);
	if (s->descriptors - before >= SHARED_LEAST)
		keep_table(s, pid, place);
}

/* The command to be has no memory yet but ours. False if nobody answers. */
static bool add_command_line(struct snapshot *s, struct build *b, pid_t pid, bool command)
{
	char text[4096];
	ssize_t n =
		command ? proc_read(text, sizeof(text), "/proc/%d/cmdline", pid)
			: proc_memory_cmdline(s->memory, pid, b->process.uid, text, sizeof(text));

	if (n > 0)
		add_piece(b, TRACE_P_CMDLINE, 0, text, n);
	return n != -ETIMEDOUT;
}

static void add_process(struct snapshot *s, struct build *b, pid_t pid, bool command)
{
	char path[64];
	bool told;

	snprintf(path, sizeof(path), "/proc/%d/exe", pid);
	add_link(b, TRACE_P_EXE, 0, path);
	snprintf(path, sizeof(path), "/proc/%d/cwd", pid);
	add_link(b, TRACE_P_CWD, 0, path);
	add_root(b, pid);
	told = add_command_line(s, b, pid, command);
	add_descriptors(s, b, pid, command);
	if (!told)
		b->process.record.flags |= TRACE_F_CUT;
}

/* A thread in a group stop (proc(5)): the last field of its process's stat is the signal, until
 * somebody has waited for it. */
static void tell_stop(struct trace_process *p, const char *status)
{
	const char *state = strstr(status, "\nState:\t");
	char text[1024], *field;

	if (!state || state[strlen("\nState:\t")] != 'T')
		return;
	p->record.flags |= TRACE_F_STOPPED;
	if (proc_read(text, sizeof(text), "/proc/%u/stat", p->record.tgid) > 0 &&
	    (field = strrchr(text, ' ')))
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
		owners.uid[i] = proc_status_number(status, "\nUid:", i);
		owners.gid[i] = proc_status_number(status, "\nGid:", i);
	}
	add_piece(b, TRACE_P_OWNERS, 0, (const char *)&owners, sizeof(owners));
}

/* Its place in the unified hierarchy is the line that begins with "0::" (cgroups(7)). */
static void add_cgroup(struct build *b, pid_t pid)
{
	char text[8192], *at = text;

	if (proc_read(text, sizeof(text), "/proc/%d/cgroup", pid) <= 0)
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

	if (!rest(s))
		return s->ended;
	if (proc_read(status, sizeof(status), "/proc/%d/task/%d/status", s->pid, tid) <= 0)
		return 0;
	n = proc_read(comm, sizeof(comm), "/proc/%d/task/%d/comm", s->pid, tid);
	memset(p, 0, sizeof(*p));
	p->record.type = TRACE_EXISTING;
	p->record.flags = s->command ? TRACE_F_COMMAND : 0;
	p->record.time = s->time ? s->time : clock_ns();
	p->record.tid = tid;
	p->record.tgid = s->pid;
	p->parent = proc_status_number(status, "\nPPid:", 0);
	p->uid = proc_status_number(status, "\nUid:", 1);
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
		add_process(s, b, s->pid, s->command);
	}
	p->record.length = b->size;
	if (s->batched + b->size > BATCH_ROOM)
		flush(s);
	memcpy(s->batch + s->batched, b, b->size);
	s->batched += b->size;
	return s->ended;
}

static int write_process(void *context, pid_t pid)
{
	struct snapshot *s = context;

	s->pid = pid;
	if (pid != proc_memory_asker(s->memory))
		proc_each_thread(pid, write_thread, s);
	return s->ended;
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
	char text[4096], *at = text, *end;
	ssize_t n;

	if (!rest(s))
		return s->ended;
	n = proc_read(text, sizeof(text), "/proc/%d/task/%d/children", s->pid, tid);
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
	for (size_t i = 0; i < s->count && !s->ended; i++) {
		s->pid = s->tree[i];
		if (extent == SNAPSHOT_THREAD)
			write_thread(s, s->pid);
		else
			proc_each_thread(s->pid, write_thread, s);
		if (extent == SNAPSHOT_TREE)
			proc_each_thread(s->pid, add_children, s);
	}
	free(s->tree);
}

static bool begin(struct snapshot *s)
{
	s->rested = clock_ms();
	s->pause = REST;
	s->pace = SNAPSHOT_WHOLE;
	s->build = malloc(sizeof(*s->build));
	s->batch = malloc(BATCH_ROOM);
	s->sockets = s->taker->descriptors ? socket_diag_new() : NULL;
	s->memory = proc_memory_new();
	if (!s->build || !s->batch || !s->memory)
		s->ended = -ENOMEM;
	return !s->ended;
}

static int end(struct snapshot *s)
{
	flush(s);
	socket_diag_free(s->sockets);
	proc_memory_free(s->memory);
	free(s->build);
	free(s->batch);
	return s->ended < 0 ? s->ended : 0;
}

int snapshot_write(const struct snapshot_taker *taker, const pid_t *pids, size_t count,
		   enum snapshot_extent extent, uint64_t time)
{
	struct snapshot s = { .taker = taker, .time = time };

	if (begin(&s) && count)
		write_tree(&s, pids, count, extent);
	else if (!s.ended)
		proc_each(write_process, &s);
	return end(&s);
}

int snapshot_command(const struct snapshot_taker *taker, pid_t pid)
{
	struct snapshot s = { .taker = taker, .pid = pid, .command = true };

	if (begin(&s))
		write_thread(&s, pid);
	return end(&s);
}
