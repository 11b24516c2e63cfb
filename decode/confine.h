/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * confine: by Landlock (landlock(7), since Linux 5.13, without privileges), a process that still
 * has to make files can make them in one folder only, and open nothing else. Called by sandbox.
 */
#ifndef SYSTAPE_CONFINE_H
#define SYSTAPE_CONFINE_H

#include <stdbool.h>

/*
 * From here on, the calling thread and those that it starts can open no file but to write, and to
 * make one but below this folder. What is open stays so. no_new_privs is set already. False: this
 * kernel has no Landlock.
 */
bool confine_to_folder(int folder);

#endif
