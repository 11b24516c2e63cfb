// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/show_families.h"

#include <stddef.h>

extern const struct show_family show_family_files, show_family_time;
extern const struct show_family show_family_signal, show_family_siginfo, show_family_process, show_family_limits;

const struct show_family *const show_families[] = {
	&show_family_files,
	&show_family_time,
	&show_family_signal,
	&show_family_siginfo,
	&show_family_process,
	&show_family_limits,
	NULL,
};
