// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `names [THREADS]`: calls with file names of 1, 100, 255, 256, 1000 and 4095 bytes in every place
 * of a path, from a forked child and from threads at once. None of the files is there. The
 * addresses of names do not differ from run to run in what is printed.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

/* Components of at most 100 bytes, so that only the whole is long. */
static char *name(size_t length, char mark)
{
	char *text = malloc(length + 1);

	for (size_t i = 0; i < length; i++)
		text[i] = i % 101 == 0 && i + 1 < length ? '/' : mark;
	text[length] = '\0';
	return text;
}

static void use(const char *a, const char *b)
{
	struct statfs fs;
	struct stat st;
	char data[8];

	syscall(SYS_open, a, O_RDONLY);
	syscall(SYS_openat, AT_FDCWD, a, O_RDONLY);
	syscall(SYS_access, a, F_OK);
	syscall(SYS_faccessat, AT_FDCWD, a, F_OK);
	syscall(SYS_stat, a, &st);
	syscall(SYS_lstat, a, &st);
	syscall(SYS_newfstatat, AT_FDCWD, a, &st, 0);
	syscall(SYS_readlink, a, data, sizeof(data));
	syscall(SYS_mkdir, a, 0700);
	rmdir(a);
	syscall(SYS_mkdirat, AT_FDCWD, a, 0700);
	rmdir(a);
	syscall(SYS_unlink, a);
	syscall(SYS_rmdir, a);
	syscall(SYS_rename, a, b);
	syscall(SYS_renameat2, AT_FDCWD, a, AT_FDCWD, b, 0);
	syscall(SYS_link, a, b);
	syscall(SYS_linkat, AT_FDCWD, a, AT_FDCWD, b, 0);
	syscall(SYS_chdir, a);
	syscall(SYS_chmod, a, 0600);
	syscall(SYS_chown, a, 0, 0);
	syscall(SYS_truncate, a, 0L);
	syscall(SYS_statfs, a, &fs);
	syscall(SYS_execve, a, NULL, NULL);
}

static void *run(void *mark)
{
	static const size_t lengths[] = { 1, 100, 255, 256, 1000, 4095 };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
		char *a = name(lengths[i], *(char *)mark), *b = name(lengths[i], '9');

		use(a, b);
		free(a);
		free(b);
	}
	return mark;
}

static pthread_barrier_t all;

static void *run_together(void *mark)
{
	pthread_barrier_wait(&all);
	return run(mark);
}

int main(int argc, char **argv)
{
	long threads = argc > 1 ? atol(argv[1]) : 0;
	static char marks[] = "abcdefghijklmnopqrstuvwxyz";
	pthread_t thread[26];

	run(marks + 25);
	if (!fork()) {
		run(marks + 24);
		_exit(0);
	}
	wait(NULL);
	if (threads > 20)
		threads = 20;
	pthread_barrier_init(&all, NULL, threads ? threads : 1);
	for (long i = 0; i < threads; i++) {
		int error = pthread_create(&thread[i], NULL, run_together, marks + i);

		if (error) {
			fprintf(stderr, "names: cannot make a thread: %s\n", strerror(error));
			return 1;
		}
	}
	for (long i = 0; i < threads; i++)
		pthread_join(thread[i], NULL);
	return 0;
}
