// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * remover INSTANCES COMMAND...: while the command runs, a recorder, removes its instances of
 * tracefs as fast as it can, which the kernel refuses while one is in use. Ends as the command
 * does.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int instances = argc > 2 ? open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1, status;
	DIR *list = instances < 0 ? NULL : fdopendir(instances);
	struct dirent *entry;
	char prefix[32];
	pid_t pid;

	if (!list)
		return 2;
	pid = fork();
	if (!pid) {
		execv(argv[2], argv + 2);
		_exit(127);
	}
	snprintf(prefix, sizeof(prefix), "systape-%d-", pid);
	while (!waitpid(pid, &status, WNOHANG)) {
		rewinddir(list);
		while ((entry = readdir(list)))
			if (!strncmp(entry->d_name, prefix, strlen(prefix)))
				unlinkat(instances, entry->d_name, AT_REMOVEDIR);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
