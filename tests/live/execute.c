// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * execute WAY [COUNT]: executes a program in one of many ways, with strings on pages that the
 * process which does so has not touched: after fork it has none of the pages of files. Each way
 * says in exec.test what the call is.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char *const words[] = { "true", "--literal", "second word", NULL };

static void by_execl(void)
{
	execl("/bin/true", "true", "--literal", "second word", (char *)NULL);
}

static void by_vfork(void)
{
	if (!vfork()) {
		execv("/bin/true", words);
		_exit(127);
	}
	wait(NULL);
}

static void by_spawn(void)
{
	pid_t pid;

	posix_spawn(&pid, "/bin/true", NULL, NULL, words, environ);
	waitpid(pid, NULL, 0);
}

static void by_system(void)
{
	if (system("exec true --literal 'second word'"))
		_exit(1);
}

static void by_descriptor(void)
{
	int fd = open("/bin/true", O_PATH | O_CLOEXEC);

	syscall(SYS_execveat, fd, "", words, environ, AT_EMPTY_PATH);
}

static void by_fexecve(void)
{
	int fd = open("/bin/true", O_RDONLY | O_CLOEXEC);

	fexecve(fd, words, environ);
}

static void by_folder(void)
{
	int fd = open("/bin", O_PATH | O_CLOEXEC);

	syscall(SYS_execveat, fd, "true", words, environ, 0);
}

static void by_failing(void)
{
	execl("/nowhere/true", "true", "--literal", "second word", (char *)NULL);
}

static void by_script(void)
{
	execl("./script", "./script", "--literal", "second word", (char *)NULL);
}

static void by_many(void)
{
	enum { WORDS = 40 };
	char texts[WORDS][8], *arguments[WORDS + 1] = { NULL };

	for (int i = 0; i < WORDS; i++) {
		snprintf(texts[i], sizeof(texts[i]), "word%d", i);
		arguments[i] = texts[i];
	}
	execve("./script", arguments, environ);
}

/* `size` bytes between two short words */
static void with_large(size_t size)
{
	char *large = malloc(size + 1);

	memset(large, '8', size);
	large[size] = '\0';
	execl("/bin/true", "true", large, "behind", (char *)NULL);
}

static void by_large(void)
{
	with_large(900);
}

static void by_huge(void)
{
	with_large(5000);
}

static void by_empty(void)
{
	execl("/bin/true", "true", "", "between", "", "", (char *)NULL);
}

static void *of_thread(void *unused)
{
	by_execl();
	return unused;
}

static void by_thread(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, of_thread, NULL);
	pthread_join(thread, NULL);
}

static void *folder_of_thread(void *unused)
{
	by_folder();
	return unused;
}

/* Another thread is there, and ends with the old program. */
static void *pausing(void *there)
{
	pthread_barrier_wait(there);
	pause();
	return NULL;
}

static void by_one_of_threads(void)
{
	pthread_barrier_t there;
	pthread_t thread;

	pthread_barrier_init(&there, NULL, 2);
	pthread_create(&thread, NULL, pausing, &there);
	pthread_barrier_wait(&there);
	pthread_create(&thread, NULL, folder_of_thread, NULL);
	pthread_join(thread, NULL);
}

static pthread_t leader;

static void *behind_leader(void *unused)
{
	pthread_join(leader, NULL);
	by_execl();
	return unused;
}

/* The leader has ended before. */
static void by_orphan(void)
{
	pthread_t thread;

	leader = pthread_self();
	pthread_create(&thread, NULL, behind_leader, NULL);
	pthread_exit(NULL);
}

/* Pointers and strings on pages of a file that nobody has read: argv, of which the second word is
 * given, and an environment of one string if there is none. */
static void execute_mapped(const char *program, const char *word, char **environment)
{
	enum { PAGES = 4096, POINTERS = 8 };
	int fd = open("words", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char *there = mmap(NULL, 4 * PAGES, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	char *pointers[POINTERS] = { there + PAGES, there + PAGES + 16, there + PAGES + 5 };
	size_t size = strlen(word) + 1;

	pointers[5] = there + PAGES + 32 + size;
	if (pwrite(fd, pointers, sizeof(pointers), 0) < 0 ||
	    pwrite(fd, "true\0behind", 12, PAGES) < 0 || pwrite(fd, word, size, PAGES + 16) < 0 ||
	    pwrite(fd, "A=1", 4, PAGES + 32 + (off_t)size) < 0)
		_exit(1);
	execve(program, (char **)there, environment ? environment : (char **)there + 5);
}

static void by_mapping(void)
{
	execute_mapped("/bin/true", "--literal", environ);
}

static void by_mapped_script(void)
{
	execute_mapped("./script", "--literal", NULL);
}

static void by_mapped_huge(void)
{
	static char huge[5001];

	memset(huge, '8', sizeof(huge) - 1);
	execute_mapped("/bin/true", huge, NULL);
}

static const struct {
	const char *name;
	void (*run)(void);
} ways[] = {
	{ "execl", by_execl },
	{ "vfork", by_vfork },
	{ "spawn", by_spawn },
	{ "system", by_system },
	{ "descriptor", by_descriptor },
	{ "fexecve", by_fexecve },
	{ "folder", by_folder },
	{ "failing", by_failing },
	{ "script", by_script },
	{ "thread", by_thread },
	{ "mapping", by_mapping },
	{ "threads", by_one_of_threads },
	{ "orphan", by_orphan },
	{ "many", by_many },
	{ "large", by_large },
	{ "huge", by_huge },
	{ "empty", by_empty },
	{ "mapped-script", by_mapped_script },
	{ "mapped-huge", by_mapped_huge },
};

int main(int argc, char **argv)
{
	int count = argc > 2 ? atoi(argv[2]) : 1;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (strcmp(ways[i].name, argv[1]))
			continue;
		for (int n = 0; n < count; n++) {
			if (!fork()) {
				ways[i].run();
				_exit(0);
			}
			wait(NULL);
		}
		return 0;
	}
	fprintf(stderr, "execute: unknown way %s\n", argv[1]);
	return 2;
}
