// SPDX-License-Identifier: GPL-2.0-or-later
/* Source: the specification of OpenTelemetry, "OTLP Exporter Configuration" and "Resource SDK". */
#include "decode/otlp/environment.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *environment_value(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value ? value : NULL;
}

const char *environment_setting(enum otlp_signal signal, const char *name, bool *own)
{
	static const char *const signals[] = { [OTLP_TRACES] = "TRACES_", [OTLP_LOGS] = "LOGS_" };
	const char *value = NULL;
	char variable[80];

	for (int i = 0; i < 2 && !value; i++) {
		snprintf(variable, sizeof(variable), "OTEL_EXPORTER_OTLP_%s%s",
			 i ? "" : signals[signal], name);
		value = environment_value(variable);
		if (own)
			*own = !i;
	}
	return value;
}

/* Without blanks around it. */
static char *trimmed(char *word)
{
	size_t size;

	word += strspn(word, " \t");
	for (size = strlen(word); size && strchr(" \t", word[size - 1]); size--)
		word[size - 1] = 0;
	return word;
}

static int digit(char c)
{
	if (!isxdigit((unsigned char)c))
		return -1;
	return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

static bool decode_percent(char *value)
{
	char *to = value;

	while (*value) {
		int high = 0, low = 0;

		if (*value != '%') {
			*to++ = *value++;
			continue;
		}
		high = digit(value[1]);
		low = high < 0 ? -1 : digit(value[2]);
		if (low < 0 || !(high | low))
			return false;
		*to++ = (char)(high << 4 | low);
		value += 3;
	}
	*to = 0;
	return true;
}

bool environment_list(const char *list,
		      bool (*take)(void *context, const char *key, const char *value),
		      void *context)
{
	char *copy = strdup(list), *save = NULL;
	bool good = copy;

	for (char *pair = good ? strtok_r(copy, ",", &save) : NULL; good && pair;
	     pair = strtok_r(NULL, ",", &save)) {
		char *equals = strchr(pair, '=');

		if (!equals && !*trimmed(pair))
			continue;
		good = equals;
		if (!good)
			break;
		*equals = 0;
		pair = trimmed(pair);
		equals = trimmed(equals + 1);
		good = *pair && decode_percent(equals) && take(context, pair, equals);
	}
	free(copy);
	return good;
}

void environment_forget(void)
{
	for (int signal = 0; signal < OTLP_SIGNALS; signal++) {
		const char *value;

		while ((value = environment_setting((enum otlp_signal)signal, "HEADERS", NULL)))
			explicit_bzero((char *)value, strlen(value));
	}
}
