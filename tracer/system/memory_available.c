// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sources: proc(5); Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of Linux 6.1.
 * A cgroup's usage includes the files that it has cached, which the kernel drops before it is short
 * of memory.
 */
#include "tracer/system/memory_available.h"

#include <mntent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The names of the files of one version of cgroups. */
struct version {
	const char *type, *limit, *usage, *inactive, *active;
};

static const struct version versions[] = {
	{ "cgroup", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ",
	  "total_active_file " },
	{ "cgroup2", "memory.max", "memory.current", "inactive_file ", "active_file " },
};

enum {
	PATH = 512,
};

/* The number behind a word at the beginning of a line; false if there is none. */
static bool read_number(const char *folder, const char *name, const char *word, uint64_t *value)
{
	char path[2 * PATH], line[256], *end;
	size_t length = strlen(word);
	bool found = false;
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "re");
	while (file && !found && fgets(line, sizeof(line), file)) {
		if (strncmp(line, word, length))
			continue;
		*value = strtoull(line + length, &end, 10);
		found = end > line + length;
	}
	if (file)
		fclose(file);
	return found;
}

static uint64_t left_in(const char *folder, const struct version *v)
{
	uint64_t limit, usage, inactive = 0, active = 0;

	if (!read_number(folder, v->limit, "", &limit) || /* "max": none */
	    !read_number(folder, v->usage, "", &usage))
		return UINT64_MAX;
	read_number(folder, "memory.stat", v->inactive, &inactive);
	read_number(folder, "memory.stat", v->active, &active);
	usage = usage > inactive + active ? usage - inactive - active : 0;
	return limit > usage ? limit - usage : 0;
}

/* The least that is left in a cgroup and those above it, up to where they are mounted. */
static uint64_t left_above(const char *mount, const char *group, const struct version *v)
{
	uint64_t least = UINT64_MAX, left;
	char path[PATH];
	size_t end = strlen(mount);

	if ((size_t)snprintf(path, sizeof(path), "%s%s", mount, group) >= sizeof(path))
		return UINT64_MAX;
	for (;;) {
		left = left_in(path, v);
		if (left < least)
			least = left;
		if (strlen(path) <= end)
			return least;
		*strrchr(path, '/') = '\0';
	}
}

/* Where the memory cgroup of this process is in its hierarchy. */
static bool own_group(const struct version *v, char group[PATH])
{
	FILE *file = fopen("/proc/self/cgroup", "re");
	char line[PATH];
	bool found = false;

	while (file && !found && fgets(line, sizeof(line), file)) {
		char *controllers = strchr(line, ':'), *path;

		path = controllers ? strchr(++controllers, ':') : NULL;
		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		found = v == &versions[1] ? !*controllers : !strcmp(controllers, "memory");
		if (found)
			snprintf(group, PATH, "%s", path);
	}
	if (file)
		fclose(file);
	return found;
}

static uint64_t left_in_groups(const struct version *v)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	uint64_t least = UINT64_MAX, left;
	struct mntent *mount;
	char group[PATH];

	if (mounts && own_group(v, group))
		while ((mount = getmntent(mounts))) {
			if (strcmp(mount->mnt_type, v->type) ||
			    (v == &versions[0] && !hasmntopt(mount, "memory")))
				continue;
			left = left_above(mount->mnt_dir, group, v);
			if (left < least)
				least = left;
		}
	if (mounts)
		endmntent(mounts);
	return least;
}

uint64_t memory_available(void)
{
	uint64_t least = UINT64_MAX, kib, left;

	if (read_number("/proc", "meminfo", "MemAvailable:", &kib))
		least = kib << 10;
	for (size_t i = 0; i < sizeof(versions) / sizeof(*versions); i++) {
		left = left_in_groups(&versions[i]);
		if (left < least)
			least = left;
	}
	return least;
}
