// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/proc/thread_match.h"

#include "tracer/cgroup/cgroup_selection.h"
#include "tracer/proc/proc_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The process's place in the unified hierarchy is the line that begins with "0::". */
static bool reads_inside(const struct backend_settings *settings, const char *cgroups)
{
	const char *place = !strncmp(cgroups, "0::", 3) ? cgroups : strstr(cgroups, "\n0::");

	place = place ? strchr(place, '/') : NULL;
	return place && cgroup_selection_inside(settings->cgroups, place);
}

int thread_match_read(const struct backend_settings *settings, pid_t tid,
		      struct thread_match_facts *facts)
{
	char text[4096];
	const char *at;
	ssize_t n;

	if (settings->comm) {
		n = proc_read(text, sizeof(text), "/proc/%d/comm", tid);
		if (n <= 0)
			return -ESRCH;
		text[n - 1] = '\0';
		memcpy(facts->comm, text, strnlen(text, sizeof(facts->comm) - 1) + 1);
		facts->comm[sizeof(facts->comm) - 1] = '\0';
	}
	if (settings->by_user) {
		if (proc_read(text, sizeof(text), "/proc/%d/status", tid) <= 0)
			return -ESRCH;
		at = strstr(text, "\nUid:");
		facts->user = at ? strtoul(at + strlen("\nUid:"), NULL, 10) : UINT32_MAX;
	}
	if (settings->cgroups) {
		if (proc_read(text, sizeof(text), "/proc/%d/cgroup", tid) <= 0)
			return -ESRCH;
		facts->inside = reads_inside(settings, text);
	}
	return 0;
}

bool thread_match_matches(const struct backend_settings *settings,
			  const struct thread_match_facts *facts)
{
	return (!settings->by_user || facts->user == settings->user) &&
	       (!settings->cgroups || facts->inside) &&
	       (!settings->comm || !strncmp(facts->comm, settings->comm, sizeof(facts->comm)));
}
