// SPDX-License-Identifier: GPL-2.0-or-later
/* fcntl in all its forms. */
#include "case.h"

#include <linux/memfd.h>
#include <signal.h>

int main(void)
{
	int fd = open("file", O_RDWR | O_CREAT | O_CLOEXEC, 0600),
	    mem = syscall(SYS_memfd_create, "name", MFD_ALLOW_SEALING);
	struct flock l = { F_WRLCK, SEEK_SET, 10, 20, 0 };
	struct {
		int type, pid;
	} owner = { 1, 0 };
	int p[2];

	syscall(SYS_pipe, p);
	fcntl(fd, F_GETFD);
	fcntl(p[0], F_GETFD);
	fcntl(-1, F_GETFD);
	fcntl(fd, F_SETFD, 0);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFD, 6);
	fcntl(fd, F_GETFL);
	fcntl(p[1], F_GETFL);
	fcntl(p[0], F_GETFL);
	fcntl(-1, F_GETFL);
	fcntl(fd, F_SETFL, O_NONBLOCK | O_APPEND | O_RDWR);
	fcntl(fd, F_SETFL, 0);
	fcntl(fd, F_DUPFD, 100);
	fcntl(fd, F_DUPFD_CLOEXEC, 200);
	fcntl(fd, F_DUPFD, -1);
	fcntl(fd, F_SETLK, &l);
	fcntl(fd, F_SETLKW, &l);
	fcntl(fd, F_GETLK, &l);
	l = (struct flock){ F_UNLCK, SEEK_END, -1, 0, 5 };
	fcntl(fd, F_SETLK, &l);
	fcntl(fd, F_OFD_SETLK, &l);
	l.l_type = F_RDLCK;
	l.l_pid = 0;
	fcntl(fd, F_OFD_SETLK, &l);
	fcntl(fd, F_OFD_GETLK, &l);
	l.l_type = 77;
	l.l_whence = 9;
	fcntl(fd, F_SETLK, &l);
	fcntl(fd, F_SETLK, BAD);
	fcntl(fd, F_SETLK, NULL);
	fcntl(fd, F_GETLK, BAD);
	fcntl(-1, F_GETLK, &l);
	fcntl(fd, F_SETOWN, -1);
	fcntl(fd, F_GETOWN);
	fcntl(fd, F_SETOWN_EX, &owner);
	fcntl(fd, F_GETOWN_EX, &owner);
	owner.type = 9;
	fcntl(fd, F_SETOWN_EX, &owner);
	fcntl(fd, F_SETOWN_EX, BAD);
	fcntl(fd, F_GETSIG);
	fcntl(fd, F_SETSIG, SIGUSR1);
	fcntl(fd, F_GETSIG);
	fcntl(fd, F_SETLEASE, F_WRLCK);
	fcntl(fd, F_GETLEASE);
	fcntl(fd, F_SETLEASE, F_UNLCK);
	fcntl(fd, F_GETLEASE);
	fcntl(fd, F_NOTIFY, 0x80000003);
	fcntl(fd, F_NOTIFY, 0);
	fcntl(p[0], F_GETPIPE_SZ);
	fcntl(p[0], F_SETPIPE_SZ, 4096);
	fcntl(mem, F_GET_SEALS);
	fcntl(mem, F_ADD_SEALS, 3);
	fcntl(mem, F_GET_SEALS);
	fcntl(mem, F_ADD_SEALS, 0x101);
	fcntl(fd, 77, 0x123);
	fcntl(fd, 1027, 3);
	fcntl(fd, -1, -1l);
	syscall(SYS_memfd_create, "x", MFD_CLOEXEC | MFD_HUGETLB | 21 << 26);
	syscall(SYS_memfd_create, NULL, 0);
	syscall(SYS_memfd_create, BAD, -1);
	syscall(SYS_memfd_create, before_hole("ab", 2), 0x40);
	syscall(SYS_memfd_create, "0123456789012345678901234567890123456789", 0);
	return 0;
}
