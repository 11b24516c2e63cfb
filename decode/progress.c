// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000ull

static const char back[] = "\r\033[K"; /* to the beginning of the line, and what is there away */

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * SECOND + (uint64_t)t.tv_nsec;
}

/* A pager or another program of the pipe may have the terminal. */
static bool output_is_aside(void)
{
	struct stat s;

	return !isatty(STDOUT_FILENO) && !fstat(STDOUT_FILENO, &s) && !S_ISFIFO(s.st_mode) &&
	       !S_ISSOCK(s.st_mode);
}

void progress_begin(struct progress *p, bool quiet, uint64_t total)
{
	*p = (struct progress){ .total = total, .begun = now() };
	p->wanted = !quiet && total && isatty(STDERR_FILENO) && output_is_aside();
	p->next = p->begun + SECOND;
}

static void put(const char *text)
{
	/* Nothing is lost if it cannot be written. */
	ssize_t written = write(STDERR_FILENO, text, strlen(text));

	(void)written;
}

void progress_next(struct progress *p)
{
	p->before += p->bytes;
	p->calls_before += p->calls;
	p->bytes = p->calls = 0;
}

void progress_tell(struct progress *p, uint64_t bytes, uint64_t calls)
{
	uint64_t at = p->wanted ? now() : 0;
	double part, seconds, left;
	char line[128];

	p->bytes = bytes;
	p->calls = calls;
	if (!p->wanted || at < p->next)
		return;
	bytes += p->before;
	calls += p->calls_before;
	part = bytes < p->total ? (double)bytes / (double)p->total : 1;
	seconds = (double)(at - p->begun) / (double)SECOND;
	left = part > 0 ? seconds * (1 - part) / part : 0;
	snprintf(line, sizeof(line), "%s%.0f %% of the tape, %.2f million calls/s, %.0f s left",
		 back, 100 * part, (double)calls / seconds / 1e6, left);
	put(line);
	p->shown = true;
	p->next = at + SECOND / 4;
}

void progress_end(struct progress *p)
{
	if (p->shown)
		put(back);
	p->shown = p->wanted = false;
}
