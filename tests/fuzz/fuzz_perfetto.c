// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * -l perfetto: packets of fields that end where they should; what a packet names by a number has
 * been named before, since names were last forgotten; a track is described before it is used, and
 * its slices follow one another: each begins behind the end of the one before, and ends once. The
 * header's process id chooses options, so that the mutator can change them.
 */
#include "decode/render/renderer_table.h"
#include "decode/stream/stream.h"
#include "tests/fuzz/one_tape.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	NAMES = 4097, /* numbers of names, of each kind */
	KINDS = 4,
	DEEPEST = 300,
	/* fields: of a packet, */
	EVENT = 11,
	TIME = 8,
	INTERNED = 12,
	FLAGS = 13,
	TRACK = 60,
	/* and of an event */
	CATEGORY_NAMED = 3,
	ANNOTATION = 4,
	TYPE = 9,
	NAMED = 10,
	ON_TRACK = 11,
	SLICE_BEGIN = 1,
	SLICE_END = 2,
};

struct track {
	uint64_t last; /* time of its last slice's edge */
	bool described, open;
};

struct judged {
	bool named[KINDS][NAMES];
	struct track *tracks; /* by uuid */
	size_t count;
};

struct message {
	const uint8_t *at, *end;
};

struct field {
	unsigned int number;
	uint64_t value;	       /* of a number */
	struct message inside; /* of bytes */
};

static void __attribute__((noreturn)) refuse(const char *why)
{
	fprintf(stderr, "%s in the output\n", why);
	abort();
}

static uint64_t varint(struct message *m)
{
	uint64_t value = 0;

	for (int shift = 0; shift < 64; shift += 7) {
		if (m->at == m->end)
			refuse("a number that is cut");
		value |= (uint64_t)(*m->at & 127) << shift;
		if (!(*m->at++ & 128))
			return value;
	}
	refuse("a number that is too long");
}

static bool next(struct message *m, struct field *f)
{
	uint64_t tag, size = 8;

	if (m->at == m->end)
		return false;
	tag = varint(m);
	*f = (struct field){ .number = (unsigned int)(tag >> 3) };
	if ((tag & 7) == 0) {
		f->value = varint(m);
		return true;
	}
	if ((tag & 7) == 2)
		size = varint(m);
	else if ((tag & 7) != 1)
		refuse("a field of no type");
	if (size > (uint64_t)(m->end - m->at))
		refuse("a field beyond its message");
	f->inside = (struct message){ m->at, m->at + size };
	m->at += size;
	return true;
}

/* A number that a packet writes as a field; 0: it does not. */
static uint64_t number_of(struct message m, unsigned int field)
{
	struct field f;
	uint64_t value = 0;

	while (next(&m, &f))
		value = f.number == field ? f.value : value;
	return value;
}

static void learn_names(struct judged *j, struct message interned)
{
	struct field f;

	while (next(&interned, &f)) {
		uint64_t number = number_of(f.inside, 1);

		if (f.number >= KINDS || !number || number >= NAMES)
			refuse("a name of no number");
		j->named[f.number][number] = true;
	}
}

static void need_name(const struct judged *j, int kind, uint64_t number)
{
	if (number && (number >= NAMES || !j->named[kind][number]))
		refuse("a name that nobody has told");
}

/* dict_entries and array_values are annotations themselves. */
static void judge_annotation(const struct judged *j, struct message m, int depth)
{
	struct field f;

	if (depth > DEEPEST)
		refuse("annotations too deep");
	while (next(&m, &f)) {
		if (f.number == 1)
			need_name(j, 3, f.value);
		if (f.number == 11 || f.number == 12)
			judge_annotation(j, f.inside, depth + 1);
	}
}

static struct track *track_of(struct judged *j, uint64_t uuid)
{
	if (!uuid || uuid > 1 << 24)
		refuse("a track of no number");
	if (uuid >= j->count) {
		size_t count = 2 * (size_t)uuid + 64;

		j->tracks = realloc(j->tracks, count * sizeof(*j->tracks));
		memset(j->tracks + j->count, 0, (count - j->count) * sizeof(*j->tracks));
		j->count = count;
	}
	return &j->tracks[uuid];
}

static void judge_slice(struct track *track, bool begins, uint64_t time)
{
	if (track->open == begins)
		refuse(begins ? "a slice within another" : "an end of no slice");
	if (time < track->last)
		refuse("a slice before the end of the last");
	track->open = begins;
	track->last = time;
}

static void judge_event(struct judged *j, struct message m, uint64_t time)
{
	struct track *track = track_of(j, number_of(m, ON_TRACK));
	uint64_t type = number_of(m, TYPE);
	struct field f;

	if (!track->described)
		refuse("an event on a track that nobody has described");
	if (type == SLICE_BEGIN || type == SLICE_END)
		judge_slice(track, type == SLICE_BEGIN, time);
	while (next(&m, &f)) {
		if (f.number == CATEGORY_NAMED)
			need_name(j, 1, f.value);
		else if (f.number == NAMED)
			need_name(j, 2, f.value);
		else if (f.number == ANNOTATION)
			judge_annotation(j, f.inside, 0);
	}
}

/* What a packet forgets and names holds for the event that stands in it before. */
static void judge_packet(struct judged *j, struct message packet)
{
	uint64_t time = number_of(packet, TIME);
	struct message again = packet;
	struct field f;

	if (number_of(packet, FLAGS) & 1)
		memset(j->named, 0, sizeof(j->named));
	while (next(&again, &f))
		if (f.number == INTERNED)
			learn_names(j, f.inside);
	while (next(&packet, &f)) {
		if (f.number == EVENT)
			judge_event(j, f.inside, time);
		else if (f.number == TRACK)
			track_of(j, number_of(f.inside, 1))->described = true;
	}
}

static void judge(const struct text *out)
{
	struct message trace = { (const uint8_t *)out->data,
				 (const uint8_t *)out->data + out->used };
	struct judged *j = calloc(1, sizeof(*j));
	struct field f;

	while (next(&trace, &f)) {
		if (f.number != 1 || !f.inside.at)
			refuse("something between packets");
		judge_packet(j, f.inside);
	}
	free(j->tracks);
	free(j);
}

void one_tape(struct tape_reader *reader, uint32_t bits)
{
	static const unsigned int details[] = { SHOW_DETAILS, SHOW_PATHS, 0, SHOW_SOCKETS };
	static const pid_t pids[] = { 1, 2 };
	struct render_options options = {
		.descriptors = details[bits & 3],
		.string_size = bits & 4 ? bits >> 24 : UINT32_MAX,
		.json_safe = bits & 8,
	};
	struct stream_filter filter = {
		.pids = pids,
		.pid_count = bits & 64 && bits & 128 ? 2 : 0,
		.failed_only = bits & 256 && bits & 512,
		.limit = bits & 1024 && bits & 2048 ? 3 : 0,
	};
	struct stream *stream = stream_new(reader, &filter);
	struct render r = { .options = &options };
	struct tape_error why = { "" };
	struct text out;

	if (!stream || text_open(&out, -1))
		abort();
	r.out = &out;
	r.facts = stream_facts(stream);
	r.counts = stream_counts(stream);
	stream_run(stream, renderer_by_name("perfetto"), &r, &why);
	judge(&out);
	text_close(&out);
	stream_free(stream);
}
