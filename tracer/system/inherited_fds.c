// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/inherited_fds.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static void add(struct inherited_fds *i, int fd)
{
	int *more = reallocarray(i->fd, i->count + 1, sizeof(*more));

	if (!more)
		return;
	i->fd = more;
	i->fd[i->count++] = fd;
}

void inherited_fds_note(struct inherited_fds *i)
{
	DIR *d = opendir("/proc/self/fd");
	struct dirent *entry;

	*i = (struct inherited_fds){ NULL, 0 };
	while (d && (entry = readdir(d))) {
		int fd = atoi(entry->d_name);

		if (fd > STDERR_FILENO && fd != dirfd(d))
			add(i, fd);
	}
	if (d)
		closedir(d);
}

void inherited_fds_close(struct inherited_fds *i)
{
	for (size_t n = 0; n < i->count; n++)
		close(i->fd[n]);
	free(i->fd);
	*i = (struct inherited_fds){ NULL, 0 };
}
