// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/names/exec_probe.h"

#include "tracer/system/kernel_types.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	NUMBER_FROM = 2000, /* of these events, behind those of names */
	WORDS = 64,	    /* of 8 bytes: the most that one value of a probe can be */
	VALUES = 5,	    /* the kernel takes events of up to 3072 bytes */
	PART = VALUES * WORDS * 8,
};

/* The fields on the way to what a new program is given. The stack's area leads to the memory that
 * it is in; bprm->mm does not any more. */
enum { STACK, ARGC, ENVC, FILE_NAME, INTERPRETER, MEMORY, START, ARGV_END, ENVP_END, FIELDS };

static const struct {
	const char *structure, *field;
} fields[FIELDS] = {
	[STACK] = { "linux_binprm", "vma" },	      [ARGC] = { "linux_binprm", "argc" },
	[ENVC] = { "linux_binprm", "envc" },	      [FILE_NAME] = { "linux_binprm", "filename" },
	[INTERPRETER] = { "linux_binprm", "interp" }, [MEMORY] = { "vm_area_struct", "vm_mm" },
	[START] = { "mm_struct", "arg_start" },	      [ARGV_END] = { "mm_struct", "arg_end" },
	[ENVP_END] = { "mm_struct", "env_end" },
};

static bool find_fields(int offset[FIELDS], struct tape_error *why)
{
	struct kernel_types types;
	bool found = kernel_types_open(&types, NULL, NULL);

	if (!found)
		snprintf(why->text, sizeof(why->text), "this kernel has no types (BTF) to be read");
	for (int i = 0; i < FIELDS && found; i++) {
		offset[i] = kernel_types_field(&types, fields[i].structure, fields[i].field);
		found = offset[i] >= 0;
		if (!found)
			snprintf(why->text, sizeof(why->text), "this kernel's %s has no field %s",
				 fields[i].structure, fields[i].field);
	}
	kernel_types_close(&types);
	return found;
}

static char *definition(const int offset[FIELDS], uint32_t from)
{
	char *text = NULL, start[64];
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	snprintf(start, sizeof(start), "+%d(+%d(+%d(arg1)))", offset[START], offset[MEMORY],
		 offset[STACK]);
	fprintf(out, "kprobe:finalize_exec(start=%s:x64", start);
	fprintf(out, ",argv_end=+%d(+%d(+%d(arg1))):x64", offset[ARGV_END], offset[MEMORY],
		offset[STACK]);
	fprintf(out, ",envp_end=+%d(+%d(+%d(arg1))):x64", offset[ENVP_END], offset[MEMORY],
		offset[STACK]);
	fprintf(out, ",argc=+%d(arg1):x32,envc=+%d(arg1):x32", offset[ARGC], offset[ENVC]);
	fprintf(out, ",file=+%d(arg1):x64,interpreter=+%d(arg1):x64", offset[FILE_NAME],
		offset[INTERPRETER]);
	for (int i = 0; i < VALUES; i++)
		fprintf(out, ",bytes%d=+%u(%s):x64[%d]", i, from + i * WORDS * 8, start, WORDS);
	fputc(')', out);
	fclose(out);
	return text;
}

static bool place_of(const char *lines, const char *name, uint32_t size, uint32_t *offset)
{
	char head[64];
	const char *line;
	uint32_t found;

	snprintf(head, sizeof(head), "field %s ", name);
	line = strstr(lines, head);
	return line && sscanf(line + strlen(head), "%*s %u %u", offset, &found) == 2 &&
	       found == size;
}

/* The values with the strings' bytes follow one another. */
static bool places(struct exec_event *e, const char *lines)
{
	char name[16];
	uint32_t at;

	if (!place_of(lines, "start", 8, &e->start) ||
	    !place_of(lines, "argv_end", 8, &e->argv_end) ||
	    !place_of(lines, "envp_end", 8, &e->envp_end) ||
	    !place_of(lines, "argc", 4, &e->argc) || !place_of(lines, "envc", 4, &e->envc) ||
	    !place_of(lines, "file", 8, &e->file) ||
	    !place_of(lines, "interpreter", 8, &e->interpreter) ||
	    !place_of(lines, "bytes0", WORDS * 8, &e->bytes))
		return false;
	for (int i = 1; i < VALUES; i++) {
		snprintf(name, sizeof(name), "bytes%d", i);
		if (!place_of(lines, name, WORDS * 8, &at) || at != e->bytes + i * WORDS * 8)
			return false;
	}
	return true;
}

/* As many as are filled by what is to be kept, and one in any case: to read where the stack has
 * ended takes the kernel longer than all the rest. */
static uint32_t wished(const struct plan *plan)
{
	uint32_t parts = plan ? (plan->program.argv + plan->program.envp) / PART : 0;

	return !parts ? 1 : parts > EXEC_PROBES_MOST ? EXEC_PROBES_MOST : parts;
}

static int make_one(struct exec_probe *p, const struct backend_settings *settings, const char *root,
		    const int offset[FIELDS], struct tape_error *why)
{
	struct exec_event *e = &p->at[p->probes.count];
	struct backend_settings own = *settings;
	struct probe_spec spec = { .fetches = 0 };
	char *text;
	int error;

	e->from = p->probes.count * PART;
	text = definition(offset, e->from);
	error = text ? probe_spec_parse(&spec, text, why) : -ENOMEM;
	if (!error) {
		own.probes = &spec;
		own.probe_count = 1;
		error = ftrace_probes_make(&p->probes, &own, root, why);
	}
	probe_spec_free(&spec);
	free(text);
	if (error)
		return error;
	e->id = p->probes.at[p->probes.count - 1].id;
	if (places(e, p->probes.at[p->probes.count - 1].fields))
		return 0;
	snprintf(why->text, sizeof(why->text), "the kernel lays its event out in another way");
	return -EINVAL;
}

bool exec_probe_make(struct exec_probe *p, const struct backend_settings *settings,
		     const char *root, struct tape_error *why)
{
	uint32_t parts = wished(settings->plan);
	int offset[FIELDS], error = find_fields(offset, why) ? 0 : -ENOENT;

	p->probes.first = NUMBER_FROM;
	while (!error && p->probes.count < parts)
		error = make_one(p, settings, root, offset, why);
	if (error)
		ftrace_probes_free(settings, &p->probes);
	return !error;
}

static uint64_t number(const char *data, uint32_t offset)
{
	uint64_t value;

	memcpy(&value, data + offset, sizeof(value));
	return value;
}

bool exec_probe_read(const struct exec_probe *p, const void *data, uint32_t size,
		     struct assembler_program *to)
{
	const char *bytes = data;
	uint16_t id;

	if (size < sizeof(id))
		return false;
	memcpy(&id, bytes, sizeof(id));
	for (size_t i = 0; i < p->probes.count; i++) {
		const struct exec_event *e = &p->at[i];

		/* They stand in the order in which they were asked for. */
		if (e->id != id || e->bytes + PART > size)
			continue;
		*to = (struct assembler_program){
			.start = number(bytes, e->start),
			.argv_end = number(bytes, e->argv_end),
			.envp_end = number(bytes, e->envp_end),
			.script = number(bytes, e->file) != number(bytes, e->interpreter),
			.from = e->from,
			.size = PART,
			.bytes = bytes + e->bytes,
		};
		memcpy(&to->argc, bytes + e->argc, sizeof(to->argc));
		memcpy(&to->envc, bytes + e->envc, sizeof(to->envc));
		return true;
	}
	return false;
}
