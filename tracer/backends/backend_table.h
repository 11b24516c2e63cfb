/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * backend_table: the backends of this build, and which of them `auto` takes. Used by what a person
 * talks to: options, session and --probe. Backends do not know of each other.
 */
#ifndef SYSTAPE_BACKEND_TABLE_H
#define SYSTAPE_BACKEND_TABLE_H

#include "tracer/backend/backend.h"

/* All backends of this build, the best first; NULL ends the list. */
const struct backend *const *backend_all(void);
/* The backend of that name, or NULL. */
const struct backend *backend_by_name(const char *name);
/* The first of them that can run here, telling under -d why not the others; NULL with a sentence.
 */
const struct backend *backend_choose(const struct backend_settings *settings,
				     struct tape_error *why);

#endif
