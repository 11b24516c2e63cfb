/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slowest: the calls that took longest, a fixed number of them, as strace's text. Used by the
 * report. */
#ifndef SYSTAPE_HTML_SLOWEST_H
#define SYSTAPE_HTML_SLOWEST_H

#include "decode/values/show.h"

enum { SLOWEST_MOST = 40 };

struct slow_call {
	uint64_t ns, begun; /* begun: ns since 1970 */
	uint32_t pid, tid;
	size_t host; /* the caller's */
	bool failed;
	char comm[17];
	size_t size;
	char *text; /* name(arguments) = result; without NUL */
};

/* All zero: none. In order, the longest first. */
struct slowest {
	size_t count;
	struct slow_call call[SLOWEST_MOST];
};

/* Whether a call of so many ns would be among them. */
static inline bool slowest_takes(const struct slowest *s, uint64_t ns)
{
	return s->count < SLOWEST_MOST || ns > s->call[s->count - 1].ns;
}
/* Puts it there. `show` writes into a text of the caller's, which is emptied. */
void slowest_add(struct slowest *slowest, struct show *show, const struct call *call, size_t host);
void slowest_free(struct slowest *slowest);

#endif
