// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * pages N: CPU 1 calls lseek(file, K, SEEK_SET) for K from 1 to N, and CPU 0 reads the ends of
 * these calls from ftrace's pages without a pause: every gap between two results is as large as
 * what is told to be lost there. Where both CPUs are one thread of an emulator, the reader often
 * stands still in the midst of taking a page. Prints what is wrong, and how much was read and lost.
 */
#define _GNU_SOURCE
#include "tracer/tracefs/ftrace_pages.c"

#include <pthread.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define INSTANCE "/sys/kernel/tracing/instances/systape-test-pages"

static int calls, done;

static void put(const char *name, const char *value)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), INSTANCE "/%s", name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		perror(path);
	close(fd);
}

static void go_to(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void *writer(void *file)
{
	go_to(1);
	for (int k = 1; k <= calls; k++)
		lseek(*(int *)file, k, SEEK_SET);
	__atomic_store_n(&done, 1, __ATOMIC_RELEASE);
	return NULL;
}

/* All that is there: the number of wrong gaps. */
static int take(struct ftrace_pages *pages, uint64_t *last, uint64_t *sum)
{
	struct ftrace_event e;
	uint64_t result;
	int wrong = 0;

	while (ftrace_pages_next(pages, &e)) {
		memcpy(&result, (const char *)e.data + 16, sizeof(result));
		*sum += e.lost + 1;
		if (result != *last + 1 + e.lost) {
			printf("# from %lu to %lu: lost %lu\n", *last, result, e.lost);
			wrong++;
		}
		*last = result;
	}
	return wrong;
}

int main(int argc, char **argv)
{
	struct ftrace_pages *pages;
	struct tape_error why = { "" };
	uint64_t last = 0, sum = 0;
	int file = memfd_create("pages", 0), wrong = 0;
	pthread_t thread;
	bool over = false;

	calls = argc > 1 ? atoi(argv[1]) : 1;
	mkdir(INSTANCE, 0700);
	put("trace_clock", "mono");
	put("buffer_size_kb", "8");
	put("events/raw_syscalls/sys_exit/filter", "id == 8");
	put("events/raw_syscalls/sys_exit/enable", "1");
	pages = ftrace_pages_open(INSTANCE, 1, true, &why);
	if (!pages || file < 0) {
		puts(why.text);
		return 2;
	}
	go_to(0);
	pthread_create(&thread, NULL, writer, &file);
	while (!over) {
		over = __atomic_load_n(&done, __ATOMIC_ACQUIRE);
		wrong += take(pages, &last, &sum);
	}
	pthread_join(thread, NULL);
	put("tracing_on", "0");
	wrong += take(pages, &last, &sum);
	sum += ftrace_pages_lost_at_end(pages);
	printf("# %d calls: read and lost %lu, skipped %lu\n", calls, sum, pages->skipped);
	ftrace_pages_close(pages);
	rmdir(INSTANCE);
	return wrong || last != (uint64_t)calls || sum != (uint64_t)calls;
}
