/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * waits: which calls are for waiting. Their time says how little there was to do, not how slow the
 * machine was: a page that does not tell them apart begins with poll and wait4, always.
 */
#ifndef SYSTAPE_HTML_WAITS_H
#define SYSTAPE_HTML_WAITS_H

#include "decode/events/event.h"
#include "decode/stat/stat_keys.h"

/* Whether waiting is all that calls of this name do (of another ABI: with that in front). */
bool waits_by_name(const char *name, size_t size);
/* Whether this one waited for a program, a person or the network: by its name, or by what its
 * descriptor is open on. */
bool waits_call(const struct call *call);
/* A key of tables: 1 for calls that did, and for so long that it matters. */
extern const struct stat_key waits_key;

#endif
