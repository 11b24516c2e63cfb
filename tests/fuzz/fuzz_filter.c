// SPDX-License-Identifier: GPL-2.0-or-later
/* Expressions: the first byte chooses trace, status or signal sets, and whether a tape's rows name
 * the calls. */
#include "format/filter/filter.h"
#include "tests/fuzz/tape_mutator.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct filter *filter;
	char *text, error[80];
	int result = 0;

	if (!size || size > 300)
		return 0;
	filter = filter_new();
	text = strndup((const char *)bytes + 1, size - 1);
	switch (*bytes % 3) {
	case 0: result = filter_trace(filter, text, error, sizeof(error)); break;
	case 1: result = filter_status(filter, text, error, sizeof(error)); break;
	case 2: result = filter_signal(filter, text, error, sizeof(error)); break;
	}
	if (result && !memchr(error, 0, sizeof(error)))
		abort();
	for (uint32_t nr = 0; nr < 600; nr++)
		for (enum desc_arch arch = DESC_X86_64; arch < DESC_ARCHES; arch++)
			if (!filter_wants(filter, arch, nr) && filter_is_all(filter))
				abort();
	filter_wants_signal(filter, *bytes);
	filter_wants_status(filter, FILTER_FAILED);
	free(text);
	filter_free(filter);
	return 0;
}
