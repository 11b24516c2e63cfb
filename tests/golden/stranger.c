// SPDX-License-Identifier: GPL-2.0-or-later
/* A stranger's reader: with trace.h and libc, counts the calls of an uncompressed tape by name. */
#include "trace.h"
#include <stdio.h>
#include <stdlib.h>

static struct trace_header h;
static struct trace_block b;
static char names[3][1024][48];
static long counts[3][1024];

int main(void)
{
	if (fread(&h, sizeof(h), 1, stdin) != 1 || h.version != TRACE_VERSION)
		return 1;
	for (int skip = h.length - sizeof(h); skip; skip--)
		getchar();
	while (fread(&b, sizeof(b), 1, stdin) == 1 && b.magic == TRACE_BLOCK_MAGIC) {
		char *data = malloc(b.stored + 1);
		const struct trace_record *r;

		if (!data || b.codec != TRACE_NONE || fread(data, 1, b.stored, stdin) != b.stored)
			return 1;
		for (r = b.kind == TRACE_INDEX ? 0 : trace_next(data, b.stored, 0); r;
		     r = trace_next(data, b.stored, r)) {
			const struct trace_call *c = (const void *)r;
			const struct trace_meta *m = (const void *)r;

			if (r->type == TRACE_META && m->key == TRACE_META_CALL &&
			    !*names[m->arch][m->nr])
				sscanf((char *)(m + 1), "%47[a-z0-9_A-Z]", names[m->arch][m->nr]);
			if (r->type == TRACE_CALL || r->type == TRACE_EXIT ||
			    r->flags & TRACE_F_NO_RETURN)
				counts[c->arch][c->nr]++;
		}
		free(data);
	}
	for (int i = 0; i < 3 * 1024; i++)
		if (counts[i / 1024][i % 1024])
			printf("%ld %s\n", counts[i / 1024][i % 1024], names[i / 1024][i % 1024]);
	return 0;
}
