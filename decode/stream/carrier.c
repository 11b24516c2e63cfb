// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/carrier.h"

#include "format/calls/carried.h"

#include <string.h>

/* `count` words of a 32-bit program, as they were when the call began. */
static bool read_words(const struct call *call, uint64_t address, size_t count, uint64_t *words)
{
	size_t size = count * sizeof(uint32_t);
	const void *data;

	if (call_find(call, address, size, false, &data) < size)
		return false;
	for (size_t i = 0; i < count; i++) {
		uint32_t word;

		memcpy(&word, (const char *)data + i * sizeof(word), sizeof(word));
		words[i] = word;
	}
	return true;
}

static bool gather(const struct call *call, const struct carried_call *c, uint64_t *args)
{
	uint64_t there[2] = { 0, 0 };

	if (c->args)
		return read_words(call, call->arg[c->registers ? 0 : 1], c->args, args);
	if (strchr(c->from, CARRIED_WORD) &&
	    !read_words(call, call->arg[4], strchr(c->from, CARRIED_BEHIND) ? 2 : 1, there))
		return false;
	for (int i = 0; c->from[i]; i++)
		args[i] = c->from[i] == CARRIED_WORD	 ? there[0]
			  : c->from[i] == CARRIED_BEHIND ? there[1]
							 : call->arg[c->from[i] - '0'];
	return true;
}

static const struct desc_call *row_of(struct facts *facts, const struct carried_call *c)
{
	struct desc_call *own = &facts->carried[!strcmp(c->name, "recv")];

	if (!c->row)
		return tape_facts_row(facts, c->arch, c->nr);
	if (!own->args && desc_parse(c->row, own, NULL))
		return NULL;
	return own;
}

void carrier_open(struct facts *facts, struct call *call)
{
	const struct carried_call *c;
	const struct desc_call *row;
	uint64_t args[DESC_ARGS] = { 0 };

	if (!call->args_known || !(c = carried_call(call->nr, call->arg)) ||
	    !(row = row_of(facts, c)) || !gather(call, c, args))
		return;
	memcpy(call->given, call->arg, sizeof(call->given));
	memcpy(call->arg, args, sizeof(call->arg));
	call->carried = c;
	call->name = c->name;
	call->row = row;
	call->desc = row->next_variant ? desc_variant(row, call->arg) : row;
	call->args = call->desc->args;
}
