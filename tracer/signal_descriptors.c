// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/signal_descriptors.h"

#include <signal.h>
#include <stddef.h>
#include <sys/signalfd.h>
#include <unistd.h>

bool signal_descriptors_open(int *all, int *stop)
{
	static const int enders[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(enders) / sizeof(*enders); i++)
		sigaddset(&set, enders[i]);
	*stop = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGUSR1);
	*all = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	sigaddset(&set, SIGXFSZ); /* a file that may not grow is an error of write */
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return *all >= 0 && *stop >= 0;
}

void signal_descriptors_close(int signals, int stop)
{
	if (signals >= 0)
		close(signals);
	if (stop >= 0)
		close(stop);
}
