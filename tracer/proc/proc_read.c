// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/proc/proc_read.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

ssize_t proc_read(char *text, size_t size, const char *format, ...)
{
	char path[128];
	va_list list;
	ssize_t n;
	int fd;

	*text = '\0';
	va_start(list, format);
	vsnprintf(path, sizeof(path), format, list);
	va_end(list);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = read(fd, text, size - 1);
	if (n < 0)
		n = -errno;
	close(fd);
	text[n > 0 ? n : 0] = '\0';
	return n;
}

int proc_pin(const char *path, const char *target)
{
	char own[32], now[64];
	int fd = open(path, O_PATH | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -1;
	snprintf(own, sizeof(own), "/proc/self/fd/%d", fd);
	n = readlink(own, now, sizeof(now) - 1);
	now[n > 0 ? n : 0] = '\0';
	if (!strcmp(now, target))
		return fd;
	close(fd);
	return -1;
}

/* The entries of a folder that are numbers. */
static int each_number(const char *folder, int (*each)(void *context, pid_t number), void *context)
{
	struct dirent *entry;
	int result = 0;
	DIR *dir = opendir(folder);

	if (!dir)
		return -ESRCH;
	while (!result && (entry = readdir(dir)))
		if (isdigit((unsigned char)*entry->d_name))
			result = each(context, strtol(entry->d_name, NULL, 10));
	closedir(dir);
	return result;
}

int proc_each(int (*each)(void *context, pid_t pid), void *context)
{
	return each_number("/proc", each, context);
}

int proc_each_thread(pid_t pid, int (*each)(void *context, pid_t tid), void *context)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	return each_number(path, each, context);
}

uint32_t proc_status_number(const char *status, const char *name, int field)
{
	const char *at = strstr(status, name);

	if (!at)
		return 0;
	at += strlen(name);
	while (field-- > 0) {
		strtoul(at, (char **)&at, 10);
	}
	return strtoul(at, NULL, 10);
}

pid_t proc_process(pid_t tid)
{
	char status[4096];

	if (proc_read(status, sizeof(status), "/proc/%d/status", tid) <= 0)
		return 0;
	return proc_status_number(status, "\nTgid:", 0);
}
