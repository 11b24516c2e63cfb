// SPDX-License-Identifier: GPL-2.0-or-later
/* first_calls N: N children, by fork, vfork, clone and clone3 in turn; the first call of child I is
 * close(-(100000 + I)). */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct clone_args args = { .exit_signal = SIGCHLD };

	for (int i = 0; i < (argc > 1 ? atoi(argv[1]) : 4); i++) {
		pid_t child = -1;

		switch (i % 4) {
		case 0: child = syscall(SYS_fork); break;
		case 1: child = vfork(); break;
		case 2: child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); break;
		case 3: child = syscall(SYS_clone3, &args, sizeof(args)); break;
		}
		if (!child) {
			syscall(SYS_close, -(100000 + i));
			syscall(SYS_exit_group, 0);
		}
		waitpid(child, NULL, 0);
	}
	return 0;
}
