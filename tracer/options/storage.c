// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/storage.h"

#include "format/option_parse.h"
#include "tracer/options/option_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROTATE_LEAST = 64 << 10, /* bytes: what every file has at its beginning is nearly as much */
};

/* 500K, 64M, 2G: never without a unit. */
static bool parse_size(const char *text, uint64_t *bytes)
{
	return option_parse_size(text, bytes) && text[strspn(text, "0123456789")] && *bytes >= 4096;
}

/* 500ms, 10s, 5m, 2h, 1d. */
static bool parse_time(const char *text, uint64_t *ms)
{
	static const struct {
		const char *name;
		uint64_t ms;
	} units[] = {
		{ "ms", 1 }, { "s", 1000 }, { "m", 60000 }, { "h", 3600000 }, { "d", 86400000 }
	};
	uint64_t number;

	if (!option_parse_digits(&text, &number) || !number || number > 1000000000)
		return false;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (!strcmp(text, units[i].name)) {
			*ms = number * units[i].ms;
			return true;
		}
	}
	return false;
}

static bool parse_rotate(struct storage *k, const char *text)
{
	return parse_time(text, &k->rotate_ms) ||
	       (parse_size(text, &k->rotate_size) && k->rotate_size >= ROTATE_LEAST);
}

static bool parse_mode(struct storage *k, const char *text)
{
	k->mode_text = text;
	return output_rules_mode(&k->rules, text);
}
static bool parse_group(struct storage *k, const char *text)
{
	k->group_text = text;
	return output_rules_group(&k->rules, text);
}

static bool take_no_header(struct storage *k, const char *text)
{
	(void)text;
	return k->no_header = true;
}

static bool parse_full(struct storage *k, const char *text)
{
	k->drops = !strcmp(text, "drop");
	return k->drops || !strcmp(text, "end");
}

static bool take_keep(struct storage *k, const char *text)
{
	return option_parse_number(text, 1, UINT64_MAX, &k->keep);
}
static bool take_flight(struct storage *k, const char *text)
{
	return parse_size(text, &k->flight);
}
static bool take_max_size(struct storage *k, const char *text)
{
	return parse_size(text, &k->max_size);
}
static bool take_max_time(struct storage *k, const char *text)
{
	return parse_time(text, &k->max_ms);
}
static bool take_max_events(struct storage *k, const char *text)
{
	return option_parse_number(text, 1, UINT64_MAX, &k->max_events);
}
static bool take_delay(struct storage *k, const char *text)
{
	return parse_time(text, &k->delay_ms);
}

static bool take_dump_on(struct storage *k, const char *text)
{
	k->dump_on = text;
	return *text;
}

// clang-format off
static const struct {
	int option;
	const char *name, *what;
	bool (*take)(struct storage *storage, const char *text);
} takers[] = {
	{ OPTION_ROTATE, "--rotate", "a size of 64K or more (100M) or a time (10m)", parse_rotate },
	{ OPTION_KEEP, "--keep", "a number of files", take_keep },
	{ OPTION_FLIGHT, "--flight", "a size of 4K or more (64M)", take_flight },
	{ OPTION_DUMP_ON, "--dump-on", "names of calls", take_dump_on },
	{ OPTION_MAX_SIZE, "--max-size", "a size of 4K or more (1G)", take_max_size },
	{ OPTION_MAX_TIME, "--max-time", "a time (30s, 5m)", take_max_time },
	{ OPTION_MAX_EVENTS, "--max-events", "a number of calls", take_max_events },
	{ OPTION_DELAY, "--delay", "a time (500ms, 10s)", take_delay },
	{ OPTION_WHEN_FULL, "--when-full", "end or drop", parse_full },
	{ OPTION_MODE, "--mode", "permissions such as 0640, or umask", parse_mode },
	{ OPTION_NO_TRACE_H, "--no-trace-h", "no value", take_no_header },
	{ OPTION_GROUP, "--group", "a group of this machine", parse_group },
};
// clang-format on

int storage_set(struct storage *k, int option, const char *value, char *error, size_t size)
{
	for (size_t i = 0; i < sizeof(takers) / sizeof(*takers); i++) {
		if (takers[i].option != option)
			continue;
		if (takers[i].take(k, value))
			return 0;
		snprintf(error, size, "%s takes %s, not '%.60s'", takers[i].name, takers[i].what,
			 value);
		return -EINVAL;
	}
	return -ENOENT;
}

const char *storage_check(const struct storage *k, bool binary, const char *output)
{
	bool file = output && *output != '|' && strcmp(output, "-"),
	     rotates = k->rotate_ms || k->rotate_size;

	if (rotates && (!binary || !file))
		return "--rotate needs tapes in files: -l bin -o FILE";
	if (k->flight && (!binary || !file))
		return "--flight needs a file for tapes: -l bin -o FILE";
	if (k->flight && k->max_size)
		return "--max-size limits what is written; --flight has a size of its own";
	if (k->flight && rotates)
		return "--flight and --rotate are two ways of keeping; choose one";
	if (k->keep && !rotates)
		return "--keep says how many files of --rotate are kept";
	if (k->dump_on && !k->flight)
		return "--dump-on says when --flight is written out";
	return NULL;
}
