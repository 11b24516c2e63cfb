/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device: ioctl commands whose number says how long their argument is: the recorder keeps it
 * without a row of calls.tbl, and a line of a table here says what it is. Called by ioctl.c.
 */
#ifndef SYSTAPE_DEVICE_H
#define SYSTAPE_DEVICE_H

#include "decode/values/show.h"

/* Prints the argument of command `code`; false if it is none of these. */
bool show_device_command(struct show *show, uint32_t code, uint64_t address);
/* The same for those of userfaultfd. */
bool show_userfault_command(struct show *show, uint32_t command, uint64_t address);

#endif
