// SPDX-License-Identifier: GPL-2.0-or-later
/* Processes and threads: clone, clone3, exec, wait, futexes, robust lists, rseq. */
#define _GNU_SOURCE
#include "proc.h"

#include <linux/futex.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static void *thread(void *argument)
{
	return argument;
}

static int child(void *argument)
{
	_exit((long)argument);
}

static void threads(void)
{
	pthread_t t[3];

	for (int i = 0; i < 3; i++)
		pthread_create(&t[i], NULL, thread, NULL);
	for (int i = 0; i < 3; i++)
		pthread_join(t[i], NULL);
}

static void clones(void)
{
	static char stack[65536];
	int status, pidfd, parent, tid;
	struct clone_args a = { .exit_signal = SIGCHLD };
	long pid;

	pid = fork();
	if (!pid)
		_exit(3);
	waitpid(pid, &status, 0);
	pid = vfork();
	if (!pid)
		_exit(4);
	waitpid(pid, &status, 0);
	clone(child, stack + sizeof(stack), CLONE_VM | CLONE_FILES | SIGCHLD, (void *)5);
	wait(&status);
	clone(child, stack + sizeof(stack), CLONE_PIDFD | SIGCHLD, (void *)6, &pidfd);
	wait(&status);
	clone(child, stack + sizeof(stack), CLONE_PARENT_SETTID | SIGWINCH, (void *)7, &parent);
	waitpid(-1, &status, __WALL);
	clone(child, stack + sizeof(stack), 0, (void *)7);
	waitpid(-1, &status, __WCLONE);
	clone(child, stack + sizeof(stack), CLONE_PARENT_SETTID | SIGCHLD, (void *)7, BAD);
	wait(&status);
	clone(child, stack + sizeof(stack), CLONE_NEWUSER | CLONE_THREAD | SIGCHLD, (void *)7,
	      &parent, NULL, &tid);
	clone(child, stack + sizeof(stack), CLONE_SIGHAND | 0x7f, (void *)7);
	a.flags = CLONE_PIDFD | CLONE_PARENT_SETTID | CLONE_CHILD_SETTID;
	a.pidfd = (long)&pidfd;
	a.parent_tid = (long)&parent;
	a.child_tid = (long)&tid;
	pid = syscall(SYS_clone3, &a, sizeof(a));
	if (!pid)
		_exit(9);
	wait(&status);
	pid = syscall(SYS_clone3, &a, 64);
	if (!pid)
		_exit(9);
	wait(&status);
	a.flags = 0x800000000ull;
	syscall(SYS_clone3, &a, sizeof(a));
	a.flags = CLONE_CLEAR_SIGHAND | CLONE_INTO_CGROUP;
	a.cgroup = 99;
	syscall(SYS_clone3, &a, sizeof(a));
	a.exit_signal = 777;
	a.stack = 1;
	a.stack_size = 77;
	a.tls = 55;
	a.set_tid = (long)&tid;
	a.set_tid_size = 1;
	syscall(SYS_clone3, &a, sizeof(a));
	a.flags = CLONE_SETTLS;
	a.exit_signal = 1ull << 40;
	a.set_tid_size = 99;
	syscall(SYS_clone3, AT_END(a), sizeof(a));
	syscall(SYS_clone3, &a, 63);
	syscall(SYS_clone3, BAD, sizeof(a));
	syscall(SYS_clone3, NULL, 0);
	syscall(SYS_unshare, CLONE_FILES | CLONE_FS);
	syscall(SYS_unshare, CLONE_NEWTIME | 0x55);
	syscall(SYS_setns, -1, CLONE_NEWNET | CLONE_NEWUSER);
	syscall(SYS_setns, -1, 3);
}

static void waits(void)
{
	struct rusage ru;
	siginfo_t info;
	int status, pid = fork(), pidfd;

	if (!pid) {
		raise(SIGSTOP);
		usleep(20000);
		_exit(77);
	}
	pidfd = syscall(SYS_pidfd_open, pid, 0);
	syscall(SYS_waitid, P_PID, pid, &info, WSTOPPED, &ru);
	kill(pid, SIGCONT);
	syscall(SYS_waitid, P_PIDFD, pidfd, &info, WCONTINUED, NULL);
	syscall(SYS_wait4, pid, &status, WNOHANG, &ru);
	syscall(SYS_waitid, P_ALL, 0, &info, WEXITED | WNOHANG, &ru);
	syscall(SYS_waitid, P_PIDFD, pidfd, &info, WEXITED | WNOWAIT, &ru);
	syscall(SYS_wait4, -1, &status, 0, &ru);
	syscall(SYS_wait4, -1, &status, 0, NULL);
	syscall(SYS_wait4, pid, BAD, 0xff, BAD);
	syscall(SYS_wait4, 0x7fffffff00000001, &status, WUNTRACED | WCONTINUED, NULL);
	syscall(SYS_waitid, P_PGID, 1, NULL, WEXITED, NULL);
	syscall(SYS_waitid, 77, 1, NULL, 0, NULL);
	for (int i = 0; i < 3; i++) {
		pid = fork();
		if (!pid) {
			prctl(PR_SET_DUMPABLE, 0);
			kill(getpid(), i == 0 ? SIGKILL : i == 1 ? SIGRTMIN + 2 : SIGHUP);
		}
		syscall(SYS_wait4, pid, i ? &status : NULL, 0, &ru);
	}
	pid = fork();
	if (!pid)
		_exit(1);
	syscall(SYS_wait4, pid, BAD, 0, NULL);
}

static void futexes(void)
{
	struct timespec ts = { 0, 1000 }, wrong = { -1, -1 };
	uint32_t word = 7, other = 9;
	struct {
		uint64_t val, uaddr;
		uint32_t flags, reserved;
	} v[2] = { { 7, (long)&word, 2, 0 }, { 1, 2, 3, 4 } };

	for (int op = 0; op < 16; op++) {
		if (op == 6 || op == 7 || op == 8 || op == 13)
			continue;
		syscall(SYS_futex, &word, op, 1, &ts, &other, 3);
		syscall(SYS_futex, &word, op | FUTEX_PRIVATE_FLAG, 0xffffffff00000001, 1, &other,
			0xffffffff);
		syscall(SYS_futex, &word, op | FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME, 7, &ts,
			&other, 0xffffffff);
		syscall(SYS_futex, &word, op | FUTEX_CLOCK_REALTIME, 8, NULL, NULL, 0);
	}
	syscall(SYS_futex, &word, FUTEX_UNLOCK_PI, 1, &ts, NULL, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT, 7, &ts, NULL, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 7, AT_END(ts), NULL, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 7, &wrong, NULL, 0);
	syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 7, BAD, NULL, 0);
	syscall(SYS_futex, NULL, FUTEX_WAIT_BITSET_PRIVATE, 7, &wrong, NULL, 0);
	syscall(SYS_futex, &word, FUTEX_LOCK_PI, 7, &wrong, NULL, 0);
	for (unsigned i = 0; i < 16; i++)
		syscall(SYS_futex, &word, FUTEX_WAKE_OP_PRIVATE, 1, i, &other,
			i << 28 | i << 24 | i << 12 | i * 3);
	syscall(SYS_futex, &word, 0x7777, 1, &ts, &other, 3);
	syscall(SYS_futex_waitv, v, 1, 0, &ts, 1);
	syscall(SYS_futex_waitv, v, 2, 0, NULL, 9);
	syscall(SYS_futex_waitv, BAD, 2, 1, BAD, 0);
	syscall(SYS_futex_waitv, AT_END(v), 3, 1, NULL, 77);
	syscall(SYS_futex_waitv, NULL, 0, 1, NULL, 77);
	syscall(454, &word, 1, 1, 2);
	syscall(455, &word, 8, 1, 2, &ts, 1);
	syscall(456, v, 0, 1, 1);
}

static void lists(void)
{
	void *head;
	size_t size;

	syscall(SYS_set_tid_address, &size);
	syscall(SYS_set_robust_list, BAD, 24);
	syscall(SYS_set_robust_list, NULL, 23);
	syscall(SYS_get_robust_list, 0, &head, &size);
	syscall(SYS_set_robust_list, NULL, 24);
	syscall(SYS_get_robust_list, 0, BAD, &size);
	syscall(SYS_get_robust_list, -1, &head, NULL);
	syscall(SYS_rseq, BAD, 32, 0, 0x53053053);
	syscall(SYS_rseq, BAD, 32, 1, 0);
	syscall(SYS_gettid);
	syscall(SYS_getppid);
	syscall(SYS_getpgrp);
	syscall(SYS_getpgid, 0);
	syscall(SYS_getpgid, -5);
	syscall(SYS_getsid, 0);
	syscall(SYS_setpgid, 0, -1);
	syscall(SYS_setpgid, -1, 0);
	syscall(SYS_setsid);
	syscall(SYS_pidfd_open, getpid(), 0);
	syscall(SYS_pidfd_open, 1, 0x800);
	syscall(SYS_pidfd_getfd, -1, 3, 7);
	for (int i = 0; i < 10; i++)
		syscall(SYS_kcmp, getpid(), getpid(), i, 1, 2);
	syscall(SYS_sched_yield);
}

static void executes(void)
{
	char *arguments[50] = { "a", "b\n", "\"c\"", NULL }, *many[60], long_one[100];
	char *environment[] = { "A=1", "B=2", NULL }, *single[] = { "X=y", NULL },
	     **end = at_end(NULL, 16);

	for (int i = 0; i < 50; i++)
		many[i] = "x";
	many[50] = NULL;
	memset(long_one, 'l', sizeof(long_one));
	long_one[99] = 0;
	execve("/nonexistent", arguments, environment);
	execve("/nonexistent", arguments, single);
	execve("/nonexistent", many, NULL);
	many[1] = long_one;
	many[2] = BAD;
	many[32] = NULL;
	execve("/nonexistent", many, many);
	many[31] = NULL;
	execve("/nonexistent", many, many);
	execve(BAD, NULL, NULL);
	execve(NULL, BAD, BAD);
	execve("", environment + 2, environment + 2);
	end[0] = "one";
	end[1] = "two";
	execve("/nonexistent", end, end);
	execve("/nonexistent", (char **)((char *)end + 12), (char **)((char *)end + 12));
	syscall(SYS_execveat, -100, "/nonexistent", arguments, environment, 0);
	syscall(SYS_execveat, 99, "nonexistent", arguments, environment, 0x1100);
	syscall(SYS_execveat, -1, "", arguments, environment, 0x1001);
	execve("/bin/true", (char *[]){ "true", "1", "2", NULL }, environment);
}

int main(void)
{
	threads();
	clones();
	waits();
	futexes();
	lists();
	executes();
	return 0;
}
