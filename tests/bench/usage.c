// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * usage FILE SECONDS COMMAND...: runs a command, interrupts it after SECONDS (0: waits), and writes
 * into FILE: elapsed seconds, CPU seconds of the command without its children that still run, its
 * largest resident set in KiB, and how long it took to end.
 */
#include "timing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	double start = now(), stop = start, cpu;
	struct rusage usage;
	int status = 0;
	FILE *out;
	pid_t pid;

	if (argc < 4)
		return 2;
	pid = fork();
	if (!pid) {
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	if (atof(argv[2]) > 0) {
		usleep(atof(argv[2]) * 1e6);
		stop = now();
		kill(pid, SIGINT);
	}
	wait4(pid, &status, 0, &usage);
	cpu = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
	      (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	out = fopen(argv[1], "w");
	if (!out)
		return 1;
	fprintf(out, "%.4f %.4f %ld %.4f\n", now() - start, cpu, usage.ru_maxrss, now() - stop);
	return fclose(out) ? 1 : WEXITSTATUS(status);
}
