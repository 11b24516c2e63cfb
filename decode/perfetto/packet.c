// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: trace_packet.proto, interned_data.proto of Perfetto. */
#include "decode/perfetto/packet.h"

#include "decode/text/protobuf.h"

#include <errno.h>
#include <stdlib.h>

enum {
	TRACE_PACKET = 1, /* of Trace; the others of TracePacket */
	TIMESTAMP = 8,
	SEQUENCE = 10,
	INTERNED = 12,
	FLAGS = 13,
	DEFAULTS = 59,
	CLOCK = 58, /* of the defaults */
	MONOTONIC = 3,
	CLEARED = 1, /* flags */
	NEEDED = 2,
	SLOTS = 4096,	  /* of the hash table, half of them used at most */
	LONGEST = 64,	  /* bytes of a name that is interned */
	FORGET = 1 << 16, /* packets until names are forgotten */
};

struct name {
	uint8_t kind, size; /* kind 0: none */
	char text[LONGEST];
};

struct packet_names {
	struct name slot[SLOTS];
	size_t count;
};

int packet_init(struct packet *p, struct text *out)
{
	*p = (struct packet){ .out = out, .anew = true };
	p->names = calloc(1, sizeof(*p->names));
	return !p->names || text_open(&p->body, -1) || text_open(&p->interned, -1) ? -ENOMEM : 0;
}

void packet_done(struct packet *p)
{
	text_close(&p->body);
	text_close(&p->interned);
	free(p->names);
}

static void forget(struct packet *p)
{
	memset(p->names, 0, sizeof(*p->names));
	p->since = 0;
	p->anew = true;
}

struct text *packet_begin(struct packet *p, enum packet_field field)
{
	if (p->since++ == FORGET || p->names->count > SLOTS / 2)
		forget(p);
	p->body.used = p->interned.used = 0;
	p->opened = protobuf_open(&p->body, field);
	return &p->body;
}

/* What a reader needs of every packet, before the message. */
static void put_head(struct packet *p, struct text *t, uint64_t time)
{
	size_t defaults;

	if (time)
		protobuf_number(t, TIMESTAMP, time);
	protobuf_number(t, SEQUENCE, 1);
	protobuf_number(t, FLAGS, (p->anew ? CLEARED : 0) | NEEDED);
	if (p->anew) {
		defaults = protobuf_open(t, DEFAULTS);
		protobuf_number(t, CLOCK, MONOTONIC);
		protobuf_close(t, defaults);
	}
	if (p->interned.used)
		protobuf_bytes(t, INTERNED, p->interned.data, p->interned.used);
	p->anew = false;
}

void packet_end(struct packet *p, uint64_t time)
{
	protobuf_close(&p->body, p->opened);
	put_head(p, &p->body, time);
	if (p->body.error || p->interned.error)
		p->out->error = p->out->error ? p->out->error : -ENOMEM;
	protobuf_bytes(p->out, TRACE_PACKET, p->body.data, p->body.used);
}

static size_t hash(enum packet_name kind, const char *name, size_t size)
{
	uint64_t h = kind + 8 * size, word;

	for (; size >= sizeof(word); name += sizeof(word), size -= sizeof(word)) {
		memcpy(&word, name, sizeof(word));
		h = (h ^ word) * 0x9e3779b97f4a7c15;
		h ^= h >> 32;
	}
	for (word = 0; size; size--)
		word = word << 8 | (unsigned char)name[size - 1];
	h = (h ^ word) * 0x9e3779b97f4a7c15;
	return (h >> 40) % SLOTS;
}

static void put_name(struct packet *p, enum packet_name kind, uint64_t number, const char *name,
		     size_t size)
{
	size_t entry = protobuf_open(&p->interned, kind);

	protobuf_number(&p->interned, 1, number);
	protobuf_string(&p->interned, 2, name, size);
	protobuf_close(&p->interned, entry);
}

/* A long name is cut: two of them may be one. */
uint64_t packet_name(struct packet *p, enum packet_name kind, const char *name, size_t size)
{
	size_t at;
	struct name *n;

	size = size < LONGEST ? size : LONGEST;
	for (at = hash(kind, name, size);; at = (at + 1) % SLOTS) {
		n = &p->names->slot[at];
		if (!n->kind ||
		    (n->kind == kind && n->size == size && !memcmp(n->text, name, size)))
			break;
	}
	if (n->kind)
		return at + 1;
	if (p->names->count + 64 < SLOTS) { /* else it is a name of this packet alone */
		n->kind = (uint8_t)kind;
		n->size = (uint8_t)size;
		memcpy(n->text, name, size);
		p->names->count++;
		put_name(p, kind, at + 1, name, size);
		return at + 1;
	}
	return 0;
}
