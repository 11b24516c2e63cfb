// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case for -y and -yy: descriptors of every kind, their copies, names that change, processes
 * that inherit them. */
#include "case.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>

static void look(int fd)
{
	fcntl(fd, F_GETFD);
}

static void kinds(void)
{
	sigset_t set;
	int pair[2];

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGCHLD);
	pipe(pair);
	look(pair[1]);
	close(pair[0]);
	look(epoll_create1(EPOLL_CLOEXEC));
	look(timerfd_create(CLOCK_MONOTONIC, 0));
	look(signalfd(-1, &set, 0));
	look(inotify_init());
	look(memfd_create("a <memory>", 0));
	look(syscall(SYS_pidfd_open, getpid(), 0));
	look(open("/dev/null", O_RDWR));
	look(open("/proc/self/ns/mnt", O_RDONLY));
	look(open("/proc/self/fd", O_RDONLY | O_DIRECTORY));
	look(socket(AF_UNIX, SOCK_SEQPACKET, 0));
	look(77);
	close(-1);
}

static void names(void)
{
	int fd = open("a <file>", O_CREAT | O_RDWR, 0600), other;

	look(fd);
	mkdir("folder", 0700);
	rename("a <file>", "folder/moved");
	look(fd);
	chdir("folder");
	other = openat(AT_FDCWD, "moved", O_RDONLY);
	look(other);
	unlink("moved");
	look(fd);
	dup2(fd, other);
	look(other);
	look(fcntl(fd, F_DUPFD_CLOEXEC, 40));
	chdir("..");
	rmdir("folder");
	symlink("/etc", "link");
	other = open("link/passwd", O_RDONLY);
	look(other);
	fchdir(other);
	close(other);
	other = open("link", O_RDONLY);
	fchdir(other);
	openat(AT_FDCWD, "nothing", O_RDONLY);
	openat(other, "../etc/./hosts", O_RDONLY | O_CLOEXEC);
	syscall(SYS_close_range, 50, 60, 0);
	syscall(SYS_close_range, other, other, 0);
	look(other);
	chdir("/");
}

static void sent(void)
{
	char control[64] = "";
	struct iovec data = { control, 1 };
	struct msghdr m = { .msg_iov = &data,
			    .msg_iovlen = 1,
			    .msg_control = control,
			    .msg_controllen = CMSG_SPACE(8) };
	int pair[2], fds[2] = { open("/etc/passwd", O_RDONLY), 1 };
	struct cmsghdr *c = (void *)control;

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(8);
	memcpy(CMSG_DATA(c), fds, 8);
	sendmsg(pair[0], &m, 0);
	recvmsg(pair[1], &m, 0);
	memcpy(fds, CMSG_DATA(c), 8);
	look(fds[0]);
	look(fds[1]);
}

static void inherited(void)
{
	int fd = open("/etc/hosts", O_RDONLY), lost = open("/etc/group", O_RDONLY | O_CLOEXEC);
	pid_t child = fork();

	if (!child) {
		look(fd);
		close(fd);
		dup2(lost, 30);
		execl("/bin/sh", "sh", "-c", "exec 3<&30; exec 3<&-; read line <&30", (char *)NULL);
		_exit(1);
	}
	waitpid(child, NULL, 0);
	look(fd);
	look(lost);
}

int main(void)
{
	kinds();
	names();
	sent();
	inherited();
	return 0;
}
