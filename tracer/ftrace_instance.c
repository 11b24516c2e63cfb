// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/ftrace_instance.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "systape-";

enum {
	SMALLEST = 64 << 10, /* bytes per CPU */
};

static int resize(struct tracefs_instance *instance, uint64_t size)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)size >> 10);
	return tracefs_instance_file_write(instance, "buffer_size_kb", text) < 0 ? -errno : 0;
}

struct tracefs_instance *ftrace_instance_new(const struct backend_settings *settings,
					     const char *suffix, uint64_t *size,
					     struct tape_error *why)
{
	struct tracefs_instance *instance;
	char name[64];

	snprintf(name, sizeof(name), "%s%d%s", prefix, getpid(), suffix);
	instance = tracefs_instance_create(name);
	if (!instance) {
		snprintf(why->text, sizeof(why->text), "cannot make the tracefs instance %s: %s",
			 name, strerror(errno));
		return NULL;
	}
	tracefs_instance_file_write(instance, "tracing_on", "0");
	while (resize(instance, *size) && *size > SMALLEST) {
		backend_debug(settings, "no memory for a buffer of %llu bytes, trying half of it",
			      (unsigned long long)*size);
		*size /= 2;
	}
	tracefs_instance_file_write(instance, "options/record-cmd", "0");
	tracefs_instance_file_write(instance, "buffer_percent", "25");
	if (tracefs_instance_file_write(instance, "trace_clock", "mono") < 0) {
		snprintf(why->text, sizeof(why->text),
			 "cannot set the clock of the tracefs instance %s: %s", name,
			 strerror(errno));
		ftrace_instance_free(instance);
		return NULL;
	}
	return instance;
}

void ftrace_instance_free(struct tracefs_instance *instance)
{
	if (!instance)
		return;
	tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
}

int ftrace_instance_event(struct tracefs_instance *instance, const char *system, const char *event,
			  bool on)
{
	char file[224];

	snprintf(file, sizeof(file), "events/%s/%s/enable", system, event);
	return tracefs_instance_file_write(instance, file, on ? "1" : "0") < 0 ? -errno : 0;
}

/* An instance in use by a recorder that is not to be seen from here, in another pid namespace, is
 * busy and stays. */
void ftrace_instance_clean(const struct backend_settings *settings, const char *root)
{
	char path[512];
	struct dirent *entry;
	DIR *instances;

	snprintf(path, sizeof(path), "%s/instances", root);
	instances = opendir(path);
	while (instances && (entry = readdir(instances))) {
		pid_t pid;

		if (strncmp(entry->d_name, prefix, strlen(prefix)))
			continue;
		pid = atoi(entry->d_name + strlen(prefix));
		if (pid <= 0 || (pid != getpid() && (!kill(pid, 0) || errno != ESRCH)))
			continue;
		snprintf(path, sizeof(path), "%s/instances/%s", root, entry->d_name);
		if (!rmdir(path))
			backend_debug(settings,
				      "removed %s, left behind by a recorder that is gone", path);
	}
	if (instances)
		closedir(instances);
}
