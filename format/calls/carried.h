/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * carried: the calls that i386's socketcall, ipc and old select carry: a number chooses among many,
 * and the arguments stand in memory, or in an order of their own. strace shows what is carried; the
 * stream asks this for renderers that do as it does, and filters for what has to be captured.
 */
#ifndef SYSTAPE_CARRIED_H
#define SYSTAPE_CARRIED_H

#include "format/calls/desc.h"

struct carried_call {
	const char *name;
	uint8_t arch; /* enum desc_arch: whose row it has, and by whose number filters know it */
	uint16_t nr;
	const char *row;	  /* instead, where no architecture has a number for it */
	uint8_t args;		  /* so many words in memory; 0: */
	uint8_t first, registers; /* of what -e raw shows; 0: the arguments themselves */
	char from[DESC_ARGS + 1]; /* where each argument comes from (enum carried_from) */
};

/* Of ipc: the arguments behind the number of the call; in what `ptr` points to. */
enum carried_from {
	CARRIED_FIRST = '1',
	CARRIED_SECOND = '2',
	CARRIED_THIRD = '3',
	CARRIED_POINTER = '4',
	CARRIED_FIFTH = '5',
	CARRIED_WORD = 'w',   /* the word there */
	CARRIED_BEHIND = 'b', /* the word behind it */
};

/* What call `nr` of i386 carries with these arguments; NULL: nothing. */
const struct carried_call *carried_call(uint32_t nr, const uint64_t args[DESC_ARGS]);
/* Number `i` of those that it may carry, NULL past the last. */
const struct carried_call *carried_nth(uint32_t nr, size_t i);

#endif
