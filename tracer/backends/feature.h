/* SPDX-License-Identifier: GPL-2.0-or-later */
/* feature: `systape --probe`, the table of what each backend offers on this kernel, and why not.
 * Called by main. */
#ifndef SYSTAPE_FEATURE_H
#define SYSTAPE_FEATURE_H

#include <stdio.h>

/* Prints the table and which backend `auto` takes. 0, or 1 if there is none that runs. */
int feature_print(FILE *to);

#endif
