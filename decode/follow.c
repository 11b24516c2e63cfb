// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/follow.h"

#include "decode/fds.h"
#include "decode/follow_path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	CALLS = 1024,		/* numbers that are looked at */
	OPENED_MOST = 256,	/* descriptors that one call makes: SCM_MAX_FD is 253 */
	CLOEXEC = 02000000,	/* O_CLOEXEC, SOCK_CLOEXEC, EFD_CLOEXEC, ... of every call but those that say otherwise */
	RANGE_CLOEXEC = 4,	/* CLOSE_RANGE_CLOEXEC */
	DUP_CLOEXEC = 1030,	/* F_DUPFD_CLOEXEC */
	COMMAND_FIOCLEX = 0x5451, COMMAND_FIONCLEX = 0x5450,
};

enum action {
	NOTHING, OPEN, OPEN_HOW, NAMED, MEMFD, DUP, DUP_TO, CLOSE, CLOSE_RANGE, PAIR, SOCKET, SOCKET_PAIR, ACCEPT, BIND, CONNECT,
	SOCKNAME, PEERNAME, RECEIVE, FCNTL, IOCTL, CHDIR, FCHDIR, SAME,
};

static const struct rule {
	const char *name;
	uint8_t action;
	int8_t path, dirfd, flags;	/* arguments; -1: none */
	uint32_t cloexec;		/* which of the flags; without flags: whether always */
	const char *text;
} rules[] = {
	{ "open", OPEN, 0, -1, 1, CLOEXEC, NULL },
	{ "creat", OPEN, 0, -1, -1, 0, NULL },
	{ "openat", OPEN, 1, 0, 2, CLOEXEC, NULL },
	{ "openat2", OPEN_HOW, 1, 0, -1, 0, NULL },
	{ "open_tree", OPEN, 1, 0, 2, CLOEXEC, NULL },
	{ "close", CLOSE, -1, -1, -1, 0, NULL },
	{ "close_range", CLOSE_RANGE, -1, -1, -1, 0, NULL },
	{ "dup", DUP, -1, -1, -1, 0, NULL },
	{ "dup2", DUP_TO, -1, -1, -1, 0, NULL },
	{ "dup3", DUP_TO, -1, -1, 2, CLOEXEC, NULL },
	{ "fcntl", FCNTL, -1, -1, -1, 0, NULL },
	{ "fcntl64", FCNTL, -1, -1, -1, 0, NULL },
	{ "ioctl", IOCTL, -1, -1, -1, 0, NULL },
	{ "chdir", CHDIR, 0, -1, -1, 0, NULL },
	{ "fchdir", FCHDIR, -1, -1, -1, 0, NULL },
	{ "pipe", PAIR, 0, -1, -1, 0, "" },
	{ "pipe2", PAIR, 0, -1, 1, CLOEXEC, "" },
	{ "socket", SOCKET, -1, -1, 1, CLOEXEC, NULL },
	{ "socketpair", SOCKET_PAIR, 3, -1, 1, CLOEXEC, NULL },
	{ "accept", ACCEPT, 1, -1, -1, 0, NULL },
	{ "accept4", ACCEPT, 1, -1, 3, CLOEXEC, NULL },
	{ "bind", BIND, 1, -1, -1, 0, NULL },
	{ "connect", CONNECT, 1, -1, -1, 0, NULL },
	{ "getsockname", SOCKNAME, 1, -1, -1, 0, NULL },
	{ "getpeername", PEERNAME, 1, -1, -1, 0, NULL },
	{ "recvmsg", RECEIVE, -1, -1, 2, MSG_CMSG_CLOEXEC, NULL },
	{ "eventfd", NAMED, -1, -1, -1, 0, "anon_inode:[eventfd]" },
	{ "eventfd2", NAMED, -1, -1, 1, CLOEXEC, "anon_inode:[eventfd]" },
	{ "epoll_create", NAMED, -1, -1, -1, 0, "anon_inode:[eventpoll]" },
	{ "epoll_create1", NAMED, -1, -1, 0, CLOEXEC, "anon_inode:[eventpoll]" },
	{ "timerfd_create", NAMED, -1, -1, 1, CLOEXEC, "anon_inode:[timerfd]" },
	{ "signalfd", SAME, -1, -1, -1, 0, "anon_inode:[signalfd]" },
	{ "signalfd4", SAME, -1, -1, 3, CLOEXEC, "anon_inode:[signalfd]" },
	{ "inotify_init", NAMED, -1, -1, -1, 0, "anon_inode:inotify" },
	{ "inotify_init1", NAMED, -1, -1, 0, CLOEXEC, "anon_inode:inotify" },
	{ "fanotify_init", NAMED, -1, -1, 0, 1, "anon_inode:[fanotify]" },
	{ "userfaultfd", NAMED, -1, -1, 0, CLOEXEC, "anon_inode:[userfaultfd]" },
	{ "perf_event_open", NAMED, -1, -1, 4, 8, "anon_inode:[perf_event]" },
	{ "io_uring_setup", NAMED, -1, -1, -1, 1, "anon_inode:[io_uring]" },
	{ "pidfd_open", NAMED, -1, -1, -1, 1, "anon_inode:[pidfd]" },
	{ "pidfd_getfd", NAMED, -1, -1, -1, 1, "" },
	{ "landlock_create_ruleset", NAMED, -1, -1, -1, 1, "anon_inode:[landlock-ruleset]" },
	{ "memfd_create", MEMFD, 0, -1, 1, 1, NULL },
	{ "memfd_secret", NAMED, -1, -1, 0, CLOEXEC, "/secretmem (deleted)" },
	{ "bpf", NAMED, -1, -1, -1, 1, "" },
	{ "fsopen", NAMED, -1, -1, 1, 1, "anon_inode:[fscontext]" },
	{ "fspick", NAMED, -1, -1, 2, 1, "anon_inode:[fscontext]" },
	{ "fsmount", NAMED, -1, -1, 1, 1, "" },
	{ "open_by_handle_at", NAMED, -1, -1, 2, CLOEXEC, "" },
	{ "mq_open", NAMED, -1, -1, 1, CLOEXEC, "" },
};

struct follow {
	uint8_t rule[DESC_ARCHES][CALLS];	/* index + 1 */
	struct call_file opened[OPENED_MOST];
	size_t count;
};

struct follow *follow_new(struct facts *facts)
{
	struct follow *f = calloc(1, sizeof(*f));

	for (int arch = 0; f && arch < DESC_ARCHES; arch++) {
		const struct desc_table *table = facts_table(facts, arch);

		for (size_t i = 0; table && i < sizeof(rules) / sizeof(*rules); i++) {
			int nr = desc_table_number(table, rules[i].name);

			if (nr >= 0 && nr < CALLS)
				f->rule[arch][nr] = i + 1;
		}
	}
	return f;
}

void follow_free(struct follow *f)
{
	free(f);
}

static const struct rule *rule_of(const struct follow *f, uint8_t arch, uint32_t nr)
{
	uint8_t table = arch == TRACE_X32 ? TRACE_X86_64 : arch;

	if (table >= DESC_ARCHES || nr >= CALLS || !f->rule[table][nr])
		return NULL;
	return &rules[f->rule[table][nr] - 1];
}

bool follow_concerns(const struct follow *f, uint8_t arch, uint32_t nr)
{
	return rule_of(f, arch, nr);
}

/* A new descriptor; takes over the reference. */
static void opens(struct follow *f, int64_t fd, struct fd_file *file, bool cloexec)
{
	if (!file || fd < 0 || f->count >= OPENED_MOST) {
		fd_file_unref(file);
		return;
	}
	f->opened[f->count++] = (struct call_file){ .fd = fd, .cloexec = cloexec, .file = file };
}

static struct fd_file *text_file(const char *text)
{
	return fd_file_path(text, strlen(text));
}

static void open_path(struct follow *f, struct call *call, const struct rule *r, bool cloexec)
{
	char path[FOLLOW_PATH];
	bool known = follow_path(call, r->path, r->dirfd < 0 ? AT_FDCWD : (int)call->arg[r->dirfd], path);

	opens(f, call->result, text_file(known ? path : ""), cloexec);
}

static void open_how(struct follow *f, struct call *call, const struct rule *r)
{
	const void *flags;
	bool cloexec = call_find(call, call->arg[2], 8, false, &flags) == 8 &&
		       ((const unsigned char *)flags)[2] & CLOEXEC >> 16;

	open_path(f, call, r, cloexec);
}

static void open_memory(struct follow *f, struct call *call, bool cloexec)
{
	struct tape_piece name;
	char path[FOLLOW_PATH];

	if (!call_piece(call, 0, false, &name) && !call_piece(call, 0, true, &name))
		name.piece.length = 0;
	snprintf(path, sizeof(path), "/memfd:%.*s (deleted)", (int)name.piece.length, (const char *)name.data);
	opens(f, call->result, text_file(path), cloexec);
}

/* Two descriptors that the call has written: of the same file's two ends, or each of a socket. */
static void open_pair(struct follow *f, struct call *call, const struct rule *r, bool cloexec)
{
	const void *data;
	int fds[2];

	if (call_find(call, call->arg[r->path], 8, true, &data) < 8)
		return;
	memcpy(fds, data, sizeof(fds));
	for (int i = 0; i < 2; i++)
		opens(f, fds[i], r->action == PAIR ? text_file(r->text) :
		      fd_file_socket(call->arg[0], call->arg[1] & 15, call->arg[2]), cloexec);
}

/* The address that the call was given, or wrote. */
static size_t address_of(struct call *call, int arg, bool written, const void **data)
{
	uint32_t size = call->arg[arg + 1];
	const void *length;

	if (written) {
		if (!call->arg[arg + 1] || call_find(call, call->arg[arg + 1], 4, true, &length) < 4)
			return 0;
		memcpy(&size, length, sizeof(size));
	}
	return size <= 128 && call->arg[arg] ? call_find(call, call->arg[arg], size, written, data) : 0;
}

static void open_accepted(struct follow *f, struct call *call, bool cloexec)
{
	const struct fd_file *from = fds_find(call->fds, (int)call->arg[0]);
	struct fd_file *file = from && from->socket ? fd_file_socket(from->family, from->type, from->protocol) : text_file("");
	const void *peer;
	size_t size = address_of(call, 1, true, &peer);

	if (file && file->socket && from->local)
		fd_file_name(&file->local, from->local->data, from->local->size);
	if (file && file->socket && size)
		fd_file_name(&file->remote, peer, size);
	opens(f, call->result, file, cloexec);
}

/* Descriptors that came in control data. */
static void received(struct follow *f, struct call *call, bool cloexec)
{
	int fds[OPENED_MOST];
	size_t count = follow_rights(call, fds, OPENED_MOST);

	for (size_t i = 0; i < count; i++)
		opens(f, fds[i], text_file(""), cloexec);
}

static void fcntl_opens(struct follow *f, struct call *call)
{
	uint32_t command = call->arg[1];

	if (command == F_DUPFD || command == DUP_CLOEXEC)
		opens(f, call->result, fd_file_ref(fds_find(call->fds, (int)call->arg[0])), command == DUP_CLOEXEC);
}

static void find_opened(struct follow *f, struct call *call, const struct rule *r)
{
	bool cloexec = r->flags < 0 ? r->cloexec : call->arg[r->flags] & r->cloexec;

	switch (r->action) {
	case OPEN: open_path(f, call, r, cloexec); break;
	case OPEN_HOW: open_how(f, call, r); break;
	case MEMFD: open_memory(f, call, cloexec); break;
	case SAME:
	case NAMED: opens(f, call->result, text_file(r->text), cloexec); break;
	case DUP:
	case DUP_TO:
		opens(f, call->result, fd_file_ref(fds_find(call->fds, (int)call->arg[0])), cloexec);
		break;
	case PAIR:
	case SOCKET_PAIR: open_pair(f, call, r, cloexec); break;
	case SOCKET:
		opens(f, call->result, fd_file_socket(call->arg[0], call->arg[1] & 15, call->arg[2]), cloexec);
		break;
	case ACCEPT: open_accepted(f, call, cloexec); break;
	case RECEIVE: received(f, call, cloexec); break;
	case FCNTL: fcntl_opens(f, call); break;
	}
}

void follow_prepare(struct follow *f, const struct thread *thread, struct call *call)
{
	const struct rule *r = rule_of(f, call->arch, call->nr);

	f->count = 0;
	call->fds = thread->fds;
	if (r && call->state == CALL_DONE && !call->failed && call->args_known)
		find_opened(f, call, r);
	call->opened = f->opened;
	call->opened_count = f->count;
}

static void change_directory(struct fds *fds, const struct call *call, const struct rule *r)
{
	char path[FOLLOW_PATH];

	if (r->action == FCHDIR)
		fds_set_cwd(fds, fd_file_ref(fds_find(fds, (int)call->arg[0])));
	else if (follow_path(call, r->path, AT_FDCWD, path))
		fds_set_cwd(fds, text_file(path));
	else
		fds_set_cwd(fds, NULL);
}

static void socket_named(struct fds *fds, const struct call *call, const struct rule *r)
{
	struct fd_file *file = fds_find(fds, (int)call->arg[0]);
	const void *data;
	size_t size = address_of((struct call *)call, r->path, r->action == SOCKNAME || r->action == PEERNAME, &data);

	if (file && file->socket && size)
		fd_file_name(r->action == CONNECT || r->action == PEERNAME ? &file->remote : &file->local, data, size);
}

static void change(struct fds *fds, const struct call *call, const struct rule *r)
{
	int fd = call->arg[0];

	switch (r->action) {
	case CLOSE: fds_set(fds, fd, NULL, false); break;
	case CLOSE_RANGE:
		fds_close_range(fds, call->arg[0], call->arg[1], call->arg[2] & RANGE_CLOEXEC);
		break;
	case FCNTL:
		if ((uint32_t)call->arg[1] == F_SETFD)
			fds_set_cloexec(fds, fd, call->arg[2] & FD_CLOEXEC);
		break;
	case IOCTL:
		if (call->arg[1] == COMMAND_FIOCLEX || call->arg[1] == COMMAND_FIONCLEX)
			fds_set_cloexec(fds, fd, call->arg[1] == COMMAND_FIOCLEX);
		break;
	case CHDIR:
	case FCHDIR: change_directory(fds, call, r); break;
	case BIND:
	case CONNECT:
	case SOCKNAME:
	case PEERNAME: socket_named(fds, call, r); break;
	}
}

void follow_commit(struct follow *f, const struct thread *thread, const struct call *call)
{
	const struct rule *r = rule_of(f, call->arch, call->nr);
	/* A close that fails has closed all the same, unless there was nothing to close. */
	bool done = call->state == CALL_DONE && call->args_known &&
		    (!call->failed || (r && r->action == CLOSE && call->result != -9 /* EBADF */));

	for (size_t i = 0; i < f->count; i++)
		fds_set(thread->fds, f->opened[i].fd, f->opened[i].file, f->opened[i].cloexec);
	f->count = 0;
	if (r && done)
		change(thread->fds, call, r);
}

void follow_thread(struct threads *threads, struct thread *thread)
{
	struct thread *leader;

	if (thread->fds)
		return;
	leader = thread->tgid != thread->tid ? threads_find(threads, thread->tgid) : NULL;
	if (leader && !leader->fds)
		leader->fds = fds_new();
	thread->fds = leader ? fds_ref(leader->fds) : fds_new();
}

static void existing(struct thread *thread, const struct trace_process *record)
{
	struct tape_piece piece;
	size_t at = sizeof(*record);

	for (int i = 0; i < record->pieces && tape_piece_next(&record->record, &at, &piece); i++) {
		if (piece.piece.arg == TRACE_P_FD)
			fds_set(thread->fds, piece.piece.offset, fd_file_path(piece.data, piece.piece.length), false);
		else if (piece.piece.arg == TRACE_P_CWD)
			fds_set_cwd(thread->fds, fd_file_path(piece.data, piece.piece.length));
	}
}

void follow_process(struct threads *threads, struct thread *thread, struct thread *child, const struct trace_process *record)
{
	struct fds *own;

	follow_thread(threads, thread);
	switch (record->record.type) {
	case TRACE_FORK:
		if (!child)
			break;
		fds_unref(child->fds);
		child->fds = child->tgid == thread->tgid ? fds_ref(thread->fds) : fds_copy(thread->fds);
		break;
	case TRACE_EXEC:
		own = fds_copy(thread->fds); /* no longer shared with whoever else has the table */
		fds_unref(thread->fds);
		thread->fds = own;
		fds_exec(own);
		break;
	case TRACE_EXISTING:
		existing(thread, record);
		break;
	}
}
