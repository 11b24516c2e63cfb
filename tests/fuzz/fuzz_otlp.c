// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * -l otlp: messages of fields that end where their message does, in ASCII; every span has its ids,
 * and none is there twice. The header's process id chooses options, so that the mutator can change
 * them.
 */
#include "decode/render/renderer_table.h"
#include "decode/stream/stream.h"
#include "tests/fuzz/one_tape.h"

#include <stdio.h>
#include <stdlib.h>

static void __attribute__((noreturn)) refuse(const char *why)
{
	fprintf(stderr, "%s in the output\n", why);
	abort();
}

static uint64_t varint(const unsigned char **at, const unsigned char *end)
{
	uint64_t value = 0;

	for (int shift = 0; shift < 64; shift += 7) {
		if (*at == end)
			refuse("a number that is cut");
		value |= (uint64_t)(**at & 127) << shift;
		if (!(*(*at)++ & 128))
			return value;
	}
	refuse("a number that is too long");
}

/* Messages, and which of their fields are others. */
enum kind { PLAIN, REQUEST, RESOURCES, RESOURCE, SCOPES, SCOPE, RECORD, STATUS, PAIR, VALUE, LIST };

static enum kind kind_of(enum kind within, uint64_t field, bool logs)
{
	switch (within) {
	case REQUEST: return field == 1 ? RESOURCES : PLAIN;
	case RESOURCES: return field == 1 ? RESOURCE : field == 2 ? SCOPES : PLAIN;
	case RESOURCE: return field == 1 ? PAIR : PLAIN;
	case SCOPES: return field == 1 ? SCOPE : field == 2 ? RECORD : PLAIN;
	case RECORD:
		if (logs)
			return field == 5 ? VALUE : field == 6 ? PAIR : PLAIN;
		return field == 9 ? PAIR : field == 15 ? STATUS : PLAIN;
	case PAIR: return field == 2 ? VALUE : PLAIN;
	case VALUE: return field == 5 ? LIST : PLAIN;
	case LIST: return field == 1 ? VALUE : PLAIN;
	default: return PLAIN;
	}
}

static void judge(const unsigned char *at, const unsigned char *end, enum kind kind, bool logs)
{
	unsigned int ids = 0;

	while (at < end) {
		uint64_t tag = varint(&at, end), field = tag >> 3, size = 8;
		enum kind inner = kind_of(kind, field, logs);

		if ((tag & 7) == 0) {
			varint(&at, end);
			continue;
		}
		size = (tag & 7) == 2 ? varint(&at, end) : size;
		if (((tag & 7) != 1 && (tag & 7) != 2) || size > (uint64_t)(end - at))
			refuse("a field beyond its message");
		if (inner)
			judge(at, at + size, inner, logs);
		ids += kind == RECORD && ((field == 1 && size == 16) || (field == 2 && size == 8));
		for (size_t i = 0; !inner && kind != RECORD && (tag & 7) == 2 && i < size; i++)
			if (at[i] < ' ' || at[i] > '~')
				refuse("a byte that is not ASCII");
		at += size;
	}
	if (kind == RECORD && !logs && ids != 2)
		refuse("a span without its ids");
}

void one_tape(struct tape_reader *reader, uint32_t bits)
{
	static const unsigned int details[] = { SHOW_DETAILS, SHOW_PATHS, 0, SHOW_SOCKETS };
	const struct renderer *renderer = renderer_by_name("otlp");
	bool logs = bits & 8 && bits & 16;
	struct render_options options = {
		.descriptors = details[bits & 3],
		.string_size = bits & 4 ? bits >> 24 : UINT32_MAX,
		.column = 40,
		.otlp = { .spans = logs	       ? OTLP_NO_SPANS
				   : bits & 32 ? OTLP_CALLS
					       : OTLP_PROGRAMS,
			  .most = bits & 64 ? 3 : UINT64_MAX,
			  .logs = logs,
			  .command_args = bits & 128,
			  .relative = bits & 2048 },
	};
	struct stream_filter filter = {
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
	stream_run(stream, renderer, &r, &why);
	renderer->finish(&r, !*why.text, &why);
	judge((const unsigned char *)out.data, (const unsigned char *)out.data + out.used, REQUEST,
	      logs);
	text_close(&out);
	stream_free(stream);
}
