/* SPDX-License-Identifier: GPL-2.0-or-later */
/* proc_read: small files and links of /proc, and which processes there are. What others have filled
 * is read once, up to the given size. */
#ifndef SYSTAPE_PROC_READ_H
#define SYSTAPE_PROC_READ_H

#include <stdint.h>
#include <sys/types.h>

/* Reads the file whose name is made of `format`, up to `size` - 1 bytes, and ends it with a NUL:
 * the bytes read, or -errno; the text is empty then. */
ssize_t proc_read(char *text, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Keeps what /proc/PID/fd/N (`path`) leads to, as a descriptor (O_PATH): it may become another file
 * at any time, of a file system that lets whoever asks wait. -1: it is not `target` any more. */
int proc_pin(const char *path, const char *target);

/* Calls `each` for every process: 0, or what `each` returned if not 0. */
int proc_each(int (*each)(void *context, pid_t pid), void *context);
/* Calls it for every thread of the process: as well, or -ESRCH if the process is gone. */
int proc_each_thread(pid_t pid, int (*each)(void *context, pid_t tid), void *context);

/* The number of a line of the file `status`, after so many others: 0 if there is none. */
uint32_t proc_status_number(const char *status, const char *name, int field);
/* The process that the thread belongs to, 0 if it is gone. */
pid_t proc_process(pid_t tid);

#endif
