/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * delivery: sends batches over HTTP and counts what was taken. A server that is busy or away is
 * asked again, later and later, until the time for that is over; what it refuses is not sent twice.
 * Called by sender, which never sees a tape.
 */
#ifndef SYSTAPE_OTLP_DELIVERY_H
#define SYSTAPE_OTLP_DELIVERY_H

#include "decode/otlp/frame.h"
#include "format/tape/tape_reader.h"

struct delivery;

struct delivery_counts {
	uint64_t batches, records, taken; /* records: spans, or log records */
	uint64_t again;			  /* batches were sent, beyond once each */
	struct tape_error why;		  /* the first that were not taken were not; "": all were */
};

/* Reads the environment, finds the machines, loads what is needed. `signals`: a bit for each that
 * will be sent. `retry`: ns. NULL with a sentence. */
struct delivery *delivery_new(unsigned int signals, uint64_t retry, struct tape_error *why);
void delivery_free(struct delivery *delivery);
/* False: the signal is not among those that were to be sent. */
bool delivery_send(struct delivery *delivery, const struct otlp_frame *frame, const void *message);
const struct delivery_counts *delivery_counts(const struct delivery *delivery,
					      enum otlp_signal signal);
/* Where a signal goes, for messages; NULL: nowhere. */
const char *delivery_target(const struct delivery *delivery, enum otlp_signal signal);

#endif
