/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * annotations: what stands beside an event of a Perfetto trace. The arguments of a call come as the
 * JSON that json_values makes of them: an object is a dictionary, an array an array, with all of
 * its depth.
 */
#ifndef SYSTAPE_ANNOTATIONS_H
#define SYSTAPE_ANNOTATIONS_H

#include "decode/perfetto/packet.h"

/* Of the event that the packet at hand is about. */
void annotation_number(struct packet *packet, const char *name, uint64_t value, bool is_unsigned);
void annotation_text(struct packet *packet, const char *name, const char *bytes, size_t size);
/* `json`: an object of our own making. */
void annotation_json(struct packet *packet, const char *name, const char *json, size_t size);

#endif
