// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: debug_annotation.proto of Perfetto. */
#include "decode/perfetto/annotations.h"

#include "decode/text/protobuf.h"

enum {
	ANNOTATION = 4, /* of TrackEvent; the others of DebugAnnotation */
	NAME_IID = 1,
	BOOL = 2,
	UNSIGNED = 3,
	SIGNED = 4,
	STRING = 6,
	NAME = 10,
	DICT = 11,
	ARRAY = 12,
	DEEPEST = 64, /* more than JSON_DEPTH: never reached */
};

static void put_key(struct packet *p, const char *name, size_t size)
{
	uint64_t number = packet_name(p, PACKET_ANNOTATION, name, size);

	if (number)
		protobuf_number(&p->body, NAME_IID, number);
	else
		protobuf_string(&p->body, NAME, name, size);
}

static size_t begin(struct packet *p, const char *name)
{
	size_t opened = protobuf_open(&p->body, ANNOTATION);

	put_key(p, name, strlen(name));
	return opened;
}

void annotation_number(struct packet *p, const char *name, uint64_t value, bool is_unsigned)
{
	size_t opened = begin(p, name);

	protobuf_number(&p->body, is_unsigned ? UNSIGNED : SIGNED, value);
	protobuf_close(&p->body, opened);
}

void annotation_text(struct packet *p, const char *name, const char *bytes, size_t size)
{
	size_t opened = begin(p, name);

	protobuf_string(&p->body, STRING, bytes, size);
	protobuf_close(&p->body, opened);
}

/* The JSON that is left, which ends in a NUL. */
struct source {
	const char *at;
};

static unsigned int unhex(const char *at)
{
	unsigned int value = 0;

	for (int i = 0; i < 4; i++)
		value = value << 4 | (unsigned int)(at[i] <= '9' ? at[i] - '0' : (at[i] & 15) + 9);
	return value;
}

static void put_utf8(struct text *t, unsigned int c)
{
	if (c < 0x80) {
		text_char(t, (char)c);
		return;
	}
	if (c < 0x800) {
		text_char(t, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			text_char(t, (char)(0xe0 | c >> 12));
		} else {
			text_char(t, (char)(0xf0 | c >> 18));
			text_char(t, (char)(0x80 | (c >> 12 & 63)));
		}
		text_char(t, (char)(0x80 | (c >> 6 & 63)));
	}
	text_char(t, (char)(0x80 | (c & 63)));
}

static unsigned int escaped(struct source *s)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *letter = strchr(from, *s->at);
	unsigned int c = (unsigned char)*s->at, low;

	if (*s->at != 'u') {
		s->at++;
		return letter ? (unsigned char)to[letter - from] : c;
	}
	c = unhex(s->at + 1);
	s->at += 5;
	if (c < 0xd800 || c > 0xdbff)
		return c;
	low = unhex(s->at + 2); /* json_string writes whole pairs */
	s->at += 6;
	return 0x10000 + ((c & 1023) << 10) + (low & 1023);
}

/* A string with escapes. */
static void put_escaped(struct packet *p, struct source *s)
{
	size_t opened = protobuf_open(&p->body, STRING);

	for (; *s->at && *s->at != '"';) {
		size_t plain = strcspn(s->at, "\"\\");

		text_bytes(&p->body, s->at, plain);
		s->at += plain;
		if (*s->at == '\\') {
			s->at++;
			put_utf8(&p->body, escaped(s));
		}
	}
	protobuf_close(&p->body, opened);
}

/* What is within quotes. */
static void put_string(struct packet *p, struct source *s)
{
	const char *from = ++s->at, *quote = strchr(from, '"');

	if (quote && !memchr(from, '\\', (size_t)(quote - from))) {
		protobuf_bytes(&p->body, STRING, from, (size_t)(quote - from));
		s->at = quote;
	} else {
		put_escaped(p, s);
	}
	s->at += *s->at == '"';
}

static void put_number(struct packet *p, struct source *s)
{
	bool negative = *s->at == '-';
	const char *at = s->at + negative;
	uint64_t value = 0;

	for (; *at >= '0' && *at <= '9'; at++)
		value = 10 * value + (uint64_t)(*at - '0');
	s->at = at > s->at ? at : s->at + 1;
	protobuf_number(&p->body, negative || value <= INT64_MAX ? SIGNED : UNSIGNED,
			negative ? -value : value);
}

static void put_value(struct packet *p, struct source *s, int depth);

/* "name": */
static void put_member_name(struct packet *p, struct source *s)
{
	const char *from = s->at + 1, *end = from;

	while (*end && *end != '"') /* names have none within */
		end++;
	put_key(p, from, (size_t)(end - from));
	s->at = end + (*end == '"');
	s->at += *s->at == ':';
}

static void put_members(struct packet *p, struct source *s, int depth)
{
	bool dict = *s->at++ == '{';

	while (*s->at && *s->at != '}' && *s->at != ']') {
		size_t opened = protobuf_open(&p->body, dict ? DICT : ARRAY);

		if (dict)
			put_member_name(p, s);
		put_value(p, s, depth + 1);
		protobuf_close(&p->body, opened);
		s->at += *s->at == ',';
	}
	s->at += *s->at != 0;
}

static void put_value(struct packet *p, struct source *s, int depth)
{
	if (depth < DEEPEST && (*s->at == '{' || *s->at == '[')) {
		put_members(p, s, depth);
	} else if (*s->at == '"') {
		put_string(p, s);
	} else if (*s->at == 't' || *s->at == 'f') {
		protobuf_number(&p->body, BOOL, *s->at == 't');
		s->at += strcspn(s->at, ",]}");
	} else if (*s->at == 'n') {
		protobuf_bytes(&p->body, STRING, "NULL", 4);
		s->at += strcspn(s->at, ",]}");
	} else {
		put_number(p, s);
	}
}

void annotation_json(struct packet *p, const char *name, const char *json, size_t size)
{
	struct source source = { json };
	size_t opened;

	if (size <= 2) /* {} */
		return;
	opened = begin(p, name);
	put_value(p, &source, 0);
	protobuf_close(&p->body, opened);
}
