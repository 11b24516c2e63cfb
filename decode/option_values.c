// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/option_values.h"

#include "decode/message.h"
#include "format/option_parse.h"

#include <stdio.h>
#include <stdlib.h>

void option_more_time(struct render_options *r)
{
	if (r->time && r->time_digits)
		r->time = TIME_EPOCH;
	r->time_digits = r->time ? 6 : 0;
	r->time = r->time ? r->time : TIME_OF_DAY;
}

static bool parse_unit(const char *word, int *digits)
{
	int found = option_parse_unit(word, strlen(word));

	if (found >= 0)
		*digits = found;
	return found >= 0;
}

static bool parse_absolute(struct render_options *r, const char *value)
{
	int style = TIME_OF_DAY, digits = 0;
	bool good = option_parse_absolute(value ? value : "time", &style, &digits);

	r->time = style;
	r->time_digits = digits;
	return good && !(value && !*value);
}

bool option_time(struct render_options *r, int id, const char *value)
{
	switch (id) {
	case 'r': r->relative_time = true; return !value || parse_unit(value, &r->relative_digits);
	case 'T': r->duration = true; return !value || parse_unit(value, &r->duration_digits);
	default: return parse_absolute(r, value);
	}
}

bool option_number(const char *text, uint32_t most, uint32_t *value)
{
	uint64_t number;

	if (!option_parse_number(text, 0, most, &number))
		return decode_wrong("'%s' is not a number up to %u", text, most);
	*value = number;
	return true;
}

/* Words with commas, each a bit; all, none and a leading ! as for the other sets. */
static bool parse_bits(const char *what, const char *const *words, unsigned int *bits,
		       const char *set, char *error, size_t size)
{
	bool invert = *set == '!';
	char *copy = strdup(set + invert), *save = NULL;
	unsigned int found = 0, all = 0;
	bool good = copy;

	for (const char *const *w = words; *w; w++)
		all = all << 1 | 1;
	for (char *word = good ? strtok_r(copy, ",", &save) : NULL; good && word;
	     word = strtok_r(NULL, ",", &save)) {
		size_t i = 0;

		while (words[i] && strcmp(word, words[i]))
			i++;
		if (words[i])
			found |= 1u << i;
		else if (!strcmp(word, "all"))
			found = all;
		else
			good = !strcmp(word, "none");
		if (!good)
			snprintf(error, size, "invalid %s '%.60s'", what, word);
	}
	free(copy);
	*bits = invert ? all & ~found : found;
	return good;
}

static bool parse_quiet(unsigned int *quiet, const char *set, char *error, size_t size)
{
	static const char *const words[] = { "attach",	    "exit",	     "path-resolution",
					     "personality", "thread-execve", NULL };

	/* As a word of its own, it is the one before in the plural. */
	return parse_bits("quiet", words, quiet,
			  strcmp(set, "path-resolutions") ? set : "path-resolution", error, size);
}

static bool parse_details(unsigned int *details, const char *set, char *error, size_t size)
{
	static const char *const words[] = { "path",	 "dev",	    "socket", "pidfd",
					     "signalfd", "eventfd", NULL };

	return parse_bits("decode-fds", words, details, set, error, size);
}

static int parse_read(struct filter *filter, const char *set, char *error, size_t size)
{
	return filter_descriptors(filter, FILTER_DUMPED_READ, set, error, size);
}

static int parse_write(struct filter *filter, const char *set, char *error, size_t size)
{
	return filter_descriptors(filter, FILTER_DUMPED_WRITE, set, error, size);
}

typedef int parse_set(struct filter *filter, const char *set, char *error, size_t size);

static bool parse_filter(struct filter **filter, parse_set *parse, const char *set, char *error,
			 size_t size)
{
	if (!*filter)
		*filter = filter_new();
	if (!*filter)
		snprintf(error, size, "out of memory");
	return *filter && !parse(*filter, set, error, size);
}

bool option_touch(struct decode_options *o, const char *set, char *error, size_t size)
{
	if (!o->touch)
		o->touch = path_match_new();
	o->filter.touch = o->touch;
	if (!o->touch)
		snprintf(error, size, "out of memory");
	return o->touch && path_match_set_descriptors(o->touch, set, error, size);
}

bool option_expression(struct decode_options *o, const char *text, char *error, size_t size)
{
	const struct {
		const char *name, *letter;
		struct filter **filter;
		parse_set *parse;
	} sets[] = {
		{ "trace=", "t=", &o->calls, filter_trace },
		{ "status=", NULL, &o->calls, filter_status },
		{ "signal=", "s=", &o->calls, filter_signal },
		{ "abbrev=", "a=", &o->abbrev, filter_trace },
		{ "verbose=", "v=", &o->dereference, filter_trace },
		{ "raw=", "x=", &o->raw, filter_trace },
		{ "read=", "r=", &o->dumps, parse_read },
		{ "write=", "w=", &o->dumps, parse_write },
	};
	bool good = false, known = false;
	const char *shown;
	const struct option_qualifier *qualifier = option_qualifier(text, &shown);

	if (qualifier && o->qualifier_count < OPTION_ROWS_MOST)
		o->qualifiers[o->qualifier_count++] = qualifier;

	for (size_t i = 0; !known && i < sizeof(sets) / sizeof(*sets); i++) {
		size_t length = strlen(sets[i].name);

		known = !strncmp(text, sets[i].name, length);
		if (!known && sets[i].letter && !strncmp(text, sets[i].letter, 2))
			known = (length = 2);
		if (known)
			good = parse_filter(sets[i].filter, sets[i].parse, text + length, error,
					    size);
	}
	if (!known && !strncmp(text, "trace-fds=", 10))
		good = option_touch(o, 10 + text, error, size);
	else if (!known && !strncmp(text, "decode-fds=", 11))
		good = parse_details(&o->render.descriptors, text + 11, error, size);
	else if (!known && (!strncmp(text, "quiet=", 6) || !strncmp(text, "q=", 2)))
		good = parse_quiet(&o->render.quiet, strchr(text, '=') + 1, error, size);
	else if (!known)
		good = parse_filter(&o->calls, filter_trace, text, error, size);
	o->filter.signals_chosen |= qualifier && *qualifier->name == 's';
	o->filter.chosen |= !qualifier && !option_chooses_nothing(text);
	o->filter.calls = o->calls;
	o->render.dumps = o->dumps;
	o->render.abbrev = o->abbrev;
	o->render.dereference = o->dereference;
	o->render.raw = o->raw;
	return good;
}

/* Says why getopt_long answered '?' or ':'. */
static void refuse(int answer, char **argv, const struct option *longs)
{
	char *text = message_of_option(answer, argv, longs);

	decode_say("%s; --help lists the options", text ? text : "out of memory");
	free(text);
}

enum option_reading option_read(const struct option_row *rows, int argc, char **argv,
				enum option_reading (*take)(void *context, int id,
							    const char *value),
				void *context)
{
	struct option longs[OPTION_ROWS_MOST + 1];
	char shorts[3 * OPTION_ROWS_MOST] = ":";
	enum option_reading reading = OPTION_GOES_ON;
	int id;

	option_row_getopt(rows, longs, shorts);
	opterr = 0;
	while (reading == OPTION_GOES_ON &&
	       (id = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		if (id == '?' || id == ':') {
			refuse(id, argv, longs);
			return OPTION_REFUSED;
		}
		reading = take(context, id, optarg);
	}
	return reading;
}

void option_print_rows(const struct option_row *rows)
{
	const struct option_row *row;
	char left[64];

	for (size_t i = 0; (row = option_row_at(rows, i)); i++) {
		option_row_left(row, left, sizeof(left));
		printf("  %-30s %s\n", left, row->help);
	}
}
