// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/paths.h"

#include "strace/message.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As a string of C, like the names in the trace. */
static char *quote(const char *text)
{
	static const char from[] = "\"\\\t\n\v\f\r", to_letter[] = "\"\\tnvfr";
	char *quoted = NULL;
	size_t size;
	FILE *to = open_memstream(&quoted, &size);

	if (!to)
		return NULL;
	putc('"', to);
	for (; *text; text++) {
		const char *at = strchr(from, *text);

		if (at)
			fprintf(to, "\\%c", to_letter[at - from]);
		else if (isprint((unsigned char)*text))
			putc(*text, to);
		else
			fprintf(to, isdigit((unsigned char)text[1]) ? "\\%03o" : "\\%o",
				(unsigned char)*text);
	}
	putc('"', to);
	fclose(to);
	return quoted;
}

static void tell(const char *path, const char *real)
{
	char *from = quote(path), *to = quote(real);

	if (from && to)
		strace_say("Requested path %s resolved into %s", from, to);
	free(from);
	free(to);
}

static void pass_on(struct strace_options *o, const char *path)
{
	words_add(&o->decoder, "--exact-path");
	words_add(&o->decoder, path);
}

static bool add(struct strace_options *o, const char *path)
{
	char **more = reallocarray(o->resolved, o->resolved_count + 1, sizeof(*more));
	char *real;

	if (!more)
		return false;
	o->resolved = more;
	pass_on(o, path);
	real = realpath(path, NULL);
	if (!real)
		return true;
	more[o->resolved_count++] = real;
	if (!strcmp(path, real))
		return true;
	pass_on(o, real);
	if (!o->quiet_paths)
		tell(path, real);
	return true;
}

bool paths_resolve(struct strace_options *o)
{
	for (size_t i = 0; i < o->paths.count; i++) {
		if (add(o, o->paths.word[i]))
			continue;
		strace_say("out of memory");
		return false;
	}
	return true;
}
