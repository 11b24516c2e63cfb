/* SPDX-License-Identifier: GPL-2.0-or-later */
/* listing: what -L, -R and -B print: calls that this kernel has, functions that can be probed,
 * calls that systape knows. */
#ifndef SYSTAPE_LISTING_H
#define SYSTAPE_LISTING_H

/*
 * `what` is the option's letter. `words`, up to a NULL, choose: of calls sets as in -e or shell
 * patterns, of functions shell patterns or /REGEX; none: all. The names go to standard output, how
 * many there are to standard error. The exit status.
 */
int listing_print(int what, char *const *words);

#endif
