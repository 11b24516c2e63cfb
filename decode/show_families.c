// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/show_families.h"

#include <stddef.h>

extern const struct show_family show_family_files, show_family_time;

const struct show_family *const show_families[] = {
	&show_family_files,
	&show_family_time,
	NULL,
};
