/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * protobuf: writes messages of Protocol Buffers into a text that is kept: numbers as varints,
 * bytes, and messages within messages, whose length is filled in when they are closed.
 */
#ifndef SYSTAPE_PROTOBUF_H
#define SYSTAPE_PROTOBUF_H

#include "decode/text/text.h"

enum protobuf_wire { PROTOBUF_VARINT = 0, PROTOBUF_FIXED64 = 1, PROTOBUF_LENGTH = 2 };

enum { PROTOBUF_VARINT_MOST = 10 /* bytes of 64 bits */ };

/* To memory that has the room: behind it. */
static inline char *protobuf_varint(char *to, uint64_t value)
{
	for (; value > 127; value >>= 7)
		*to++ = (char)(value | 128);
	*to++ = (char)value;
	return to;
}

static inline char *protobuf_tag(char *to, uint32_t field, enum protobuf_wire wire)
{
	return protobuf_varint(to, (uint64_t)field << 3 | wire);
}

/* The field's number, and its value. */
static inline void protobuf_number(struct text *t, uint32_t field, uint64_t value)
{
	char *to;

	if (!text_room(t, 2 * PROTOBUF_VARINT_MOST))
		return;
	to = protobuf_tag(t->data + t->used, field, PROTOBUF_VARINT);
	t->used = (size_t)(protobuf_varint(to, value) - t->data);
}

void protobuf_fixed64(struct text *text, uint32_t field, uint64_t value);

static inline void protobuf_bytes(struct text *t, uint32_t field, const void *bytes, size_t size)
{
	char *to;

	if (!text_room(t, 2 * PROTOBUF_VARINT_MOST + size))
		return;
	to = protobuf_tag(t->data + t->used, field, PROTOBUF_LENGTH);
	to = protobuf_varint(to, size);
	memcpy(to, bytes, size);
	t->used = (size_t)(to + size - t->data);
}

/* Bytes of a tape in a field that has to be UTF-8: what is not becomes \xHH. */
void protobuf_string(struct text *text, uint32_t field, const char *bytes, size_t size);

/* A message, or a string that is written behind it: what protobuf_close is given. Most are short:
 * there is one byte for the length. */
static inline size_t protobuf_open(struct text *t, uint32_t field)
{
	char *to;

	if (!text_room(t, PROTOBUF_VARINT_MOST + 1))
		return 0;
	to = protobuf_tag(t->data + t->used, field, PROTOBUF_LENGTH);
	*to++ = 0;
	t->used = (size_t)(to - t->data);
	return t->used;
}

/* The length of a longer one: what is in it makes room. */
void protobuf_close_long(struct text *text, size_t opened);

static inline void protobuf_close(struct text *t, size_t opened)
{
	size_t length = t->used - opened;

	if (opened && length < 128)
		t->data[opened - 1] = (char)length;
	else if (opened)
		protobuf_close_long(t, opened);
}

#endif
