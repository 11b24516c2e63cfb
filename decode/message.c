// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/message.h"

#include <stdio.h>
#include <stdlib.h>

static bool silent;

void decode_silence(void)
{
	silent = true;
}

void decode_vsay(const char *format, va_list args)
{
	char *line = silent ? NULL : message_text(format, args);

	if (line)
		fputs(line, stderr);
	free(line);
}

void decode_say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	decode_vsay(format, args);
	va_end(args);
}

bool decode_wrong(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	if (vasprintf(&text, format, args) >= 0) {
		decode_say("%s; --help shows how", text);
		free(text);
	}
	va_end(args);
	return false;
}
