// SPDX-License-Identifier: GPL-2.0-or-later
/* What a block of columns is about, seen in its definitions alone: an index entry for a tape that
 * comes through a pipe. */
#include "format/tape/columns_form.h"
#include "format/tape/tape_index_note.h"

#include <string.h>

/* The shapes, by id: whether a record of it ends a call. */
struct endings {
	bool ends[ENTRIES + 1];
	unsigned int next;
};

static bool ends_call(const struct shape_key *key)
{
	return key->type == TRACE_CALL || key->type == TRACE_EXIT ||
	       (key->type == TRACE_ENTER && key->flags & TRACE_F_NO_RETURN);
}

static bool note_shape(struct endings *e, const uint8_t *definition, struct trace_index *entry,
		       unsigned int *id)
{
	struct trace_call call = { .record.length = sizeof(call) };
	struct shape_key key;

	memcpy(&key, definition, sizeof(key));
	if (key.form == FORM_RAW || key.type < TRACE_CALL || key.type > TRACE_EXIT)
		return false;
	call.record.type = key.type;
	call.nr = key.nr;
	tape_index_note(entry, &call.record);
	*id = e->next++ % ENTRIES;
	e->ends[*id] = ends_call(&key);
	return true;
}

static void note_thread(const uint8_t *definition, struct trace_index *entry)
{
	struct trace_record r = { .type = TRACE_CALL };

	memcpy(&r.tid, definition, sizeof(r.tid));
	memcpy(&r.tgid, definition + sizeof(r.tid), sizeof(r.tgid));
	tape_index_note(entry, &r);
}

static size_t left(const struct section *s, const uint8_t *at)
{
	return s->end - at;
}

bool columns_peek(struct columns *c, size_t count, struct trace_index *entry, uint64_t *ended)
{
	const struct section *shapes = &c->section[TRACE_SHAPES],
			     *threads = &c->section[TRACE_THREADS],
			     *definitions = &c->section[TRACE_DEFINITIONS];
	const uint8_t *at = definitions->base;
	struct endings e = { .next = 0 };
	uint64_t ends = 0;

	if (left(shapes, shapes->base) != count || left(threads, threads->base) != count)
		return false;
	for (size_t i = 0; i < count; i++) {
		unsigned int id = shapes->base[i];

		if (id == ENTRIES) {
			if (left(definitions, at) < sizeof(struct shape_key) ||
			    !note_shape(&e, at, entry, &id))
				return false;
			at += sizeof(struct shape_key);
		}
		ends += e.ends[id];
		if (threads->base[i] == ENTRIES) {
			if (left(definitions, at) < 2 * sizeof(uint32_t))
				return false;
			note_thread(at, entry);
			at += 2 * sizeof(uint32_t);
		}
	}
	*ended += ends;
	return true;
}
