// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: trace.proto and logs.proto of OpenTelemetry. */
#include "decode/otlp/record.h"

#include "decode/text/protobuf.h"

enum {
	TRACE_ID = 1, /* of Span */
	SPAN_ID = 2,
	PARENT_ID = 4,
	NAME = 5,
	KIND = 6,
	KIND_INTERNAL = 1,
	BEGIN = 7,
	END = 8,
	DROPPED = 10,
	STATUS = 15,
	MESSAGE = 2, /* of Status */
	CODE = 3,
	CODE_ERROR = 2,
	TIME = 1, /* of LogRecord */
	SEVERITY = 2,
	SEVERITY_TEXT = 3,
	BODY = 5,
	LOG_TRACE_ID = 9,
	LOG_SPAN_ID = 10,
	OBSERVED = 11,
	STRING = 1, /* of AnyValue */
};

/* The last step of splitmix64: every bit of the result depends on all of `x`. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

uint64_t record_id(uint64_t kind, uint64_t number, uint64_t time)
{
	uint64_t id = mix(mix(mix(kind + 0x9e3779b97f4a7c15) + number) + time);

	return id ? id : 1;
}

static void put_id(struct text *t, uint32_t field, uint64_t id)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(id >> (56 - 8 * i));
	protobuf_bytes(t, field, bytes, sizeof(bytes));
}

void span_put(struct text *t, const struct span *span)
{
	t->used = 0;
	protobuf_bytes(t, TRACE_ID, span->trace->bytes, sizeof(span->trace->bytes));
	put_id(t, SPAN_ID, span->id);
	if (span->parent)
		put_id(t, PARENT_ID, span->parent);
	protobuf_string(t, NAME, span->name, span->name_size);
	protobuf_number(t, KIND, KIND_INTERNAL);
	protobuf_fixed64(t, BEGIN, span->begin);
	protobuf_fixed64(t, END, span->end > span->begin ? span->end : span->begin);
}

void span_failed(struct text *t, const char *why)
{
	size_t status = protobuf_open(t, STATUS);

	protobuf_string(t, MESSAGE, why, strlen(why));
	protobuf_number(t, CODE, CODE_ERROR);
	protobuf_close(t, status);
}

void span_dropped(struct text *t, uint64_t count)
{
	protobuf_number(t, DROPPED, count);
}

void log_put(struct text *t, const struct trace_id *trace, uint64_t span, uint64_t time,
	     int severity)
{
	t->used = 0;
	protobuf_fixed64(t, TIME, time);
	protobuf_fixed64(t, OBSERVED, time);
	protobuf_number(t, SEVERITY, (uint64_t)severity);
	protobuf_bytes(t, SEVERITY_TEXT, severity >= LOG_WARN ? "WARN" : "INFO", 4);
	protobuf_bytes(t, LOG_TRACE_ID, trace->bytes, sizeof(trace->bytes));
	if (span)
		put_id(t, LOG_SPAN_ID, span);
}

struct log_body log_body_begin(struct text *t)
{
	struct log_body body = { .value = protobuf_open(t, BODY) };

	body.string = protobuf_open(t, STRING);
	return body;
}

void log_body_end(struct text *t, struct log_body body)
{
	protobuf_close(t, body.string);
	protobuf_close(t, body.value);
}
