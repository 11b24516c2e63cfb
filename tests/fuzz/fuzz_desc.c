// SPDX-License-Identifier: GPL-2.0-or-later
/* Rows of calls as tapes carry them: a number (two bytes) and a row on each line, added to one
 * table. */
#include "format/calls/desc.h"
#include "tests/fuzz/tape_mutator.h"
#include "tracer/plan/plan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct plan_wishes wishes = { .level = PLAN_FULL,
					     .string_size = 32,
					     .path_size = 4095 };
	static struct desc_table *builtin;
	char *text = malloc(size + 1), *save = NULL;
	struct desc_call call;
	struct plan_call plan;

	if (!builtin)
		builtin = desc_table_new(DESC_X86_64);
	memcpy(text, bytes, size);
	text[size] = '\0';
	for (char *row = strtok_r(text, "\n", &save); row; row = strtok_r(NULL, "\n", &save)) {
		const char *error = NULL;
		uint64_t args[DESC_ARGS] = { 1, 2, 3, 4, 5, 6 };

		if (!desc_parse(row, &call, &error)) {
			plan_call_fill(&plan, &call, &wishes, DESC_X86_64);
			for (int i = 0; i < call.args; i++)
				desc_struct_size(call.arg[i].ref, DESC_I386);
		} else if (!error) {
			abort();
		}
		desc_table_add(builtin, (unsigned char)*row * 7, row, &error);
		desc_table_variant(builtin, (unsigned char)*row * 7, args);
	}
	free(text);
	if (size % 256 == 77) { /* the table has a limit: begin anew now and then */
		desc_table_free(builtin);
		builtin = NULL;
	}
	return 0;
}
