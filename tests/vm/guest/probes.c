// SPDX-License-Identifier: GPL-2.0-or-later
/* `probes N`: opens /etc/passwd N times with openat, reads 100 bytes of it each time, and closes
 * it: for probes of the kernel. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	long n = argc > 1 ? atol(argv[1]) : 10;
	static const char name[] = "/etc/passwd";
	char data[100];

	/* A probe reads no page that is not there yet: the name's page is fetched before. */
	for (size_t i = 0; i < sizeof(name); i++)
		data[i] = ((const volatile char *)name)[i];

	for (long i = 0; i < n; i++) {
		int fd = openat(AT_FDCWD, name, O_RDONLY);

		if (fd < 0 || read(fd, data, sizeof(data)) < 0)
			return 1;
		close(fd);
	}
	return 0;
}
