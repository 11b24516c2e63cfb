// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/fuzz/one_tape.h"

#include "tests/fuzz/proportion.h"
#include "tests/fuzz/tape_mutator.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct tape_source *source = tape_source_memory(bytes, size);
	struct tape_error why;
	struct tape_reader *reader;

	proportion_begin();
	if (size & 1)
		source->read_at = NULL; /* as from a pipe */
	reader = tape_reader_open(source, &why);
	if (reader)
		one_tape(reader, tape_reader_header(reader)->recorder);
	tape_reader_free(reader);
	source->close(source);
	proportion_end(bytes, size);
	return 0;
}
