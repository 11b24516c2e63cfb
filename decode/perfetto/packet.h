/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * packet: one TracePacket of a Perfetto trace after another. Names that come often are interned: a
 * packet that has one for the first time says its number, others have the number; now and then all
 * are forgotten, and the packet says so, so that a reader may begin in the middle and memory is
 * bounded.
 */
#ifndef SYSTAPE_PACKET_H
#define SYSTAPE_PACKET_H

#include "decode/text/text.h"

enum packet_name { PACKET_CATEGORY = 1, PACKET_EVENT = 2, PACKET_ANNOTATION = 3, PACKET_NAMES };

enum packet_field {
	PACKET_CLOCKS = 6,
	PACKET_TRACK_EVENT = 11,
	PACKET_TRACK = 60,
};

struct packet_names;

struct packet {
	struct text *out;
	struct text body;     /* the message of this packet */
	struct text interned; /* what it names for the first time */
	struct packet_names *names;
	uint64_t since; /* packets since names were forgotten */
	bool anew;	/* they were, and no packet has said so */
	size_t opened;
};

/* 0 or -ENOMEM; packet_done in any case. */
int packet_init(struct packet *packet, struct text *out);
void packet_done(struct packet *packet);
/* Begins a packet's message, to be written into the text that is returned; ends it. Time on the
 * tape's clock, 0: it has none. */
struct text *packet_begin(struct packet *packet, enum packet_field field);
void packet_end(struct packet *packet, uint64_t time);
/* The number of a name, for a field ..._iid of the packet at hand. */
uint64_t packet_name(struct packet *packet, enum packet_name kind, const char *name, size_t size);

#endif
