/* SPDX-License-Identifier: GPL-2.0-or-later */
/* drain: what the backend has goes to the recording, in turns that end, however much there is. The
 * session's. */
#ifndef SYSTAPE_DRAIN_H
#define SYSTAPE_DRAIN_H

#include "tracer/backend/backend.h"
#include "tracer/output/recording.h"

struct drain {
	const struct backend *backend;
	struct capture *capture;
	struct recording *recording;
	uint64_t begun; /* ms: of this turn */
};

/* For a tenth of a second at most, and a block: whether that was all that there was at its
 * beginning. */
bool drain_some(struct drain *drain);
/* The last one, once the backend has been stopped: all. */
void drain_rest(struct drain *drain);

#endif
