// SPDX-License-Identifier: GPL-2.0-or-later
/* Opening, closing, duplicating: access modes first, then flags; modes only where a file may be
 * made. */
#include "case.h"

#include <linux/close_range.h>
#include <linux/openat2.h>

static void opens(void)
{
	static const int flags[] = { O_RDONLY,
				     O_WRONLY,
				     O_RDWR,
				     O_ACCMODE,
				     O_CREAT | O_EXCL,
				     O_TMPFILE | O_RDWR,
				     O_PATH | O_CLOEXEC,
				     O_DIRECTORY,
				     O_SYNC | O_APPEND,
				     O_DSYNC | O_NONBLOCK | O_TRUNC,
				     0x40000000,
				     -1,
				     O_NOATIME | O_NOFOLLOW | O_NOCTTY,
				     O_LARGEFILE | O_ASYNC | O_DIRECT | O_WRONLY };
	char name[5001];

	memset(name, 'a', 5000);
	name[5000] = 0;
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		syscall(SYS_open, "none", flags[i], 0666);
		syscall(SYS_openat, AT_FDCWD, ".", flags[i], 04755);
	}
	syscall(SYS_open, NULL, O_RDONLY);
	syscall(SYS_open, BAD, O_RDONLY);
	syscall(SYS_open, before_hole("abc", 3), O_RDONLY);
	syscall(SYS_open, before_hole("/ab", 4), O_RDONLY);
	syscall(SYS_open, name, O_RDONLY);
	syscall(SYS_open, name + 4800, O_RDONLY);
	syscall(SYS_open, "quote\"back\\ tab\t \1\12\377 1\0012", O_RDONLY);
	syscall(SYS_creat, "new", 0);
	syscall(SYS_creat, "new", 0777777);
	syscall(SYS_openat, 77, "x", O_RDONLY);
	syscall(SYS_openat, -2, "x", O_RDONLY);
}

static void opens2(void)
{
	struct open_how how = { .flags = O_RDWR | O_CREAT | O_CLOEXEC,
				.mode = 0600,
				.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
	unsigned long long longer[5] = { O_RDONLY, 0, 0, 0, 0 };

	syscall(SYS_openat2, AT_FDCWD, "how", &how, sizeof(how));
	syscall(SYS_openat2, AT_FDCWD, "how", &how, sizeof(how) - 1);
	syscall(SYS_openat2, AT_FDCWD, "how", before_hole(&how, sizeof(how)), sizeof(how));
	syscall(SYS_openat2, AT_FDCWD, "how", before_hole(&how, sizeof(how) - 1), sizeof(how));
	syscall(SYS_openat2, AT_FDCWD, "how", BAD, sizeof(how));
	syscall(SYS_openat2, AT_FDCWD, NULL, NULL, sizeof(how));
	how = (struct open_how){ .flags = O_RDONLY, .mode = 7, .resolve = 0x4000 };
	syscall(SYS_openat2, AT_FDCWD, "/", &how, sizeof(how));
	how = (struct open_how){ .flags = 1ull << 40 };
	syscall(SYS_openat2, AT_FDCWD, "/", &how, sizeof(how));
	syscall(SYS_openat2, AT_FDCWD, "/", longer, sizeof(longer));
	longer[4] = 1;
	syscall(SYS_openat2, AT_FDCWD, "/", longer, sizeof(longer));
}

int main(void)
{
	int fds[2];

	opens();
	opens2();
	syscall(SYS_pipe, fds);
	syscall(SYS_pipe, BAD);
	syscall(SYS_pipe, NULL);
	syscall(SYS_pipe2, fds, O_CLOEXEC | O_NONBLOCK);
	syscall(SYS_pipe2, fds, O_DIRECT);
	syscall(SYS_pipe2, fds, -1);
	syscall(SYS_dup, 0);
	syscall(SYS_dup, -5);
	syscall(SYS_dup2, 0, 50);
	syscall(SYS_dup3, 0, 51, O_CLOEXEC);
	syscall(SYS_dup3, 0, 51, 0x40000000);
	syscall(SYS_dup3, 0, 51, 0);
	syscall(SYS_close, 51);
	syscall(SYS_close, 0x100000000 | 51);
	syscall(SYS_close_range, 48, ~0u, CLOSE_RANGE_CLOEXEC);
	syscall(SYS_close_range, 50, 60, 0);
	syscall(SYS_close_range, 3, 2, 0x10);
	return 0;
}
