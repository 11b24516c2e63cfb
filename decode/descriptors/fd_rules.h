/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fd_rules: which calls change what descriptors are open on, and how. For fd_tracking.c. */
#ifndef SYSTAPE_FD_RULES_H
#define SYSTAPE_FD_RULES_H

#include <stddef.h>
#include <stdint.h>

#define FOLLOW_CLOEXEC                                                                             \
	02000000 /* O_CLOEXEC, SOCK_CLOEXEC, EFD_CLOEXEC, ... of every call but those that say     \
		    otherwise */

enum fd_tracking_action {
	OPEN,
	OPEN_HOW,
	NAMED,
	MEMFD,
	DUP,
	DUP_TO,
	CLOSE,
	CLOSE_RANGE,
	PAIR,
	SOCKET,
	SOCKET_PAIR,
	ACCEPT,
	BIND,
	CONNECT,
	SOCKNAME,
	PEERNAME,
	RECEIVE,
	SETSOCKOPT,
	FCNTL,
	IOCTL,
	CHDIR,
	FCHDIR,
	CHROOT,
	PIVOT_ROOT,
	SETNS,
	UNLINK,
	RENAME,
	SIGNALFD,
	PIDFD,
	CLONE,
	CLONE3,
};

struct fd_tracking_rule {
	const char *name;
	uint8_t action;
	int8_t path, dirfd, flags; /* arguments; -1: none */
	uint32_t cloexec;	   /* which of the flags; without flags: whether always */
	const char *text;
};

extern const struct fd_tracking_rule fd_tracking_rules[];
extern const size_t fd_tracking_rule_count;

#endif
