/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fds: which files the descriptors of each process are open on, as far as the tape tells. The
 * stream keeps it (fd_tracking.h): a table is shared by threads, copied at fork and loses what is
 * marked close-on-exec at exec. Renderers ask it through the call (call_fds.h).
 */
#ifndef SYSTAPE_FDS_H
#define SYSTAPE_FDS_H

#include "decode/events/renames.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A socket's address as a call gave it. */
struct fd_name {
	uint32_t size;
	unsigned char data[];
};

/* What a descriptor is open on; shared by all tables that have it. */
struct fd_file {
	uint32_t users;
	uint32_t counted; /* bytes of it in the store, once a table has it */
	struct fds_store *store;
	uint64_t renamed; /* the names that others got are known up to here (renames.h) */
	bool told;	  /* of this descriptor, by the kernel, for the table that has it */
	bool socket;
	int family, type, protocol; /* of a socket */
	uint64_t inode;		    /* of a socket, or for the process of a pidfd; 0 if not known */
	uint64_t peer; /* inode of a UNIX socket's other end, port id of a netlink socket, number of
			  a /dev/ptmx's terminal + 1; 0 if not known */
	bool listens;  /* a netlink socket that is in a group */
	struct fd_name *local, *remote; /* of a socket, NULL if not known; of a UNIX socket what is
					   behind its family */
	uint32_t mode, rdev;		/* of a path, 0 if not known */
	enum fd_detail { FD_PLAIN, FD_PID, FD_SIGNALS, FD_EVENT } detail;
	uint64_t value; /* the process of a pidfd, the set of a signalfd, the count of an eventfd */
	uint32_t number; /* of an eventfd */
	bool semaphore;
	char *path; /* else: what /proc/PID/fd/N reads; "" if not known; never NULL */
};

struct fds;

/* How much all tables and files of one tape take: beyond a limit, nothing more is kept of
 * descriptors until others are closed. Outlives them all. */
struct fds_store {
	size_t bytes;
	struct renames renames; /* of all processes */
};

/* Frees what is in it. */
void fds_store_end(struct fds_store *store);

struct fds *fds_new(struct fds_store *store);
struct fds *fds_ref(struct fds *fds);
/* Each accepts NULL. */
void fds_unref(struct fds *fds);
/* A child's copy; the entries are shared until one side changes. NULL without memory, or of NULL.
 */
struct fds *fds_copy(struct fds *fds);

/* Of two processes that share their descriptors, but not what else is in a table: this one has no
 * others than `of` from here on, and `newer`: `of` gets them from this one. */
void fds_share(struct fds *fds, struct fds *of, bool newer);

/* New ones with one user, or NULL. */
struct fd_file *fd_file_path(const char *path, size_t size);
struct fd_file *fd_file_socket(int family, int type, int protocol);
struct fd_file *fd_file_ref(struct fd_file *file);
void fd_file_unref(struct fd_file *file);
/* Of one descriptor: what was known of it, and what is now. A socket keeps the address that it was
 * known by first, as strace has it, a pidfd its process. Takes over the reference to `now`. */
struct fd_file *fd_file_first(struct fd_file *had, struct fd_file *now);
/* Replaces one of its addresses. */
void fd_file_name(struct fd_name **name, const void *data, size_t size);

/* What the descriptor is open on, NULL if nothing is known. */
struct fd_file *fds_find(const struct fds *fds, int fd);
/* Takes over the reference to `file`; NULL closes. */
void fds_set(struct fds *fds, int fd, struct fd_file *file, bool cloexec);
bool fds_cloexec(const struct fds *fds, int fd);
void fds_set_cloexec(struct fds *fds, int fd, bool cloexec);
/* Closes a range; with `mark` it is only marked close-on-exec. */
void fds_close_range(struct fds *fds, uint32_t first, uint32_t last, bool mark);
/* A file has another name now, `to` NULL: none. What is open on it, or below it, is known by that.
 */
void fds_rename(struct fds *fds, const char *from, const char *to);
/* A new program: what is marked is closed. */
void fds_exec(struct fds *fds);

/* The current directory, NULL if it is not known. Takes over the reference. */
const char *fds_cwd(const struct fds *fds);
struct fd_file *fds_cwd_file(const struct fds *fds); /* stays the table's */
void fds_set_cwd(struct fds *fds, struct fd_file *directory);
/* What absolute names are relative to, "/" as long as nothing else is told; NULL if it is not
 * known. Takes over the reference; NULL: "/" again, without a path: not known any more. */
const char *fds_root(const struct fds *fds);
void fds_set_root(struct fds *fds, struct fd_file *directory);

#endif
