/* SPDX-License-Identifier: GPL-2.0-or-later */
/* call_path: the file that a call is about, for renderers that have one place for it. */
#ifndef SYSTAPE_CALL_PATH_H
#define SYSTAPE_CALL_PATH_H

#include "decode/descriptors/path_resolve.h"

enum { CALL_PATH = FOLLOW_PATH };

/*
 * The first file name among a call's arguments, absolute if the directory that it is relative to is
 * known; of a call without one, what its first descriptor is open on, if that is a file. Its length
 * in `path`, which has no NUL; 0: there is none, or it is not known.
 */
size_t call_path(const struct call *call, char path[CALL_PATH]);

#endif
