/* SPDX-License-Identifier: GPL-2.0-or-later */
/* show_families: the families of structures and calls that `show` knows. Each family is a
 * file or a few of net/, file/, process/ and device/. */
#ifndef SYSTAPE_SHOW_FAMILIES_H
#define SYSTAPE_SHOW_FAMILIES_H

#include "decode/values/show.h"

/* All families; NULL ends the list. */
extern const struct show_family *const show_families[];

#endif
