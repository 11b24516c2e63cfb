/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * credentials: gives up root, which a program that reads tapes has only because somebody runs it
 * so, or because root's recorder has started it. Called by sandbox.
 */
#ifndef SYSTAPE_CREDENTIALS_H
#define SYSTAPE_CREDENTIALS_H

#include <stdbool.h>

/*
 * Before threads are started. No capability is left, and root becomes a user that nobody else is.
 * With `folder` (not -1) the user stays, for it is to own files there, and of the capabilities
 * those that this takes: to write into another user's folder, and, with `gives`, to give files to a
 * group. False if the kernel refuses.
 */
bool credentials_give_up(int folder, bool gives);

#endif
