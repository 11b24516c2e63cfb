// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/option_events.h"

#include "tracer/options/option_view.h"
#include "tracer/options/word_list.h"
#include "tracer/system/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_probe(struct options *o, const char *text)
{
	struct probe_spec *more = reallocarray(o->probes, o->probe_count + 1, sizeof(*more));
	struct tape_error why;

	if (!more)
		return false;
	o->probes = more;
	if (!probe_spec_parse(&more[o->probe_count++], text, &why))
		return true;
	tracer_say("-e: %s", why.text);
	return false;
}

static bool parse_probes(struct options *o, const char *list)
{
	bool good = true;

	while (*list && good) {
		size_t length = probe_spec_length(list);
		char *one = strndup(list, length);

		good = one && add_probe(o, one);
		free(one);
		list += length + (list[length] == ',');
	}
	return good;
}

/* Takes the old names of kernel functions out of a set of calls, in place: they are probes. */
static bool take_functions(struct options *o, char *set)
{
	char *to = set, *from = set;
	bool good = true;

	while (*from && good) {
		size_t length = strcspn(from, ",");
		char *event = probe_spec_alias(from, length);

		if (event) {
			good = add_probe(o, event);
			free(event);
		} else {
			if (to > set)
				*to++ = ',';
			memmove(to, from, length);
			to += length;
		}
		from += length;
		from += *from == ',';
	}
	*to = '\0';
	return good;
}

/* Results that nobody wants are dropped in the kernel; what else the set says is the decoder's. */
static int parse_status(struct options *o, const char *set, const char *text, char *error,
			size_t size)
{
	int result = filter_status(o->filter, set, error, size);

	if (result)
		return result;
	o->failed_only |= !filter_wants_status(o->filter, FILTER_SUCCESSFUL);
	o->successful_only = !filter_wants_status(o->filter, FILTER_FAILED);
	return option_append(&o->decode, "-e") && option_append(&o->decode, text) ? 0 : -ENOMEM;
}

static bool keep_words(struct options *o, const char *calls)
{
	free(o->trace);
	if (asprintf(&o->trace, "trace=%s", calls) < 0)
		o->trace = NULL;
	return o->trace;
}

bool option_events(struct options *o, const char *text)
{
	const char *shown;
	const char *set = !strncmp(text, "trace=", 6) ? text + 6
			  : !strncmp(text, "t=", 2)   ? text + 2
						      : text;
	const struct option_qualifier *qualifier = option_qualifier(text, &shown);
	char error[160] = "out of memory", *calls;
	bool good;

	if (qualifier)
		return option_view_qualifier(o, qualifier, text);
	if (probe_spec_is(set))
		return parse_probes(o, set);
	o->chosen |= !option_chooses_nothing(text);
	if (!strncmp(text, "status=", 7)) {
		if (!o->filter)
			o->filter = filter_new();
		return o->filter && (!parse_status(o, text + 7, text, error, sizeof(error)) ||
				     tracer_wrong("-e: %s", error));
	}
	calls = strdup(set);
	if (!calls || !take_functions(o, calls)) {
		free(calls);
		return false;
	}
	if (!o->filter && (*calls || !*set))
		o->filter = filter_new();
	good = (!*calls && *set) ||
	       (o->filter && !filter_trace(o->filter, calls, error, sizeof(error)) &&
		keep_words(o, calls));
	free(calls);
	return good || tracer_wrong("-e: %s", o->filter ? error : "out of memory");
}

/* Who names probes alone wants no calls. */
bool option_leave_out_calls(struct options *o)
{
	char error[160];

	if (!o->probe_count || o->filter)
		return true;
	o->filter = filter_new();
	return o->filter && !filter_trace(o->filter, "none", error, sizeof(error));
}

void option_print_expressions(void)
{
	const char *word, *argument, *help;

	for (size_t i = 0; filter_help(i, &word, &argument, &help); i++)
		printf("%s%-*s %s\n", word, 24 - (int)strlen(word), argument, help);
	for (size_t i = 0; probe_spec_help(i, &word, &help); i++)
		printf("%-24s %s\n", word, help);
}
