/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_line: what the lines of the JSON renderer have in common: json.c writes calls, json_note.c
 * everything else. systape-json(5) is the normative text.
 */
#ifndef SYSTAPE_JSON_LINE_H
#define SYSTAPE_JSON_LINE_H

#include "decode/json/json_string.h"
#include "decode/json/json_values.h"
#include "decode/render/wall_time.h"
#include "decode/stream/call_columns.h"
#include "decode/stream/renderer.h"

enum { JSON_SCHEMA = 1 }; /* the version that the first line names */

struct json {
	struct show show;
	struct json_values values;
	struct wall_time wall;
	struct call_columns calls;
	struct text thread; /* the members of this one: */
	uint32_t tid, tgid;
	char comm[17];
	struct json_counts {
		uint64_t calls, failed, unfinished, signals, processes, probes, losses;
		uint64_t lost_calls, lost_enters, lost_events, missing_records, missing_parts;
	} counts; /* of what has been written */
};

/* A member's name, with the comma before it, and its value: bytes that may be no UTF-8; an integer.
 */
#define json_name(text, name) text_bytes(text, ",\"" name "\":", sizeof(name) + 3)
#define json_put(text, words) text_bytes(text, words, sizeof(words) - 1)
#define json_bytes(text, name, bytes, size)                                                        \
	(json_name(text, name), json_any_string(text, bytes, size))
#define json_number(text, name, value) (json_name(text, name), text_unsigned(text, value))

/* Begins a line: type, time (on the tape's clock; null where it is 0) and, for a thread, whose it
 * is. */
void json_begin_line(struct render *render, const char *type, size_t size, uint64_t time);
#define json_line(render, type, time) json_begin_line(render, type, sizeof(type) - 1, time)
void json_thread(struct render *render, uint32_t tgid, uint32_t tid, const char *comm);
void json_cpu(struct render *render, uint32_t cpu);
/* One member: the value that has been written since json_values_begin. */
void json_values_member(struct render *render);

#endif
