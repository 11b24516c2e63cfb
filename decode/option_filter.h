/* SPDX-License-Identifier: GPL-2.0-or-later */
/* option_filter: the options that choose calls, which all programs that read tapes have in common:
 * -e -p -P -X --exact-path --trace-fds --since --until --slower --limit. Called by their
 * options.c. */
#ifndef SYSTAPE_DECODE_OPTION_FILTER_H
#define SYSTAPE_DECODE_OPTION_FILTER_H

#include "decode/options.h"

/* Whether it is one of them. */
bool option_filter_has(int id);
/* Takes the option's value: false if that is wrong, which has been said. */
bool option_filter(struct decode_options *options, int id, const char *value);

/* The options of programs that show no calls one by one: those above, -o --threads --quiet -d. */
bool option_common(struct decode_options *options, int id, const char *value);

#endif
