// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/text/protobuf.h"

void protobuf_fixed64(struct text *t, uint32_t field, uint64_t value)
{
	char *to;

	if (!text_room(t, PROTOBUF_VARINT_MOST + sizeof(value)))
		return;
	to = protobuf_tag(t->data + t->used, field, PROTOBUF_FIXED64);
	for (size_t i = 0; i < sizeof(value); i++)
		*to++ = (char)(value >> (8 * i));
	t->used = (size_t)(to - t->data);
}

void protobuf_string(struct text *t, uint32_t field, const char *bytes, size_t size)
{
	size_t opened = protobuf_open(t, field);

	text_escaped(t, bytes, size, "");
	protobuf_close(t, opened);
}

void protobuf_close_long(struct text *t, size_t opened)
{
	char bytes[PROTOBUF_VARINT_MOST], *from;
	size_t length = t->used - opened;
	size_t size = (size_t)(protobuf_varint(bytes, length) - bytes);

	if (t->error || t->used < opened || !text_room(t, size - 1))
		return;
	from = t->data + opened;
	memmove(from + size - 1, from, length);
	memcpy(from - 1, bytes, size);
	t->used += size - 1;
}
