// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tracefs/ftrace_source.h"

#include "tracer/system/hotplug.h"
#include "tracer/tracefs/ftrace_instance.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ftrace does not tell the thread's process. The bytes live as long as those of `event`. */
static void set_head(struct assembler_event *head, const struct ftrace_event *event)
{
	head->time = event->time;
	head->data = event->data;
	head->size = event->size;
	head->lost = event->lost;
	head->tgid = 0;
	memcpy(&head->tid, (const char *)event->data + COMMON_PID, sizeof(head->tid));
}

static bool next_event(struct assembler_source *source)
{
	struct ftrace_source *s = (void *)source;
	const struct ftrace_sources *all = s->all;
	struct assembler_event *head = &source->head;
	struct ftrace_event e;
	uint16_t id;

	do {
		if (!ftrace_pages_next(s->pages, &e))
			return false;
		memcpy(&id, e.data, sizeof(id));
		/* The hit of a probe may be of a tracepoint that is one of ours elsewhere. */
		head->kind = source->lane != ASSEMBLER_PROBES && id < sizeof(all->points->kind_of)
				     ? all->points->kind_of[id]
				     : TP_LOST;
		set_head(head, &e);
		if (head->kind == TP_LOST && all->tell)
			all->tell(s, &e);
	} while (head->kind == TP_LOST && !e.lost);
	return true;
}

/* What no pages tell of is the first source's to say. */
static uint64_t lost_at_end(struct assembler_source *source)
{
	struct ftrace_source *s = (void *)source;
	const struct ftrace_sources *all = s->all;

	return ftrace_pages_lost_at_end(s->pages) +
	       (s == all->at && all->missed ? all->missed(all->owner) : 0);
}

/* 1, 0 if no such CPU can ever be, or -EIO with a sentence. */
static int open_cpu(struct ftrace_source *s, const char *directory, uint32_t cpu,
		    enum assembler_lane lane, struct tape_error *why)
{
	bool alike = lane == ASSEMBLER_ENTERS || lane == ASSEMBLER_EXITS;
	char path[320];

	snprintf(path, sizeof(path), "%s/per_cpu/cpu%u", directory, cpu);
	if (access(path, F_OK))
		return 0;
	s->pages = ftrace_pages_open(directory, cpu, alike, why);
	if (!s->pages)
		return -EIO;
	s->source = (struct assembler_source){ .cpu = cpu,
					       .lane = lane,
					       .next = next_event,
					       .lost_at_end = lost_at_end,
					       .first = true };
	return 1;
}

int ftrace_sources_open(struct ftrace_sources *all, const char *directory, enum assembler_lane lane,
			struct tape_error *why)
{
	int cpus = hotplug_cpus(), count = 0;

	if (!all->at)
		all->at = calloc((size_t)cpus * ASSEMBLER_LANES, sizeof(*all->at));
	if (!all->at) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return -ENOMEM;
	}
	for (int cpu = 0; cpu < cpus; cpu++) {
		struct ftrace_source *s = &all->at[all->count];
		int opened = open_cpu(s, directory, cpu, lane, why);

		if (opened < 0)
			return opened;
		s->all = all;
		all->count += opened;
		count += opened;
	}
	return count;
}

static int open_instance(struct ftrace_sources *all, struct tracefs_instance *instance,
			 enum assembler_lane lane, struct tape_error *why)
{
	char *directory = tracefs_instance_get_dir(instance);
	int count;

	if (!directory) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return -ENOMEM;
	}
	count = ftrace_sources_open(all, directory, lane, why);
	tracefs_put_tracing_file(directory);
	return count;
}

int ftrace_sources_make(struct ftrace_sources *all, const struct backend_settings *settings,
			const char *suffix, uint64_t *size, enum assembler_lane lane,
			struct tracefs_instance **instance, struct tape_error *why)
{
	int hold, count;

	*instance = ftrace_instance_new(settings, suffix, size, &hold, why);
	if (!*instance)
		return -EIO;
	count = open_instance(all, *instance, lane, why);
	if (hold >= 0)
		close(hold);
	return count;
}

int ftrace_sources_add(struct ftrace_sources *all, struct event_assembler *assembler)
{
	int error = 0;

	for (size_t i = 0; i < all->count && !error; i++)
		error = assembler_add(assembler, &all->at[i].source);
	return error;
}

void ftrace_sources_watch(const struct ftrace_sources *all, int cpu, int epoll)
{
	for (size_t i = 0; i < all->count; i++)
		if (cpu < 0 || all->at[i].source.cpu == (uint32_t)cpu)
			ftrace_pages_watch(all->at[i].pages, epoll);
}

void ftrace_sources_close(struct ftrace_sources *all)
{
	for (size_t i = 0; i < all->count; i++)
		ftrace_pages_close(all->at[i].pages);
	free(all->at);
	all->at = NULL;
	all->count = 0;
}
