// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/kernel_functions.h"

#include "tracer/probes/probe_spec.h"

#include <errno.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add(struct kernel_functions *f, const char *name, size_t *room)
{
	if (f->count == *room) {
		size_t more = *room ? 2 * *room : 1024;
		char **names = reallocarray(f->names, more, sizeof(*names));

		if (!names)
			return -ENOMEM;
		f->names = names;
		*room = more;
	}
	f->names[f->count] = strdup(name);
	return f->names[f->count] ? (f->count++, 0) : -ENOMEM;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct kernel_functions *f)
{
	size_t kept = 0;

	if (f->count)
		qsort(f->names, f->count, sizeof(*f->names), compare);
	for (size_t i = 0; i < f->count; i++) {
		if (kept && !strcmp(f->names[i], f->names[kept - 1]))
			free(f->names[i]);
		else
			f->names[kept++] = f->names[i];
	}
	f->count = kept;
}

/* Compiled once where it is one: there are 50000 names and more. */
struct matcher {
	const char *pattern;
	regex_t regex;
	bool is_regex;
};

static bool matches(const struct matcher *m, const char *name)
{
	if (m->is_regex)
		return !regexec(&m->regex, name, 0, NULL, 0);
	return !m->pattern || probe_spec_matches(m->pattern, name);
}

/* "vfs_read" or "ext4_read [ext4]"; in the symbol table "ffffffff81 T vfs_read" stands before that.
 */
static int read_names(struct kernel_functions *f, FILE *file, bool symbols, const struct matcher *m)
{
	char *line = NULL;
	size_t size = 0, room = 0;
	int error = 0;

	while (!error && getline(&line, &size, file) > 0) {
		char *name = line, type = 't';

		line[strcspn(line, "\t\n")] = '\0';
		if (symbols) {
			name = strchr(line, ' ');
			if (!name || strlen(name) < 4)
				continue;
			type = name[1];
			name += 3;
		}
		name[strcspn(name, " ")] = '\0';
		/* kallsyms has marks of the compiler (__cfi_, __pfx_) and traces of inlining among
		 * them */
		if ((type != 't' && type != 'T') || !strncmp(name, "__pfx_", 6) ||
		    !strncmp(name, "__cfi_", 6) ||
		    !strncmp(name, "__ftrace_invalid_address_", 25) || !matches(m, name))
			continue;
		error = add(f, name, &room);
	}
	free(line);
	return error;
}

int kernel_functions_read(struct kernel_functions *f, const char *root, const char *pattern)
{
	struct matcher m = { .pattern = pattern, .is_regex = pattern && *pattern == '/' };
	char path[256];
	FILE *file;
	int error = 0;

	*f = (struct kernel_functions){ .source = "available_filter_functions" };
	if (m.is_regex && regcomp(&m.regex, pattern + 1, REG_EXTENDED | REG_NOSUB))
		return -EINVAL;
	snprintf(path, sizeof(path), "%s/available_filter_functions", root ? root : "");
	file = root ? fopen(path, "re") : NULL;
	if (file) {
		error = read_names(f, file, false, &m);
		fclose(file);
	}
	if (!f->count && !error) {
		f->source = "/proc/kallsyms";
		file = fopen(f->source, "re");
		error = file ? read_names(f, file, true, &m) : -errno;
		if (file)
			fclose(file);
	}
	if (m.is_regex)
		regfree(&m.regex);
	sort(f);
	return error;
}

void kernel_functions_free(struct kernel_functions *f)
{
	for (size_t i = 0; i < f->count; i++)
		free(f->names[i]);
	free(f->names);
	*f = (struct kernel_functions){ .names = NULL };
}
