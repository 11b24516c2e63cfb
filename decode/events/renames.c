// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/renames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void forget(struct rename_event *event)
{
	free(event->from);
	free(event->to);
	event->from = event->to = NULL;
}

void renames_free(struct renames *r)
{
	for (size_t i = 0; i < RENAMES_KEPT; i++)
		forget(&r->event[i]);
}

void renames_add(struct renames *r, const char *from, const char *to)
{
	struct rename_event *event = &r->event[r->count % RENAMES_KEPT];

	forget(event);
	event->from = strdup(from);
	event->to = to ? strdup(to) : NULL;
	if (!event->from || (to && !event->to)) {
		forget(event);
		r->count += RENAMES_KEPT; /* as if all had been away for too long */
	}
	r->count++;
}

static void apply(const struct rename_event *event, char **path)
{
	size_t length = strlen(event->from);
	const char *to = event->to, *rest = *path + length;
	char *new;
	int size;

	if (strncmp(*path, event->from, length) || (*rest && (*rest != '/' || !to)))
		return;
	size = asprintf(&new, "%s%s", to ? to : event->from, to ? rest : " (deleted)");
	if (size < 0) {
		**path = '\0';
		return;
	}
	if (size > RENAMES_PATH) /* it would grow with every such call */
		*new = '\0';
	free(*path);
	*path = new;
}

uint64_t renames_apply(const struct renames *r, char **path, uint64_t seen)
{
	if (**path != '/') /* a pipe, or nothing that is known */
		return r->count;
	if (r->count - seen > RENAMES_KEPT)
		**path = '\0';
	while (seen < r->count && **path) {
		const struct rename_event *event = &r->event[seen++ % RENAMES_KEPT];

		if (event->from)
			apply(event, path);
	}
	return r->count;
}
