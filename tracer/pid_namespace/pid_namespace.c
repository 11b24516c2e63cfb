// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/pid_namespace/pid_namespace.h"

#include "tracer/perf_event/perf_open.h"
#include "tracer/perf_event/perf_ring.h"
#include "tracer/system/user_namespace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIRST 0xeffffffcu /* PROC_PID_INIT_INO of linux/proc_ns.h */

enum {
	NUMBERS = 1 << 22,  /* PID_MAX_LIMIT of the kernel: what is not written takes no memory */
	ENDED = 256,	    /* threads whose numbers are kept behind their end */
	ANSWERS = 16 << 10, /* bytes of the ring; a question takes 64 */
	WAIT_PID = 0,	    /* field of the tracepoint */
};

struct pid_numbers {
	uint32_t *of; /* by the first number */
	uint32_t ended[ENDED], ends;
	struct tracepoint wait;
	struct perf_ring answers;
	int fd;
};

/* PERF_RECORD_SAMPLE with PERF_SAMPLE_TID, _TIME and _RAW. */
struct answer {
	struct perf_event_header header;
	uint32_t tgid, tid;
	uint64_t time;
	uint32_t size;
	char data[];
};

uint32_t pid_namespace_own(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) || st.st_ino == FIRST ? 0 : st.st_ino;
}

/*
 * No file tells a process within a namespace its numbers outside of it, or another's. A tracepoint
 * does: waiting for a process begins with sched_process_wait, which has the first number of whoever
 * is waited for, and comes before the kernel looks whether it is a child.
 */
static int listen_to_waits(struct pid_numbers *n)
{
	static const char *const fields[5] = { "pid" };
	struct perf_how how = { .cpu = -1, .follow = PERF_TASK, .on = true, .output = -1 };
	struct tape_error why;
	bool mounted;
	const char *root = tracepoint_root(&mounted, &why);
	int error;

	n->wait.system = "sched";
	n->wait.name = "sched_process_wait";
	error = root ? tracepoint_load(&n->wait, fields, root) : -ENOENT;
	if (error)
		return error;
	n->fd = perf_open(&n->wait, &how);
	return n->fd < 0 ? n->fd : perf_ring_open(&n->answers, n->fd, ANSWERS);
}

struct pid_numbers *pid_numbers_open(struct tape_error *why)
{
	struct pid_numbers *n = calloc(1, sizeof(*n));
	int error = -ENOMEM;

	if (n) {
		n->fd = -1;
		n->of = calloc(NUMBERS, sizeof(*n->of));
		error = n->of ? listen_to_waits(n) : -ENOMEM;
	}
	if (!error)
		return n;
	if (error == -EACCES || error == -EPERM)
		user_namespace_refused(why,
				       "not permitted to tell the threads of this pid namespace",
				       "run as root, or give the program CAP_PERFMON");
	else
		snprintf(why->text, sizeof(why->text),
			 "cannot tell the threads of this pid namespace in the kernel's events: "
			 "sched:sched_process_wait: %s",
			 strerror(-error));
	pid_numbers_close(n);
	return NULL;
}

void pid_numbers_close(struct pid_numbers *n)
{
	if (!n)
		return;
	perf_ring_close(&n->answers);
	if (n->fd >= 0)
		close(n->fd);
	free(n->of);
	free(n);
}

uint32_t pid_numbers_ask(struct pid_numbers *n, pid_t tid)
{
	const struct perf_event_header *header;
	uint32_t first = 0;
	siginfo_t info;

	while (perf_ring_next(&n->answers)) /* the recorder waits for others, too */
		;
	waitid(P_PID, tid, &info, WEXITED | WNOHANG | WNOWAIT);
	while ((header = perf_ring_next(&n->answers)))
		if (header->type == PERF_RECORD_SAMPLE)
			first = tracepoint_number(
				&n->wait, WAIT_PID,
				((const struct answer *)(const void *)header)->data);
	if (first)
		pid_numbers_learn(n, first, tid);
	return first;
}

void pid_numbers_learn(struct pid_numbers *n, uint32_t first, uint32_t tid)
{
	if (first >= NUMBERS || n->of[first] == tid)
		return;
	for (uint32_t i = 0; i < ENDED; i++)
		if (n->ended[i] == first)
			n->ended[i] = 0;
	n->of[first] = tid;
}

uint32_t pid_numbers_find(const struct pid_numbers *n, uint32_t first)
{
	return first < NUMBERS ? n->of[first] : 0;
}

void pid_numbers_end(struct pid_numbers *n, uint32_t first)
{
	uint32_t *slot = &n->ended[n->ends++ % ENDED];

	if (*slot)
		n->of[*slot] = 0;
	*slot = first < NUMBERS ? first : 0;
}
