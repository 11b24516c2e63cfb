// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * systape-import: any text becomes a tape, whose lines, one behind another, are that text again;
 * every part of a line is within it, times never go back, and calls are as many as were counted. A
 * text that begins with a NUL comes in two files, from its second NUL on.
 */
#include "format/tape/tape_reader.h"
#include "format/tape/text_record.h"
#include "import/importer.h"
#include "tests/fuzz/tape_mutator.h"

#include <stdlib.h>
#include <string.h>

struct seen {
	const char *text;
	size_t size, at;
	uint64_t time, calls, signals, ends;
};

static void import_text(struct importer *importer, const char *text, size_t size, uint32_t tid)
{
	const char *end = text + size;

	importer_begin(importer, text, size);
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t line = (size_t)((newline ? newline : end) - text);

		importer_line(importer, text, line, newline, tid);
		text += line + (newline != NULL);
	}
}

static void judge_record(struct seen *s, const struct trace_record *r)
{
	const struct trace_text *text = text_record(r);
	size_t size = text ? text->line + !(text->flags & TRACE_T_PART) : 0;

	if (r->time < s->time || !text != !(r->flags & TRACE_F_TEXT) ||
	    r->length < text_record_head(r->type))
		abort();
	s->time = r->time;
	s->calls += r->type == TRACE_CALL || r->type == TRACE_ENTER;
	s->signals += r->type == TRACE_SIGNAL;
	s->ends += r->type == TRACE_END;
	if (!text)
		return;
	if (size > s->size - s->at || memcmp(s->text + s->at, text_record_line(text), text->line) ||
	    (!(text->flags & TRACE_T_PART) && s->text[s->at + text->line] != '\n'))
		abort();
	s->at += size;
}

static void judge(const void *tape, size_t size, struct seen *s)
{
	struct tape_source *source = tape_source_memory(tape, size);
	struct tape_reader *reader;
	struct tape_error why;
	struct tape_block block;
	void *data = NULL;
	size_t room = 0;

	reader = source ? tape_reader_open(source, &why) : NULL;
	if (!reader)
		abort();
	while (tape_reader_next(reader, &block) > 0) {
		const struct trace_record *r;
		size_t at = 0;

		if (block.header.kind == TRACE_RECORDS &&
		    tape_reader_load(reader, &block, &data, &room))
			abort();
		tape_block_free(&block);
		if (block.header.kind != TRACE_RECORDS)
			continue;
		while ((r = tape_record_next(data, block.header.raw, &at)))
			judge_record(s, r);
	}
	free(data);
	tape_reader_free(reader);
	source->close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct trace_header header = { .optional = TRACE_O_TEXT, .cpus = 1 };
	struct seen seen = { .text = (const char *)bytes, .size = size };
	void *tape = NULL;
	size_t tape_size = 0, first = size;
	struct tape_sink *sink = tape_sink_memory(&tape, &tape_size);
	struct tape_writer *writer = tape_writer_new(sink, &header, codec_by_name("none"), 0);
	struct importer *importer = importer_new(writer, 1000000000000000000, size & 1);
	const uint8_t *second = size && !*bytes ? memchr(bytes + 1, 0, size - 1) : NULL;

	if (second)
		first = (size_t)(second - bytes);
	import_text(importer, (const char *)bytes, first, 0);
	import_text(importer, (const char *)bytes + first, size - first, 7);
	if (importer_end(importer) || tape_writer_finish(writer))
		abort();
	judge(tape, tape_size, &seen);
	if (seen.at != size || seen.signals != importer_counts(importer)->signals ||
	    seen.ends != importer_counts(importer)->ends ||
	    seen.calls > importer_counts(importer)->calls)
		abort();
	importer_free(importer);
	tape_writer_free(writer);
	sink->close(sink);
	free(tape);
	return 0;
}
