// SPDX-License-Identifier: GPL-2.0-or-later
/* Directories, names, modes, owners and times. */
#include "case.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <utime.h>

static void names(void)
{
	char buffer[4096], *hole = before_hole(NULL, 3);

	mkdir("dir", 0755);
	mkdir("dir/a", 01777);
	mkdirat(AT_FDCWD, "dir/b", 02700);
	mkdirat(-5, "dir/b", 07777777);
	chdir("dir");
	chdir("/nowhere/at/all");
	chdir("..");
	syscall(SYS_fchdir, -1);
	syscall(SYS_getcwd, buffer, 2);
	syscall(SYS_getcwd, BAD, 4096);
	syscall(SYS_getcwd, NULL, 4096);
	chdir("/");
	syscall(SYS_getcwd, buffer, 4096);
	syscall(SYS_getcwd, hole, 4096);
	syscall(SYS_readlink, "/proc/self/fd/0", buffer, 4096);
	syscall(SYS_readlink, "/proc/self/fd/0", buffer, 3);
	syscall(SYS_readlink, "/proc/self/exe", hole, 4096);
	syscall(SYS_readlink, "/etc/passwd", buffer, 4096);
	syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/fd/0", buffer, 4096);
	syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/fd/0", BAD, 4096);
	syscall(SYS_readlinkat, -1, "x", NULL, -1);
	syscall(SYS_access, "/etc", R_OK | X_OK);
	syscall(SYS_access, "/etc", F_OK);
	syscall(SYS_access, "/nowhere", 0x17);
	syscall(SYS_access, "/nowhere", 0x10);
	syscall(SYS_faccessat, AT_FDCWD, "/etc", W_OK);
	syscall(SYS_faccessat2, AT_FDCWD, "/etc", W_OK, AT_EACCESS);
	syscall(SYS_faccessat2, AT_FDCWD, "/etc", 7, 0xffff);
}

static void entries(void)
{
	int fd = open("dir", O_RDONLY | O_DIRECTORY), many;
	char buffer[65536], *hole = before_hole(NULL, 30);
	char name[40];

	syscall(SYS_getdents, fd, buffer, 3);
	syscall(SYS_getdents, fd, buffer, sizeof(buffer));
	syscall(SYS_getdents, fd, buffer, sizeof(buffer));
	syscall(SYS_lseek, fd, 0, SEEK_SET);
	syscall(SYS_getdents64, fd, buffer, sizeof(buffer));
	syscall(SYS_getdents64, fd, buffer, sizeof(buffer));
	syscall(SYS_lseek, fd, 0, SEEK_SET);
	syscall(SYS_getdents64, fd, hole, sizeof(buffer));
	syscall(SYS_getdents64, fd, hole, 30);
	syscall(SYS_getdents64, fd, BAD, 300);
	syscall(SYS_getdents64, fd, NULL, 300);
	syscall(SYS_getdents64, -1, buffer, 300);
	mkdir("many", 0700);
	for (int i = 0; i < 100; i++) {
		strcpy(name, "many/name-0123456789-000");
		name[strlen(name) - 2] += i / 10;
		name[strlen(name) - 1] += i % 10;
		symlink("x", name);
	}
	many = open("many", O_RDONLY | O_DIRECTORY);
	syscall(SYS_getdents64, many, buffer, sizeof(buffer));
	syscall(SYS_lseek, many, 0, SEEK_SET);
	syscall(SYS_getdents, many, buffer, sizeof(buffer));
}

static void changes(void)
{
	int fd = open("f", O_CREAT | O_RDWR, 0644);

	syscall(SYS_rename, "f", "g");
	syscall(SYS_renameat, AT_FDCWD, "g", AT_FDCWD, "f");
	syscall(SYS_renameat2, AT_FDCWD, "f", AT_FDCWD, "g", 1);
	syscall(SYS_renameat2, AT_FDCWD, "f", AT_FDCWD, "g", 2);
	syscall(SYS_renameat2, AT_FDCWD, "f", -1, "g", 0xc);
	syscall(SYS_link, "g", "f");
	syscall(SYS_linkat, AT_FDCWD, "g", AT_FDCWD, "f", AT_SYMLINK_FOLLOW);
	syscall(SYS_symlink, "to", "sym");
	syscall(SYS_symlinkat, "to", AT_FDCWD, "sym");
	syscall(SYS_unlink, "sym");
	syscall(SYS_unlinkat, AT_FDCWD, "sym", 0);
	syscall(SYS_unlinkat, AT_FDCWD, "dir", AT_REMOVEDIR);
	syscall(SYS_rmdir, "dir");
	syscall(SYS_mknod, "fifo", S_IFIFO | 0644, 5);
	syscall(SYS_mknod, "reg", 0644, 0);
	syscall(SYS_mknod, "reg", S_IFREG | 04644, 0);
	syscall(SYS_mknod, "chr", S_IFCHR | 0600, makedev(1, 3));
	syscall(SYS_mknod, "bad", 0170000 | 0600, makedev(1, 3));
	syscall(SYS_mknodat, AT_FDCWD, "blk", S_IFBLK | 0600, makedev(7, 300));
	syscall(SYS_mknodat, -1, "sock", S_IFSOCK | 01600, 0);
	syscall(SYS_chmod, "f", 0);
	syscall(SYS_chmod, "f", 7);
	syscall(SYS_fchmod, fd, 06755);
	syscall(SYS_fchmodat, AT_FDCWD, "f", 0100644);
	syscall(452 /* fchmodat2 */, AT_FDCWD, "f", 0644, AT_SYMLINK_NOFOLLOW);
	syscall(SYS_chown, "f", 0, -1);
	syscall(SYS_lchown, "f", -1, 5);
	syscall(SYS_fchown, fd, 1, 1);
	syscall(SYS_fchownat, AT_FDCWD, "f", 0, 0, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH);
	syscall(SYS_umask, 077);
	syscall(SYS_umask, 0);
	syscall(SYS_umask, 022);
}

static void times(void)
{
	struct timespec t[2] = { { 1000000000, 5 }, { 0, UTIME_NOW } },
			*hole = before_hole(t, sizeof(t) - 1);
	struct timeval v[2] = { { 1000000000, 5 }, { -1, 2000000 } };
	struct utimbuf u = { 1000000001, 1 };

	syscall(SYS_utimensat, AT_FDCWD, "f", t, 0);
	t[0] = (struct timespec){ 5, UTIME_OMIT };
	syscall(SYS_utimensat, AT_FDCWD, "f", t, AT_SYMLINK_NOFOLLOW);
	t[0] = t[1];
	syscall(SYS_utimensat, AT_FDCWD, "f", t, 0);
	syscall(SYS_utimensat, AT_FDCWD, "f", NULL, 0);
	syscall(SYS_utimensat, AT_FDCWD, NULL, BAD, 0x8000);
	syscall(SYS_utimensat, AT_FDCWD, "f", hole, 0);
	syscall(SYS_utimes, "f", v);
	v[1].tv_usec = v[1].tv_sec = 3;
	syscall(SYS_utimes, "f", v);
	syscall(SYS_utimes, "f", NULL);
	syscall(SYS_utimes, "f", BAD);
	syscall(SYS_futimesat, AT_FDCWD, "f", v);
	syscall(SYS_utime, "f", &u);
	syscall(SYS_utime, "f", NULL);
	syscall(SYS_utime, BAD, BAD);
}

int main(void)
{
	char cwd[4096];

	umask(022);
	if (!getcwd(cwd, sizeof(cwd)))
		return 1;
	names();
	chdir(cwd);
	entries();
	changes();
	times();
	return 0;
}
