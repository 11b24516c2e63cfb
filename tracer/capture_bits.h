/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_bits: what a tape's header says of how it was captured. For session.c. */
#ifndef SYSTAPE_CAPTURE_BITS_H
#define SYSTAPE_CAPTURE_BITS_H

#include "tracer/backend/backend.h"
#include "tracer/options/options.h"

/* TRACE_O_...; `several`: threads are traced from the start; `tells`: the backend asks the kernel
 * what descriptors are open on. */
uint64_t capture_bits(const struct options *options, const struct backend_settings *settings,
		      const struct plan *plan, bool several, bool tells);

#endif
