// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/word_list.h"

#include <stdlib.h>

bool option_append(const char *const **list, const char *text)
{
	size_t n = 0;
	const char **more;

	while (*list && (*list)[n])
		n++;
	more = reallocarray((void *)*list, n + 2, sizeof(*more));
	if (!more)
		return false;
	more[n] = text;
	more[n + 1] = NULL;
	*list = more;
	return true;
}
