// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: proc_pid_fdinfo(5). */
#include "tracer/proc/open_file.h"

#include "tracer/proc/proc_read.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum {
	TERMINAL_MAJOR = 5, /* of /dev/ptmx, which is 5:2 */
	TERMINAL_MINOR = 2,
	INFO = 1024, /* of fdinfo, at most */
};

/* A number of fdinfo, behind a word: false if it does not say. */
static bool number(const char *info, const char *word, int base, uint64_t *value)
{
	const char *at = strstr(info, word);
	char *end;

	if (!at)
		return false;
	at += strlen(word);
	*value = strtoull(at, &end, base);
	return end != at;
}

/* Never waits for a server: a file system may be anybody's. */
static bool status(const char *path, struct statx *st)
{
	return !statx(AT_FDCWD, path, AT_STATX_DONT_SYNC, STATX_TYPE | STATX_MODE | STATX_INO, st);
}

static bool read_device(struct trace_file *f, pid_t pid, uint32_t fd, const char *path)
{
	char info[INFO];
	uint64_t index;
	struct statx st;

	if (!status(path, &st) || !(S_ISCHR(st.stx_mode) || S_ISBLK(st.stx_mode)))
		return false;
	f->inode = st.stx_ino;
	f->mode = st.stx_mode;
	f->dev = st.stx_dev_major << 20 | st.stx_dev_minor;
	f->rdev = st.stx_rdev_major << 20 | st.stx_rdev_minor;
	if (S_ISCHR(st.stx_mode) && st.stx_rdev_major == TERMINAL_MAJOR &&
	    st.stx_rdev_minor == TERMINAL_MINOR &&
	    proc_read(info, sizeof(info), "/proc/%d/fdinfo/%u", pid, fd) > 0 &&
	    number(info, "\ntty-index:", 10, &index))
		f->peer = index + 1;
	return true;
}

static bool read_eventfd(struct trace_file *f, const char *info)
{
	uint64_t id, semaphore;
	uint32_t short_id;

	f->magic = ANON_INODE_FS_MAGIC;
	if (!number(info, "\neventfd-count:", 16, &f->peer) ||
	    !number(info, "\neventfd-id:", 10, &id) ||
	    !number(info, "\neventfd-semaphore:", 10, &semaphore))
		return false;
	f->type = semaphore ? EFD_SEMAPHORE : 0;
	short_id = id;
	memcpy(f->local, &short_id, sizeof(short_id));
	return true;
}

/* The kernel keeps the signals that it leaves out, as the recorder's programs tell them. */
static bool read_signalfd(struct trace_file *f, const char *info)
{
	uint64_t set;

	if (!number(info, "\nsigmask:", 16, &set))
		return false;
	f->magic = ANON_INODE_FS_MAGIC;
	f->peer = ~set;
	return true;
}

/* Of a process that has ended, its number is -1. Since Linux 6.9 an inode of their own file system
 * stands for a process. */
static bool read_pidfd(struct trace_file *f, const char *info, const char *path, const char *target)
{
	int file = proc_pin(path, target);
	struct statfs system;
	struct stat st;

	if (file >= 0 && !fstatfs(file, &system) && !fstat(file, &st)) {
		f->magic = system.f_type;
		f->inode = st.st_ino;
	}
	if (file >= 0)
		close(file);
	return number(info, "\nPid:", 10, &f->peer) && (int64_t)f->peer > 0;
}

static bool read_anonymous(struct trace_file *f, pid_t pid, uint32_t fd, const char *path,
			   const char *target)
{
	const char *kind = target + strlen("anon_inode:");
	bool event = !strcmp(kind, "[eventfd]"), signals = !strcmp(kind, "[signalfd]");
	char info[INFO];

	if (!event && !signals && strcmp(kind, "[pidfd]"))
		return false;
	if (proc_read(info, sizeof(info), "/proc/%d/fdinfo/%u", pid, fd) <= 0)
		return false;
	return event	 ? read_eventfd(f, info)
	       : signals ? read_signalfd(f, info)
			 : read_pidfd(f, info, path, target);
}

size_t open_file_read(struct open_file *o, struct socket_diag *sockets, pid_t pid, uint32_t fd,
		      const char *path, const char *target)
{
	bool known = false;
	size_t name = 0;

	memset(&o->file, 0, sizeof(o->file));
	if (*target == '/')
		known = read_device(&o->file, pid, fd, path);
	else if (sockets && !strncmp(target, "socket:[", strlen("socket:[")))
		known = socket_diag_find(sockets, path, target, &o->file, o->name, &name);
	else if (sockets && !strncmp(target, "anon_inode:", strlen("anon_inode:")))
		known = read_anonymous(&o->file, pid, fd, path, target);
	return known ? sizeof(o->file) + name : 0;
}
