// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tracefs/ftrace_instance.h"

#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/system/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char prefix[] = "systape-";

enum {
	SMALLEST = 64 << 10, /* bytes per CPU */
	PAGES_LEAST = 3,
	TRIES = 1000, /* at an instance that others remove */
};

static int resize(struct tracefs_instance *instance, uint64_t size)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)size >> 10);
	return tracefs_instance_file_write(instance, "buffer_size_kb", text) < 0 ? -errno : 0;
}

/* Bytes per CPU that it has been made with. */
static uint64_t size_now(struct tracefs_instance *instance)
{
	long long kb = 0;

	return tracefs_instance_file_read_number(instance, "buffer_size_kb", &kb) || kb < 0
		       ? 0
		       : (uint64_t)kb << 10;
}

/*
 * With two pages, the kernel's least, the writer that goes on to the second, which nobody has read,
 * leaves the first as the next to be read while it has not said yet that it has left it. Where
 * pages are mapped, Linux 6.10 and later then forget how many events are missing before that page
 * (ring_buffer_map_get_reader(): "commit overrun"), and the loss would be told of at the end.
 */
static uint64_t enough(uint64_t size)
{
	uint64_t least = PAGES_LEAST * (uint64_t)sysconf(_SC_PAGESIZE);

	return size < least ? least : size;
}

static int set_up(const struct backend_settings *settings, struct tracefs_instance *instance,
		  uint64_t *size)
{
	uint64_t now = size_now(instance);

	*size = enough(*size);
	tracefs_instance_file_write(instance, "tracing_on", "0");
	tracefs_instance_file_write(instance, "buffer_percent", "25");
	if (tracefs_instance_file_write(instance, "trace_clock", "mono") < 0)
		return -errno;
	if (now >= *size && now <= 2 * *size) { /* near enough: a change waits for every CPU */
		*size = now;
		return 0;
	}
	while (resize(instance, *size) && *size > SMALLEST) {
		backend_debug(settings, "no memory for a buffer of %llu bytes, trying half of it",
			      (unsigned long long)*size);
		*size /= 2;
	}
	return 0;
}

/* Before it is in use it may be taken for one that has been left behind, and is gone then. */
static struct tracefs_instance *make(const char *name, int *hold)
{
	struct tracefs_instance *instance = NULL;

	*hold = -1;
	for (int tries = 0; tries < TRIES && *hold < 0; tries++) {
		tracefs_instance_free(instance);
		instance = tracefs_instance_create(name);
		if (instance)
			*hold = tracefs_instance_file_open(instance, "trace_clock", O_RDONLY);
		if (*hold < 0 && errno != ENOENT && errno != ENODEV)
			break;
	}
	return instance;
}

struct tracefs_instance *ftrace_instance_new(const struct backend_settings *settings,
					     const char *suffix, uint64_t *size, int *hold,
					     struct tape_error *why)
{
	struct tracefs_instance *instance;
	char name[64];
	int error;

	snprintf(name, sizeof(name), "%s%d-%llu%s", prefix, getpid(),
		 (unsigned long long)owner_began(getpid()), suffix);
	instance = make(name, hold);
	if (!instance) {
		snprintf(why->text, sizeof(why->text), "cannot make the tracefs instance %s: %s",
			 name, strerror(errno));
		return NULL;
	}
	error = set_up(settings, instance, size);
	if (!error)
		return instance;
	snprintf(why->text, sizeof(why->text),
		 "cannot set the clock of the tracefs instance %s: %s", name, strerror(-error));
	if (*hold >= 0)
		close(*hold);
	tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
	return NULL;
}

/* libtracefs looks at every event there is for this (tracefs_event_enable, 1.6): milliseconds. */
int ftrace_instance_event(struct tracefs_instance *instance, const char *system, const char *event,
			  bool on)
{
	char file[224];

	snprintf(file, sizeof(file), "events/%s/%s/enable", system, event);
	return tracefs_instance_file_write(instance, file, on ? "1" : "0") < 0 ? -errno : 0;
}

void ftrace_instance_stop(struct tracefs_instance *instance)
{
	if (!instance)
		return;
	tracefs_instance_file_write(instance, "tracing_on", "0");
	tracefs_instance_file_write(instance, "events/enable", "0");
}

void ftrace_instance_free(const struct backend_settings *settings,
			  struct tracefs_instance *instance)
{
	if (!instance)
		return;
	if (!settings->guarded)
		tracefs_instance_destroy(instance);
	tracefs_instance_free(instance);
}

static bool is_followed(struct tracefs_instance *instance, pid_t tid)
{
	char *text = tracefs_instance_file_read(instance, "set_event_pid", NULL), *at = text, *end;
	bool found = false;

	for (long pid; at && !found && (pid = strtol(at, &end, 10), end != at); at = end)
		found = pid == tid;
	free(text);
	return found;
}

int ftrace_instance_target(const struct backend_settings *settings,
			   struct tracefs_instance *instance, pid_t tid, enum backend_target how)
{
	const char *file = how == BACKEND_LEAVE_OUT ? "set_event_notrace_pid" : "set_event_pid";
	char text[32];

	if (how == BACKEND_GONE || (how != BACKEND_LEAVE_OUT && settings->everything))
		return 0;
	if (settings->numbers && !(tid = pid_numbers_ask(settings->numbers, tid)))
		return 0; /* it has ended */
	if (how == BACKEND_LATE && is_followed(instance, tid))
		return 1;
	snprintf(text, sizeof(text), "%d", tid);
	tracefs_instance_file_write(instance, "options/event-fork", "1");
	if (tracefs_instance_file_append(instance, file, text) >= 0)
		return 0;
	if (how != BACKEND_LEAVE_OUT && errno != ENOENT)
		return -errno;
	backend_debug(settings, "%s of the kernel refuses %d: it is left to the recorder", file,
		      tid);
	return 0;
}

bool ftrace_instance_owner(const char *name, pid_t *pid, uint64_t *began)
{
	unsigned long long ticks = 0;

	if (strncmp(name, prefix, strlen(prefix)) ||
	    sscanf(name + strlen(prefix), "%d-%llu", pid, &ticks) < 1)
		return false;
	*began = ticks;
	return *pid > 0;
}
