// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls whose only memory is one string or buffer: empty, short, as long as is kept, longer, at the
 * end of what can be read, not there, of calls that fail. */
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PAGE = 4096 };

int main(void)
{
	char *at = mmap((void *)0x20000000, 2 * PAGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0),
	     *end = at + PAGE;
	int null = open("/dev/null", O_WRONLY);

	if (at == MAP_FAILED || munmap(end, PAGE) || dup2(null, 100) != 100)
		return 1;
	memset(at, 'a', PAGE);
	write(100, at, 0);
	write(100, at, 5);
	write(100, at, 32);
	write(100, at, 33);
	write(100, end - 4, 4);
	write(-1, at, 3);
	write(-1, NULL, 3);
	write(-1, end, 3);
	syscall(SYS_chdir, "/");
	syscall(SYS_chdir, "");
	syscall(SYS_chdir, NULL);
	syscall(SYS_chdir, end);
	syscall(SYS_chdir, end - 4);
	memcpy(end - 4, "/..", 4);
	syscall(SYS_chdir, end - 4);
	syscall(SYS_getcwd, at, 1);
	syscall(SYS_getcwd, at, 10);
	return 0;
}
