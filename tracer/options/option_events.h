/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_events: -e of systape: calls, results, probes. Called by options.c. */
#ifndef SYSTAPE_OPTION_EVENTS_H
#define SYSTAPE_OPTION_EVENTS_H

#include "tracer/options/options.h"

/* One -e: false with a sentence printed. */
bool option_events(struct options *options, const char *text);
/* Who names probes alone wants no calls; after all -e. */
bool option_leave_out_calls(struct options *options);
/* -e help. */
void option_print_expressions(void);

#endif
