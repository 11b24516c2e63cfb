// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/owner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The line of /proc/PID/stat from the state on, which follows a comm that may hold anything. */
static bool read_stat(pid_t pid, char *state, unsigned long long *began)
{
	char path[32], line[1024], *at;
	FILE *file;
	size_t n;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	n = file ? fread(line, 1, sizeof(line) - 1, file) : 0;
	if (file)
		fclose(file);
	line[n] = '\0';
	at = strrchr(line, ')');
	return at && sscanf(at + 1,
			    " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d "
			    "%*d %*d %llu",
			    state, began) == 2;
}

uint64_t owner_began(pid_t pid)
{
	unsigned long long began;
	char state;

	return read_stat(pid, &state, &began) && state != 'Z' && state != 'X' ? began : 0;
}

bool owner_gone(pid_t pid, uint64_t began)
{
	unsigned long long now;
	char state;

	if (pid <= 0)
		return false;
	if (kill(pid, 0) && errno == ESRCH)
		return true;
	/* Without /proc nobody can be told from another: what is in use cannot be removed, and that
	 * shows whose it is. */
	if (!read_stat(pid, &state, &now))
		return !read_stat(getpid(), &state, &now);
	return state == 'Z' || state == 'X' || (began && began != now);
}
