// SPDX-License-Identifier: GPL-2.0-or-later
/* Source: common.proto of OpenTelemetry. */
#include "decode/otlp/attribute.h"

#include "decode/text/protobuf.h"
#include "decode/text/utf8.h"

enum {
	KEY = 1, /* of KeyValue */
	VALUE = 2,
	STRING = 1, /* of AnyValue */
	INT = 3,
	ARRAY = 5,
	VALUES = 1, /* of ArrayValue */
};

struct place {
	size_t attribute, value;
};

static struct place begin(struct text *t, uint32_t field, const char *key)
{
	struct place place = { .attribute = protobuf_open(t, field) };

	protobuf_bytes(t, KEY, key, strlen(key));
	place.value = protobuf_open(t, VALUE);
	return place;
}

static void end(struct text *t, struct place place)
{
	protobuf_close(t, place.value);
	protobuf_close(t, place.attribute);
}

void attribute_text(struct text *t, uint32_t field, const char *key, const char *bytes, size_t size)
{
	struct place place = begin(t, field, key);

	protobuf_string(t, STRING, bytes, size);
	end(t, place);
}

void attribute_words(struct text *t, uint32_t field, const char *key, const char *words)
{
	attribute_text(t, field, key, words, strlen(words));
}

static bool is_utf8(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t left = strlen(text), size = 1;

	for (; left && size; at += size, left -= size)
		size = utf8_sequence(at, left);
	return size;
}

void attribute_given(struct text *t, uint32_t field, const char *key, const char *value)
{
	struct place place;

	if (!is_utf8(key))
		return;
	if (!is_utf8(value)) {
		attribute_words(t, field, key, value);
		return;
	}
	place = begin(t, field, key);
	protobuf_bytes(t, STRING, value, strlen(value));
	end(t, place);
}

void attribute_number(struct text *t, uint32_t field, const char *key, uint64_t value)
{
	struct place place = begin(t, field, key);

	protobuf_number(t, INT, value);
	end(t, place);
}

void attribute_strings(struct text *t, uint32_t field, const char *key, const char *strings,
		       size_t size)
{
	struct place place = begin(t, field, key);
	size_t array = protobuf_open(t, ARRAY);

	for (size_t length; size; strings += length, size -= length) {
		size_t one = protobuf_open(t, VALUES);

		length = strnlen(strings, size);
		protobuf_string(t, STRING, strings, length);
		protobuf_close(t, one);
		length += length < size;
	}
	protobuf_close(t, array);
	end(t, place);
}
