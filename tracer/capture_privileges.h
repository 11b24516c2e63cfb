/* SPDX-License-Identifier: GPL-2.0-or-later */
/* capture_privileges: which privileges a capture that runs still needs, by its backend and by where
 * the tape goes. Called by the session. */
#ifndef SYSTAPE_CAPTURE_PRIVILEGES_H
#define SYSTAPE_CAPTURE_PRIVILEGES_H

#include "tracer/backend/backend.h"
#include "tracer/backend/privileges.h"
#include "tracer/options/storage.h"

/* To read the rings, to write the tape, and for later files. `other_user`: its command or decoder
 * is another user's. */
struct privileges_needs capture_privileges(const char *backend, const struct storage *storage,
					   bool other_user);

/* Gives up all others, and says under -d what is left. False with a sentence. */
bool capture_privileges_drop(const struct backend_settings *settings, const char *backend,
			     const struct storage *storage, bool other_user,
			     struct tape_error *why);

#endif
