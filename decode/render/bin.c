// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/bin.h"

#include "format/tape/tape_writer.h"

#include <errno.h>
#include <stdlib.h>

static int copy_metadata(struct tape_writer *writer, const void *data, size_t size)
{
	const struct trace_record *r;
	size_t at = 0;
	int error = 0;

	while (!error && (r = tape_record_next(data, size, &at))) {
		const struct trace_meta *m = (const void *)r;

		if (r->type == TRACE_META && r->length >= sizeof(*m) &&
		    m->size <= r->length - sizeof(*m))
			error = tape_writer_meta(writer, m->key, m->arch, m->nr, m + 1, m->size);
	}
	return error ? error : tape_writer_flush(writer);
}

/* Only whole records are copied: the writer counts on them. */
static size_t whole(const void *data, size_t size)
{
	size_t at = 0;

	while (tape_record_next(data, size, &at))
		;
	return at;
}

int bin_copy(struct tape_reader *reader, struct tape_sink *sink)
{
	struct tape_writer *writer =
		tape_writer_new(sink, tape_reader_header(reader), codec_by_name("none"), 0);
	struct tape_block block;
	void *data = NULL;
	size_t room = 0;
	int got, error = 0;

	if (!writer)
		return -ENOMEM;
	while (!error && (got = tape_reader_next(reader, &block)) > 0) {
		struct trace_block *h = &block.header;

		if (!h->records)
			error = tape_writer_seal(writer, h->sealed);
		else if (tape_reader_load(reader, &block, &data, &room))
			error = 0; /* counted by the reader */
		else if (h->kind == TRACE_METADATA)
			error = copy_metadata(writer, data, h->raw);
		else if (h->kind == TRACE_RECORDS)
			error = tape_writer_records(writer, h->cpu, data, whole(data, h->raw),
						    h->sealed);
		tape_block_free(&block);
	}
	if (!error)
		error = got < 0 ? got : tape_writer_finish(writer);
	tape_writer_free(writer);
	free(data);
	return error;
}
