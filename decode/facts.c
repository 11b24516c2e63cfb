// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/facts.h"

#include <stdlib.h>
#include <string.h>

bool facts_init(struct facts *f, const struct trace_header *header)
{
	*f = (struct facts){
		.public = { .header = header, .command = "", .host = "", .kernel = "", .recorder = "", .backend = "" },
	};
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

void facts_free(struct facts *f)
{
	drop(f->public.command);
	drop(f->public.host);
	drop(f->public.kernel);
	drop(f->public.recorder);
	drop(f->public.backend);
	free(f->header_text);
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

static void add_row(struct facts *f, const struct trace_meta *meta, const char *data, size_t size)
{
	struct desc_table *table = meta->arch < DESC_ARCHES ? f->tables[meta->arch] : NULL;
	char *row = table ? strndup(data, size) : NULL;
	const char *error;

	if (!row)
		return;
	if (desc_table_add(table, meta->nr, row, &error))
		f->bad_rows++;
	free(row);
}

void facts_add(struct facts *f, const struct trace_meta *meta)
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
	case TRACE_META_CALL: add_row(f, meta, data, size); break;
	case TRACE_META_HEADER:
		free(f->header_text);
		f->header_text = strndup(data, size);
		break;
	}
}

const struct desc_table *facts_table(const struct facts *f, uint8_t arch)
{
	if (arch == TRACE_X32)
		return f->tables[DESC_X86_64];
	return arch < DESC_ARCHES ? f->tables[arch] : NULL;
}
