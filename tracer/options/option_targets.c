// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/option_targets.h"

#include "format/option_parse.h"
#include "tracer/cgroup/container.h"
#include "tracer/system/message.h"

#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	CPUS = sizeof(((struct options *)0)->cpus) * CHAR_BIT,
};

/* 0,2-5: as in cpuset(7). */
bool option_cpus(struct options *o, const char *text)
{
	uint64_t from, to, possible = sysconf(_SC_NPROCESSORS_CONF);

	for (;;) {
		if (!option_parse_digits(&text, &from))
			return false;
		to = from;
		if (*text == '-' && (text++, !option_parse_digits(&text, &to)))
			return false;
		if (to < from || to >= CPUS || to >= possible)
			return false;
		for (; from <= to; from++)
			o->cpus[from / 64] |= 1ull << (from & 63);
		if (!*text)
			return o->by_cpu = true;
		if (*text++ != ',')
			return false;
	}
}

bool option_user(struct options *o, const char *text)
{
	const struct passwd *user = getpwnam(text);
	uint64_t uid;

	if (user)
		uid = user->pw_uid;
	else if (!option_parse_digits(&text, &uid) || *text || uid >= UINT32_MAX)
		return false;
	o->by_user = true;
	o->uid = uid;
	return true;
}

bool option_comm(struct options *o, const char *text)
{
	o->comm = text;
	return *text && strlen(text) < 16; /* TASK_COMM_LEN, with its NUL */
}

bool option_cgroup(struct options *o, const char *text)
{
	struct tape_error why;

	if (!o->cgroups)
		o->cgroups = cgroup_selection_new(&why);
	return (o->cgroups && cgroup_selection_add(o->cgroups, text, &why)) ||
	       tracer_wrong("-G: %s", why.text);
}

/* Where it is found is what the person hears of it only where that is nowhere yet. */
bool option_container(struct options *o, const char *text)
{
	const char *home = getenv("HOME");
	struct tape_error why;
	char said[800];

	if (!o->cgroups)
		o->cgroups = cgroup_selection_new(&why);
	if (!o->cgroups)
		return tracer_wrong("--container: %s", why.text);
	switch (container_select(o->cgroups, "", home, text, said, sizeof(said))) {
	case CONTAINER_FOUND: return true;
	case CONTAINER_WAITED_FOR:
		tracer_say("the container %s has no cgroup (v2) now; its calls are recorded once "
			   "it has",
			   said);
		return true;
	case CONTAINER_UNKNOWN: break;
	}
	return tracer_wrong("--container: %s", said);
}

bool option_cgroups_finish(struct options *o)
{
	struct tape_error why;

	return !o->cgroups || cgroup_selection_finish(o->cgroups, &why) ||
	       tracer_wrong("-G: %s", why.text);
}

bool option_where(struct options *o, const char *text)
{
	static const char *const places[] = { [LAUNCH_GRANDCHILD] = "grandchild",
					      [LAUNCH_GROUP] = "pgroup",
					      [LAUNCH_SESSION] = "session" };

	for (size_t i = LAUNCH_GRANDCHILD; i < sizeof(places) / sizeof(*places); i++) {
		if (!strcmp(text, places[i])) {
			o->where = i;
			return true;
		}
	}
	return false;
}

bool option_capture(struct options *o, const char *text)
{
	static const char *const levels[] = {
		[PLAN_FULL] = "full", [PLAN_NAMES] = "names", [PLAN_NUMBERS] = "numbers"
	};

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (!strcmp(text, levels[i])) {
			o->wishes.level = i;
			return true;
		}
	}
	return false;
}
