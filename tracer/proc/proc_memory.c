// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/proc/proc_memory.h"

#include "tracer/proc/proc_read.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATIENCE = 100, /* ms for an answer */
	USER_MOST = 2,	/* times that one user has us wait */
	MOST = 10,	/* and all together: in one snapshot no more than a second */
	TEXT = 4096,
};

struct answer {
	int32_t size; /* or -errno */
	char text[TEXT];
};

struct proc_memory {
	pid_t asker; /* 0: none */
	int line;    /* to it */
	uint32_t late[MOST];
	size_t late_count;
	struct answer answer;
};

struct proc_memory *proc_memory_new(void)
{
	struct proc_memory *m = calloc(1, sizeof(*m));

	if (m)
		m->line = -1;
	return m;
}

/* What it has open of ours would stay open as long as it hangs. */
static void __attribute__((noreturn)) ask(int line, pid_t recorder)
{
	struct answer answer;
	pid_t pid;

	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != recorder || dup2(line, 0))
		_exit(1);
	closefrom(1);
	while (read(0, &pid, sizeof(pid)) == sizeof(pid)) {
		size_t size = sizeof(answer.size);

		answer.size = (int32_t)proc_read(answer.text, TEXT, "/proc/%d/cmdline", pid);
		if (answer.size > 0)
			size += (size_t)answer.size;
		if (write(0, &answer, size) != (ssize_t)size)
			break;
	}
	_exit(0);
}

static bool start(struct proc_memory *m)
{
	pid_t recorder = getpid();
	int pair[2];

	if (m->asker)
		return true;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return false;
	m->asker = fork();
	if (!m->asker)
		ask(pair[1], recorder);
	close(pair[1]);
	m->line = pair[0];
	if (m->asker > 0)
		return true;
	m->asker = 0;
	close(m->line);
	return false;
}

/* One that waits where not even SIGKILL is heard is not waited for. */
static void stop(struct proc_memory *m, int flags)
{
	if (!m->asker)
		return;
	kill(m->asker, SIGKILL);
	close(m->line);
	waitpid(m->asker, NULL, flags);
	m->asker = 0;
}

void proc_memory_free(struct proc_memory *m)
{
	if (!m)
		return;
	stop(m, 0);
	free(m);
}

static bool is_late(const struct proc_memory *m, uint32_t user)
{
	int times = 0;

	for (size_t i = 0; i < m->late_count; i++)
		times += m->late[i] == user;
	return times >= USER_MOST || m->late_count == MOST;
}

ssize_t proc_memory_cmdline(struct proc_memory *m, pid_t pid, uint32_t user, char *text,
			    size_t size)
{
	struct pollfd p = { .events = POLLIN };
	ssize_t n;

	if (is_late(m, user))
		return -ETIMEDOUT;
	if (!start(m))
		return -EAGAIN;
	p.fd = m->line;
	if (send(m->line, &pid, sizeof(pid), MSG_NOSIGNAL) < 0 || poll(&p, 1, PATIENCE) <= 0) {
		m->late[m->late_count++] = user;
		stop(m, WNOHANG);
		return -ETIMEDOUT;
	}
	n = read(m->line, &m->answer, sizeof(m->answer));
	if (n < (ssize_t)sizeof(m->answer.size)) {
		stop(m, 0);
		return -EIO;
	}
	if (m->answer.size <= 0)
		return m->answer.size;
	n -= (ssize_t)sizeof(m->answer.size);
	n = (size_t)n < size ? n : (ssize_t)size;
	memcpy(text, m->answer.text, (size_t)n);
	return n;
}

pid_t proc_memory_asker(const struct proc_memory *m)
{
	return m->asker;
}
