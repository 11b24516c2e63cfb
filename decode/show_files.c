// SPDX-License-Identifier: GPL-2.0-or-later
/* show: files: struct stat and its kin (asm/stat.h). */
#include "decode/show_families.h"

#include <sys/stat.h>

/* strace shows type and mode, and size or device; the rest with -v. */
static void show_stat(struct show *s, const void *data, size_t size)
{
	struct stat st;

	if (size < sizeof(st))
		return;
	memcpy(&st, data, sizeof(st));
	text_put(s->out, "{st_mode=");
	show_file_mode(s, st.st_mode);
	if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) {
		text_put(s->out, ", st_rdev=");
		show_dev(s, st.st_rdev);
	} else {
		show_printf(s, ", st_size=%lld", (long long)st.st_size);
	}
	text_put(s->out, ", ...}");
}

static const struct show_struct structs[] = {
	{ "stat", show_stat },
	{ NULL, NULL },
};

const struct show_family show_family_files = { .structs = structs };
