// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/pid_namespace.h"

#include <sys/stat.h>

#define FIRST 0xeffffffcu /* PROC_PID_INIT_INO of linux/proc_ns.h */

uint32_t pid_namespace_own(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) || st.st_ino == FIRST ? 0 : st.st_ino;
}
