// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/assembler/fork_notes.h"

#include "tracer/perf_event/perf_open.h"
#include "tracer/perf_event/perf_ring.h"
#include "tracer/system/hotplug.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	RING = 256 << 10, /* bytes per CPU: 4000 threads */
};

struct note_source {
	struct assembler_source source;
	struct perf_ring ring;
	uint64_t lost;
};

struct fork_notes {
	struct note_source *sources;
	int cpus;
};

static bool next_event(struct assembler_source *source)
{
	struct note_source *s = (void *)source;
	const struct perf_event_header *header;
	const struct perf_fork_record *fork;

	while ((header = perf_ring_next(&s->ring)) && header->type != PERF_RECORD_FORK)
		if (header->type == PERF_RECORD_LOST)
			s->lost += ((const struct perf_lost_record *)(const void *)header)->lost;
	if (!header)
		return false;
	fork = (const void *)header;
	source->head = (struct assembler_event){
		.time = fork->time,
		.data = &fork->tid,
		.size = sizeof(fork->tid),
		.tid = fork->parent_tid,
		.tgid = fork->parent_tgid,
		.kind = TP_CHILD,
		.lost = s->lost,
	};
	s->lost = 0;
	return true;
}

static uint64_t lost_at_end(struct assembler_source *source)
{
	(void)source; /* of threads that nothing tells of any more */
	return 0;
}

static int open_cpu(struct fork_notes *n, int cpu, struct event_assembler *assembler)
{
	struct note_source *s = &n->sources[cpu];
	struct perf_how how = {
		.cpu = cpu, .follow = PERF_WHOLE_CPU, .output = -1, .wake = RING / 4
	};
	int fd = perf_open_tasks(&how), error;

	if (fd < 0)
		return fd == -ENODEV ? 0 : fd; /* a CPU that is not there */
	error = perf_ring_open(&s->ring, fd, RING);
	if (error) {
		close(fd);
		return error;
	}
	s->source = (struct assembler_source){ .cpu = cpu,
					       .lane = ASSEMBLER_CHILDREN,
					       .next = next_event,
					       .lost_at_end = lost_at_end };
	return assembler_add(assembler, &s->source);
}

int fork_notes_open(struct fork_notes **notes, const struct backend_settings *settings,
		    struct event_assembler *assembler)
{
	struct fork_notes *n;
	int error = 0;

	*notes = NULL;
	if (!settings->numbers)
		return 0;
	*notes = n = calloc(1, sizeof(*n));
	if (!n)
		return -ENOMEM;
	n->cpus = hotplug_cpus();
	n->sources = calloc(n->cpus, sizeof(*n->sources));
	if (!n->sources)
		return -ENOMEM;
	for (int cpu = 0; cpu < n->cpus && !error; cpu++)
		error = open_cpu(n, cpu, assembler);
	return error;
}

static void tell_all(struct fork_notes *n, unsigned long request)
{
	for (int cpu = 0; n && n->sources && cpu < n->cpus; cpu++)
		if (n->sources[cpu].ring.page)
			ioctl(n->sources[cpu].ring.fd, request, 0);
}

void fork_notes_start(struct fork_notes *n)
{
	tell_all(n, PERF_EVENT_IOC_ENABLE);
}

void fork_notes_stop(struct fork_notes *n)
{
	tell_all(n, PERF_EVENT_IOC_DISABLE);
}

void fork_notes_close(struct fork_notes *n)
{
	if (!n)
		return;
	for (int cpu = 0; n->sources && cpu < n->cpus; cpu++) {
		struct perf_ring *ring = &n->sources[cpu].ring;
		int fd = ring->page ? ring->fd : -1;

		perf_ring_close(ring);
		if (fd >= 0)
			close(fd);
	}
	free(n->sources);
	free(n);
}
