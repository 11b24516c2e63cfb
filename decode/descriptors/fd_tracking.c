// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/fd_tracking.h"

#include "decode/descriptors/directories.h"
#include "decode/descriptors/fd_file.h"
#include "decode/descriptors/fd_rules.h"
#include "decode/descriptors/fd_text.h"
#include "decode/descriptors/path_resolve.h"
#include "decode/events/call_fds.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum {
	CALLS = 1024,		      /* numbers that are looked at */
	OPENED_MOST = 256,	      /* descriptors that one call makes: SCM_MAX_FD is 253 */
	RANGE_CLOEXEC = 4,	      /* CLOSE_RANGE_CLOEXEC */
	CLONE_WITH_PIDFD = 0x1000,    /* CLONE_PIDFD */
	CLONE_SAME_FILES = 0x400,     /* CLONE_FILES */
	CLONE_SAME_PROCESS = 0x10000, /* CLONE_THREAD */
	DUP_CLOEXEC = 1030,	      /* F_DUPFD_CLOEXEC */
	COMMAND_FIOCLEX = 0x5451,
	COMMAND_FIONCLEX = 0x5450,
};

struct follow {
	const struct facts *facts;
	uint8_t rule[DESC_ARCHES][CALLS]; /* index + 1 */
	struct call_file opened[OPENED_MOST];
	size_t count;
	struct fd_file *cwd; /* the call has made it the current directory */
};

struct follow *fd_tracking_new(struct facts *facts)
{
	struct follow *f = calloc(1, sizeof(*f));

	if (f)
		f->facts = facts;
	for (int arch = 0; f && arch < DESC_ARCHES; arch++) {
		const struct desc_table *table = tape_facts_table(facts, arch);

		for (size_t i = 0; table && i < fd_tracking_rule_count; i++) {
			int nr = desc_table_number(table, fd_tracking_rules[i].name);

			if (nr >= 0 && nr < CALLS)
				f->rule[arch][nr] = i + 1;
		}
	}
	return f;
}

void fd_tracking_free(struct follow *f)
{
	if (f)
		fd_file_unref(f->cwd);
	free(f);
}

static const struct fd_tracking_rule *rule_of(const struct follow *f, uint8_t arch, uint32_t nr)
{
	uint8_t table = arch == TRACE_X32 ? TRACE_X86_64 : arch;

	if (table >= DESC_ARCHES || nr >= CALLS || !f->rule[table][nr])
		return NULL;
	return &fd_tracking_rules[f->rule[table][nr] - 1];
}

bool fd_tracking_concerns(const struct follow *f, uint8_t arch, uint32_t nr)
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

static void open_path(struct follow *f, struct call *call, const struct fd_tracking_rule *r,
		      bool cloexec)
{
	char path[FOLLOW_PATH];
	bool known = fd_tracking_path(call, r->path,
				      r->dirfd < 0 ? AT_FDCWD : (int)call->arg[r->dirfd], path);

	opens(f, call->result, text_file(known ? path : ""), cloexec);
}

static void open_how(struct follow *f, struct call *call, const struct fd_tracking_rule *r)
{
	const void *flags;
	bool cloexec = call_find(call, call->arg[2], 8, false, &flags) == 8 &&
		       ((const unsigned char *)flags)[2] & FOLLOW_CLOEXEC >> 16;

	open_path(f, call, r, cloexec);
}

static void open_memory(struct follow *f, struct call *call, bool cloexec)
{
	struct tape_piece name;
	char path[FOLLOW_PATH];

	if (!call_piece(call, 0, false, &name) && !call_piece(call, 0, true, &name))
		name.piece.length = 0;
	snprintf(path, sizeof(path), "/memfd:%.*s (deleted)", (int)name.piece.length,
		 (const char *)name.data);
	opens(f, call->result, text_file(path), cloexec);
}

/* What strace tells of them under -yy stands in the arguments. */
static void open_special(struct follow *f, struct call *call, const struct fd_tracking_rule *r,
			 bool cloexec)
{
	struct fd_file *file = text_file(r->text);
	const void *set;

	if (file && r->action == PIDFD) {
		file->detail = FD_PID;
		file->value = (uint32_t)call->arg[0];
	} else if (file && call_find(call, call->arg[1], 8, false, &set) == 8) {
		file->detail = FD_SIGNALS;
		memcpy(&file->value, set, sizeof(file->value));
	}
	opens(f, call->result, file, cloexec);
}

/* Its flags, and where it writes the number of a pidfd. False: not known. */
static bool clone_words(const struct call *call, const struct fd_tracking_rule *r,
			uint64_t words[2])
{
	const void *data;

	words[0] = call->arg[0];
	words[1] = call->arg[2];
	if (r->action != CLONE3)
		return true;
	if (call_find(call, call->arg[0], 2 * sizeof(*words), false, &data) < 2 * sizeof(*words))
		return false;
	memcpy(words, data, 2 * sizeof(*words));
	return true;
}

/* A new process may come with a descriptor: where it is written, the arguments or the structure
 * they point to say. */
static void open_clone(struct follow *f, struct call *call, const struct fd_tracking_rule *r)
{
	struct fd_file *file;
	uint64_t words[2];
	const void *data;
	int fd;

	if (!clone_words(call, r, words) || !(words[0] & CLONE_WITH_PIDFD) ||
	    call_find(call, words[1], sizeof(fd), true, &data) < sizeof(fd))
		return;
	memcpy(&fd, data, sizeof(fd));
	file = text_file(r->text);
	if (file) {
		file->detail = FD_PID;
		file->value = (uint32_t)call->result;
	}
	opens(f, fd, file, true);
}

/* A new process that has the same table, not a copy. It may have made calls before clone returned
 * here. */
static void share_table(const struct follow *f, const struct thread *thread,
			const struct call *call, const struct fd_tracking_rule *r)
{
	struct threads *threads = f->facts->public.threads;
	struct thread *child;
	uint64_t words[2];

	if (call->failed || call->result <= 0 || !threads || thread->names ||
	    !clone_words(call, r, words) ||
	    (words[0] & (CLONE_SAME_FILES | CLONE_SAME_PROCESS)) != CLONE_SAME_FILES)
		return;
	child = threads_find(threads, (uint32_t)call->result);
	if (child && child != thread && child->parent == thread->tgid)
		fds_share(child->fds, thread->fds, child->returned);
}

/* Two descriptors that the call has written: of the same file's two ends, or each of a socket. */
static void open_pair(struct follow *f, struct call *call, const struct fd_tracking_rule *r,
		      bool cloexec)
{
	const void *data;
	int fds[2];

	if (call_find(call, call->arg[r->path], 8, true, &data) < 8)
		return;
	memcpy(fds, data, sizeof(fds));
	for (int i = 0; i < 2; i++)
		opens(f, fds[i],
		      r->action == PAIR
			      ? text_file(r->text)
			      : fd_file_socket(call->arg[0], call->arg[1] & 15, call->arg[2]),
		      cloexec);
}

/* The address that the call was given, or wrote. */
static size_t address_of(struct call *call, int arg, bool written, const void **data)
{
	uint32_t size = call->arg[arg + 1];
	const void *length;

	if (written) {
		if (!call->arg[arg + 1] ||
		    call_find(call, call->arg[arg + 1], 4, true, &length) < 4)
			return 0;
		memcpy(&size, length, sizeof(size));
	}
	return size <= 128 && call->arg[arg] ? call_find(call, call->arg[arg], size, written, data)
					     : 0;
}

static void open_accepted(struct follow *f, struct call *call, bool cloexec)
{
	const struct fd_file *from = fds_of_call(call, (int)call->arg[0], false);
	struct fd_file *file = from && from->socket
				       ? fd_file_socket(from->family, from->type, from->protocol)
				       : text_file("");
	const void *peer;
	size_t size = address_of(call, 1, true, &peer);

	if (file && file->socket && from && from->local)
		fd_file_name(&file->local, from->local->data, from->local->size);
	if (file && file->socket && size)
		fd_file_name(&file->remote, peer, size);
	opens(f, call->result, file, cloexec);
}

/* Descriptors that came in control data. */
static void received(struct follow *f, struct call *call, bool cloexec)
{
	int fds[OPENED_MOST];
	size_t count = fd_tracking_rights(call, fds, OPENED_MOST);

	for (size_t i = 0; i < count; i++)
		opens(f, fds[i], text_file(""), cloexec);
}

/* Of a descriptor that nothing is known of, nothing is known either: what was there is gone. */
static struct fd_file *dup_of(const struct call *call)
{
	struct fd_file *file = fds_of_call(call, (int)call->arg[0], false);

	return file ? fd_file_ref(file) : text_file("");
}

static void fcntl_opens(struct follow *f, struct call *call)
{
	uint32_t command = call->arg[1];

	if (command == F_DUPFD || command == DUP_CLOEXEC)
		opens(f, call->result, dup_of(call), command == DUP_CLOEXEC);
}

static void find_opened(struct follow *f, struct call *call, const struct fd_tracking_rule *r)
{
	bool cloexec = r->flags < 0 ? r->cloexec : call->arg[r->flags] & r->cloexec;

	switch (r->action) {
	case OPEN: open_path(f, call, r, cloexec); break;
	case OPEN_HOW: open_how(f, call, r); break;
	case MEMFD: open_memory(f, call, cloexec); break;
	case CLONE:
	case CLONE3: open_clone(f, call, r); break;
	case SIGNALFD:
	case PIDFD: open_special(f, call, r, cloexec); break;
	case NAMED:
		if (!call->desc || call->desc->result == DESC_FD) /* not all commands of bpf */
			opens(f, call->result, text_file(r->text), cloexec);
		break;
	case DUP:
	case DUP_TO: opens(f, call->result, dup_of(call), cloexec); break;
	case PAIR:
	case SOCKET_PAIR: open_pair(f, call, r, cloexec); break;
	case SOCKET:
		opens(f, call->result,
		      fd_file_socket(call->arg[0], call->arg[1] & 15, call->arg[2]), cloexec);
		break;
	case ACCEPT: open_accepted(f, call, cloexec); break;
	case RECEIVE: received(f, call, cloexec); break;
	case FCNTL: fcntl_opens(f, call); break;
	}
}

/* More of a file that is known: what a descriptor was made for stays, what the kernel says is
 * added. */
static void improve(const struct call *call, struct call_file *opened, struct fd_file *file)
{
	file = fd_tracking_file_namespace(call, opened->file, file);
	if (file->detail == FD_PLAIN) {
		file->detail = opened->file->detail;
		file->value = opened->file->value;
	}
	fd_file_unref(opened->file);
	opened->file = file;
	opened->seen = true;
}

/* What the recorder saw in the kernel is better than what follows from names. */
static void take_facts(struct follow *f, struct call *call)
{
	const struct call_pieces *pieces = call_pieces(call);
	struct fd_file *file;
	size_t at = 0, i;
	int part = 0, fd;

	if (pieces && !pieces->files)
		return;
	while ((file = fd_tracking_file_next(call, &part, &at, &fd))) {
		for (i = 0; i < f->count && f->opened[i].fd != fd; i++)
			;
		if (i < f->count) {
			improve(call, &f->opened[i], file);
		} else if (fd == AT_FDCWD) {
			fd_file_unref(f->cwd);
			f->cwd = file;
		} else if (f->count < OPENED_MOST) { /* the same descriptor, with an address now */
			f->opened[f->count++] = (struct call_file){
				.fd = fd,
				.cloexec = fds_cloexec(call->fds, fd),
				.seen = true,
				.file = fd_tracking_file_namespace(call, NULL, file),
			};
		} else {
			fd_file_unref(file);
		}
	}
}

/* strace keeps what it has found out about a socket first: an address, or both ends. */
static void keep_first(struct follow *f, const struct call *call)
{
	for (size_t i = 0; i < f->count; i++)
		f->opened[i].file =
			fd_file_first(fds_find(call->fds, f->opened[i].fd), f->opened[i].file);
}

void fd_tracking_prepare(struct follow *f, const struct thread *thread, struct call *call)
{
	const struct fd_tracking_rule *r = rule_of(f, call->arch, call->nr);

	f->count = 0;
	call->fds = thread->fds;
	fd_text_before(thread->fds, call);
	if (call->state == CALL_DONE && call_has_words(call)) {
		if (r && !call->failed)
			find_opened(f, call, r);
		take_facts(f, call);
		f->count = fd_text_after(call, f->opened, f->count, OPENED_MOST);
		keep_first(f, call);
	}
	call->opened = f->opened;
	call->opened_count = f->count;
}

/* The second name of a rename stands behind the first, with a directory of its own or without. */
static void rename_path(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
{
	char from[FOLLOW_PATH], to[FOLLOW_PATH];
	int next = r->path + (r->dirfd < 0 ? 1 : 2);

	if (!fd_tracking_path(call, r->path, r->dirfd < 0 ? AT_FDCWD : (int)call->arg[r->dirfd],
			      from))
		return;
	if (r->action == UNLINK)
		fds_rename(fds, from, NULL);
	else if (fd_tracking_path(call, next, r->dirfd < 0 ? AT_FDCWD : (int)call->arg[next - 1],
				  to))
		fds_rename(fds, from, to);
}

static void socket_named(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
{
	struct fd_file *file = fds_find(fds, (int)call->arg[0]);
	const void *data;
	size_t size = address_of((struct call *)call, r->path,
				 r->action == SOCKNAME || r->action == PEERNAME, &data);

	if (file && file->socket && size && !file->inode)
		fd_file_name(r->action == CONNECT || r->action == PEERNAME ? &file->remote
									   : &file->local,
			     data, size);
}

/* A netlink socket that is in a group is found by its port, even where it has none. */
static void joins(struct fds *fds, const struct call *call)
{
	struct fd_file *file = fds_find(fds, (int)call->arg[0]);

	if (file && file->socket && file->family == AF_NETLINK && call->arg[1] == SOL_NETLINK &&
	    call->arg[2] == NETLINK_ADD_MEMBERSHIP)
		file->listens = true;
}

static void change(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
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
	case BIND:
	case CONNECT:
	case SOCKNAME:
	case PEERNAME: socket_named(fds, call, r); break;
	case SETSOCKOPT: joins(fds, call); break;
	case CHROOT:
	case PIVOT_ROOT:
	case SETNS: fd_tracking_chroot(fds, call, r); break;
	}
}

/* Names: the kernel tells of what has another one now, if it tells at all. */
static void change_names(struct fds *fds, const struct call *call, const struct fd_tracking_rule *r)
{
	switch (r->action) {
	case CHDIR:
	case FCHDIR: fd_tracking_chdir(fds, call, r); break;
	case UNLINK:
	case RENAME: rename_path(fds, call, r); break;
	}
}

static bool is_told(const struct follow *f)
{
	return f->facts->public.header->optional & TRACE_O_TOLD;
}

/* Takes over the files of the call. Where calls are hidden that could undo it, only what the kernel
 * has told stays. */
static void commit_opened(struct follow *f, struct fds *fds)
{
	for (size_t i = 0; i < f->count; i++) {
		struct call_file *o = &f->opened[i];

		if (f->facts->known_fds == CALL_FDS_ALL || o->seen)
			fds_set(fds, o->fd, o->file, o->cloexec);
		else
			fd_file_unref(o->file);
	}
	f->count = 0;
}

void fd_tracking_commit(struct follow *f, const struct thread *thread, const struct call *call)
{
	const struct fd_tracking_rule *r = rule_of(f, call->arch, call->nr);
	/* A close that fails has closed all the same, unless there was nothing to close. */
	bool done = call->state == CALL_DONE && call_has_words(call) &&
		    (!call->failed || (r && r->action == CLOSE && call->result != -9 /* EBADF */));

	commit_opened(f, thread->fds);
	if (r && done && f->facts->known_fds == CALL_FDS_ALL) {
		change(thread->fds, call, r);
		if (r->action == CLONE || r->action == CLONE3)
			share_table(f, thread, call, r);
		if (!is_told(f))
			change_names(thread->fds, call, r);
	}
	if (f->cwd)
		fds_set_cwd(thread->fds, f->cwd);
	f->cwd = NULL;
}
