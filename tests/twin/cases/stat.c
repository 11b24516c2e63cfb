// SPDX-License-Identifier: GPL-2.0-or-later
/* stat, statx, statfs and their kin. */
#include "case.h"

#include <linux/stat.h>

int main(void)
{
	char buffer[512], *hole = before_hole(NULL, 144);
	static const char *const files[] = {
		"/etc/passwd", "/dev/null", "/proc/self/exe", "/usr/bin/passwd", "/tmp",
		"/nowhere",    ""
	};
	int fd = open("/dev/zero", O_RDWR);

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		syscall(SYS_stat, files[i], buffer);
		syscall(SYS_lstat, files[i], buffer);
		syscall(SYS_newfstatat, AT_FDCWD, files[i], buffer, AT_SYMLINK_NOFOLLOW);
		syscall(SYS_statx, AT_FDCWD, files[i], AT_STATX_SYNC_AS_STAT, STATX_BASIC_STATS,
			buffer);
		syscall(SYS_statx, AT_FDCWD, files[i], AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT,
			STATX_ALL | STATX_DIOALIGN, buffer);
	}
	syscall(SYS_fstat, fd, buffer);
	syscall(SYS_fstat, fd, hole);
	syscall(SYS_fstat, fd, hole + 1);
	syscall(SYS_fstat, fd, BAD);
	syscall(SYS_fstat, fd, NULL);
	syscall(SYS_fstat, -1, buffer);
	syscall(SYS_stat, BAD, BAD);
	syscall(SYS_stat, NULL, NULL);
	syscall(SYS_newfstatat, fd, "", buffer, AT_EMPTY_PATH);
	syscall(SYS_newfstatat, fd, "x", buffer, 0);
	syscall(SYS_newfstatat, fd, "x", buffer, 0xffffffff);
	syscall(SYS_statx, fd, "", AT_EMPTY_PATH | AT_STATX_FORCE_SYNC, STATX_TYPE, buffer);
	syscall(SYS_statx, fd, "", AT_EMPTY_PATH | 0x6000, STATX_TYPE, BAD);
	syscall(SYS_statx, fd, BAD, 0x80000000u, -1, NULL);
	syscall(SYS_statfs, "/proc", buffer);
	syscall(SYS_statfs, "/sys", buffer);
	syscall(SYS_statfs, "/nowhere", buffer);
	syscall(SYS_statfs, "/proc", BAD);
	syscall(SYS_statfs, BAD, NULL);
	syscall(SYS_fstatfs, fd, buffer);
	syscall(SYS_fstatfs, -1, buffer);
	return 0;
}
