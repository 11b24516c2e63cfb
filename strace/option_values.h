/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_values: what each option does: words for the recorder and the decoder, or what is kept
 * until all options are known. Called by options.c. */
#ifndef SYSTAPE_STRACE_OPTION_VALUES_H
#define SYSTAPE_STRACE_OPTION_VALUES_H

#include "strace/option_table.h"
#include "strace/options.h"

/* Takes an option: `by_name` says that its long name was given. False: a sentence was printed. */
bool option_take(struct strace_options *options, const struct option_row *row, bool by_name,
		 const char *value);

#endif
