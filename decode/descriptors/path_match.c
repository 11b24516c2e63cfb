// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/descriptors/path_match.h"

#include "decode/descriptors/path_resolve.h"
#include "decode/events/call_fds.h"
#include "format/filter/filter.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SET_MOST = 1 << 20, /* descriptors looked at in one set of select or poll */
	POLLFD = 8,	    /* bytes of struct pollfd */
	/* Commands of fsconfig, linux/mount.h. */
	SET_PATH = 3,
	SET_PATH_EMPTY = 4,
	SET_FD = 5,
};

struct path_match {
	struct wanted {
		const char *path;
		bool exact;
	} * paths;
	size_t path_count;
	bool every_name;	    /* one of them is not exact */
	struct filter *descriptors; /* their set, NULL if none was given */
};

struct path_match *path_match_new(void)
{
	return calloc(1, sizeof(struct path_match));
}

void path_match_free(struct path_match *t)
{
	if (!t)
		return;
	free(t->paths);
	filter_free(t->descriptors);
	free(t);
}

bool path_match_add_path(struct path_match *t, const char *path, bool exact)
{
	struct wanted *more = reallocarray(t->paths, t->path_count + 1, sizeof(*t->paths));

	if (!more)
		return false;
	t->paths = more;
	more[t->path_count++] = (struct wanted){ path, exact };
	t->every_name |= !exact;
	return true;
}

bool path_match_set_descriptors(struct path_match *t, const char *set, char *error, size_t size)
{
	if (!t->descriptors)
		t->descriptors = filter_new();
	if (!t->descriptors)
		snprintf(error, size, "out of memory");
	return t->descriptors &&
	       !filter_descriptors(t->descriptors, FILTER_TOUCHED, set, error, size);
}

/* A path that ends with a slash is all that is below it, and that directory itself; one with *, ?
 * or [ is a pattern, whose * does not go beyond a slash. */
static bool is_path_of(const struct wanted *w, const char *path, bool resolved)
{
	const char *wanted = w->path;
	size_t length = strlen(wanted);

	if (w->exact)
		return !resolved && !strcmp(wanted, path);
	if (strpbrk(wanted, "*?["))
		return !fnmatch(wanted, path, FNM_PATHNAME) || !strcmp(wanted, path);
	if (length > 1 && wanted[length - 1] == '/')
		return !strncmp(wanted, path, length - 1) &&
		       (path[length - 1] == '/' || !path[length - 1]);
	if (length == 1 && *wanted == '/' && !path[1])
		return *path == '/';
	return !strcmp(wanted, path);
}

static bool is_path(const struct path_match *t, const char *path, size_t size, bool resolved)
{
	char text[FOLLOW_PATH];

	if (size >= sizeof(text))
		return false;
	memcpy(text, path, size);
	text[size] = '\0';
	for (size_t i = 0; i < t->path_count; i++)
		if (is_path_of(&t->paths[i], text, resolved))
			return true;
	return false;
}

/* What is open on a file whose name is gone is known by the name that it had. */
static bool is_file(const struct path_match *t, const struct fd_file *file)
{
	static const char gone[] = " (deleted)";
	size_t length, tail = sizeof(gone) - 1;
	char text[40];

	if (file->socket) {
		snprintf(text, sizeof(text), "socket:[%llu]", (unsigned long long)file->inode);
		return file->inode && is_path(t, text, strlen(text), false);
	}
	length = strlen(file->path);
	if (length > tail && !strcmp(file->path + length - tail, gone))
		length -= tail;
	return length && is_path(t, file->path, length, false);
}

static bool by_fd(const struct path_match *t, const struct call *call, int fd)
{
	const struct fd_file *file;

	if (fd < 0)
		return false;
	if (t->descriptors && filter_wants_descriptor(t->descriptors, FILTER_TOUCHED, fd))
		return true;
	file = t->path_count ? fds_of_call(call, fd, false) : NULL;
	return file && is_file(t, file);
}

/* By its name as it stands, and as -y shows it: absolute, by the directory that it is relative to.
 */
static bool by_path_at(const struct path_match *t, const struct call *call, int arg, int dirfd)
{
	struct tape_piece name;
	char path[FOLLOW_PATH];

	if (!t->path_count ||
	    (!call_piece(call, arg, false, &name) && !call_piece(call, arg, true, &name)))
		return false;
	if (name.piece.flags & (TRACE_P_TRUNCATED | TRACE_P_UNREADABLE))
		return false;
	return is_path(t, name.data, name.piece.length, false) ||
	       (fd_tracking_path(call, arg, dirfd, path) && is_path(t, path, strlen(path), true));
}

static bool by_path(const struct path_match *t, const struct call *call, int arg)
{
	return by_path_at(t, call, arg, AT_FDCWD);
}

/* select, pselect6: any descriptor of the three sets. */
static bool by_sets(const struct path_match *t, const struct call *call)
{
	int limit = call->arg[0];

	if (limit > SET_MOST)
		limit = SET_MOST;
	for (int arg = 1; arg < 4; arg++) {
		struct tape_piece set;

		if (!call_piece(call, arg, false, &set))
			continue;
		for (int fd = 0; fd < limit && fd / 8 < (int)set.piece.length; fd++)
			if (((const unsigned char *)set.data)[fd / 8] >> fd % 8 & 1 &&
			    by_fd(t, call, fd))
				return true;
	}
	return false;
}

static bool by_poll(const struct path_match *t, const struct call *call)
{
	struct tape_piece list;

	if (!call_piece(call, 0, false, &list))
		return false;
	for (uint32_t at = 0; at + POLLFD <= list.piece.length; at += POLLFD) {
		int fd;

		memcpy(&fd, (const char *)list.data + at, sizeof(fd));
		if (by_fd(t, call, fd))
			return true;
	}
	return false;
}

static bool by_fsconfig(const struct path_match *t, const struct call *call)
{
	uint32_t command = call->arg[1];
	bool path = command == SET_PATH || command == SET_PATH_EMPTY;

	return ((path || command == SET_FD) && by_fd(t, call, (int)call->arg[4])) ||
	       (path && by_path(t, call, 3));
}

#define A(arg) (1 << (arg))

/*
 * Calls whose descriptors and names stand elsewhere than where most calls have theirs: strace's
 * choice, which leaves some out: the second name of rename, the first descriptor of epoll_ctl.
 */
static const struct exception {
	const char *name;
	uint8_t fds, paths; /* bits of arguments */
	bool (*test)(const struct path_match *touch, const struct call *call);
} exceptions[] = {
	{ .name = "copy_file_range", .fds = A(0) | A(2) },
	{ .name = "dup2", .fds = A(0) | A(1) },
	{ .name = "dup3", .fds = A(0) | A(1) },
	{ .name = "epoll_ctl", .fds = A(2) },
	{ .name = "fsconfig", .test = by_fsconfig },
	{ .name = "inotify_add_watch", .fds = A(0), .paths = A(1) },
	{ .name = "kexec_file_load", .fds = A(0) | A(1) },
	{ .name = "link", .paths = A(0) | A(1) },
	{ .name = "mmap", .fds = A(4) },
	{ .name = "mmap2", .fds = A(4) },
	{ .name = "mount", .paths = A(0) | A(1) },
	{ .name = "pivot_root", .paths = A(0) | A(1) },
	{ .name = "poll", .test = by_poll },
	{ .name = "ppoll", .test = by_poll },
	{ .name = "ppoll_time64", .test = by_poll },
	{ .name = "pselect6", .test = by_sets },
	{ .name = "pselect6_time64", .test = by_sets },
	{ .name = "quotactl", .paths = A(1) },
	{ .name = "select", .test = by_sets },
	{ .name = "_newselect", .test = by_sets },
	{ .name = "sendfile", .fds = A(0) | A(1) },
	{ .name = "sendfile64", .fds = A(0) | A(1) },
	{ .name = "splice", .fds = A(0) | A(2) },
	{ .name = "symlink", .paths = A(1) },
	{ .name = "tee", .fds = A(0) | A(1) },
};

static bool by_exception(const struct path_match *t, const struct call *call,
			 const struct exception *e)
{
	if (e->test)
		return e->test(t, call);
	for (int i = 0; i < call->desc->args; i++)
		if ((e->fds & A(i) && by_fd(t, call, (int)call->arg[i])) ||
		    (e->paths & A(i) && by_path(t, call, i)))
			return true;
	return false;
}

static bool is_fd(const struct desc_arg *arg)
{
	return arg->kind == DESC_FD || arg->kind == DESC_DIRFD;
}

/* Names with the directory that they are relative to; of other calls the first argument. */
static bool by_row(const struct path_match *t, const struct call *call, uint32_t classes)
{
	const struct desc_call *d = call->desc;
	bool pairs = false;

	for (int i = 0; i + 1 < d->args; i++) {
		if (d->arg[i].kind != DESC_DIRFD || d->arg[i + 1].kind != DESC_PATH)
			continue;
		pairs = true;
		if (by_fd(t, call, (int)call->arg[i]) ||
		    by_path_at(t, call, i + 1, (int)call->arg[i]))
			return true;
	}
	if (pairs || !d->args)
		return false;
	for (int i = 1; t->every_name && i < d->args; i++) /* strace looks at the first only */
		if (d->arg[i].kind == DESC_PATH && by_path(t, call, i))
			return true;
	if (classes & 1u << DESC_C_FILE)
		return d->arg[0].kind == DESC_PATH && by_path(t, call, 0);
	return is_fd(&d->arg[0]) && by_fd(t, call, (int)call->arg[0]);
}

bool path_match_wants(const struct path_match *t, const struct call *call)
{
	const uint32_t classes =
		call->desc ? call->desc->classes &
				     (1u << DESC_C_FILE | 1u << DESC_C_DESC | 1u << DESC_C_NETWORK)
			   : 0;

	if (!classes || !call_has_words(call))
		return false;
	for (size_t i = 0; i < sizeof(exceptions) / sizeof(*exceptions); i++)
		if (!strcmp(call->name, exceptions[i].name))
			return by_exception(t, call, &exceptions[i]);
	return by_row(t, call, classes);
}
