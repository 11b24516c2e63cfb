/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_process: what records of processes tell of them, as JSON arrays: of the JSON renderer's
 * lines, and for columns of tables. */
#ifndef SYSTAPE_JSON_PROCESS_H
#define SYSTAPE_JSON_PROCESS_H

#include "decode/stream/renderer.h"
#include "decode/text/text.h"

/* What it is called in pid namespaces, from the recorder's to its own: the data of a
 * TRACE_P_NUMBERS. */
void json_process_numbers(struct text *text, const char *data, size_t size);
/* Four ids of struct trace_owners. */
void json_process_ids(struct text *text, const uint32_t id[4]);
/* The descriptors that it had: whether any are told of, and their array. */
bool json_process_has_fds(const struct trace_process *process);
void json_process_fds(struct text *text, const struct trace_process *process);

#endif
