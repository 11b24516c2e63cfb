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
	KEYED = 16,	  /* bytes of one that its key tells alone */
	FORGET = 1 << 16, /* packets until names are forgotten */
};

struct name {
	struct key {
		uint64_t first, last; /* bytes, which of a short name overlap */
		uint32_t size, kind;  /* kind 0: none */
	} key;
	uint32_t number;
	char text[LONGEST];
};

struct packet_names {
	struct name slot[SLOTS];
	uint32_t count;
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

/* All that a name of up to KEYED bytes is. */
static inline struct key key_of(enum packet_name kind, const char *name, size_t size)
{
	struct key k = { .size = (uint32_t)size, .kind = kind };
	uint32_t start, end;

	if (size >= 8) {
		memcpy(&k.first, name, 8);
		memcpy(&k.last, name + size - 8, 8);
	} else if (size >= 4) {
		memcpy(&start, name, 4);
		memcpy(&end, name + size - 4, 4);
		k.first = start;
		k.last = end;
	} else {
		for (size_t i = 0; i < size; i++)
			k.first = k.first << 8 | (unsigned char)name[i];
	}
	return k;
}

static inline size_t hash(const struct key *k)
{
	uint64_t h = (k->first ^ (k->last << 29 | k->last >> 35)) + k->kind + 8 * k->size;

	return (h * 0x9e3779b97f4a7c15 >> 40) % SLOTS;
}

static inline bool is_name(const struct name *n, const struct key *k, const char *name)
{
	return n->key.first == k->first && n->key.last == k->last && n->key.size == k->size &&
	       n->key.kind == k->kind && (k->size <= KEYED || !memcmp(n->text, name, k->size));
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
	struct key key = key_of(kind, name, size = size < LONGEST ? size : LONGEST);
	struct name *n;

	for (size_t at = hash(&key);; at = (at + 1) % SLOTS) {
		n = &p->names->slot[at];
		if (is_name(n, &key, name))
			return n->number;
		if (!n->key.kind)
			break;
	}
	if (p->names->count + 64 >= SLOTS)
		return 0; /* it is a name of this packet alone */
	n->key = key;
	n->number = ++p->names->count;
	memcpy(n->text, name, size);
	put_name(p, kind, n->number, name, size);
	return n->number;
}
