/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * redact: what must not be on a tape is taken out of the records before they are written, whichever
 * backend brought them. Options fill the rules in, the recording applies them.
 */
#ifndef SYSTAPE_REDACT_H
#define SYSTAPE_REDACT_H

#include "format/filter/filter.h"

#include <stddef.h>

struct redact;

/* NULL without memory; free with redact_free (NULL accepted). */
struct redact *redact_new(void);
void redact_free(struct redact *redact);

/*
 * Adds a rule: SET (calls, as in -e trace=): the memory behind their arguments; args=SET: the
 * arguments too; cmdline: the command lines of processes, and the memory of execve and execveat. 0,
 * or -EINVAL (-ENOMEM) with a sentence in `error`.
 */
int redact_add(struct redact *redact, const char *rule, char *error, size_t size);
/* Whether command lines are taken out. */
bool redact_cmdline(const struct redact *redact);

/* A tape_edit of tape_writer.h, `redact` being its context: the records without what the rules take
 * out. */
const void *redact_records(void *redact, const void *records, size_t size, size_t *left);

#endif
