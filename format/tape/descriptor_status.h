/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * descriptor_status: what a descriptor is open on, by the call that takes a descriptor and no name,
 * which the decoder's sandbox leaves to it: the C library's fstat is one by an empty name. Used by
 * whoever may be within the sandbox.
 */
#ifndef SYSTAPE_DESCRIPTOR_STATUS_H
#define SYSTAPE_DESCRIPTOR_STATUS_H

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* As fstat(2). */
static inline int descriptor_status(int fd, struct stat *st)
{
#if defined(SYS_fstat) && defined(__LP64__) /* the C library's structure is the kernel's own */
	return (int)syscall(SYS_fstat, fd, st);
#else
	return fstat(fd, st);
#endif
}

#endif
