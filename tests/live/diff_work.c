// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Work whose runs are to be compared: `diff_work FILE WHAT` reads the file, makes a temporary one,
 * a thread and a child, and writes its process id. WHAT is one of: same; lookup (one more name that
 * is not there); slow (one call of three seconds); child (one more); escape (a name with an
 * escape); names (a thousand that are drawn, in the folder at hand), given (the same, and one that
 * is not).
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void *beside(void *nothing)
{
	prctl(PR_SET_NAME, "beside");
	access("/dev/null", R_OK);
	return nothing;
}

static void child(const char *name, const char *file)
{
	pid_t pid = fork();

	if (!pid) {
		char path[64];

		prctl(PR_SET_NAME, name);
		snprintf(path, sizeof(path), "/proc/%d/status", getpid());
		access(path, F_OK);
		access(file, F_OK);
		_exit(3);
	}
	waitpid(pid, NULL, 0);
}

/* A file and a folder with a file in it, again and again. */
static void names(void)
{
	for (int i = 0; i < 500; i++) {
		char name[] = "work-XXXXXX", folder[] = "folder_XXXXXX", path[64];
		int fd = mkstemp(name);

		if (fd < 0 || write(fd, "x", 1) != 1 || !mkdtemp(folder))
			exit(1);
		snprintf(path, sizeof(path), "%s/file", folder);
		close(fd);
		rename(name, path);
		unlink(path);
		rmdir(folder);
	}
}

int main(int argc, char **argv)
{
	char buffer[64], name[] = "/tmp/diff_work.XXXXXX", dice[8];
	const char *what = argc > 2 ? argv[2] : "same";
	struct timespec time = { 0, 1000000 };
	struct stat st;
	pthread_t thread;
	int fd = open(argv[1], O_RDONLY), temporary;

	fstat(fd, &st);
	if (read(fd, buffer, sizeof(buffer)) < 0)
		return 1;
	close(fd);
	temporary = mkstemp(name);
	if (getrandom(dice, sizeof(dice), 0) != sizeof(dice) || write(temporary, "x", 1) != 1)
		return 1;
	unlink(name);
	pthread_create(&thread, NULL, beside, NULL);
	pthread_join(thread, NULL);
	child("first", argv[1]);
	if (!strcmp(what, "child"))
		child("second", argv[1]);
	if (!strcmp(what, "lookup"))
		access("/nowhere", F_OK);
	if (!strcmp(what, "escape"))
		access("/no\033[2J", F_OK);
	if (!strcmp(what, "names") || !strcmp(what, "given"))
		names();
	if (!strcmp(what, "given"))
		close(open("server.lock", O_RDWR | O_CREAT | O_EXCL, 0600));
	if (!strcmp(what, "slow"))
		time.tv_sec = 3;
	while (nanosleep(&time, &time) && errno == EINTR)
		;
	printf("%07d\n", getpid());
	return 0;
}
