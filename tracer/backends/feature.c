// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backends/feature.h"

#include "tracer/backends/backend_table.h"
#include "tracer/names/ftrace_names.h"

#include <string.h>

static const char *const rows[BACKEND_FEATURES] = {
	[FEATURE_MEMORY] = "memory behind arguments",
	[FEATURE_EXACT_LOSS] = "exact loss, in its place",
	[FEATURE_SIGINFO] = "whole siginfo of signals",
	[FEATURE_STATUS] = "exit status with core dump",
	[FEATURE_FOLLOW] = "follow, -f and -F",
	[FEATURE_CALLS] = "-e trace= in the kernel",
	[FEATURE_FAILED] = "-X, -e status= in the kernel",
	[FEATURE_CPUS] = "-C in the kernel",
	[FEATURE_USER] = "-u, --comm in the kernel",
	[FEATURE_CGROUP] = "-G in the kernel",
	[FEATURE_COMPAT] = "32-bit calls of 64-bit programs",
	[FEATURE_MAPPED] = "buffers read without a copy",
	[FEATURE_ORDINARY] = "commands of ordinary users",
};

enum { LEFT = 34, COLUMN = 9 };

static bool offers(const struct backend *b, enum backend_feature feature)
{
	return !strcmp(b->feature(feature), "yes");
}

static void print_row(FILE *to, enum backend_feature feature, const bool *runs)
{
	const struct backend *const *b = backend_all();

	fprintf(to, "%-*s", LEFT, rows[feature]);
	for (int i = 0; b[i]; i++)
		fprintf(to, "%-*s", b[i + 1] ? COLUMN : 0,
			runs[i] && offers(b[i], feature) ? "yes"
			: runs[i]			 ? "no"
							 : "-");
	putc('\n', to);
}

static void print_reasons(FILE *to, const bool *runs)
{
	const struct backend *const *b = backend_all();

	for (int i = 0; b[i]; i++)
		for (int feature = 0; runs[i] && feature < BACKEND_FEATURES; feature++)
			if (!offers(b[i], feature))
				fprintf(to, "%s, %s: %s\n", b[i]->name, rows[feature],
					b[i]->feature(feature));
}

int feature_print(FILE *to)
{
	const struct backend *const *b = backend_all(), *taken = NULL;
	struct tape_error why[BACKEND_MOST] = { { "" } };
	bool runs[BACKEND_MOST] = { false };
	char names[1024];

	fprintf(to, "%-*s", LEFT, "");
	for (int i = 0; b[i]; i++)
		fprintf(to, "%-*s", b[i + 1] ? COLUMN : 0, b[i]->name);
	fprintf(to, "\n%-*s", LEFT, "runs here");
	for (int i = 0; b[i]; i++) {
		runs[i] = b[i]->available(&why[i]);
		if (runs[i] && !taken)
			taken = b[i];
		fprintf(to, "%-*s", b[i + 1] ? COLUMN : 0, runs[i] ? "yes" : "no");
	}
	putc('\n', to);
	for (int feature = 0; feature < BACKEND_FEATURES; feature++)
		print_row(to, feature, runs);
	putc('\n', to);
	for (int i = 0; b[i]; i++)
		if (!runs[i])
			fprintf(to, "%s: %s\n", b[i]->name, why[i].text);
	print_reasons(to, runs);
	ftrace_names_report(names, sizeof(names));
	fprintf(to, "file names of ftrace and perf: %s\n", names);
	if (taken)
		fprintf(to, "auto takes %s: %s\n", taken->name, taken->help);
	else
		fputs("auto finds no backend that runs here\n", to);
	return taken ? 0 : 1;
}
