// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The merge of lanes within little memory, which the header's process id chooses: every lane's
 * records come in its own order, and the tape is read a bounded number of times, however its lanes
 * take turns.
 */
#include "decode/input/merge.h"
#include "tests/fuzz/proportion.h"
#include "tests/fuzz/tape_mutator.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	READS_MOST = 30, /* of a block: parts of it, times that it had to make room, and its rush */
	READS_AT_ALL = 64 << 10,
};

static ssize_t (*real_read_at)(struct tape_source *source, void *data, size_t size,
			       uint64_t offset);
static uint64_t bytes_read;

static ssize_t counting_read_at(struct tape_source *source, void *data, size_t size,
				uint64_t offset)
{
	ssize_t n = real_read_at(source, data, size, offset);

	bytes_read += n > 0 ? n : 0;
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct tape_source *source = tape_source_memory(bytes, size);
	struct merge *merge;
	struct merge_item item;
	struct tape_error why;
	struct tape_reader *reader;

	proportion_begin();
	real_read_at = source->read_at;
	source->read_at = counting_read_at;
	bytes_read = 0;
	reader = tape_reader_open(source, &why);
	merge = reader ? merge_new(reader, NULL, NULL) : NULL;
	if (merge)
		merge_limit(merge, 1 << (8 + tape_reader_header(reader)->recorder % 12), 1 << 20);
	while (merge && merge_next(merge, &item) > 0)
		;
	merge_free(merge);
	tape_reader_free(reader);
	source->close(source);
	if (bytes_read > READS_AT_ALL + READS_MOST * (uint64_t)size) {
		fprintf(stderr, "SUMMARY: out of proportion: %llu bytes read of a tape of %zu\n",
			(unsigned long long)bytes_read, size);
		abort();
	}
	proportion_end(bytes, size);
	return 0;
}
