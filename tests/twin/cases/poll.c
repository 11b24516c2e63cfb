// SPDX-License-Identifier: GPL-2.0-or-later
/* Waiting for descriptors: poll, select, epoll, and the descriptors that are made for it. */
#include "case.h"

#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>

static int p[2];

static void polls(void)
{
	struct pollfd f[40] = { { p[0], POLLIN | POLLPRI, 0 },
				{ p[1], POLLOUT, 0 },
				{ -1, POLLIN | POLLHUP, 0 },
				{ 99, 0, 0 },
				{ 0, 0x4000, 7 } };
	struct timespec none = { 0, 0 }, little = { 0, 1000000 };
	unsigned long set = 1 << 9, hole_set = 0;

	for (int i = 5; i < 40; i++)
		f[i].fd = -i, f[i].events = POLLIN;
	syscall(SYS_poll, f, 1, 0);
	syscall(SYS_poll, f, 2, 10);
	syscall(SYS_poll, f, 4, 0);
	syscall(SYS_poll, f, 40, -1);
	syscall(SYS_poll, f, 0, 0);
	syscall(SYS_poll, NULL, 0, 1);
	syscall(SYS_poll, NULL, 1, 1);
	syscall(SYS_poll, BAD, 1, 1);
	syscall(SYS_poll, before_hole(f, 12), 2, 1);
	syscall(SYS_ppoll, f, 1, &none, NULL, 8);
	syscall(SYS_ppoll, f, 1, &little, &set, 8);
	syscall(SYS_ppoll, f, 2, &little, &set, 8);
	syscall(SYS_ppoll, f, 2, NULL, &hole_set, 8);
	syscall(SYS_ppoll, f, 2, BAD, BAD, 8);
	syscall(SYS_ppoll, f, 2, NULL, &set, 7);
}

static void selects(void)
{
	fd_set in, out, none;
	struct timeval tv = { 0, 1000 };
	struct timespec ts = { 0, 0 };
	unsigned long set = 1 << 9;
	struct {
		void *set;
		size_t size;
	} pack = { &set, 8 };

	FD_ZERO(&none);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(p[0], &in);
	syscall(SYS_select, 10, &in, NULL, NULL, &tv);
	FD_SET(p[0], &in);
	FD_SET(p[1], &out);
	tv.tv_usec = 1000;
	syscall(SYS_select, 10, &in, &out, &none, &tv);
	FD_SET(p[0], &in);
	FD_SET(p[1], &out);
	syscall(SYS_select, 10, &in, &out, NULL, NULL);
	FD_SET(100, &in);
	/* A descriptor beyond the table is not looked at (Linux 6.1, select(2)), and nothing would
	 * end the wait. */
	syscall(SYS_dup2, p[0], 150);
	syscall(SYS_select, 200, &in, NULL, NULL, NULL);
	syscall(SYS_select, 0, NULL, NULL, NULL, &tv);
	syscall(SYS_select, -1, &in, NULL, NULL, &tv);
	syscall(SYS_select, 5, BAD, NULL, NULL, BAD);
	syscall(SYS_select, 5, NULL, NULL, NULL, &(struct timeval){ 0, 0 });
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(p[1], &out);
	syscall(SYS_pselect6, 10, NULL, &out, NULL, &ts, NULL);
	syscall(SYS_pselect6, 10, &in, NULL, NULL, &ts, &pack);
	pack.set = NULL;
	syscall(SYS_pselect6, 10, &in, NULL, NULL, &ts, &pack);
	syscall(SYS_pselect6, 10, &in, NULL, NULL, BAD, BAD);
}

static void epolls(void)
{
	int ep = syscall(SYS_epoll_create1, EPOLL_CLOEXEC);
	struct epoll_event e = { EPOLLIN | EPOLLET, { .u64 = 0x1122334455667788 } }, got[50];
	struct timespec ts = { 0, 1000 };
	unsigned long set = 1 << 9;

	syscall(SYS_epoll_create, 5);
	syscall(SYS_epoll_create1, 1);
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_ADD, p[0], &e);
	e = (struct epoll_event){ EPOLLOUT | EPOLLONESHOT | 0x100000, { .fd = 5 } };
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_ADD, p[1], &e);
	e.data.u64 = 0;
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_MOD, p[0], &e);
	e.data.u64 = -1;
	e.events = EPOLLOUT;
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_MOD, p[1], &e);
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_DEL, p[0], NULL);
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_DEL, p[0], &e);
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_ADD, p[0], BAD);
	syscall(SYS_epoll_ctl, ep, 9, p[0], &e);
	syscall(SYS_epoll_wait, ep, got, 50, 0);
	syscall(SYS_epoll_wait, ep, got, 0, 0);
	syscall(SYS_epoll_wait, ep, BAD, 5, 0);
	syscall(SYS_epoll_pwait, ep, got, 5, 1, NULL, 8);
	syscall(SYS_epoll_pwait, ep, got, 5, 1, &set, 8);
	syscall(SYS_epoll_pwait2, ep, got, 5, &ts, &set, 8);
	syscall(SYS_epoll_pwait2, ep, got, 5, NULL, NULL, 8);
	syscall(SYS_epoll_ctl, ep, EPOLL_CTL_DEL, p[1], &e);
	syscall(SYS_epoll_wait, ep, got, 50, 1);
}

int main(void)
{
	unsigned long set = 1 << 9 | 1ul << 33;
	struct itimerspec t = { { 1, 2 }, { 3, 4 } };
	int fd;

	syscall(SYS_pipe, p);
	polls();
	selects();
	epolls();
	syscall(SYS_eventfd, 5);
	syscall(SYS_eventfd2, 7, EFD_CLOEXEC | EFD_SEMAPHORE);
	syscall(SYS_eventfd2, -1, 0xff0000);
	fd = syscall(SYS_signalfd, -1, &set, 8);
	syscall(SYS_signalfd4, fd, &set, 8, SFD_NONBLOCK);
	syscall(SYS_signalfd4, -1, &set, 8, SFD_CLOEXEC);
	syscall(SYS_signalfd4, -1, BAD, 8, 0);
	fd = syscall(SYS_timerfd_create, CLOCK_MONOTONIC, TFD_NONBLOCK);
	syscall(SYS_timerfd_create, 77, -1);
	syscall(SYS_timerfd_settime, fd, 0, &t, NULL);
	syscall(SYS_timerfd_settime, fd, TFD_TIMER_ABSTIME,
		&(struct itimerspec){ { 0, 0 }, { 0, 0 } }, BAD);
	syscall(SYS_timerfd_settime, fd, 0, BAD, BAD);
	syscall(SYS_timerfd_settime, fd, 0, &(struct itimerspec){ { 0, 0 }, { 0, 0 } }, &t);
	syscall(SYS_timerfd_gettime, fd, &t);
	syscall(SYS_timerfd_gettime, -1, &t);
	return 0;
}
