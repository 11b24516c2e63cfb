/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_functions: the names of the functions of this kernel that can be probed, from the function
 * tracer's list, or from the symbol table where there is no function tracer. Used by ftrace_probe.c
 * for patterns, and by -R.
 */
#ifndef SYSTAPE_KERNEL_FUNCTIONS_H
#define SYSTAPE_KERNEL_FUNCTIONS_H

#include <stddef.h>

struct kernel_functions {
	char **names; /* sorted, each once */
	size_t count;
	const char *source; /* the file that they are from */
};

/* Those that the pattern (probe_spec.h; NULL: all) stands for. `root`: of tracefs, or NULL. 0 or a
 * negative errno. */
int kernel_functions_read(struct kernel_functions *functions, const char *root,
			  const char *pattern);
void kernel_functions_free(struct kernel_functions *functions);

#endif
