// SPDX-License-Identifier: GPL-2.0-or-later
/* What the decoder's sandbox holds back, tried out in a child. */
#include "decode/sandbox.h"
#include "format/tape/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* An output with an index goes back in its file, and can do no more than others. */
static int rewrites(const char *unused)
{
	struct sandbox_needs needs = { .folder = -1, .rewrites = true };
	int file = memfd_create("x", 0);
	bool confined;

	(void)unused;
	if (sandbox_enter(&needs, &confined))
		return 77;
	if (pwrite(file, "xyz", 3, 5) != 3 || ftruncate(file, 6) || fdatasync(file))
		return 1;
	return open("/dev/null", O_WRONLY) >= 0 ? 2 : 0;
}

/* A tape that is a file is read at any place, by its index, though it is opened as a source within
 * the sandbox. */
static int reads_by_index(const char *unused)
{
	struct sandbox_needs needs = { .folder = -1 };
	int file = memfd_create("x", 0), ends[2];
	struct tape_source *source, *other;
	bool confined;
	char byte;

	(void)unused;
	if (pipe(ends) || write(file, "xyz", 3) != 3)
		return 1;
	if (sandbox_enter(&needs, &confined))
		return 77;
	source = tape_source_fd(file);
	other = tape_source_fd(ends[0]);
	if (!source->read_at || source->read_at(source, &byte, 1, 1) != 1 || byte != 'y')
		return 2;
	return other->read_at ? 3 : 0;
}

/* The sender has connections by TCP, and no more than that. */
static int sends(const char *unused)
{
	struct sandbox_needs needs = { .folder = -1, .network = true };
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(1) };
	char *const argv[] = { (char *)"true", NULL };
	bool confined;
	int one;

	(void)unused;
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (sandbox_enter(&needs, &confined))
		return 77;
	one = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (one < 0 || !connect(one, (void *)&address, sizeof(address)) || errno != ECONNREFUSED)
		return 1;
	if (socket(AF_INET, SOCK_RAW, IPPROTO_ICMP) >= 0 || errno != EPERM)
		return 2;
	if (socket(AF_INET, SOCK_DGRAM, 0) >= 0 || errno != EPERM)
		return 3;
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 4;
	if (bind(one, (void *)&address, sizeof(address)) != -1 || errno != EPERM)
		return 5;
	if (open("/dev/null", O_RDONLY) >= 0 || errno != EPERM)
		return 6;
	return execv("/bin/true", argv) >= 0 || errno != EPERM ? 7 : 0;
}

/* What is left of root: nothing, or what files in a folder of another user take. */
static int gives_up_root(const char *folder)
{
	struct sandbox_needs needs = { .folder = folder ? open(folder, O_PATH) : -1 };
	char line[100], wanted[40];
	FILE *status;
	int right = 0;

#ifdef __SANITIZE_ADDRESS__
	return 77; /* they need more than a sandbox leaves, and sandbox.c gives up nothing */
#endif
	if (getuid())
		return 77;
	if (!sandbox_give_up_root(&needs))
		return 1;
	if (folder ? getuid() : !getuid() || !getgid() || setuid(0) != -1)
		return 2;
	snprintf(wanted, sizeof(wanted), "CapPrm:\t%016x\n", folder ? 1 << CAP_DAC_OVERRIDE : 0);
	status = fopen("/proc/thread-self/status", "r");
	while (status && fgets(line, sizeof(line), status))
		right += !strcmp(line, wanted) || !strcmp(line, "CapInh:\t0000000000000000\n");
	return right == 2 ? 0 : 3;
}

/* Names tell whether a file is there, and whose it is: by an empty one no less than by others,
 * which no filter can tell apart. A descriptor that is open already is no secret. */
static bool names_are_hidden(int folder)
{
	struct statx x;
	struct stat st;
	char text[64];

	for (int flags = 0; flags < 2; flags++) {
		int how = flags ? AT_EMPTY_PATH : 0;

		if (syscall(SYS_newfstatat, AT_FDCWD, "/etc/passwd", &st, how) != -1 ||
		    syscall(SYS_newfstatat, folder, "passwd", &st, how) != -1 ||
		    syscall(SYS_newfstatat, folder, "", &st, how | AT_SYMLINK_NOFOLLOW) != -1 ||
		    statx(AT_FDCWD, "/etc/passwd", how, STATX_ALL, &x) != -1)
			return false;
	}
	return access("/etc/passwd", F_OK) == -1 && errno == EPERM &&
	       readlink("/proc/self/exe", text, sizeof(text)) == -1 &&
	       syscall(SYS_stat, "/etc/passwd", &st) == -1 &&
	       syscall(SYS_fstat, folder, &st) == 0 && S_ISDIR(st.st_mode);
}

static int tries_everything(const char *unused)
{
	char *const argv[] = { (char *)"true", NULL };

	struct sandbox_needs needs = { .folder = -1 };
	bool confined;
	int program = open("/bin/true", O_RDONLY), file = memfd_create("x", 0), parent = getppid(),
	    folder = open("/etc", O_PATH);
	void *memory;

	(void)unused;
	if (sandbox_enter(&needs, &confined))
		return 77;
	if (open("/dev/null", O_RDONLY) >= 0 || errno != EPERM)
		return 1;
	if (open("/tmp/x", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EPERM)
		return 2;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 3;
	if (execv("/bin/true", argv) >= 0 || errno != EPERM)
		return 4;
	if (fork() >= 0 || errno != EPERM)
		return 5;
	if (unlink("/tmp/x") >= 0 || errno != EPERM)
		return 6;
	memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mprotect(memory, 4096, PROT_READ | PROT_EXEC) != -1)
		return 7;
	if (mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		 0) != MAP_FAILED)
		return 8;
	if (mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, program, 0) != MAP_FAILED)
		return 9;
	if (syscall(SYS_tgkill, parent, parent, 0) != -1 || kill(parent, 0) != -1)
		return 10;
	if (syscall(SYS_tgkill, getpid(), gettid(), 0))
		return 11;
	if (personality(READ_IMPLIES_EXEC) != -1 || ptrace(PTRACE_ATTACH, parent, 0, 0) != -1)
		return 12;
	if (setresuid(0, 0, 0) != -1 || chmod("/tmp", 01777) != -1 ||
	    rename("/tmp/x", "/tmp/y") != -1)
		return 13;
	if (pwrite(file, "x", 1, 0) != -1 || ftruncate(file, 0) != -1 || write(file, "x", 1) != 1)
		return 14;
	if (!names_are_hidden(folder))
		return 15;
	free(malloc(1 << 24));
	return 0;
}

/* With -ff: files in the folder, made and added to, none elsewhere, none read. */
static int writes_in_folder(const char *folder)
{
	struct sandbox_needs needs = { .folder = open(folder, O_PATH) };
	char name[64], other[64];
	bool confined;

	snprintf(name, sizeof(name), "%s/t.1", folder);
	snprintf(other, sizeof(other), "%s.not", folder);
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1 ||
	    sandbox_enter(&needs, &confined))
		return 77;
	if (!confined)
		return 5;
	if (open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600) < 0)
		return 1;
	if (open(name, O_WRONLY | O_CREAT | O_APPEND, 0600) < 0)
		return 2;
	if (open(other, O_WRONLY | O_CREAT | O_TRUNC, 0600) >= 0)
		return 3;
	return open("/dev/null", O_RDONLY) >= 0 ? 4 : 0;
}

static void in_a_child(int (*what)(const char *), const char *folder)
{
	int status;
	pid_t pid = fork();

	if (!pid)
		_exit(what(folder));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

static void sandbox_holds(void **state)
{
	(void)state;
	in_a_child(tries_everything, NULL);
	in_a_child(rewrites, NULL);
	in_a_child(reads_by_index, NULL);
	in_a_child(sends, NULL);
}

static void sandbox_for_files(void **state)
{
	char folder[] = "/tmp/systape-test.XXXXXX", name[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(name, sizeof(name), "%s/t.1", folder);
	in_a_child(writes_in_folder, folder);
	assert_int_equal(unlink(name) | rmdir(folder), 0);
}

static void root_is_given_up(void **state)
{
	char folder[] = "/tmp/systape-test.XXXXXX";

	(void)state;
	in_a_child(gives_up_root, NULL);
	assert_non_null(mkdtemp(folder));
	if (!chown(folder, 65534, 65534))
		in_a_child(gives_up_root, folder);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sandbox_holds),
		cmocka_unit_test(sandbox_for_files),
		cmocka_unit_test(root_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
