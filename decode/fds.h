/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fds: which files the descriptors of each process are open on, as far as the tape tells. The stream keeps it: a table is
 * shared by threads (CLONE_FILES), copied at fork and loses what is marked close-on-exec at exec. Renderers ask it through
 * the call: the tables stand as they were when the call began, and what the call opens is at hand besides.
 */
#ifndef SYSTAPE_FDS_H
#define SYSTAPE_FDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fd_kind { FD_UNKNOWN, FD_PATH, FD_SOCKET };

/* What a descriptor is open on; shared by the tables that have it, never changed once it is in one but for its addresses. */
struct fd_file {
	uint32_t users;
	enum fd_kind kind;
	int family, type, protocol;	/* FD_SOCKET */
	char path[];			/* FD_PATH: as /proc/PID/fd/N would read */
};

struct fds;

struct fds *fds_new(void);
struct fds *fds_ref(struct fds *fds);
void fds_unref(struct fds *fds);
/* A child's copy; the entries are shared until one side changes. NULL without memory, or of NULL. */
struct fds *fds_copy(struct fds *fds);

struct fd_file *fd_file_path(const char *path, size_t size);
struct fd_file *fd_file_socket(int family, int type, int protocol);
void fd_file_unref(struct fd_file *file);

/* What the descriptor is open on, NULL if nothing is known. */
struct fd_file *fds_find(const struct fds *fds, int fd);
/* Takes over the reference to `file`; NULL closes. */
void fds_set(struct fds *fds, int fd, struct fd_file *file, bool cloexec);
void fds_set_cloexec(struct fds *fds, int fd, bool cloexec);
/* Closes a range; with `mark` it is only marked close-on-exec. */
void fds_close_range(struct fds *fds, uint32_t first, uint32_t last, bool mark);
/* A new program: what is marked is closed. */
void fds_exec(struct fds *fds);

/* The protocol of a netlink socket, -1 where the descriptor is none, as far as is known. NULL knows nothing. */
int fds_netlink(const struct fds *fds, int fd);

#endif
