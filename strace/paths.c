// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/paths.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As a string of C, like the names in the trace. */
static void quote(FILE *to, const char *text)
{
	static const char from[] = "\"\\\t\n\v\f\r", to_letter[] = "\"\\tnvfr";

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
}

static void pass_on(struct strace_options *o, const char *path)
{
	words_add(&o->decoder, "--trace-path");
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
	if (o->quiet_paths)
		return true;
	fputs("systape-strace: Requested path ", stderr);
	quote(stderr, path);
	fputs(" resolved into ", stderr);
	quote(stderr, real);
	putc('\n', stderr);
	return true;
}

bool paths_resolve(struct strace_options *o)
{
	for (size_t i = 0; i < o->paths.count; i++) {
		if (add(o, o->paths.word[i]))
			continue;
		fputs("systape-strace: out of memory\n", stderr);
		return false;
	}
	return true;
}
