// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/ctf/ctf_streams.h"

#include "format/tape/descriptor_write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	PACKET = 32 << 10, /* bytes, from which on it is written */
	LANES = 8,	   /* streams of one CPU */
	CONTENT_SIZE = 40, /* where it is in a packet, as is the next; timestamps are before it */
	HEAD = 76,	   /* bytes before the first event */
	STREAM = 0,	   /* the one class of streams */
};

struct ctf_stream {
	struct ctf_stream *next; /* of the same CPU */
	uint32_t cpu;
	unsigned int lane;
	struct text packet; /* the events of the one at hand */
	uint64_t begin, last, number, discarded;
	bool made;   /* the file is there */
	bool behind; /* a loss that no packet tells of yet */
};

int ctf_streams_init(struct ctf_streams *s)
{
	s->streams = calloc(CTF_CPUS + 1, sizeof(struct ctf_stream *));
	return s->streams ? 0 : -ENOMEM;
}

void ctf_streams_done(struct ctf_streams *s)
{
	for (int i = 0; s->streams && i <= CTF_CPUS; i++) {
		while (s->streams[i]) {
			struct ctf_stream *gone = s->streams[i];

			s->streams[i] = gone->next;
			text_close(&gone->packet);
			free(gone);
		}
	}
	free(s->streams);
}

static void keep(struct ctf_streams *s, int error)
{
	if (error && !s->error)
		s->error = error;
}

int ctf_streams_file(struct ctf_streams *s, const char *name, const struct text *text, bool more)
{
	int fd, error;

	if (s->error)
		return s->error;
	if (text->error) {
		keep(s, text->error);
		return s->error;
	}
	fd = output_file_at(s->folder, name, more ? OUTPUT_APPEND : OUTPUT_NEW, s->rules, s->why);
	if (fd < 0) {
		keep(s, fd);
		return s->error;
	}
	error = descriptor_write(fd, text->data, text->used);
	if (close(fd) && !error)
		error = -errno;
	keep(s, error);
	return s->error;
}

static void name_file(const struct ctf_stream *one, char *name, size_t size)
{
	size_t used;

	if (one->cpu < CTF_CPUS)
		used = (size_t)snprintf(name, size, "channel0_%u", one->cpu);
	else
		used = (size_t)snprintf(name, size, "channel0_none");
	if (one->lane)
		snprintf(name + used, size - used, "_%u", one->lane);
}

static void begin_packet(struct ctf_stream *one, uint64_t time)
{
	one->packet.used = 0;
	text_room(&one->packet, HEAD);
	one->packet.used = one->packet.error ? 0 : HEAD;
	one->begin = time;
}

static void put_head(const struct ctf_streams *s, struct ctf_stream *one)
{
	struct text *p = &one->packet;
	size_t size = p->used;

	p->used = 0;
	ctf_put(p, (uint32_t)CTF_MAGIC, 4);
	text_bytes(p, (const char *)s->uuid, 16);
	ctf_put(p, STREAM, 4);
	ctf_put(p, one->begin, 8);
	ctf_put(p, one->last, 8);
	ctf_put(p, 8 * size, 8); /* of what is in it, and with what fills it: in bits */
	ctf_put(p, 8 * size, 8);
	ctf_put(p, one->number, 8);
	ctf_put(p, one->discarded, 8);
	ctf_put(p, one->cpu, 4);
	p->used = size;
}

static void end_packet(struct ctf_streams *s, struct ctf_stream *one)
{
	char name[40];

	if (one->packet.error || one->packet.used < HEAD) {
		keep(s, -ENOMEM);
		return;
	}
	put_head(s, one);
	name_file(one, name, sizeof(name));
	ctf_streams_file(s, name, &one->packet, one->made);
	one->made = true;
	one->behind = false;
	one->number++;
	begin_packet(one, one->last);
}

static struct ctf_stream *new_stream(struct ctf_streams *s, uint32_t cpu, unsigned int lane)
{
	struct ctf_stream *one = calloc(1, sizeof(*one));

	if (!one || text_open_sized(&one->packet, -1, 1024)) {
		free(one);
		keep(s, -ENOMEM);
		return NULL;
	}
	one->cpu = cpu;
	one->lane = lane;
	one->last = s->start;
	begin_packet(one, s->start);
	return one;
}

/* A stream of the CPU that takes an event of this time. */
static struct ctf_stream *stream_for(struct ctf_streams *s, uint32_t cpu, uint64_t *time)
{
	struct ctf_stream **at = &s->streams[cpu < CTF_CPUS ? cpu : CTF_CPUS], *latest = NULL;
	unsigned int lane = 0;

	for (; *at; at = &(*at)->next, lane++) {
		latest = *at;
		if (*time >= latest->last || (!latest->number && latest->packet.used == HEAD))
			return latest;
	}
	if (lane < LANES)
		return *at = new_stream(s, cpu < CTF_CPUS ? cpu : UINT32_MAX, lane);
	s->displaced++;
	*time = latest ? latest->last : *time;
	return latest;
}

struct text *ctf_streams_begin(struct ctf_streams *s, uint32_t cpu, uint32_t event, uint64_t time)
{
	struct ctf_stream *one = s->error ? NULL : stream_for(s, cpu, &time);

	if (!one)
		return NULL;
	if (one->packet.used == HEAD)
		one->begin = time;
	one->last = time;
	ctf_put(&one->packet, event, 4);
	ctf_put(&one->packet, time, 8);
	s->current = one;
	return &one->packet;
}

void ctf_streams_end(struct ctf_streams *s)
{
	if (s->current->packet.used >= PACKET)
		end_packet(s, s->current);
}

void ctf_streams_lost(struct ctf_streams *s, uint32_t cpu, uint64_t time, uint64_t events,
		      uint64_t packets)
{
	uint64_t any = 0;
	struct ctf_stream *one = s->error ? NULL : s->streams[cpu < CTF_CPUS ? cpu : CTF_CPUS];

	if (!one && !s->error)
		one = stream_for(s, cpu, &any);
	if (!one)
		return;
	/* What a reader counts is the difference from one packet to the next. */
	if (one->packet.used > HEAD || !one->number)
		end_packet(s, one);
	one->last = time > one->last ? time : one->last;
	one->begin = one->last;
	one->discarded += events;
	one->number += packets;
	one->behind = true;
}

int ctf_streams_finish(struct ctf_streams *s)
{
	for (int i = 0; i <= CTF_CPUS; i++)
		for (struct ctf_stream *one = s->streams[i]; one; one = one->next)
			if (one->packet.used > HEAD || one->behind)
				end_packet(s, one);
	return s->error;
}
