/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fsctl: arguments of ioctl that are one thing on the way in and another on the way out.
 * Called by show_ioctl. */
#ifndef SYSTAPE_FSCTL_H
#define SYSTAPE_FSCTL_H

#include "decode/values/show.h"

/* FS_IOC_FIEMAP: a range, then its extents. */
void show_fiemap(struct show *show, uint64_t address);
/* FIDEDUPERANGE: a range and where it should be shared with, then what came of it. */
void show_dedupe(struct show *show, uint64_t address);

#endif
