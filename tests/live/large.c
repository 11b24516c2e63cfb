// SPDX-License-Identifier: GPL-2.0-or-later
/* large: writev of 600 buffers of 4096 bytes, each of one letter, in turn from a to z; then it
 * executes itself with 2000 arguments of 104 bytes, each of which ends with its number. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum { BUFFERS = 600, SIZE = 4096, ARGUMENTS = 2000, LENGTH = 100 };

int main(int argc, char **argv)
{
	static struct iovec iov[BUFFERS];
	static char *args[ARGUMENTS + 2];
	int fd = open("/dev/null", O_WRONLY);

	if (argc > 1)
		return 0;
	for (int i = 0; i < BUFFERS; i++) {
		iov[i].iov_base = malloc(SIZE);
		iov[i].iov_len = SIZE;
		memset(iov[i].iov_base, 'a' + i % 26, SIZE);
	}
	if (writev(fd, iov, BUFFERS) != BUFFERS * SIZE)
		return 1;
	args[0] = argv[0];
	for (int i = 1; i <= ARGUMENTS; i++) {
		args[i] = malloc(LENGTH + 5);
		memset(args[i], 'x', LENGTH);
		snprintf(args[i] + LENGTH, 5, "%04d", i);
	}
	execv("/proc/self/exe", args);
	return 2;
}
