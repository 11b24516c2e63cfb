// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tracer_vsay(const char *format, va_list args)
{
	char *line = message_text(format, args);

	if (line)
		fputs(line, stderr);
	free(line);
}

void tracer_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tracer_vsay(format, args);
	va_end(args);
}

void tracer_say_lines(const char *text)
{
	for (int length; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		tracer_say("%.*s", length, text);
	}
}

bool tracer_wrong(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0) {
		tracer_say("%s; --help shows how", text);
		free(text);
	}
	va_end(args);
	return false;
}
