// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a stranger writes with trace.h alone: walks the plain blocks of a tape, looks at every field
 * of every record that its length allows, and counts calls. It shows that the lengths in the format
 * are enough to stay within bounds.
 */
#include "tests/fuzz/tape_mutator.h"
#include "trace.h"

#include <string.h>

static uint64_t sum(const void *data, size_t size)
{
	const unsigned char *at = data;
	uint64_t total = 0;

	while (size--)
		total += *at++;
	return total;
}

static uint64_t take_record(const struct trace_record *r)
{
	static const size_t sizes[] = {
		[TRACE_CALL] = sizeof(struct trace_call),
		[TRACE_ENTER] = sizeof(struct trace_call),
		[TRACE_EXIT] = sizeof(struct trace_call),
		[TRACE_PAYLOAD] = sizeof(struct trace_call),
		[TRACE_FORK] = sizeof(struct trace_process),
		[TRACE_EXEC] = sizeof(struct trace_process),
		[TRACE_COMM] = sizeof(struct trace_process),
		[TRACE_END] = sizeof(struct trace_process),
		[TRACE_EXISTING] = sizeof(struct trace_process),
		[TRACE_SIGNAL] = sizeof(struct trace_signal),
		[TRACE_PROBE] = sizeof(struct trace_probe),
		[TRACE_STACK] = sizeof(struct trace_call),
		[TRACE_LOST] = sizeof(struct trace_lost),
		[TRACE_META] = sizeof(struct trace_meta),
	};
	size_t need = r->type < sizeof(sizes) / sizeof(*sizes) ? sizes[r->type] : 0;

	return need && need <= r->length ? sum(r, need) : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct trace_header h;
	size_t at;
	volatile uint64_t total = 0;

	if (size < sizeof(h))
		return 0;
	memcpy(&h, bytes, sizeof(h));
	at = h.length;
	for (;;) {
		struct trace_block b;
		size_t from, end;

		if (at > size || size - at < sizeof(b))
			return 0;
		memcpy(&b, bytes + at, sizeof(b));
		if (b.magic != TRACE_BLOCK_MAGIC || b.length < sizeof(b) || b.length > size - at ||
		    b.stored > size - at - b.length)
			return 0;
		from = at + b.length;
		end = at = from + b.stored;
		while (b.codec == TRACE_NONE && b.kind != TRACE_INDEX &&
		       end - from >= sizeof(struct trace_record)) {
			struct trace_record r;
			unsigned char copy[512] __attribute__((aligned(8)));

			memcpy(&r, bytes + from, sizeof(r));
			if (r.length < sizeof(r) || r.length > end - from)
				break;
			memcpy(copy, bytes + from,
			       r.length < sizeof(copy) ? r.length : sizeof(copy));
			total += take_record((void *)copy);
			from += r.length;
		}
	}
}
