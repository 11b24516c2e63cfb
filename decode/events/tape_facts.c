// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/tape_facts.h"

#include <stdlib.h>
#include <string.h>

enum {
	PROBES_MOST = 4096,
	INTERFACES_MOST = 1024,
	CLOCKS_MOST = 1024,
	CLOCK_NEAR = 1000000, /* ns */
};

static enum call_fds known_fds(uint64_t optional)
{
	if (!(optional & TRACE_O_HIDDEN))
		return CALL_FDS_ALL;
	return optional & (TRACE_O_TOLD | TRACE_O_TEXT) ? CALL_FDS_TOLD
	       : optional & TRACE_O_TOLD_SOCKETS	? CALL_FDS_MESSAGES
							: CALL_FDS_NONE;
}

bool tape_facts_init(struct facts *f, const struct trace_header *header)
{
	*f = (struct facts){
		.public = { .header = header,
			    .command = "",
			    .host = "",
			    .kernel = "",
			    .recorder = "",
			    .backend = "" },
	};
	f->public.tables = f->tables;
	f->known_fds = known_fds(header->optional);
	for (int arch = 0; arch < DESC_ARCHES; arch++) {
		f->tables[arch] = desc_table_new(arch);
		if (!f->tables[arch])
			return false;
	}
	return true;
}

static void drop(const char *text)
{
	if (*text)
		free((void *)text);
}

static void free_interfaces(const struct tape_interface *i)
{
	while (i) {
		const struct tape_interface *next = i->next;

		free((void *)i);
		i = next;
	}
}

void tape_facts_free(struct facts *f)
{
	call_text_free(&f->text);
	free_interfaces(f->public.interfaces);
	drop(f->public.command);
	drop(f->public.host);
	drop(f->public.kernel);
	drop(f->public.recorder);
	drop(f->public.backend);
	free(f->header_text);
	free(f->clocks);
	for (size_t i = 0; i < f->probe_count; i++)
		probe_format_free(f->probes[i]);
	free(f->probes);
	for (int arch = 0; arch < DESC_ARCHES; arch++)
		desc_table_free(f->tables[arch]);
}

static void take_text(const char **slot, const char *data, size_t size)
{
	char *text = strndup(data, size);

	if (!text)
		return;
	drop(*slot);
	*slot = text;
	if (!*text) {
		free(text);
		*slot = "";
	}
}

static void add_probe(struct facts *f, uint32_t probe, const char *data, size_t size)
{
	struct probe_format **more;

	if (probe >= PROBES_MOST)
		return;
	if (probe >= f->probe_count) {
		more = reallocarray(f->probes, probe + 1, sizeof(*more));
		if (!more)
			return;
		f->probes = more;
		while (f->probe_count <= probe)
			more[f->probe_count++] = NULL;
	}
	probe_format_free(f->probes[probe]);
	f->probes[probe] = probe_format_parse(data, size);
}

const struct probe_format *tape_facts_probe(const struct facts *f, uint32_t probe)
{
	return probe < f->probe_count ? f->probes[probe] : NULL;
}

static void add_interface(struct facts *f, uint32_t index, const char *data, size_t size)
{
	struct tape_interface *i;

	if (f->interface_count >= INTERFACES_MOST || size >= sizeof(i->name))
		return;
	for (const struct tape_interface *known = f->public.interfaces; known; known = known->next)
		if (known->index == index && strlen(known->name) == size &&
		    !memcmp(known->name, data, size))
			return;
	i = calloc(1, sizeof(*i));
	if (!i)
		return;
	f->interface_count++;
	i->index = index;
	memcpy(i->name, data, size);
	i->next = f->public.interfaces;
	f->public.interfaces = i;
}

/* Some hundred in a tape that means well; times before the last one are no change of it. */
static void add_clock(struct facts *f, const char *data, size_t size)
{
	size_t count = f->public.clock_count;
	struct trace_clock clock, *more;

	if (size < sizeof(clock) || count >= CLOCKS_MOST)
		return;
	memcpy(&clock, data, sizeof(clock));
	if (count && clock.from < f->clocks[count - 1].from)
		return;
	more = reallocarray(f->clocks, count + 1, sizeof(*more));
	if (!more)
		return;
	more[count] = clock;
	f->public.clocks = f->clocks = more;
	f->public.clock_count++;
}

bool tape_facts_changes(const struct trace_meta *meta)
{
	return meta->key == TRACE_META_CLOCK || meta->key == TRACE_META_INTERFACE;
}

/* A part has looked at both clocks anew; the recorder counts less than this as no change. */
void tape_facts_part(struct facts *f, const struct trace_header *header)
{
	struct trace_clock clock = { .from = header->start, .realtime = header->realtime };
	int64_t change = clock.realtime - (f->public.clock_count
						   ? f->clocks[f->public.clock_count - 1].realtime
						   : f->public.header->realtime);

	if (change >= CLOCK_NEAR || change <= -CLOCK_NEAR)
		add_clock(f, (const char *)&clock, sizeof(clock));
}

void tape_facts_add(struct facts *f, const struct trace_meta *meta)
{
	const char *data = (const char *)(meta + 1);
	size_t size = meta->size;

	if (meta->record.length < sizeof(*meta) || size > meta->record.length - sizeof(*meta))
		return;
	switch (meta->key) {
	case TRACE_META_COMMAND: take_text(&f->public.command, data, size); break;
	case TRACE_META_HOST: take_text(&f->public.host, data, size); break;
	case TRACE_META_KERNEL: take_text(&f->public.kernel, data, size); break;
	case TRACE_META_RECORDER: take_text(&f->public.recorder, data, size); break;
	case TRACE_META_BACKEND: take_text(&f->public.backend, data, size); break;
	case TRACE_META_CALL:
		if (meta->arch < DESC_ARCHES)
			desc_table_add_later(f->tables[meta->arch], meta->nr, data, size);
		if (f->rows_known)
			memset(f->rows, 0, sizeof(f->rows));
		f->rows_known = false;
		break;
	case TRACE_META_PROBE: add_probe(f, meta->nr, data, size); break;
	case TRACE_META_CLOCK: add_clock(f, data, size); break;
	case TRACE_META_INTERFACE: add_interface(f, meta->nr, data, size); break;
	case TRACE_META_HEADER:
		free(f->header_text);
		f->header_text = strndup(data, size);
		break;
	}
}

const struct desc_table *tape_facts_table(struct facts *f, uint8_t arch)
{
	if (arch == TRACE_X32)
		arch = DESC_X86_64;
	if (arch >= DESC_ARCHES)
		return NULL;
	return f->tables[arch];
}

const struct desc_call *tape_facts_row_slow(struct facts *f, uint8_t arch, uint32_t nr)
{
	const struct desc_table *table = tape_facts_table(f, arch);
	const struct desc_call *row = table ? desc_table_call(table, nr) : NULL;

	if (arch < DESC_ARCHES && nr < FACTS_ROWS)
		f->rows[arch][nr] = row;
	f->rows_known = true;
	return row;
}
