// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/ftrace_boot_names.h"

#include "tracer/probes/ftrace_probe_format.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char group[] = "kprobes"; /* that of kprobe_event=, trace_kprobe.c */

/* What the format says of the two fields, as ftrace_probe_format() has it; NULL: others. */
static char *fields_of(const char *path, uint32_t *id)
{
	const struct probe_spec spec = {
		.kind = PROBE_KPROBE,
		.fetch = { { .name = (char *)"address",
			     .expression = (char *)"",
			     .type = (char *)"x64" },
			   { .name = (char *)"text",
			     .expression = (char *)"",
			     .type = (char *)"string" } },
		.fetches = 2,
	};
	const char *missing;

	return ftrace_probe_format(path, &spec, id, &missing);
}

static int add(struct boot_names *n, const char *root, const char *event)
{
	struct name_event found = { .seen = 1 }, *events;
	struct ftrace_probe *probes;
	char path[PATH_MAX], *fields;
	bool good;

	snprintf(path, sizeof(path), "%s/events/%s/%s/format", root, group, event);
	fields = fields_of(path, &found.id);
	good = fields && name_event_parse(&found, fields);
	free(fields);
	if (!good)
		return 0;
	events = reallocarray(n->events, n->probes.count + 1, sizeof(*events));
	if (events)
		n->events = events;
	probes = reallocarray(n->probes.at, n->probes.count + 1, sizeof(*probes));
	if (probes)
		n->probes.at = probes;
	if (!events || !probes)
		return -ENOMEM;
	events[n->probes.count] = found;
	probes += n->probes.count++;
	memset(probes, 0, sizeof(*probes));
	snprintf(probes->system, sizeof(probes->system), "%s", group);
	snprintf(probes->event, sizeof(probes->event), "%.95s", event);
	probes->definition = strdup(""); /* it is one of the kernel's profile */
	return probes->definition ? 0 : -ENOMEM;
}

int boot_names_find(struct boot_names *n, const char *root)
{
	struct dirent *entry;
	char path[PATH_MAX];
	int error = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "%s/events/%s", root, group);
	folder = opendir(path);
	while (folder && !error && (entry = readdir(folder)))
		if (entry->d_type == DT_DIR && *entry->d_name != '.')
			error = add(n, root, entry->d_name);
	if (folder)
		closedir(folder);
	return error;
}

void boot_names_stop(struct tracefs_instance *instance)
{
	char *list = tracefs_instance_file_read(NULL, "dynamic_events", NULL), *save = NULL,
	     off[128];
	char event[96];

	/* By set_event, for which it does not matter whether there is a folder. */
	for (char *line = list ? strtok_r(list, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save)) {
		const char *name = strstr(line, ":kprobes/");

		if (!name || !strstr(line, " address=") || !strstr(line, " text=") ||
		    sscanf(name, ":kprobes/%95s", event) != 1)
			continue;
		snprintf(off, sizeof(off), "!kprobes:%s", event);
		tracefs_instance_file_append(instance, "set_event", off);
	}
	free(list);
}

void boot_names_free(struct boot_names *n)
{
	for (size_t i = 0; i < n->probes.count; i++)
		free(n->probes.at[i].definition);
	free(n->probes.at);
	free(n->events);
	*n = (struct boot_names){ NULL };
}
