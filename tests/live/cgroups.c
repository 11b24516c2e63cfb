// SPDX-License-Identifier: GPL-2.0-or-later
/* cgroups FOLDER CALLS: a child that begins in that cgroup (CLONE_INTO_CGROUP, Linux 5.7) makes so
 * many getppid() calls, and stays until there is a byte to read. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	int folder = argc == 3 ? open(argv[1], O_RDONLY | O_DIRECTORY) : -1;
	struct clone_args args = { .flags = CLONE_INTO_CGROUP,
				   .exit_signal = SIGCHLD,
				   .cgroup = (uint64_t)folder };
	long pid;

	if (folder < 0)
		return 2;
	pid = syscall(SYS_clone3, &args, sizeof(args));
	if (!pid) {
		prctl(PR_SET_NAME, "into");
		for (long i = atol(argv[2]); i; i--)
			syscall(SYS_getppid);
		_exit(read(0, &folder, 1) != 1);
	}
	return pid < 0 || waitpid((pid_t)pid, NULL, 0) < 0;
}
