/* SPDX-License-Identifier: GPL-2.0-or-later */
/* user_namespace: root within a user namespace is nobody outside of it, where the kernel's events
 * are: what to do is another thing there. Used where something is not permitted. */
#ifndef SYSTAPE_USER_NAMESPACE_H
#define SYSTAPE_USER_NAMESPACE_H

#include "format/tape/tape_reader.h"

/* Makes a sentence of what is not permitted and what to do: `otherwise`, or where this process is
 * in a user namespace, to record from outside. */
void user_namespace_refused(struct tape_error *why, const char *what, const char *otherwise);

#endif
