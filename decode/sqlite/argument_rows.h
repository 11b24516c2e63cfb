/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * argument_rows: the arguments of a call as rows: what the JSON writer says of each, taken apart: a
 * number, a text, and the JSON itself where the value is more than that. Used by the renderer.
 */
#ifndef SYSTAPE_ARGUMENT_ROWS_H
#define SYSTAPE_ARGUMENT_ROWS_H

#include "decode/json/json_values.h"
#include "decode/sqlite/row_batch.h"

/* A member of the object that the JSON writer has made. */
struct json_member {
	const char *key, *value;
	size_t key_size, size;
};

/* Number `i`; false if there are no more. */
bool json_member_get(const struct json_values *json, unsigned int i, struct json_member *member);

/* A row for each member; `room` is at their disposal. */
void argument_rows(struct row_batch *rows, uint64_t call, const struct json_values *json,
		   struct text *room);

#endif
