// SPDX-License-Identifier: GPL-2.0-or-later
#include "diff/options.h"

#include "decode/message.h"
#include "decode/option_filter.h"
#include "decode/option_values.h"
#include "diff/option_table.h"
#include "format/option_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	EVENTS = 4000000,
	MEMORY = 256, /* MiB */
	MEMORY_MOST = 65536,
	LATENCY = 10000000, /* ns */
	LINES = 40,
	STRINGS = 64,
};

static bool ignore_one(struct diff_options *o, const char *word, size_t size)
{
	static const char *const parts[] = { "calls", "errors", "files", "latency", "events" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (strlen(parts[i]) == size && !memcmp(parts[i], word, size)) {
			o->left_out |= 1u << i;
			return true;
		}
	}
	if (size < 2 || *word != '.')
		return decode_wrong("--ignore takes calls, errors, files, latency, events, or "
				    ".NAME, not '%.*s'",
				    (int)size, word);
	if (o->ignored_count == IGNORED_MOST)
		return decode_wrong("--ignore takes %d names at most", IGNORED_MOST);
	o->ignored[o->ignored_count] = strndup(word + 1, size - 1);
	return o->ignored[o->ignored_count++] || decode_wrong("out of memory");
}

static bool parse_ignore(struct diff_options *o, const char *list)
{
	do {
		size_t size = strcspn(list, ",");

		if (!ignore_one(o, list, size))
			return false;
		list += size + (list[size] == ',');
	} while (*list);
	return true;
}

static bool parse_memory(struct diff_options *o, const char *text)
{
	uint32_t mib;

	if (!option_number(text, MEMORY_MOST, &mib))
		return false;
	o->tape.memory = (size_t)mib << 20;
	return mib || decode_wrong("--memory takes a number of MiB from 1 on");
}

static bool parse_events(struct diff_options *o, const char *text)
{
	uint32_t most;

	if (!option_number(text, UINT32_MAX, &most))
		return false;
	o->tape.most = most;
	return true;
}

static bool set_value(struct diff_options *o, int id, const char *value)
{
	switch (id) {
	case DIFF_IGNORE: return parse_ignore(o, value);
	case DIFF_LATENCY:
		return (option_parse_span(value, &o->latency) && o->latency) ||
		       decode_wrong("--latency takes a time such as 10ms, not '%s'; --ignore "
				    "latency leaves times out",
				    value);
	case DIFF_JSON: o->json = true; return true;
	case DIFF_EVENTS: return parse_events(o, value);
	case DIFF_MEMORY: return parse_memory(o, value);
	case 'n': o->lines_given = true; return option_number(value, UINT32_MAX, &o->lines);
	case 's': return option_number(value, 4096, &o->tape.render.string_size);
	}
	return option_common(&o->decode, id, value);
}

static void print_help(void)
{
	puts("usage: systape-diff [options] A B\n"
	     "       systape-diff [options] A... : B...\n"
	     "Says what differs between two tapes, or the files of two captures. Exit status: 0 "
	     "nothing, 1 something, 2 trouble.\n");
	option_print_rows(diff_option_table);
}

static enum option_reading take_option(void *context, int id, const char *value)
{
	if (id == 'h')
		print_help();
	else if (id == 'V')
		puts("systape-diff " SYSTAPE_VERSION);
	else
		return set_value(context, id, value) ? OPTION_GOES_ON : OPTION_REFUSED;
	return OPTION_ANSWERED;
}

/* A B, or A... : B..., whose colon is taken out. */
static bool take_tapes(struct diff_options *o, int argc, char **argv)
{
	struct decode_options *d = &o->decode;
	char **first = argv + optind, **end = argv + argc, **colon = first;
	size_t inputs = 0;

	while (colon < end && strcmp(*colon, ":") != 0)
		colon++;
	d->tapes = first;
	d->tape_count = (size_t)(end - first);
	d->others = 1;
	if (colon < end) {
		d->others = (size_t)(end - colon) - 1;
		d->tape_count--;
		memmove(colon, colon + 1, d->others * sizeof(*colon));
	} else if (d->tape_count != 2) {
		return decode_wrong("which two tapes? give A and B, or the files of two captures "
				    "with : between them");
	}
	if (!d->others || d->others == d->tape_count)
		return decode_wrong("there is no tape on one side of the :");
	for (size_t i = 0; i < d->tape_count; i++)
		inputs += !strcmp(d->tapes[i], "-");
	return inputs < 2 || decode_wrong("standard input is one tape: it cannot be both");
}

enum diff_options_result diff_options_parse(struct diff_options *o, int argc, char **argv)
{
	enum option_reading reading;

	*o = (struct diff_options){
		.decode = { .split.rules.group = (gid_t)-1, .render.tracer = "systape-diff" },
		.tape = { .render = { .string_size = STRINGS,
				      .verbose = true,
				      .descriptors = SHOW_PATHS | SHOW_SOCKETS },
			  .most = EVENTS,
			  .memory = (size_t)MEMORY << 20 },
		.latency = LATENCY,
	};
	reading = option_read(diff_option_table, argc, argv, take_option, o);
	if (reading != OPTION_GOES_ON)
		return reading == OPTION_ANSWERED ? DIFF_DONE : DIFF_WRONG;
	if (!take_tapes(o, argc, argv))
		return DIFF_WRONG;
	if (!o->json && !o->lines_given)
		o->lines = LINES;
	if (o->left_out & PART_LATENCY)
		o->latency = 0;
	o->tape.ignored = o->ignored;
	o->tape.events = !(o->left_out & PART_EVENTS);
	o->decode.filter.chosen |=
		o->decode.filter.failed_only || o->decode.filter.slower || o->decode.touch;
	return DIFF_RUN;
}

void diff_options_free(struct diff_options *o)
{
	for (size_t i = 0; i < o->ignored_count; i++)
		free((char *)o->ignored[i]);
	decode_options_free(&o->decode);
}
