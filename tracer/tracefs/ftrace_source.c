// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tracefs/ftrace_source.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int ftrace_source_open(struct ftrace_source *s, const char *directory, uint32_t cpu,
		       enum assembler_lane lane, bool (*next)(struct assembler_source *),
		       struct tape_error *why)
{
	bool alike = lane == ASSEMBLER_ENTERS || lane == ASSEMBLER_EXITS;
	char path[320];

	snprintf(path, sizeof(path), "%s/per_cpu/cpu%u", directory, cpu);
	if (access(path, F_OK))
		return 0;
	s->pages = ftrace_pages_open(directory, cpu, alike, why);
	if (!s->pages)
		return -EIO;
	s->source = (struct assembler_source){ .cpu = cpu,
					       .lane = lane,
					       .next = next,
					       .lost_at_end = ftrace_source_lost,
					       .first = true };
	return 1;
}

uint64_t ftrace_source_lost(struct assembler_source *source)
{
	return ftrace_pages_lost_at_end(((struct ftrace_source *)source)->pages);
}
