/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sandbox: gives up, for good, what a decoder does not need once its input and output are open: a
 * tape is somebody else's bytes, and should a fault of the decoder be used by one, nothing is
 * within reach. Called by main.
 */
#ifndef SYSTAPE_SANDBOX_H
#define SYSTAPE_SANDBOX_H

#include <stdbool.h>

/*
 * From here on the process can read and write what is open, use memory and ask for the time;
 * everything else fails with EPERM: no file, no network, no program. `folder`, if not -1 (-ff):
 * files may still be made (not read), in that folder only where the kernel has Landlock, which
 * *confined tells. Threads that were started before are bound by all of it but
 * Landlock. NULL, or why there is no sandbox: a constant phrase.
 */
const char *sandbox_enter(int folder, bool *confined);

#endif
