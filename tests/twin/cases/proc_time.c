// SPDX-License-Identifier: GPL-2.0-or-later
/* Clocks, sleeps, timers, limits, use of resources, and what the system tells of itself. */
#define _GNU_SOURCE
#include "proc.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <sys/utsname.h>
#include <time.h>

static void nothing(int signal)
{
	(void)signal;
}

static void clocks(void)
{
	struct timespec ts, wrong = { -7, 3000000000 };
	struct timeval tv = { 1, 2000000 };
	struct timezone tz = { 60, 7 };
	long t;

	for (int i = -12; i < 15; i++) {
		syscall(SYS_clock_getres, i, &ts);
		syscall(SYS_clock_gettime, i, &ts);
	}
	for (int i = 0; i < 5; i++)
		syscall(SYS_clock_getres, (~getpid() << 3) + i, &ts);
	syscall(SYS_clock_getres, 0, NULL);
	syscall(SYS_clock_gettime, 0, BAD);
	syscall(SYS_clock_gettime, 0, NULL);
	syscall(SYS_clock_gettime, 1, AT_END(ts));
	syscall(SYS_clock_gettime, 1, (char *)AT_END(ts) + 8);
	syscall(SYS_clock_gettime, 0x100000001, &ts);
	syscall(SYS_clock_settime, 0, &wrong);
	syscall(SYS_clock_settime, 1, &wrong);
	syscall(SYS_clock_settime, 0, BAD);
	syscall(SYS_gettimeofday, &tv, &tz);
	syscall(SYS_gettimeofday, &tv, NULL);
	syscall(SYS_gettimeofday, NULL, &tz);
	syscall(SYS_gettimeofday, AT_END(tv), BAD);
	tv.tv_usec = -5;
	syscall(SYS_settimeofday, &tv, NULL);
	tz.tz_minuteswest = 100000;
	tz.tz_dsttime = -3;
	syscall(SYS_settimeofday, NULL, &tz);
	syscall(SYS_settimeofday, BAD, BAD);
	syscall(SYS_time, &t);
	syscall(SYS_time, NULL);
	syscall(SYS_time, BAD);
}

static void sleeps(void)
{
	struct timespec ts = { 0, 1000 }, rest = { 77, 88 }, wrong = { -1, 5 }, past = { 5, 6 },
			long_time = { 0, 90000000 };
	struct itimerval soon = { { 0, 0 }, { 0, 10000 } };

	syscall(SYS_nanosleep, &ts, NULL);
	syscall(SYS_nanosleep, &ts, &rest);
	syscall(SYS_nanosleep, &wrong, &rest);
	syscall(SYS_nanosleep, BAD, &rest);
	syscall(SYS_nanosleep, NULL, NULL);
	syscall(SYS_nanosleep, AT_END(ts), BAD);
	signal(SIGALRM, nothing);
	setitimer(ITIMER_REAL, &soon, NULL);
	syscall(SYS_nanosleep, &long_time, &rest);
	setitimer(ITIMER_REAL, &soon, NULL);
	syscall(SYS_nanosleep, &long_time, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	syscall(SYS_nanosleep, &long_time, &long_time);
	long_time.tv_nsec = 90000000;
	for (int i = 0; i < 2; i++)
		syscall(SYS_clock_nanosleep, i, 0, &ts, &rest);
	syscall(SYS_clock_nanosleep, 1, TIMER_ABSTIME, &past, &rest);
	syscall(SYS_clock_nanosleep, 1, TIMER_ABSTIME | 6, &past, &rest);
	syscall(SYS_clock_nanosleep, 1, 0, &wrong, NULL);
	syscall(SYS_clock_nanosleep, 77, 0, &ts, NULL);
	setitimer(ITIMER_REAL, &soon, NULL);
	syscall(SYS_clock_nanosleep, 1, 0, &long_time, &rest);
	clock_gettime(1, &past);
	past.tv_sec += 1;
	setitimer(ITIMER_REAL, &soon, NULL);
	syscall(SYS_clock_nanosleep, 1, TIMER_ABSTIME, &past, &rest);
	syscall(SYS_alarm, 1000);
	syscall(SYS_alarm, 0x300000000);
	syscall(SYS_alarm, 0);
}

static void intervals(void)
{
	struct itimerval value = { { 1, 2 }, { 3, 4 } }, old;
	struct itimerspec spec = { { 1, 2 }, { 3, 4 } }, old_spec;
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID,
				  .sigev_signo = SIGCHLD,
				  .sigev_value.sival_ptr = &event };
	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), timer;

	for (int i = 0; i < 4; i++) {
		syscall(SYS_setitimer, i, &value, &old);
		syscall(SYS_getitimer, i, &old);
	}
	memset(&value, 0, sizeof(value));
	for (int i = 0; i < 3; i++)
		syscall(SYS_setitimer, i, &value, &old);
	syscall(SYS_setitimer, 0, NULL, NULL);
	syscall(SYS_setitimer, 0, BAD, &old);
	syscall(SYS_getitimer, 0, BAD);
	syscall(SYS_setitimer, 0, AT_END(value), AT_END(old));
	event._sigev_un._tid = getpid();
	syscall(SYS_timer_create, 1, &event, &timer);
	syscall(SYS_timer_settime, timer, 0, &spec, &old_spec);
	syscall(SYS_timer_settime, timer, TIMER_ABSTIME, &spec, NULL);
	syscall(SYS_timer_settime, timer, 9, BAD, NULL);
	syscall(SYS_timer_gettime, timer, &old_spec);
	syscall(SYS_timer_gettime, timer, BAD);
	syscall(SYS_timer_gettime, 999, &old_spec);
	syscall(SYS_timer_getoverrun, timer);
	syscall(SYS_timer_delete, timer);
	syscall(SYS_timer_delete, -1);
	event.sigev_notify = SIGEV_NONE;
	syscall(SYS_timer_create, 0, &event, &timer);
	event.sigev_notify = SIGEV_THREAD;
	syscall(SYS_timer_create, 0, &event, &timer);
	event.sigev_notify = 77;
	event.sigev_signo = 99;
	syscall(SYS_timer_create, 0, &event, &timer);
	syscall(SYS_timer_create, 0, NULL, &timer);
	syscall(SYS_timer_create, 0, NULL, BAD);
	syscall(SYS_timer_create, 0, BAD, &timer);
	syscall(SYS_timerfd_settime, fd, 0, &spec, &old_spec);
	syscall(SYS_timerfd_settime, fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL);
	syscall(SYS_timerfd_settime, fd, 0xf0, AT_END(spec), NULL);
	syscall(SYS_timerfd_gettime, fd, &old_spec);
	syscall(SYS_timerfd_gettime, 0, &old_spec);
	syscall(SYS_timerfd_create, 99, 0xffff);
}

static void adjustments(void)
{
	struct timex tx = { .modes = 0 };

	syscall(SYS_adjtimex, &tx);
	syscall(SYS_clock_adjtime, 0, &tx);
	tx.modes = 0x8001 | ADJ_TICK;
	tx.tick = 1;
	syscall(SYS_adjtimex, &tx);
	tx.modes = 0x8000;
	syscall(SYS_adjtimex, &tx);
	tx.modes = 0;
	syscall(SYS_clock_adjtime, 1, &tx);
	syscall(SYS_adjtimex, BAD);
	syscall(SYS_adjtimex, NULL);
	syscall(SYS_adjtimex, AT_END(tx));
}

static void limits(void)
{
	struct rlimit64 r = { 0, 1024 }, old;

	for (int i = 0; i < 18; i++) {
		syscall(SYS_getrlimit, i, &old);
		syscall(SYS_prlimit64, 0, i, NULL, &old);
	}
	syscall(SYS_setrlimit, RLIMIT_CORE, &r);
	r.rlim_cur = 1025;
	r.rlim_max = 2048;
	syscall(SYS_prlimit64, 0, RLIMIT_CORE, &r, &old);
	r.rlim_max = ~0ull;
	syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, &r, &old);
	r.rlim_cur = ~0ull - 1;
	syscall(SYS_prlimit64, getpid(), RLIMIT_CORE, &r, AT_END(old));
	syscall(SYS_prlimit64, -1, RLIMIT_CORE, &r, &old);
	syscall(SYS_prlimit64, 0, RLIMIT_CORE, BAD, BAD);
	syscall(SYS_getrlimit, RLIMIT_CORE, BAD);
	syscall(SYS_getrlimit, RLIMIT_CORE, NULL);
	syscall(SYS_setrlimit, 99, AT_END(r));
}

static void uses(void)
{
	struct rusage ru;
	struct sysinfo si;
	struct utsname uts;
	struct tms tms;

	for (int i = -2; i < 3; i++)
		syscall(SYS_getrusage, i, &ru);
	syscall(SYS_getrusage, 0, BAD);
	syscall(SYS_getrusage, 0, NULL);
	syscall(SYS_getrusage, 0, AT_END(ru));
	syscall(SYS_sysinfo, &si);
	syscall(SYS_sysinfo, BAD);
	syscall(SYS_sysinfo, AT_END(si));
	syscall(SYS_uname, &uts);
	syscall(SYS_uname, BAD);
	syscall(SYS_uname, NULL);
	syscall(SYS_uname, AT_END(uts));
	for (volatile int i = 0; i < 100000000; i++)
		;
	syscall(SYS_times, &tms);
	syscall(SYS_times, NULL);
	syscall(SYS_times, BAD);
}

int main(void)
{
	clocks();
	sleeps();
	intervals();
	adjustments();
	limits();
	uses();
	return 0;
}
