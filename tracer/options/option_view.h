/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_view: the options that say how the live view looks: handed on to its decoder, and what the
 * recorder has to record for them. Called by options.c; output.c takes the words. */
#ifndef SYSTAPE_OPTION_VIEW_H
#define SYSTAPE_OPTION_VIEW_H

#include "format/option_row.h"
#include "tracer/options/options.h"

/* Takes an option of the common table. False with a sentence printed. */
bool option_view(struct options *options, const struct option_row *row, const char *value);
/* Takes the part of -e that says how calls are shown. The same. */
bool option_view_qualifier(struct options *options, const struct option_qualifier *qualifier,
			   const char *text);
/* When all options are known: false with a sentence where one means nothing to the format. */
bool option_view_check(struct options *options);
/* Whether -o is a file, no pipe and no stream. */
bool option_names_file(const struct options *options);
/* Whether the decoder, not the recorder, opens the file or files of -o. */
static inline bool option_decoder_opens(const struct options *o)
{
	return o->files > 1 || o->per_thread || o->append ||
	       option_format_bit(o->format) & (OPTION_FOR_SQLITE | OPTION_FOR_CTF) ||
	       (option_format_bit(o->format) == OPTION_FOR_HTML && option_names_file(o));
}
/* The words for the decoder, behind its name, in an array that the caller frees; NULL without
 * memory. */
const char **option_view_words(const struct options *options, const char *program,
			       const char *ready);

#endif
