/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * program_strings: argv and envp of a new program, which the kernel tells of in parts before it
 * tells of the program itself: kept with the thread, and written as pieces of TRACE_EXEC, in the
 * form of bpf_process.h. Used by the assembler.
 */
#ifndef SYSTAPE_PROGRAM_STRINGS_H
#define SYSTAPE_PROGRAM_STRINGS_H

#include "tracer/assembler/event_assembler.h"
#include "tracer/assembler/thread_table.h"

void program_strings_take(struct thread_table_program *program,
			  const struct assembler_program *part);
/* Takes them from the thread, or nothing where that is NULL; the data is to be freed. */
struct thread_table_program program_strings_of(struct thread_table_thread *thread);
/* Room for the pieces, in bytes; 0: nothing is known. */
size_t program_strings_size(const struct thread_table_program *program,
			    const struct plan_program *wishes);
/* Writes the pieces there: how many. */
int program_strings_write(const struct thread_table_program *program,
			  const struct plan_program *wishes, char *to);

#endif
