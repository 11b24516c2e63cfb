// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/listing.h"

#include "format/calls/desc.h"
#include "format/filter/filter.h"
#include "tracer/probes/kernel_functions.h"
#include "tracer/system/message.h"
#include "tracer/system/tracepoint.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The kernel's functions for calls whose names differ from theirs
 * (arch/x86/entry/syscalls/syscall_64.tbl). */
static const struct {
	const char *call, *function;
} renamed[] = {
	{ "stat", "newstat" },	 { "fstat", "newfstat" },      { "lstat", "newlstat" },
	{ "uname", "newuname" }, { "sendfile", "sendfile64" }, { "umount2", "umount" },
	{ "_sysctl", "sysctl" },
};

static int complain(const char *text)
{
	tracer_say("%s", text);
	return 1;
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, *(char *const *)b);
}

static bool has_call(const struct kernel_functions *kernel, const char *name)
{
	static const char prefix[] = "__x64_sys_";
	char function[sizeof(prefix) + DESC_NAME];

	for (size_t i = 0; i < sizeof(renamed) / sizeof(*renamed); i++)
		if (!strcmp(name, renamed[i].call))
			name = renamed[i].function;
	snprintf(function, sizeof(function), "%s%s", prefix, name);
	return bsearch(function, kernel->names, kernel->count, sizeof(*kernel->names), compare);
}

/* All words as one set of calls: 0, or 2 with a sentence. */
static int read_set(struct filter *filter, char *const *words)
{
	char *set = NULL, error[160];
	size_t size;
	FILE *out = *words ? open_memstream(&set, &size) : NULL;
	int failed;

	if (!out)
		return 0;
	for (; *words;
	     words++) /* a pattern has its word; a regular expression begins with a slash */
		fprintf(out, "%s%s,", **words != '/' && strpbrk(*words, "*?[") ? "kp-sc_glob:" : "",
			*words);
	fclose(out);
	set[strlen(set) - 1] = '\0';
	failed = filter_trace(filter, set, error, sizeof(error));
	free(set);
	if (!failed)
		return 0;
	tracer_say("%s", error);
	return 2;
}

static void print_row(const struct desc_table *table, enum desc_arch arch, uint32_t nr)
{
	const char *name = desc_table_call(table, nr)->name;

	printf("%u\t%s\t%s\n", nr, arch == DESC_X86_64 ? "x86-64" : "i386",
	       desc_row_text(arch, name, 0));
}

static size_t print_calls(enum desc_arch arch, const struct filter *filter,
			  const struct kernel_functions *kernel)
{
	struct desc_table *table = desc_table_new(arch);
	size_t count = 0;

	for (uint32_t nr = 0; table && nr < desc_table_limit(table); nr++) {
		const struct desc_call *call = desc_table_call(table, nr);

		if (!call || !filter_wants(filter, arch, nr) ||
		    (kernel && !has_call(kernel, call->name)))
			continue;
		count++;
		if (kernel)
			printf("%u\t%s\n", nr, call->name);
		else
			print_row(table, arch, nr);
	}
	desc_table_free(table);
	return count;
}

static int list_calls(bool of_kernel, char *const *words)
{
	struct kernel_functions kernel = { .names = NULL };
	struct filter *filter = filter_new();
	int status = filter ? read_set(filter, words) : complain("out of memory");
	size_t count;

	if (!status && of_kernel &&
	    (kernel_functions_read(&kernel, NULL, "__x64_sys_*") || !kernel.count))
		status = complain("cannot tell what this kernel has: /proc/kallsyms cannot be "
				  "read; -B lists the calls that systape knows");
	if (!status) {
		count = print_calls(DESC_X86_64, filter, of_kernel ? &kernel : NULL);
		if (!of_kernel)
			count += print_calls(DESC_I386, filter, NULL);
		tracer_say("%zu calls", count);
	}
	kernel_functions_free(&kernel);
	filter_free(filter);
	return status;
}

static int list_functions(char *const *words)
{
	static char *const all[] = { "*", NULL };
	struct kernel_functions functions;
	struct tape_error why;
	bool mounted;
	const char *root = tracepoint_root(&mounted, &why), *source = "";
	size_t count = 0;
	char path[64];

	for (words = *words ? words : all; *words; words++) {
		if (kernel_functions_read(&functions, root, *words)) {
			kernel_functions_free(&functions);
			return complain("cannot read the names of the kernel's functions, or the "
					"pattern is none");
		}
		for (size_t i = 0; i < functions.count; i++)
			puts(functions.names[i]);
		count += functions.count;
		source = functions.source;
		kernel_functions_free(&functions);
	}
	snprintf(path, sizeof(path), "%s/kprobe_events", root ? root : "");
	tracer_say("%zu functions, by %s%s", count, source,
		   root && access(path, F_OK)
			   ? "; but this kernel has no kprobes (CONFIG_KPROBE_EVENTS)"
			   : "");
	return 0;
}

int listing_print(int what, char *const *words)
{
	int status = what == 'R' ? list_functions(words) : list_calls(what == 'L', words);

	return fflush(stdout) ? complain("cannot write the list") : status;
}
