// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/requests.h"

#include "tracer/system/clock.h"

#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	GRACE = 1000, /* ms for a command to end after a signal */
};

bool requests_open(struct requests *r)
{
	static const int enders[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(enders) / sizeof(*enders); i++)
		sigaddset(&set, enders[i]);
	r->stop = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGUSR1);
	r->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	sigaddset(&set, SIGXFSZ); /* a file that may not grow is an error of write */
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return r->signals >= 0 && r->stop >= 0;
}

void requests_close(struct requests *r)
{
	if (r->signals >= 0)
		close(r->signals);
	if (r->stop >= 0)
		close(r->stop);
}

/* The terminal's Ctrl-C reaches the command as well, and its end belongs on the tape; other signals
 * were meant for us alone and are passed on, unless the command is nobody's child here. The second
 * one ends the capture at once. */
static void end_by(struct requests *r, const struct launch *launch,
		   const struct signalfd_siginfo *info)
{
	bool running = launch->pid > 0 && !launch->done;

	if (running && r->patient)
		return;
	if (running && launch->pidfd < 0 && info->ssi_code != SI_KERNEL)
		kill(launch->pid, info->ssi_signo);
	if (!running || r->signal || (launch->pidfd >= 0 && info->ssi_code != SI_KERNEL))
		r->ending = true;
	r->signal = info->ssi_signo;
	if (!r->deadline)
		r->deadline = clock_ms() + GRACE;
}

void requests_read(struct requests *r, struct launch *launch)
{
	struct signalfd_siginfo info;

	r->seen = 0;
	while (read(r->signals, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGCHLD)
			launch_reap(launch);
		else if (info.ssi_signo != SIGUSR1)
			end_by(r, launch, &info);
		else if (!r->asked)
			r->asked = clock_ms();
	}
}

void requests_look(struct requests *r)
{
	struct pollfd p = { .fd = r->stop, .events = POLLIN };

	if (!r->seen && poll(&p, 1, 0) > 0)
		r->seen = clock_ms();
}

uint64_t requests_age(const struct requests *r)
{
	uint64_t since = r->deadline ? r->deadline - GRACE : r->seen;

	return since ? clock_ms() - since : 0;
}

/* One that came while the output was stuck has not been read yet. */
void requests_wait(struct requests *r, struct launch *launch)
{
	struct pollfd p = { .fd = r->signals, .events = POLLIN };

	launch_reap(launch);
	requests_read(r, launch);
	while (launch->pid > 0 && launch->pidfd < 0 && !launch->done && !r->ending &&
	       requests_age(r) < GRACE) {
		poll(&p, 1, r->deadline ? (int)(GRACE - requests_age(r)) : -1);
		requests_read(r, launch);
	}
}
