// SPDX-License-Identifier: GPL-2.0-or-later
/* Single calls of which strace 7.2 and systape were once seen to print different lines, where the
 * kernel has to answer (the others: tests/sweep/sweep_pairs.c). */
#include "case.h"

#include <linux/bpf.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>

#define SCM_PIDFD_NUMBER    4
#define SO_PASSPIDFD_NUMBER 76
#define SO_PEERPIDFD_NUMBER 77

static void selected(void)
{
	struct timeval t = { 0, 123 };
	int ends[2];
	fd_set sets[3];

	if (pipe(ends))
		return;
	for (int i = 0; i < 3; i++) {
		FD_ZERO(&sets[i]);
		FD_SET(ends[0], &sets[i]);
		FD_SET(ends[1], &sets[i]);
	}
	syscall(SYS_select, 5, &sets[0], &sets[1], &sets[2], NULL);
	FD_ZERO(&sets[1]);
	FD_SET(ends[0], &sets[0]);
	syscall(SYS_select, 5, &sets[0], NULL, NULL, &t);
	syscall(SYS_select, INT32_MAX, &sets[0], &sets[1], &sets[1], &t);
	close(ends[0]);
	close(ends[1]);
}

static void paired(void)
{
	struct sockaddr_un name = { AF_UNIX, "pairs.socket" };
	int listening = socket(AF_UNIX, SOCK_STREAM, 0);
	int from = socket(AF_UNIX, SOCK_STREAM, 0), to, length;
	char bytes[16];

	bind(listening, (void *)&name, sizeof(name));
	listen(listening, 1);
	connect(from, (void *)&name, sizeof(name));
	to = accept(listening, NULL, NULL);
	write(to, "text", 4);
	recv(from, bytes, sizeof(bytes), MSG_DONTWAIT);
	for (length = 3; length < 6; length++) {
		int size = length;

		syscall(SYS_getsockopt, from, SOL_SOCKET, SO_PEERPIDFD_NUMBER, bytes, &size);
		size = length;
		syscall(SYS_getsockopt, from, SOL_SOCKET, SO_SNDBUF, bytes, &size);
	}
	close(to);
	close(from);
	close(listening);
	unlink(name.sun_path);
}

static void with_pidfd(void)
{
	char text[4], control[256];
	struct iovec part = { text, 4 };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control };
	int ends[2], on = 1;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return;
	setsockopt(ends[1], SOL_SOCKET, SO_PASSPIDFD_NUMBER, &on, sizeof(on));
	write(ends[0], "a", 1);
	message.msg_controllen = sizeof(control);
	syscall(SYS_recvmsg, ends[1], &message, 0);
	close(ends[0]);
	close(ends[1]);
}

static void filtered(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_LL_OFF + 4),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_NET_OFF + 8),
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_AD_OFF + SKF_AD_PROTOCOL),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 42),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = { 6, code };
	struct sock_filter back[8];
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0), length = 8;

	setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
	syscall(SYS_getsockopt, fd, SOL_SOCKET, SO_GET_FILTER, back, &length);
	length = 0;
	syscall(SYS_getsockopt, fd, SOL_SOCKET, SO_GET_FILTER, back, &length);
	close(fd);
}

static void told(void)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY,
				.key_size = 4,
				.value_size = 8,
				.max_entries = 1,
				.map_name = "pairs" };
	static char info[256];
	int fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (uintptr_t)info;
	syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, 16);
	attr.info.info_len = 13;
	syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, 16);
	attr.info.info = 0;
	syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr, 16);
	close(fd);
}

static void asked(void)
{
	struct sched_param p = { 0 };
	off_t at = 0;
	int in = open("pairs.in", O_RDWR | O_CREAT, 0600);
	int out = open("pairs.out", O_RDWR | O_CREAT, 0600);

	syscall(SYS_sched_getparam, 0, &p);
	p.sched_priority = -1;
	syscall(SYS_sched_setparam, 0, &p);
	write(in, "some bytes to send", 18);
	syscall(SYS_sendfile, out, in, &at, 10);
	syscall(SYS_sendfile, out, in, &at, 10);
	at = 0xcafef00d;
	syscall(SYS_sendfile, out, in, &at, 10);
	syscall(SYS_rt_sigpending, before_hole("\0", 1), 0);
	syscall(SYS_rt_sigpending, before_hole("\0\0\0\0\0\0\0", 8), 8);
	syscall(SYS_execveat, AT_FDCWD, "pairs\nname", NULL, NULL, 0xfffeeeff);
	close(in);
	close(out);
	unlink("pairs.in");
	unlink("pairs.out");
}

/* Deeper than a path can be. */
static void deep(void)
{
	char name[251];
	int top = open(".", O_RDONLY);

	memset(name, 'd', sizeof(name) - 1);
	name[sizeof(name) - 1] = 0;
	for (int i = 0; i < 17; i++) {
		mkdir(name, 0700);
		if (chdir(name))
			break;
	}
	syscall(SYS_openat, AT_FDCWD, "sample", O_RDONLY);
	for (int i = 0; i < 17; i++) {
		chdir("..");
		rmdir(name);
	}
	close(top);
}

int main(void)
{
	selected();
	paired();
	with_pidfd();
	filtered();
	told();
	asked();
	deep();
	return 0;
}
