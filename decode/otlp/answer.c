// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: trace_service.proto and logs_service.proto of OpenTelemetry, status.proto. */
#include "decode/otlp/answer.h"

#include <stdbool.h>

enum {
	PARTIAL_SUCCESS = 1, /* of an Export...ServiceResponse */
	REJECTED = 1,	     /* of its partial success */
	ERROR_MESSAGE = 2,
	MESSAGE = 2, /* of Status */
};

struct field {
	uint64_t number, value; /* value: of a number, or the size of `bytes` */
	const unsigned char *bytes;
};

struct cursor {
	const unsigned char *at, *end;
};

static bool varint(struct cursor *c, uint64_t *value)
{
	*value = 0;
	for (unsigned int shift = 0; shift < 64 && c->at < c->end; shift += 7) {
		*value |= (uint64_t)(*c->at & 127) << shift;
		if (!(*c->at++ & 128))
			return true;
	}
	return false;
}

/* False at the end, or where there is no field. */
static bool next(struct cursor *c, struct field *f)
{
	uint64_t tag;

	if (!varint(c, &tag))
		return false;
	f->number = tag >> 3;
	f->bytes = NULL;
	switch (tag & 7) {
	case 0: return varint(c, &f->value);
	case 1: f->value = 8; break;
	case 2:
		if (!varint(c, &f->value))
			return false;
		break;
	case 5: f->value = 4; break;
	default: return false;
	}
	if (f->value > (uint64_t)(c->end - c->at))
		return false;
	f->bytes = c->at;
	c->at += f->value;
	return true;
}

static struct cursor cursor_of(const void *body, size_t size)
{
	const unsigned char *at = body;

	return (struct cursor){ at, at + size };
}

static void take_partial(struct answer *answer, const struct field *partial)
{
	struct cursor c = cursor_of(partial->bytes, partial->value);
	struct field f;

	while (next(&c, &f)) {
		if (f.number == REJECTED && !f.bytes)
			answer->rejected = f.value >> 63 ? 0 : f.value;
		if (f.number == ERROR_MESSAGE && f.bytes && f.value) {
			answer->message = (const char *)f.bytes;
			answer->size = f.value;
		}
	}
}

struct answer answer_of_success(const void *body, size_t size)
{
	struct cursor c = cursor_of(body, size);
	struct answer answer = { 0 };
	struct field f;

	while (next(&c, &f))
		if (f.number == PARTIAL_SUCCESS && f.bytes)
			take_partial(&answer, &f);
	return answer;
}

struct answer answer_of_failure(const void *body, size_t size)
{
	struct answer answer = { .message = size ? body : NULL, .size = size };
	struct cursor c = cursor_of(body, size);
	struct field f, message = { 0 };

	while (next(&c, &f))
		if (f.number == MESSAGE && f.bytes)
			message = f;
	if (c.at == c.end && message.bytes) {
		answer.message = (const char *)message.bytes;
		answer.size = message.value;
	}
	return answer;
}
