// SPDX-License-Identifier: GPL-2.0-or-later
/* Signals: actions, masks, sets, stacks, and every way to send one. */
#define _GNU_SOURCE
#include "proc.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

static void nothing(int signal)
{
	(void)signal;
}

static void information(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)info, (void)context;
}

struct kernel_action {
	void *handler;
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

static void actions(void)
{
	struct kernel_action a = { nothing, 0x04000000 | SA_RESTART, (void *)0x1234560, 0 }, old;
	struct sigaction sa = { .sa_sigaction = information, .sa_flags = SA_SIGINFO };

	for (int i = 1; i < 70; i++)
		syscall(SYS_rt_sigaction, i, NULL, &old, 8);
	syscall(SYS_rt_sigaction, SIGUSR1, &a, &old, 8);
	syscall(SYS_rt_sigaction, SIGUSR1, &a, &old, 8);
	a.flags = ~0ul;
	a.mask = 1;
	syscall(SYS_rt_sigaction, SIGUSR2, &a, NULL, 8);
	syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
	a.flags = SA_NOCLDSTOP | SA_NODEFER | SA_RESETHAND | SA_ONSTACK | SA_NOCLDWAIT;
	for (int i = 0; i < 64; i += 7) {
		a.mask = ~0ull >> i;
		syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
		a.mask = ~0ull << i;
		syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
	}
	a.handler = SIG_IGN;
	syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
	a.handler = SIG_DFL;
	syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
	a.handler = SIG_ERR;
	a.flags = 0;
	syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 8);
	syscall(SYS_rt_sigaction, SIGUSR2, &a, &old, 7);
	syscall(SYS_rt_sigaction, SIGUSR2, BAD, &old, 8);
	syscall(SYS_rt_sigaction, SIGUSR2, NULL, BAD, 8);
	syscall(SYS_rt_sigaction, SIGUSR2, (char *)at_end(NULL, 8), NULL, 8);
	syscall(SYS_rt_sigaction, SIGKILL, &a, NULL, 8);
	a.handler = SIG_DFL;
	syscall(SYS_rt_sigaction, SIGUSR2, &a, NULL, 8);
	sigaction(SIGRTMIN, &sa, NULL);
	sigaction(SIGRTMIN + 3, &sa, NULL);
	sigaction(SIGRTMAX, &sa, NULL);
	sigaction(SIGUSR1, &sa, NULL);
	signal(SIGUSR2, nothing);
}

static void masks(void)
{
	uint64_t set = 0, old;

	for (int i = 0; i < 64; i += 5) {
		set |= 1ull << i;
		syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, &old, 8);
		set = ~set;
		syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &set, NULL, 8);
		set = ~set;
	}
	set = 0;
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, NULL, 8);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, AT_END(old), 8);
	syscall(SYS_rt_sigprocmask, 77, &set, &old, 8);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, BAD, &old, 8);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, BAD, 8);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 4);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 16);
	syscall(SYS_rt_sigpending, &old, 8);
	syscall(SYS_rt_sigpending, &old, 4);
	syscall(SYS_rt_sigpending, BAD, 8);
	syscall(SYS_rt_sigpending, &old, 9);
	set = 1ull << (SIGUSR1 - 1) | 1ull << (SIGUSR2 - 1) | 1ull << 40;
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 8);
	kill(getpid(), SIGUSR1);
	syscall(SYS_rt_sigpending, &old, 8);
}

static void waits(void)
{
	struct timespec ts = { 0, 1000 }, long_time = { 5, 17 }, wrong = { -1, 2000000000 };
	uint64_t set = 1ull << (SIGUSR1 - 1) | 1ull << (SIGUSR2 - 1) | 1ull << 40;
	siginfo_t info;

	syscall(SYS_rt_sigtimedwait, &set, &info, &ts, 8);
	syscall(SYS_rt_sigtimedwait, &set, &info, &ts, 8);
	syscall(SYS_rt_sigtimedwait, &set, NULL, &wrong, 8);
	kill(getpid(), SIGUSR2);
	syscall(SYS_rt_sigtimedwait, AT_END(set), NULL, AT_END(long_time), 8);
	sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 77 });
	syscall(SYS_rt_sigtimedwait, &set, &info, NULL, 8);
	syscall(SYS_rt_sigtimedwait, BAD, &info, NULL, 8);
	syscall(SYS_rt_sigtimedwait, &set, &info, BAD, 8);
	syscall(SYS_rt_sigtimedwait, &set, &info, &ts, 9);
	kill(getpid(), SIGUSR1);
	syscall(SYS_rt_sigtimedwait, &set, BAD, &long_time, 8);
	set = 0;
	kill(getpid(), SIGUSR1);
	syscall(SYS_rt_sigsuspend, &set, 8);
	kill(getpid(), SIGUSR2);
	syscall(SYS_rt_sigsuspend, AT_END(set), 8);
	syscall(SYS_rt_sigsuspend, BAD, 8);
	syscall(SYS_rt_sigsuspend, &set, 10);
	syscall(SYS_rt_sigprocmask, SIG_SETMASK, &set, NULL, 8);
}

static void stacks(void)
{
	stack_t s = { .ss_sp = malloc(65536), .ss_size = 65536 }, old;

	sigaltstack(NULL, &old);
	sigaltstack(&s, &old);
	sigaltstack(&s, AT_END(old));
	s.ss_flags = SS_DISABLE;
	sigaltstack(AT_END(s), NULL);
	s.ss_flags = 77;
	sigaltstack(&s, NULL);
	s.ss_flags = 1 << 31;
	s.ss_size = 1;
	sigaltstack(&s, &old);
	sigaltstack(BAD, NULL);
	sigaltstack(NULL, BAD);
	syscall(SYS_sigaltstack, NULL, (char *)AT_END(old) + 4);
}

static void sends(void)
{
	union sigval value = { .sival_ptr = (void *)0x1122334455667788 };
	int pid = getpid(), pidfd = syscall(SYS_pidfd_open, pid, 0);
	siginfo_t info = { .si_signo = SIGUSR1, .si_code = SI_QUEUE };

	kill(pid, 0);
	kill(-99999, SIGTERM);
	kill(pid, 65);
	kill(pid, -1);
	kill(pid, SIGUSR1);
	syscall(SYS_tkill, pid, SIGUSR1);
	syscall(SYS_tgkill, pid, pid, SIGRTMIN);
	syscall(SYS_tgkill, pid, pid, SIGRTMIN + 3);
	syscall(SYS_tgkill, pid, pid, SIGRTMAX);
	syscall(SYS_tgkill, -1, pid, SIGRTMAX);
	sigqueue(pid, SIGUSR1, value);
	value.sival_int = 0;
	sigqueue(pid, SIGRTMIN, (union sigval){ .sival_int = -5 });
	info.si_pid = 1;
	info.si_uid = 2;
	info.si_value.sival_int = 3;
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info);
	syscall(SYS_rt_tgsigqueueinfo, pid, pid, SIGUSR1, &info);
	info.si_code = -77;
	info.si_errno = 5;
	syscall(SYS_rt_tgsigqueueinfo, pid, pid, SIGUSR1, &info);
	info.si_code = SI_MESGQ;
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info);
	info.si_code = SI_TIMER;
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info);
	info.si_code = SI_ASYNCIO;
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info);
	info.si_code = SI_SIGIO;
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, &info);
	info.si_code = SI_TKILL;
	syscall(SYS_rt_sigqueueinfo, 1, SIGUSR1, &info);
	syscall(SYS_rt_sigqueueinfo, pid, SIGUSR1, BAD);
	syscall(SYS_rt_tgsigqueueinfo, pid, pid, SIGUSR1, BAD);
	info.si_code = SI_QUEUE;
	info.si_signo = 0;
	syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, &info, 0);
	info.si_signo = SIGUSR1;
	syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, &info, 0);
	syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, NULL, 0);
	syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, NULL, 1);
	syscall(SYS_pidfd_send_signal, pidfd, SIGUSR1, BAD, 0xff);
	syscall(SYS_pidfd_send_signal, -1, 0, NULL, 0);
	syscall(SYS_rt_sigqueueinfo, 99999999, SIGUSR1, AT_END(info));
}

static void timers(void)
{
	struct itimerval value = { { 0, 0 }, { 0, 2000 } }, again = { { 0, 2000 }, { 0, 2000 } },
			 none = { 0 };
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
				  .sigev_signo = SIGUSR2,
				  .sigev_value.sival_int = 1234 };
	struct itimerspec spec = { { 0, 0 }, { 0, 2000000 } };
	struct timespec rest = { 0, 50000000 };
	timer_t timer;

	signal(SIGALRM, nothing);
	signal(SIGVTALRM, nothing);
	signal(SIGPROF, nothing);
	setitimer(ITIMER_REAL, &again, NULL); /* the first may come before the wait */
	pause();
	setitimer(ITIMER_REAL, &none, NULL);
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	timer_settime(timer, 0, &spec, NULL);
	nanosleep(&rest, &rest);
	timer_delete(timer);
	setitimer(ITIMER_REAL, &value, NULL);
	clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest);
	sigaction(SIGALRM, &(struct sigaction){ .sa_handler = nothing, .sa_flags = SA_RESTART },
		  NULL);
	setitimer(ITIMER_REAL, &value, NULL);
	nanosleep(&rest, NULL);
	signal(SIGALRM, SIG_IGN);
	setitimer(ITIMER_REAL, &value, NULL);
	nanosleep(&rest, NULL);
	value.it_value.tv_usec = 100;
	setitimer(ITIMER_VIRTUAL, &value, NULL);
	for (volatile int i = 0; i < 40000000; i++)
		;
	setitimer(ITIMER_PROF, &value, NULL);
	for (volatile int i = 0; i < 40000000; i++)
		;
}

static volatile char *page;

static void faulted(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)info, (void)context;
	page = mmap((void *)page, 4096, PROT_READ | PROT_WRITE,
		    MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void faults(void)
{
	struct sigaction sa = { .sa_sigaction = faulted, .sa_flags = SA_SIGINFO };
	int fd = memfd_create("short", 0), i;

	sigaction(SIGSEGV, &sa, NULL);
	sigaction(SIGBUS, &sa, NULL);
	page = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	page[9] = 1;
	munmap((void *)page, 4096);
	page[99] = 1;
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	page[7] = 1;
	for (i = 0; i < 6; i++) {
		int pid = fork(), status;

		if (!pid) {
			setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
			signal(SIGSEGV, SIG_DFL);
			switch (i) {
			case 0: __builtin_trap();
			case 1: {
				volatile int zero = 0;
				zero = 5 / zero;
			} break;
			case 2: raise(SIGSTOP); break;
			case 3: abort();
			case 4: asm volatile("int3"); break;
			case 5: asm volatile("hlt"); break;
			}
			_exit(i);
		}
		if (i == 2) {
			waitpid(pid, &status, WUNTRACED);
			kill(pid, SIGCONT);
			waitpid(pid, &status, WCONTINUED);
		}
		waitpid(pid, &status, 0);
	}
}

static void descriptors(void)
{
	int fds[2];

	pipe(fds);
	fcntl(fds[0], F_SETOWN, getpid());
	fcntl(fds[0], F_SETSIG, SIGRTMIN);
	fcntl(fds[0], F_SETFL, O_ASYNC | O_NONBLOCK);
	write(fds[1], "x", 1);
	fcntl(fds[0], F_SETSIG, 0);
	signal(SIGIO, nothing);
	write(fds[1], "x", 1);
	signal(SIGPIPE, nothing);
	close(fds[0]);
	write(fds[1], "x", 1);
}

/* What seccomp and the memory's protection keys, system timers and message queues send. */
static void others(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP | 7),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, code };
	int status, pid = fork();

	if (!pid) {
		signal(SIGSYS, nothing);
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		prctl(PR_SET_SECCOMP, 2, &program);
		syscall(SYS_getppid);
		code[2].k = SECCOMP_RET_KILL_PROCESS;
		prctl(PR_SET_SECCOMP, 2, &program);
		syscall(SYS_getppid);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	pid = fork();
	if (!pid) {
		setrlimit(RLIMIT_CPU, &(struct rlimit){ 0, 1 });
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 0, 0 });
		signal(SIGXFSZ, nothing);
		write(memfd_create("small", 0), "x", 1);
		_exit(0);
	}
	waitpid(pid, &status, 0);
}

int main(void)
{
	actions();
	masks();
	waits();
	stacks();
	sends();
	timers();
	faults();
	descriptors();
	others();
	kill(getpid(), SIGTERM);
	return 0;
}
