// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/header_file.h"

#include "format/output/output_file.h"
#include "tracer/output/metadata.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void header_file_save(const char *output, int fd)
{
	static const struct output_rules rules = { .group = (gid_t)-1, .as_programs = true };
	static const char name[] = "trace.h";
	bool file = output && *output != '|' && strcmp(output, "-") != 0;
	struct tape_error why;
	struct output_folder *folder;
	struct stat st;
	int made;

	if (fstat(fd, &st) || S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode))
		return;
	folder = file && S_ISREG(st.st_mode) ? output_folder_resolve(output, &why)
					     : output_folder_open(name, &why);
	made = folder ? output_file_at(folder, name, OUTPUT_NEW, &rules, &why) : -1;
	if (made >= 0) {
		if (write(made, metadata_header_text, metadata_header_size) !=
		    (ssize_t)metadata_header_size)
			unlinkat(output_folder_descriptor(folder), name, 0);
		close(made);
	}
	output_folder_close(folder);
}
