// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: resource.proto of OpenTelemetry, and its semantic conventions for hosts. */
#include "decode/otlp/resource.h"

#include "decode/otlp/attribute.h"
#include "decode/otlp/environment.h"

#include <string.h>

enum {
	ATTRIBUTE = 1,	    /* of Resource */
	LONGEST = 64 << 10, /* bytes of what a tape says, for there is one in every batch */
};

/* How often a key stands in a list from its pair number `from` on: each is to be put once. */
struct count {
	const char *key;
	size_t at, from, times;
};

static bool count(void *context, const char *key, const char *value)
{
	struct count *c = context;

	(void)value;
	c->times += c->at++ >= c->from && !strcmp(key, c->key);
	return true;
}

static bool has(const char *list, const char *key, size_t from)
{
	struct count c = { .key = key, .from = from };

	return list && environment_list(list, count, &c) && c.times;
}

struct given {
	struct text *text;
	const char *list;
	size_t at;
	bool named; /* the service is, elsewhere */
};

/* Of pairs with one key the last one counts. */
static bool put(void *context, const char *key, const char *value)
{
	struct given *g = context;

	g->at++;
	if (!has(g->list, key, g->at) && !(g->named && !strcmp(key, "service.name")))
		attribute_given(g->text, ATTRIBUTE, key, value);
	return true;
}

/* What the user says comes before what the tape says. */
static void put_own(const struct given *g, const char *key, const char *value)
{
	if (*value && !has(g->list, key, 0))
		attribute_text(g->text, ATTRIBUTE, key, value, strnlen(value, LONGEST));
}

static bool any(void *context, const char *key, const char *value)
{
	(void)context, (void)key, (void)value;
	return true;
}

bool resource_put(struct text *t, const struct tape_facts *facts)
{
	const char *list = environment_value("OTEL_RESOURCE_ATTRIBUTES");
	const char *service = environment_value("OTEL_SERVICE_NAME");
	bool good = !list || environment_list(list, any, NULL);
	struct given given = { .text = t, .list = good ? list : NULL, .named = service };

	if (service)
		attribute_given(t, ATTRIBUTE, "service.name", service);
	else
		put_own(&given, "service.name", "systape");
	put_own(&given, "host.name", facts->host);
	put_own(&given, "os.type", "linux");
	put_own(&given, "os.version", facts->kernel);
	put_own(&given, "systape.command", facts->command);
	if (given.list)
		environment_list(given.list, put, &given);
	return good;
}
