// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/long_names.h"
#include "tracer/system/hotplug.h"

#include "tracer/perf_event/perf_open.h"
#include "tracer/perf_event/perf_ring.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <unistd.h>

enum {
	RING_LEAST = 256 << 10, /* bytes of a CPU */
};

/* One CPU's ring, into which the events of all probes go. */
struct long_source {
	struct assembler_source source;
	struct perf_ring ring;
	const struct long_names *names;
	struct assembler_name hit;
	uint64_t lost, taken, hits; /* hits: that the kernel counted, known at the end */
};

struct long_names {
	const struct name_event *events;
	size_t count;
	struct long_source *sources; /* by CPU */
	struct {
		int fd, cpu;
	} * fds;
	size_t fd_count;
	uint64_t ring; /* bytes of a CPU */
	int cpus;
};

/* include/uapi/linux/perf_event.h: with PERF_SAMPLE_TID, _TIME and _RAW; and PERF_RECORD_LOST. */
struct sample {
	struct perf_event_header header;
	uint32_t tgid, tid;
	uint64_t time;
	uint32_t size;
	char data[];
};

struct lost_record {
	struct perf_event_header header;
	uint64_t id, lost;
};

static void take(struct long_source *s, const struct sample *sample)
{
	struct assembler_event *head = &s->source.head;

	*head = (struct assembler_event){
		.time = sample->time,
		.data = &s->hit,
		.size = sizeof(s->hit),
		.tid = sample->tid,
		.tgid = sample->tgid,
		.kind = name_event_read(s->names->events, s->names->count, sample->data,
					sample->size, &s->hit) < 0
				? TP_LOST
				: TP_NAME,
		.lost = s->lost,
	};
	s->taken += 1 + s->lost;
	s->lost = 0;
}

static bool next_event(struct assembler_source *source)
{
	struct long_source *s = (void *)source;
	const struct perf_event_header *header;

	while ((header = perf_ring_next(&s->ring))) {
		if (header->type == PERF_RECORD_LOST)
			s->lost += ((const struct lost_record *)header)->lost;
		if (header->type != PERF_RECORD_SAMPLE)
			continue;
		take(s, (const void *)header);
		return true;
	}
	return false;
}

static uint64_t lost_at_end(struct assembler_source *source)
{
	struct long_source *s = (void *)source;

	return s->hits > s->taken ? s->hits - s->taken : 0;
}

/* The first event of a CPU owns the ring, the others write into it. */
static int add_event(struct long_names *n, uint32_t id, int cpu)
{
	const struct tracepoint event = { .id = id };
	struct long_source *s = &n->sources[cpu];
	struct perf_how how = {
		.cpu = cpu, .follow = PERF_WHOLE_CPU, .output = -1, .wake = n->ring / 4
	};
	int fd = perf_open(&event, &how), error = 0;

	if (fd < 0)
		return fd == -ENODEV ? 0 : fd; /* a CPU that is not there */
	n->fds[n->fd_count].fd = fd;
	n->fds[n->fd_count++].cpu = cpu;
	if (ioctl(fd, PERF_EVENT_IOC_SET_FILTER, LONG_NAMES_FIELD " != 0"))
		return -errno;
	if (!s->ring.page)
		error = perf_ring_open(&s->ring, fd, n->ring);
	else if (ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, s->ring.fd))
		error = -errno;
	return error;
}

static int open_all(struct long_names *n)
{
	int error = 0;

	n->cpus = hotplug_cpus();
	n->sources = calloc(n->cpus, sizeof(*n->sources));
	n->fds = calloc(n->cpus * n->count, sizeof(*n->fds));
	if (!n->sources || !n->fds)
		return -ENOMEM;
	for (int cpu = 0; cpu < n->cpus; cpu++)
		for (size_t i = 0; i < n->count && !error; i++)
			if (n->events[i].seen)
				error = add_event(n, n->events[i].id, cpu);
	return error;
}

/* Larger events than 2048 bytes make older kernels complain in their log. */
static bool kernel_has_room(void)
{
	unsigned int major = 0, minor = 0;
	struct utsname u;

	return !uname(&u) && sscanf(u.release, "%u.%u", &major, &minor) == 2 &&
	       (major > 5 || (major == 5 && minor >= 17));
}

struct long_names *long_names_open(const struct backend_settings *settings,
				   struct event_assembler *assembler,
				   const struct name_event *events, size_t count,
				   struct tape_error *why)
{
	struct long_names *n = calloc(1, sizeof(*n));
	int error = -ENOMEM;

	if (n) {
		n->events = events;
		n->count = count;
		for (n->ring = RING_LEAST; n->ring < settings->buffer / 4; n->ring *= 2)
			;
		error = kernel_has_room() ? open_all(n) : -E2BIG;
	}
	for (int cpu = 0; !error && cpu < n->cpus; cpu++) {
		struct long_source *s = &n->sources[cpu];

		s->names = n;
		s->source = (struct assembler_source){ .cpu = cpu,
						       .lane = ASSEMBLER_LONG_NAMES,
						       .next = next_event,
						       .lost_at_end = lost_at_end };
		if (s->ring.page)
			error = assembler_add(assembler, &s->source);
	}
	if (!error)
		return n;
	snprintf(why->text, sizeof(why->text), "perf events refuse them: %s", strerror(-error));
	long_names_close(n);
	return NULL;
}

void long_names_watch(struct long_names *n, int bell)
{
	struct epoll_event event = { .events = EPOLLIN };

	for (int cpu = 0; n && cpu < n->cpus; cpu++)
		if (n->sources[cpu].ring.page)
			epoll_ctl(bell, EPOLL_CTL_ADD, n->sources[cpu].ring.fd, &event);
}

void long_names_start(struct long_names *n)
{
	for (size_t i = 0; n && i < n->fd_count; i++)
		ioctl(n->fds[i].fd, PERF_EVENT_IOC_ENABLE, 0);
}

void long_names_stop(struct long_names *n)
{
	uint64_t hits;

	for (int cpu = 0; n && cpu < n->cpus; cpu++)
		n->sources[cpu].hits = 0;
	for (size_t i = 0; n && i < n->fd_count; i++) {
		ioctl(n->fds[i].fd, PERF_EVENT_IOC_DISABLE, 0);
		if (read(n->fds[i].fd, &hits, sizeof(hits)) == sizeof(hits))
			n->sources[n->fds[i].cpu].hits += hits;
	}
}

void long_names_close(struct long_names *n)
{
	if (!n)
		return;
	for (int cpu = 0; n->sources && cpu < n->cpus; cpu++)
		perf_ring_close(&n->sources[cpu].ring);
	for (size_t i = 0; i < n->fd_count; i++)
		close(n->fds[i].fd);
	free(n->sources);
	free(n->fds);
	free(n);
}
