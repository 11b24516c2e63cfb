/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_settings: what the options ask of a backend. For session.c. */
#ifndef SYSTAPE_CAPTURE_SETTINGS_H
#define SYSTAPE_CAPTURE_SETTINGS_H

#include "tracer/backend/backend.h"
#include "tracer/options/options.h"

/* All but the plan, the rings, probes and what the machine says: those are the session's. */
void capture_settings_fill(struct backend_settings *settings, const struct options *options);

#endif
