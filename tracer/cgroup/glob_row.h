/* SPDX-License-Identifier: GPL-2.0-or-later */
/* glob_row: a state of the automaton that glob_automaton makes of patterns. The BPF program walks
 * it, too. */
#ifndef SYSTAPE_GLOB_ROW_H
#define SYSTAPE_GLOB_ROW_H

#include <stdint.h>

enum {
	GLOB_NAME_MOST = 255, /* bytes of a cgroup's name */
};

struct glob_row {
	uint16_t next[256]; /* the state behind each byte */
	uint16_t accepts; /* a path that ends here is one that was asked for, or below such a one */
	uint16_t pad[3];
};

#endif
