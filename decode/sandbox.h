/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sandbox: gives up, for good, what a decoder does not need once its input and output are open: a
 * tape is somebody else's bytes, and should a fault of the decoder be used by one, nothing is
 * within reach. Called by main.
 */
#ifndef SYSTAPE_SANDBOX_H
#define SYSTAPE_SANDBOX_H

#include <stdbool.h>

/* What a program still has to do once its input and output are open; nothing else is possible. */
struct sandbox_needs {
	int folder;    /* files are made in it (-ff), and none is read; -1: none are */
	bool gives;    /* and are given to a group */
	bool rewrites; /* goes back in a file that is open: formats with an index */
	bool network;  /* sends something; what it sends it has from another process */
};

/*
 * Root, if it is that, becomes a user that nobody else is, without capabilities; with a folder, the
 * user stays, with no more capabilities than the files there need. Before threads are started.
 * False if the kernel refuses.
 */
bool sandbox_give_up_root(const struct sandbox_needs *needs);

/*
 * From here on the process can read and write what is open, use memory, which never becomes
 * executable, signal itself and ask for the time; everything else fails with EPERM: no file, no
 * network (unless that is needed), no program. Files of `folder` are made in that folder only where
 * the kernel has Landlock, which *confined tells. Threads that were started before are bound by all
 * of it but Landlock. NULL, or why there is no sandbox: a constant phrase.
 */
const char *sandbox_enter(const struct sandbox_needs *needs, bool *confined);

#endif
