// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The decoders from tape to text, every renderer and the plain copy. Not a byte may come out that a
 * terminal could take for a command. The header's process id chooses renderer and options, so that
 * the mutator can change them.
 */
#include "decode/render/bin.h"
#include "decode/render/renderer_table.h"
#include "decode/render/split.h"
#include "decode/render/summary.h"
#include "decode/stream/stream.h"
#include "tests/fuzz/one_tape.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

/* The files of -ff are made nowhere (ld's --wrap). */
int __wrap_output_file_at(const struct output_folder *folder, const char *name, enum output_how how,
			  const struct output_rules *rules, struct tape_error *why);
int __wrap_output_file_at(const struct output_folder *folder, const char *name, enum output_how how,
			  const struct output_rules *rules, struct tape_error *why)
{
	(void)folder, (void)name, (void)how, (void)rules, (void)why;
	return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

enum way { PLAIN, SPLIT, SUMMARY, COPY };

/* The renderer, or what stands in front of it. */
static const struct renderer *choose(struct render *r, const struct renderer *inner, enum way way,
				     struct split_target *target)
{
	target->by = 1 + r->options->time_digits % 3;
	if (way == SPLIT && !split_prepare(r, inner, target))
		return &split_renderer;
	if (way == SUMMARY && !summary_prepare(r, r->options->verbose ? inner : NULL))
		return &summary_renderer;
	return inner;
}

static void check_text(const struct text *out)
{
	for (size_t i = 0; i < out->used; i++) {
		unsigned char c = out->data[i];

		if ((c < ' ' || c > '~') && c != '\n' && c != '\t') {
			fprintf(stderr, "byte %#x in the output, behind: %.*s\n", c,
				(int)(i > 100 ? 100 : i), out->data + i - (i > 100 ? 100 : i));
			abort();
		}
	}
}

static void render(struct tape_reader *reader, uint32_t bits)
{
	static const char *const names[] = { "hex", "hex_sl", "strace", "list" };
	static const pid_t pids[] = { 1, 2 };
	static const unsigned int details[] = { 0, SHOW_PATHS, SHOW_DETAILS, SHOW_SOCKETS };
	struct render_options options = {
		.time = bits >> 2 & 3,
		.time_digits = (bits >> 24) % 10,
		.relative_time = bits & 16,
		.duration = bits & 32,
		.verbose = bits & 64,
		.header = bits & 128,
		.quoting = (bits >> 8 & 3) % 3,
		.raw_names = (bits >> 10 & 3) % 3,
		.descriptors = details[bits >> 12 & 3],
		.pointer = bits & 1 << 18,
		.cpu_time = bits & 1 << 18,
		.comms = bits & 1 << 18,
		.string_size = bits & 1 << 14 ? 32 : bits >> 24,
		.column = 40,
		.pids = (bits >> 15 & 3) % 3,
		.tracer = "strace",
		.separator = bits & 1 << 17 ? "\t" : "|",
		.columns = bits & 1 << 18 ? "TID,TGID,CPU,DUR,SEQ,NR,START" : NULL,
	};
	struct stream_filter filter = {
		.pids = pids,
		.pid_count = bits & 1 << 19 ? 2 : 0,
		.failed_only = bits & 1 << 20,
		.since = bits & 1 << 21 ? 5 : 0,
	};
	struct filter *dumps = bits & 1 << 17 ? filter_new() : NULL;
	struct path_match *touch = (bits >> 12 & 3) == 3 ? path_match_new() : NULL;
	char error[100];
	struct stream *stream;
	struct render r = { .options = &options };
	struct tape_error why = { "" };
	struct split_target target = { .folder = output_folder_open("/dev/split", &why) };
	struct text out;

	if (dumps && (filter_descriptors(dumps, FILTER_DUMPED_READ, "all", error, sizeof(error)) ||
		      filter_descriptors(dumps, FILTER_DUMPED_WRITE, "!1", error, sizeof(error))))
		abort();
	if (touch && (!path_match_add_path(touch, "/etc/passwd", false) ||
		      !path_match_set_descriptors(touch, "0,3,4,5", error, sizeof(error))))
		abort();
	options.dumps = dumps;
	filter.touch = touch;
	stream = stream_new(reader, &filter);
	if (!stream || text_open(&out, -1))
		abort();
	r.out = &out;
	r.facts = stream_facts(stream);
	stream_run(stream, choose(&r, renderer_by_name(names[bits & 3]), bits >> 22 & 3, &target),
		   &r, &why);
	if (stream_header_text(stream))
		text_lines(&out, stream_header_text(stream));
	check_text(&out);
	text_close(&out);
	stream_free(stream);
	filter_free(dumps);
	path_match_free(touch);
	output_folder_close(target.folder);
}

static void copy(struct tape_reader *reader)
{
	void *data;
	size_t size;
	struct tape_sink *sink = tape_sink_memory(&data, &size);

	bin_copy(reader, sink);
	sink->close(sink);
	free(data);
}

void one_tape(struct tape_reader *reader, uint32_t bits)
{
	if ((bits >> 22 & 3) == COPY)
		copy(reader);
	else
		render(reader, bits);
}
