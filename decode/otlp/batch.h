/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * batch: requests of OTLP, each below the size that servers take, put together from records. With
 * heads (frame.h) they go to the sender; without, one behind another, they are one message that has
 * them all. Called by otlp.
 */
#ifndef SYSTAPE_OTLP_BATCH_H
#define SYSTAPE_OTLP_BATCH_H

#include "decode/otlp/frame.h"
#include "decode/text/text.h"

struct batch {
	struct text *out;
	bool heads;
	enum otlp_signal signal;
	struct text body;
	struct text head;	/* what comes before the first record in each of them */
	size_t resource, scope; /* of `body`: what is open */
	uint32_t records;
	int64_t since;	    /* seconds: when the first of them came */
	uint64_t too_large; /* records that fit in no batch: they are left out */
};

/* 0 or -ENOMEM; batch_close in any case. */
int batch_open(struct batch *batch, struct text *out, enum otlp_signal signal, bool heads);
void batch_close(struct batch *batch);
/* What the following records are of: a Resource. The batch before has been written. */
void batch_resource(struct batch *batch, const struct text *resource);
/* A Span or LogRecord. */
void batch_add(struct batch *batch, const struct text *record);
/* Writes what there is. */
void batch_write(struct batch *batch);

#endif
