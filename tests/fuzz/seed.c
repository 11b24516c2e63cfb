// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * seed: makes small inputs for fuzzing out of a tape: plain blocks, little metadata, few records
 * each.
 *
 *   seed TAPE FOLDER PREFIX RECORDS    writes FOLDER/PREFIX-0, -1, ... of RECORDS records each
 *
 * Of each kind of record (a call's number and its kind) only the first one is taken; what the tape
 * says of its probes goes into the first.
 */
#include "decode/input/merge.h"
#include "format/tape/tape_writer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void add_metadata(struct tape_writer *w, bool with_row)
{
	static const char row[] = "stat(path pathname, out struct:stat statbuf) = int ; file";

	tape_writer_meta(w, TRACE_META_COMMAND, 0, 0, "seed", 4);
	if (with_row)
		tape_writer_meta(w, TRACE_META_CALL, TRACE_X86_64, 4, row, sizeof(row) - 1);
	tape_writer_flush(w);
}

struct seeds {
	struct merge *merge;
	char seen[16][1024];
	char batch[64 << 10]; /* records of one CPU */
	size_t size;
	uint32_t cpu;
	int left; /* records that still fit this seed */
	bool ended;
};

static bool wanted(struct seeds *s, const struct trace_record *r)
{
	uint32_t nr = r->type <= TRACE_PAYLOAD ? ((const struct trace_call *)r)->nr
		      : r->type == TRACE_PROBE ? ((const struct trace_probe *)r)->probe
					       : 0;
	char *seen = &s->seen[r->type & 15][nr & 1023];

	if (r->type == TRACE_META || r->length > 1500 || *seen)
		return false;
	return *seen = 1;
}

static void put_batch(struct seeds *s, struct tape_writer *w, uint64_t sealed)
{
	if (s->size)
		tape_writer_records(w, s->cpu, s->batch, s->size, sealed);
	s->size = 0;
}

static void add_probe(struct tape_writer *w, const struct trace_meta *meta)
{
	if (meta->key == TRACE_META_PROBE)
		tape_writer_meta(w, meta->key, meta->arch, meta->nr, meta + 1, meta->size);
}

static void fill(struct seeds *s, struct tape_writer *w)
{
	struct merge_item item;

	while (s->left) {
		if (merge_next(s->merge, &item) <= 0) {
			s->ended = true;
			break;
		}
		if (item.record && item.record->type == TRACE_META)
			add_probe(w, (const void *)item.record);
		if (!item.record || !wanted(s, item.record))
			continue;
		if (item.cpu != s->cpu || s->size + item.record->length > sizeof(s->batch))
			put_batch(s, w, item.record->time);
		s->cpu = item.cpu;
		memcpy(s->batch + s->size, item.record, item.record->length);
		s->size += item.record->length;
		s->left--;
	}
	put_batch(s, w, UINT64_MAX);
}

int main(int argc, char **argv)
{
	int fd = argc == 5 ? open(argv[1], O_RDONLY) : -1;
	struct tape_source *source = fd >= 0 ? tape_source_fd(fd) : NULL;
	struct tape_error why;
	struct tape_reader *reader = source ? tape_reader_open(source, &why) : NULL;
	struct seeds *s = calloc(1, sizeof(*s));

	if (!reader)
		return 1;
	s->merge = merge_new(reader, NULL, NULL);
	for (int n = 0; !s->ended; n++) {
		char path[4096];
		struct tape_sink *sink;
		struct tape_writer *w;
		int out;

		snprintf(path, sizeof(path), "%s/%s-%02d", argv[2], argv[3], n);
		out = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		sink = tape_sink_fd(out);
		w = tape_writer_new(sink, tape_reader_header(reader), codec_by_name("none"), 0);
		add_metadata(w, !n);
		s->left = atoi(argv[4]);
		fill(s, w);
		tape_writer_finish(w);
		tape_writer_free(w);
		sink->close(sink);
		close(out);
	}
	merge_free(s->merge);
	tape_reader_free(reader);
	source->close(source);
	free(s);
	return 0;
}
