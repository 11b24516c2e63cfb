// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: trace_service.proto, trace.proto, logs.proto of OpenTelemetry: both signals have the
 * same numbers here. */
#include "decode/otlp/batch.h"

#include "decode/text/protobuf.h"

#include <errno.h>
#include <time.h>

enum {
	RESOURCES = 1, /* of ExportTraceServiceRequest, ExportLogsServiceRequest */
	RESOURCE = 1,  /* of ResourceSpans, ResourceLogs */
	SCOPES = 2,
	SCOPE = 1, /* of ScopeSpans, ScopeLogs */
	RECORDS = 2,
	NAME = 1, /* of InstrumentationScope */
	VERSION = 2,
	HEAD = 12, /* bytes of a record's tag and length, and of the batch's two lengths */
};

int batch_open(struct batch *b, struct text *out, enum otlp_signal signal, bool heads)
{
	*b = (struct batch){ .out = out, .signal = signal, .heads = heads };
	return text_open(&b->body, -1) || text_open(&b->head, -1) ? -ENOMEM : 0;
}

void batch_close(struct batch *b)
{
	text_close(&b->body);
	text_close(&b->head);
}

void batch_resource(struct batch *b, const struct text *resource)
{
	static const char version[] = SYSTAPE_VERSION;
	size_t scope;

	b->body.used = 0;
	b->resource = protobuf_open(&b->body, RESOURCES);
	protobuf_bytes(&b->body, RESOURCE, resource->data, resource->used);
	b->scope = protobuf_open(&b->body, SCOPES);
	scope = protobuf_open(&b->body, SCOPE);
	protobuf_bytes(&b->body, NAME, "systape", 7);
	protobuf_bytes(&b->body, VERSION, version, sizeof(version) - 1);
	protobuf_close(&b->body, scope);
	b->head.used = 0;
	text_bytes(&b->head, b->body.data, b->body.used);
	b->records = 0;
}

void batch_write(struct batch *b)
{
	struct otlp_frame frame = { .signal = b->signal, .records = b->records };

	if (!b->records)
		return;
	protobuf_close(&b->body, b->scope);
	protobuf_close(&b->body, b->resource);
	frame.size = (uint32_t)b->body.used;
	if (b->heads)
		text_bytes(b->out, (const char *)&frame, sizeof(frame));
	text_bytes(b->out, b->body.data, b->body.used);
	text_flush(b->out);
	b->body.used = 0; /* its lengths are those of this batch */
	text_bytes(&b->body, b->head.data, b->head.used);
	b->records = 0;
}

void batch_add(struct batch *b, const struct text *record)
{
	if (record->used + HEAD > OTLP_BATCH_MOST - b->head.used) {
		b->too_large++;
		return;
	}
	if (b->body.used + record->used + HEAD > OTLP_BATCH_MOST)
		batch_write(b);
	if (!b->records++)
		b->since = time(NULL);
	protobuf_bytes(&b->body, RECORDS, record->data, record->used);
}
