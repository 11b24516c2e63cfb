// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/option_filter.h"

#include "decode/message.h"
#include "decode/option_values.h"
#include "format/option_parse.h"

#include <errno.h>
#include <stdlib.h>

static bool parse_pids(struct decode_options *o, const char *text)
{
	int error = option_parse_pids(text, &o->pids, &o->filter.pid_count);

	o->filter.pids = o->pids;
	if (error == -ENOMEM)
		return decode_wrong("out of memory");
	return !error || decode_wrong("'%s' is not a list of process ids", text);
}

static bool parse_path(struct decode_options *o, const char *path, bool exact)
{
	if (!*path)
		return decode_wrong("-P takes a path, not ''");
	if (!o->touch)
		o->touch = path_match_new();
	o->filter.touch = o->touch;
	return (o->touch && path_match_add_path(o->touch, path, exact)) ||
	       decode_wrong("out of memory");
}

static bool parse_descriptors(struct decode_options *o, const char *set)
{
	char error[160];

	return option_touch(o, set, error, sizeof(error)) || decode_wrong("%s", error);
}

static bool parse_expression(struct decode_options *o, const char *text)
{
	char error[160];

	return option_expression(o, text, error, sizeof(error)) || decode_wrong("%s", error);
}

static bool parse_seconds(const char *text, uint64_t *ns)
{
	char *end;
	double seconds = strtod(text, &end);

	if (*end || end == text || !(seconds >= 0 && seconds < 1e9))
		return decode_wrong("'%s' is not a time in seconds", text);
	*ns = seconds * 1e9 + 0.5;
	return true;
}

static bool parse_slower(struct decode_options *o, const char *text)
{
	return (option_parse_span(text, &o->filter.slower) && o->filter.slower) ||
	       decode_wrong("--slower takes a time such as 10ms, not '%s'", text);
}

bool option_filter_has(int id)
{
	switch (id) {
	case 'p':
	case 'P':
	case 'e':
	case 'X':
	case OPTION_EXACT_PATH:
	case OPTION_TRACE_FDS:
	case OPTION_SINCE:
	case OPTION_UNTIL:
	case OPTION_SLOWER:
	case OPTION_LIMIT: return true;
	}
	return false;
}

bool option_filter(struct decode_options *o, int id, const char *value)
{
	switch (id) {
	case 'p': return parse_pids(o, value);
	case 'P': return parse_path(o, value, false);
	case OPTION_EXACT_PATH: return parse_path(o, value, true);
	case OPTION_TRACE_FDS: return parse_descriptors(o, value);
	case 'e': return parse_expression(o, value);
	case 'X': o->filter.failed_only = true; return true;
	case OPTION_SINCE: return parse_seconds(value, &o->filter.since);
	case OPTION_UNTIL: return parse_seconds(value, &o->filter.until);
	case OPTION_SLOWER: return parse_slower(o, value);
	case OPTION_LIMIT:
		return option_parse_number(value, 0, UINT64_MAX, &o->filter.limit) ||
		       decode_wrong("'%s' is not a number of calls", value);
	}
	return false;
}

static bool parse_choice(struct decode_options *o, const char *text)
{
	const char *set;
	const struct option_qualifier *q = option_qualifier(text, &set);

	if (q && strcmp(q->name, "trace-fds=") != 0)
		return decode_wrong("-e %s... says how calls are shown: here none is shown alone",
				    q->name);
	return option_filter(o, 'e', text);
}

bool option_common(struct decode_options *o, int id, const char *value)
{
	switch (id) {
	case 'e': return parse_choice(o, value);
	case 'o':
		o->output = value;
		return *value || decode_wrong("-o takes a file name, not '%s'", value);
	case OPTION_THREADS:
		return (option_number(value, 64, &o->threads) && o->threads) ||
		       decode_wrong("--threads takes a number from 1 to 64, not '%s'", value);
	case OPTION_QUIET: o->quiet = true; return true;
	case 'd': o->debug = true; return true;
	}
	return option_filter(o, id, value);
}
