// SPDX-License-Identifier: GPL-2.0-or-later
/* The tape reader and its index: from a file and from a pipe, every block, record and piece. */
#include "format/tape/tape_reader.h"
#include "tests/fuzz/proportion.h"
#include "tests/fuzz/tape_mutator.h"

#include <stdlib.h>

static void walk(const void *data, size_t size)
{
	const struct trace_record *r;
	struct tape_piece piece;
	size_t at = 0;
	volatile unsigned char seen = 0;

	while ((r = tape_record_next(data, size, &at))) {
		size_t from = sizeof(*r);

		while (tape_piece_next(r, &from, &piece))
			if (piece.piece.length)
				seen += ((const unsigned char *)piece.data)[piece.piece.length - 1];
	}
}

static void read_all(struct tape_source *source)
{
	struct tape_error why;
	struct tape_reader *reader = tape_reader_open(source, &why);
	struct tape_block block;
	void *data = NULL;
	size_t room = 0;

	while (reader && tape_reader_next(reader, &block) > 0) {
		if (!tape_reader_load(reader, &block, &data, &room))
			walk(data, block.header.raw);
		tape_block_free(&block);
	}
	free(data);
	tape_reader_free(reader);
	source->close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct tape_source *file = tape_source_memory(bytes, size),
			   *pipe = tape_source_memory(bytes, size);

	proportion_begin();
	pipe->read_at = NULL;
	read_all(file);
	read_all(pipe);
	proportion_end(bytes, size);
	return 0;
}
