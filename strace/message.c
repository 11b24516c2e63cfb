// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void strace_vsay(const char *format, va_list args)
{
	char *line = message_text(format, args);

	if (line)
		fputs(line, stderr);
	free(line);
}

void strace_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strace_vsay(format, args);
	va_end(args);
}

void strace_say_try(void)
{
	char *name = message_escaped(program_invocation_name);

	fprintf(stderr, "Try '%s -h' for more information.\n", name ? name : "systape-strace");
	free(name);
}

bool strace_refuse(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strace_vsay(format, args);
	va_end(args);
	return false;
}

bool strace_wrong(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strace_vsay(format, args);
	va_end(args);
	strace_say_try();
	return false;
}
