/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * call_names: which call a name in strace's text means. Called by the importer.
 */
#ifndef SYSTAPE_CALL_NAMES_H
#define SYSTAPE_CALL_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct call_names;

/* NULL without memory. */
struct call_names *call_names_new(void);
void call_names_free(struct call_names *names);

struct call_name {
	uint32_t nr; /* TRACE_NO_NUMBER */
	uint8_t arch;
	bool known; /* strace has such a name, though it may be of another architecture */
	/* Nobody knows it, but its end is the name of a call: text of a program may stand before
	 * that.
	 */
	bool doubtful;
};

/* `compat`: the 32-bit table comes first. */
struct call_name call_names_find(const struct call_names *names, const char *name, size_t size,
				 bool compat);

#endif
