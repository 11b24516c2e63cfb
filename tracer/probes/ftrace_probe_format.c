// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/ftrace_probe_format.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct field {
	char type[96], name[64];
	unsigned int offset, size, is_signed, count;
};

/* "field:unsigned char comm[16]; offset:8; size:16; signed:0;" */
static bool parse_field(const char *line, struct field *f)
{
	const char *end = strchr(line, ';'), *name, *stop;

	if (!end || sscanf(end, "; offset:%u; size:%u; signed:%u", &f->offset, &f->size,
			   &f->is_signed) != 3)
		return false;
	f->count = 1;
	stop = end;
	if (end > line && end[-1] == ']' && strncmp(line, "__data_loc", 10) &&
	    strncmp(line, "__rel_loc", 9)) {
		while (stop > line && *stop != '[')
			stop--;
		f->count = strtoul(stop + 1, NULL, 0);
	}
	for (name = stop; name > line && name[-1] != ' ' && name[-1] != '*' && name[-1] != ']';
	     name--)
		;
	snprintf(f->type, sizeof(f->type), "%.*s", (int)(name - line), line);
	snprintf(f->name, sizeof(f->name), "%.*s", (int)(stop - name), name);
	if (!f->count)
		f->count = 1;
	return true;
}

/* The fetch of that name, NULL if there is none. */
static const struct probe_fetch *fetch_of(const struct probe_spec *spec, const char *name)
{
	for (size_t i = 0; i < spec->fetches; i++)
		if (!strcmp(spec->fetch[i].name, name))
			return &spec->fetch[i];
	return NULL;
}

static const char *kind_of(const struct field *f, const struct probe_fetch *fetch)
{
	const char *type = fetch ? fetch->type : NULL;
	bool text = strstr(f->type, "char") && (!type || strstr(type, "string"));

	if (!strncmp(f->type, "__rel_loc", 9))
		return text ? "reltext" : "relbytes";
	if (!strncmp(f->type, "__data_loc", 10))
		return text ? "loctext" : "locbytes";
	if (text && f->count > 1)
		return "text";
	if (f->size / f->count > 8)
		return "bytes";
	if (fetch && fetch->expression &&
	    (type ? *type == 'x' || !strncmp(type, "sym", 3) : !f->is_signed))
		return "hex";
	if (strchr(f->type, '*') || (!type && !f->is_signed && strstr(f->type, "long")))
		return "hex";
	return f->is_signed ? "signed" : "unsigned";
}

static bool wanted(const struct field *f, const struct probe_spec *spec)
{
	if (!strncmp(f->name, "common_", 7) || !strncmp(f->name, "__probe_", 8))
		return false;
	return (spec->kind == PROBE_TRACEPOINT && !spec->fetches) || fetch_of(spec, f->name);
}

char *ftrace_probe_format(const char *path, const struct probe_spec *spec, uint32_t *id,
			  const char **missing)
{
	char *line = NULL, *text = NULL;
	size_t room = 0, size;
	uint64_t seen = 0;
	struct field f;
	FILE *file = fopen(path, "re"), *out = file ? open_memstream(&text, &size) : NULL;

	*missing = NULL;
	while (out && getline(&line, &room, file) > 0) {
		const char *at = line + strspn(line, " \t");

		if (!strncmp(at, "ID: ", 4))
			*id = strtoul(at + 4, NULL, 10);
		if (strncmp(at, "field:", 6) || !parse_field(at + 6, &f) || !wanted(&f, spec))
			continue;
		if (fetch_of(spec, f.name))
			seen |= 1ull << (fetch_of(spec, f.name) - spec->fetch);
		fprintf(out, "field %s %s %u %u %u\n", f.name, kind_of(&f, fetch_of(spec, f.name)),
			f.offset, f.size, f.count);
	}
	free(line);
	if (out)
		fclose(out);
	if (file)
		fclose(file);
	for (size_t i = 0; text && i < spec->fetches; i++) {
		if (!(seen >> i & 1)) {
			*missing = spec->fetch[i].name;
			free(text);
			errno = ENOENT;
			return NULL;
		}
	}
	return text;
}
