// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pages ends: calls with strings, arrays and structures that end at a page that cannot be read.
 * pages untouched: calls with arguments on pages of a file that nobody has touched; the kernel
 * brings them in. pages.test has the lines that these are.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static char *end; /* of what can be read */

static char *text(size_t size, char c)
{
	return memset(end - size, c, size);
}

static void *bytes(const void *data, size_t size)
{
	return memcpy(end - size, data, size);
}

static void strings(void)
{
	char here[] = ".", one[] = "one", *first = text(40, 'q');
	char *words[] = { first, first + 7, first + 8, one, NULL };

	syscall(SYS_chdir, text(4096, '/'));
	syscall(SYS_chdir, text(4095, '/'));
	syscall(SYS_delete_module, text(33, 'a'), 0);
	syscall(SYS_delete_module, text(32, 'a'), 0);
	syscall(SYS_delete_module, text(256, 'a'), 0);
	syscall(SYS_init_module, NULL, 0, text(33, 'p'));
	syscall(SYS_removexattr, here, text(33, 'n'));
	syscall(SYS_removexattr, here, text(32, 'n'));
	syscall(SYS_add_key, text(33, 't'), text(34, 'd'), NULL, 0, 0);
	syscall(SYS_memfd_create, text(33, 'f'), 0);
	syscall(SYS_write, -1, text(5, 'w'), 5);
	syscall(SYS_write, -1, text(5, 'w'), 6);
	text(40, 'q');
	syscall(SYS_execve, here, words, NULL);
}

static void arrays(void)
{
	char one[] = "one", four[] = "four", here[] = ".";
	struct iovec vectors[] = { { one, 3 }, { four, 4 } };
	struct msghdr message = { .msg_iov = vectors, .msg_iovlen = 2 };
	struct pollfd fds[] = { { 1, POLLIN, 0 }, { 2, POLLIN, 0 } };
	char *words[] = { one, four };
	int groups[] = { 1, 2 };
	uint64_t how[] = { O_WRONLY, 2, 4 };

	syscall(SYS_writev, -1, bytes(vectors, 32), 3);
	syscall(SYS_writev, -1, bytes(vectors, 24), 2);
	syscall(SYS_writev, -1, bytes(vectors, 8), 2);
	syscall(SYS_sendmsg, -1, bytes(&message, sizeof(message)), 0);
	syscall(SYS_sendmsg, -1, bytes(&message, sizeof(message) - 8), 0);
	message.msg_iov = bytes(vectors, 32);
	message.msg_iovlen = 3;
	syscall(SYS_sendmsg, -1, &message, 0);
	syscall(SYS_poll, bytes(fds, 16), 3, 0);
	syscall(SYS_poll, bytes(fds, 15), 2, 0);
	syscall(SYS_setgroups, 3, bytes(groups, 8));
	syscall(SYS_execve, here, bytes(words, 16), NULL);
	syscall(SYS_execve, here, NULL, bytes(words, 16));
	syscall(SYS_openat2, -1, here, bytes(how, 24), 32);
	syscall(SYS_openat2, -1, here, bytes(how, 23), 24);
}

static void ends(void)
{
	char *memory =
		mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	end = memory + 65536 - 8192;
	munmap(end, 8192);
	strings();
	arrays();
}

/* A page of a file that begins with these bytes, not in any page table yet. */
static void *page(const void *data, size_t size)
{
	int fd = open(".", O_TMPFILE | O_RDWR, 0600);
	void *memory;

	if (fd < 0 || pwrite(fd, data, size, 0) < 0)
		_exit(1);
	memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	close(fd);
	return memory;
}

#define PAGE(type, ...) page(&(type)__VA_ARGS__, sizeof(type))

static void times_and_sets(void)
{
	struct timespec left;

	syscall(SYS_nanosleep, PAGE(struct timespec, { 0, 3000000 }), &left);
	syscall(SYS_nanosleep, PAGE(struct timespec, { 0, 1 }), NULL);
	syscall(SYS_poll, PAGE(struct pollfd, { 1, POLLOUT, 0 }), 1, 0);
	syscall(SYS_select, 2, NULL, PAGE(fd_set, { { 2 } }), NULL, NULL);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, PAGE(uint64_t, { 512 }), NULL, 8);
	syscall(SYS_rt_sigaction, SIGUSR1, PAGE(struct { uint64_t word[4]; }, { { 1, 0, 0, 16 } }),
		NULL, 8);
	syscall(SYS_prlimit64, 0, RLIMIT_CORE, PAGE(struct rlimit, { 0, 4096 }), NULL);
}

static void offsets_and_lengths(void)
{
	struct winsize size = { 24, 80, 1, 2 };
	struct sockaddr_in name;
	int from = open(".", O_TMPFILE | O_RDWR, 0600), to = open(".", O_TMPFILE | O_RDWR, 0600);
	int terminal = posix_openpt(O_RDWR | O_NOCTTY), type;
	int s = socket(AF_INET, SOCK_DGRAM, 0);
	char file[] = "./no such file";

	if (pwrite(from, "hello world", 11, 0) < 0)
		_exit(1);
	syscall(SYS_sendfile, to, from, PAGE(uint64_t, { 3 }), 4);
	syscall(SYS_copy_file_range, from, PAGE(uint64_t, { 3 }), to, PAGE(uint64_t, { 0 }), 4, 0);
	ioctl(terminal, TIOCSWINSZ, PAGE(struct winsize, { 24, 80, 1, 2 }));
	ioctl(terminal, TIOCGWINSZ, &size);
	getsockname(s, (void *)&name, PAGE(socklen_t, { 16 }));
	getsockopt(s, SOL_SOCKET, SO_TYPE, &type, PAGE(socklen_t, { 4 }));
	syscall(SYS_access, page(file, sizeof(file)), F_OK);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "ends")) {
		ends();
	} else {
		times_and_sets();
		offsets_and_lengths();
	}
	return 0;
}
