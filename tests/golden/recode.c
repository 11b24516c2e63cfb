// SPDX-License-Identifier: GPL-2.0-or-later
/* recode CODEC <TAPE >TAPE: the same blocks under another codec; made the goldens. cc -I. recode.c
 * build/libformat.a -lz -lzstd */
#include "format/tape/tape_reader.h"
#include "format/tape/tape_writer.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct tape_error why = { "" };
	struct tape_reader *reader = tape_reader_open(tape_source_fd(0), &why);
	const struct codec *codec;
	struct tape_writer *writer;
	struct tape_block block;
	void *data = NULL;
	size_t room = 0;
	int level;

	if (!reader || argc != 2 || codec_parse(argv[1], &codec, &level))
		return fprintf(stderr, "recode: %s\n", why.text), 1;
	writer = tape_writer_new(tape_sink_fd(1), tape_reader_header(reader), codec, level);
	while (tape_reader_next(reader, &block) > 0) {
		size_t at = 0;

		tape_reader_load(reader, &block, &data, &room);
		if (block.header.kind == TRACE_RECORDS)
			tape_writer_records(writer, block.header.cpu, data, block.header.raw,
					    block.header.sealed);
		for (const struct trace_meta *m;
		     block.header.kind == TRACE_METADATA &&
		     (m = (const void *)tape_record_next(data, block.header.raw, &at));)
			tape_writer_meta(writer, m->key, m->arch, m->nr, m + 1, m->size);
		tape_block_free(&block);
	}
	return tape_writer_finish(writer) ? 1 : 0;
}
