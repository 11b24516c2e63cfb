// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/name_event.h"

#include <stdio.h>
#include <string.h>

bool name_event_parse(struct name_event *event, const char *fields)
{
	const char *address = strstr(fields, "field address "),
		   *text = strstr(fields, "field text ");

	return address && text &&
	       sscanf(address, "field address hex %u 8 1", &event->address) == 1 &&
	       sscanf(text, "field text loctext %u", &event->text) == 1;
}

int name_event_read(const struct name_event *events, size_t count, const void *data, uint32_t size,
		    struct assembler_name *hit)
{
	const char *bytes = data;
	uint32_t where;
	uint16_t id;

	if (size < sizeof(id))
		return -1;
	memcpy(&id, bytes, sizeof(id));
	for (size_t i = 0; i < count; i++) {
		const struct name_event *e = &events[i];

		if (e->id != id || e->address + 8 > size || e->text + 4 > size)
			continue;
		memcpy(&hit->address, bytes + e->address, sizeof(hit->address));
		memcpy(&where, bytes + e->text, sizeof(where));
		if ((where & 0xffff) + (where >> 16) > size || !(where >> 16))
			return -1;
		hit->text = bytes + (where & 0xffff);
		hit->length = strnlen(hit->text, where >> 16);
		return i;
	}
	return -1;
}

void name_event_tell(struct ftrace_source *source, const struct name_event *events, size_t count,
		     const struct ftrace_event *event)
{
	struct assembler_event *head = &source->source.head;

	if (name_event_read(events, count, event->data, event->size, &source->name) < 0)
		return;
	head->kind = TP_NAME;
	head->data = &source->name;
	head->size = sizeof(source->name);
}
