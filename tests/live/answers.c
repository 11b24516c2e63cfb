// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * answers PID FOLDER SECONDS: how fast a rotating recorder does what it is asked for. SIGUSR1 again
 * and again, and in the end SIGINT: prints how many files it has begun, the longest time from the
 * signal to the file, the longest time to its end, and of each the part in which the recorder did
 * not wait for a CPU (proc(5): the second number of schedstat): what remains is its own doing. Ms.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	LOOK = 5000,	/* us between two looks */
	PAUSE = 200000, /* us between two signals */
	ENOUGH = 60000, /* ms: it does not answer */
};

static const char *pid, *folder;

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec * 1000000000ll + t.tv_nsec;
}

/* How long it has waited for a CPU, in ns; -1: it is gone. */
static long long waited(void)
{
	char path[64], text[128] = "", *end;
	int fd;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%s/schedstat", pid);
	fd = open(path, O_RDONLY);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return -1;
	strtoull(text, &end, 10);
	return strtoll(end, NULL, 10);
}

/*
 * The number of our newest file behind the one with this number, and when it was made; others may
 * have made more, hundreds of thousands in an hour, and looking at each takes seconds.
 */
static unsigned long newest(unsigned long most, long long *made)
{
	struct dirent *entry;
	DIR *dir = opendir(folder);

	while (dir && (entry = readdir(dir))) {
		struct statx st;
		unsigned long number = strncmp(entry->d_name, "r.", 2)
					       ? 0
					       : strtoul(entry->d_name + 2, NULL, 10) + 1;

		if (number <= most ||
		    statx(dirfd(dir), entry->d_name, AT_SYMLINK_NOFOLLOW,
			  STATX_BASIC_STATS | STATX_BTIME, &st) ||
		    st.stx_uid || !S_ISREG(st.stx_mode))
			continue;
		most = number;
		*made = st.stx_mask & STATX_BTIME
				? st.stx_btime.tv_sec * 1000000000ll + st.stx_btime.tv_nsec
				: now();
	}
	if (dir)
		closedir(dir);
	return most;
}

struct worst {
	long long all, own;
};

static void note(struct worst *w, long long took, long long without)
{
	long long own = took - without;

	if (took / 1000000 > w->all)
		w->all = took / 1000000;
	if (own / 1000000 > w->own)
		w->own = own / 1000000;
}

/* Asks for a file behind the last: false if none comes. */
static int ask(struct worst *w, unsigned long *last)
{
	long long made = 0, before = waited(), asked = now(), after = before;
	unsigned long had = *last;

	kill(atoi(pid), SIGUSR1);
	while ((*last = newest(had, &made)) == had) {
		if ((after = waited()) < 0 || now() - asked > ENOUGH * 1000000ll)
			return 0;
		usleep(LOOK);
	}
	after = waited();
	note(w, made - asked, after - before);
	return 1;
}

static void end(struct worst *w)
{
	long long before = waited(), asked = now(), after = before, last;

	kill(atoi(pid), SIGINT);
	while ((last = waited()) >= 0 && now() - asked < ENOUGH * 1000000ll) {
		after = last;
		usleep(LOOK);
	}
	note(w, now() - asked, after - before);
}

int main(int argc, char **argv)
{
	struct worst file = { 0, 0 }, ended = { 0, 0 };
	unsigned long last;
	long long until;
	int turns = 0;

	if (argc < 4)
		return 2;
	pid = argv[1];
	folder = argv[2];
	last = newest(0, &until);
	for (until = now() + atoll(argv[3]) * 1000000000; now() < until && ask(&file, &last);
	     turns++)
		usleep(PAUSE);
	end(&ended);
	printf("%d %lld %lld %lld %lld\n", turns, file.all, file.own, ended.all, ended.own);
	return 0;
}
