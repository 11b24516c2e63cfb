// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tracefs/ftrace_tidy.h"

#include "tracer/probes/ftrace_probe.h"
#include "tracer/system/owner.h"
#include "tracer/system/tracepoint.h"
#include "tracer/tracefs/ftrace_instance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	PAUSE = 20000, /* us between two tries at what is still in use */
	TRIES = 100,
};

/* Whose things are to go. */
struct tidy {
	const struct backend_settings *settings; /* NULL: nobody to talk to */
	const char *root;
	pid_t pid; /* 0: everybody who is gone */
	uint64_t began;
};

static bool chosen(const struct tidy *t, pid_t pid, uint64_t began)
{
	if (!t->pid)
		return owner_gone(pid, began);
	return pid == t->pid && (!began || began == t->began);
}

static void told(const struct tidy *t, const char *what, const char *name)
{
	if (t->settings)
		backend_debug(t->settings, "removed %s %s, left behind by a recorder that is gone",
			      what, name);
}

static bool write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	bool written = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return written;
}

/* An instance in use by a recorder that is not to be seen from here, in another pid namespace, is
 * busy and stays. */
static void remove_instance(const struct tidy *t, const char *name)
{
	char path[512];
	int error, tries = t->pid ? TRIES : 1;

	snprintf(path, sizeof(path), "%s/instances/%s", t->root, name);
	while ((error = rmdir(path) ? errno : 0) == EBUSY && --tries)
		usleep(PAUSE);
	if (!error)
		told(t, "the instance", name);
}

/* What is enabled costs every call of the machine: that goes first, and quickly. */
static void disable_instance(const struct tidy *t, const char *name)
{
	char path[512];

	if (!t->pid)
		return;
	snprintf(path, sizeof(path), "%s/instances/%s/events/enable", t->root, name);
	write_file(path, "0");
}

static void each_instance(const struct tidy *t, void (*act)(const struct tidy *t, const char *name))
{
	char path[512];
	struct dirent *entry;
	DIR *instances;
	uint64_t began;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/instances", t->root);
	instances = opendir(path);
	while (instances && (entry = readdir(instances)))
		if (ftrace_instance_owner(entry->d_name, &pid, &began) && chosen(t, pid, began))
			act(t, entry->d_name);
	if (instances)
		closedir(instances);
}

/* A recorder makes an instance before it makes events, and keeps it open: who has one that is still
 * there lives, in a pid namespace where it is not seen from here. */
static bool has_instance(const struct tidy *t, pid_t owner)
{
	char path[512];
	struct dirent *entry;
	bool found = false;
	DIR *instances;
	uint64_t began;
	pid_t pid;

	snprintf(path, sizeof(path), "%s/instances", t->root);
	instances = opendir(path);
	while (instances && !found && (entry = readdir(instances)))
		found = ftrace_instance_owner(entry->d_name, &pid, &began) && pid == owner;
	if (instances)
		closedir(instances);
	return found;
}

/* A line of dynamic_events: "p:systape_4711/p4711_0 ..." */
static void remove_event(const struct tidy *t, const char *line)
{
	const char *colon = strchr(line, ':');
	char system[64], event[96], text[192], path[512];
	pid_t pid;

	if (!colon || sscanf(colon, ":%63[^/]/%95[^ \n]", system, event) != 2 ||
	    !(pid = ftrace_probe_owner(system)) || !chosen(t, pid, 0) ||
	    (!t->pid && has_instance(t, pid)))
		return;
	snprintf(path, sizeof(path), "%s/dynamic_events", t->root);
	snprintf(text, sizeof(text), "-:%s/%s", system, event);
	if (write_file(path, text))
		told(t, "the event", text + 2);
}

static void remove_events(const struct tidy *t)
{
	char path[512], *line = NULL;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/dynamic_events", t->root);
	file = fopen(path, "re");
	while (file && getline(&line, &room, file) > 0)
		remove_event(t, line);
	free(line);
	if (file)
		fclose(file);
}

/* The instances first: an event that is enabled in one cannot be removed. */
static void tidy(const struct tidy *t)
{
	each_instance(t, disable_instance);
	each_instance(t, remove_instance);
	remove_events(t);
}

void ftrace_tidy_leftovers(const struct backend_settings *settings, const char *root)
{
	tidy(&(struct tidy){ .settings = settings, .root = root });
}

void ftrace_tidy(pid_t pid, uint64_t began)
{
	struct tidy t = { .pid = pid, .began = began };
	struct tape_error why;
	bool mounted;

	t.root = tracepoint_root(&mounted, &why);
	if (t.root)
		tidy(&t);
}
