// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/inherited.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

static void add(struct inherited *i, int fd)
{
	int *more = reallocarray(i->fd, i->count + 1, sizeof(*more));

	if (!more)
		return;
	i->fd = more;
	i->fd[i->count++] = fd;
}

void inherited_note(struct inherited *i)
{
	DIR *d = opendir("/proc/self/fd");
	struct dirent *entry;

	*i = (struct inherited){ NULL, 0 };
	while (d && (entry = readdir(d))) {
		int fd = atoi(entry->d_name);

		if (fd > STDERR_FILENO && fd != dirfd(d))
			add(i, fd);
	}
	if (d)
		closedir(d);
}

void inherited_close(struct inherited *i)
{
	for (size_t n = 0; n < i->count; n++)
		close(i->fd[n]);
	free(i->fd);
	*i = (struct inherited){ NULL, 0 };
}
