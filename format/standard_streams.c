// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/standard_streams.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool standard_streams_open(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
		    open("/dev/null", O_RDWR | O_CLOEXEC) != fd)
			return false;
	return true;
}

/* One that was inherited has survived an execve, and does not close at the next. */
bool standard_streams_closed(int fd)
{
	return fcntl(fd, F_GETFD) & FD_CLOEXEC;
}
