// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/text/protobuf.h"

enum wire { WIRE_VARINT = 0, WIRE_FIXED64 = 1, WIRE_LENGTH = 2 };

enum { LENGTH = 4 }; /* bytes of a length that is filled in later: up to 2^28 */

static inline void put_varint(struct text *t, uint64_t value)
{
	char bytes[10];
	size_t n = 0;

	if (value < 128) {
		text_char(t, (char)value);
		return;
	}
	do {
		bytes[n++] = (char)((value & 127) | (value > 127 ? 128 : 0));
		value >>= 7;
	} while (value);
	text_bytes(t, bytes, n);
}

static inline void put_tag(struct text *t, uint32_t field, enum wire wire)
{
	put_varint(t, (uint64_t)field << 3 | wire);
}

void protobuf_number(struct text *t, uint32_t field, uint64_t value)
{
	put_tag(t, field, WIRE_VARINT);
	put_varint(t, value);
}

void protobuf_fixed64(struct text *t, uint32_t field, uint64_t value)
{
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(value >> (8 * i));
	put_tag(t, field, WIRE_FIXED64);
	text_bytes(t, bytes, sizeof(bytes));
}

void protobuf_bytes(struct text *t, uint32_t field, const void *bytes, size_t size)
{
	put_tag(t, field, WIRE_LENGTH);
	put_varint(t, size);
	text_bytes(t, bytes, size);
}

void protobuf_string(struct text *t, uint32_t field, const char *bytes, size_t size)
{
	size_t opened = protobuf_open(t, field);

	text_escaped(t, bytes, size, "");
	protobuf_close(t, opened);
}

size_t protobuf_open(struct text *t, uint32_t field)
{
	put_tag(t, field, WIRE_LENGTH);
	text_bytes(t, "\0\0\0\0", LENGTH);
	return t->used;
}

/* A varint may have leading groups of 0: the length has the room that was left for it. */
void protobuf_close(struct text *t, size_t opened)
{
	size_t length = t->used - opened;

	if (t->error || opened < LENGTH)
		return;
	for (int i = 0; i < LENGTH; i++, length >>= 7)
		t->data[opened - LENGTH + i] = (char)((length & 127) | (i < LENGTH - 1 ? 128 : 0));
}
