/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * exec: the strings that an execve was given, where they could not be read when it began: the
 * caller's memory is gone at its end, but the kernel and the new program have copies, which stand
 * in the TRACE_EXEC record. Called where strings of calls are looked for.
 */
#ifndef SYSTAPE_EXEC_H
#define SYSTAPE_EXEC_H

#include "decode/events/event.h"

/* argv or envp of the new program: one string behind another, each with its NUL. */
struct exec_strings {
	const char *data;
	size_t size;
	uint32_t count;	 /* of the caller's strings; their data may end before */
	uint32_t before; /* that the kernel has put in place of argv[0], for a script */
};

/* argv, or envp: false if the tape has nothing of it. */
bool exec_strings(const struct call *call, bool environment, struct exec_strings *strings);
/* Number `i` of these as a piece at `address`; false if it is not there. */
bool exec_nth(const struct exec_strings *strings, uint32_t i, struct tape_piece *piece);
/* What the caller's pointer led to: the path, or a string of argv or envp. */
bool exec_string(const struct call *call, uint64_t address, struct tape_piece *piece);
/* The path as a piece of the caller's argument `arg`; false if that is not the path, or not known.
 */
bool exec_path(const struct call *call, int arg, struct tape_piece *piece);

#endif
