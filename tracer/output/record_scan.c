// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/record_scan.h"

#include "format/tape/tape_reader.h"

bool record_scan_failure(const void *records, size_t size, const struct filter *set)
{
	const struct trace_record *record;
	size_t at = 0;

	while ((record = tape_record_next(records, size, &at))) {
		const struct trace_call *call = (const void *)record;

		if ((record->type == TRACE_CALL || record->type == TRACE_EXIT) &&
		    call->result < 0 && call->result >= -4095 &&
		    filter_wants_traced(set, call->arch, call->nr))
			return true;
	}
	return false;
}

size_t record_scan_within(const void *records, size_t size, uint64_t *left)
{
	const struct trace_record *record;
	size_t at = 0;

	while (*left && (record = tape_record_next(records, size, &at)))
		*left -= record->type == TRACE_CALL || record->type == TRACE_EXIT ||
			 record->flags & TRACE_F_NO_RETURN;
	return *left ? size : at;
}
