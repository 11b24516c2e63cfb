// SPDX-License-Identifier: GPL-2.0-or-later
/* runtime PROGRAM ARGUMENT...: waits for a line, does what only a runtime does (acct, refused),
 * lets a helper of its own sync, and executes a program. runtime alone: a program that has a child
 * which calls getsid, and is no runtime, for it executes nothing. */
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char line;
	pid_t child;

	if (read(0, &line, 1) < 0)
		return 1;
	acct("/nowhere/at/all");
	child = fork();
	if (!child) {
		if (argc > 1)
			sync();
		else
			getsid(0);
		_exit(0);
	}
	waitpid(child, NULL, 0);
	if (argc < 2)
		return 0;
	execv(argv[1], argv + 1);
	return 127;
}
