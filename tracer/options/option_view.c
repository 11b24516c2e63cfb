// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/options/option_view.h"

#include "tracer/options/option_events.h"
#include "tracer/options/word_list.h"
#include "tracer/system/message.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the scripts of systape-awk(7) use, where hex is not told other columns. */
static const char toolkit_columns[] = "TGID,DUR,ADDR,FDS";

/* One more word for the decoder, which is freed with the options. */
static bool hand_on(struct options *o, char *word)
{
	char **more = word ? reallocarray(o->made, o->made_count + 1, sizeof(*more)) : NULL;

	if (!more) {
		free(word);
		return tracer_wrong("out of memory");
	}
	o->made = more;
	more[o->made_count++] = word;
	return option_append(&o->decode, word) || tracer_wrong("out of memory");
}

static bool note_given(struct options *o, const struct option_row *row)
{
	if (o->given_count < OPTION_ROWS_MOST)
		o->given[o->given_count++] = row;
	return true;
}

static char *option_word(const struct option_row *row, const char *value)
{
	char *word;

	if (asprintf(&word, "--%s%s%s", row->name, value ? "=" : "", value ? value : "") < 0)
		return NULL;
	return word;
}

/* The recorder knows where symbolic links lead; a tape does not. */
static bool hand_on_path(struct options *o, const struct option_row *row, const char *path)
{
	char *real = strpbrk(path, "*?[") ? NULL : realpath(path, NULL), *word = NULL;
	size_t length = strlen(path);
	bool below = length > 1 && path[length - 1] == '/', good;

	if (!real || !strcmp(path, real)) {
		free(real);
		return true;
	}
	if (asprintf(&word, "--%s=%s%s", row->name, real, below ? "/" : "") < 0)
		word = NULL;
	good = hand_on(o, word);
	free(real);
	return good;
}

bool option_view(struct options *o, const struct option_row *row, const char *value)
{
	switch (row->id) {
	case 'i': o->state = true; break;
	case OPTION_CPU_TIME: o->state = o->durations = true; break;
	case OPTION_WEIGHT: o->durations |= !strcmp(value, "time"); break;
	case OPTION_SLOWER:
	case 'T': o->durations = true; break;
	case 'v': o->wishes.arrays = o->wishes.environment = true; break;
	case OPTION_COLUMNS: o->columns = true; break;
	case OPTION_PER_THREAD: o->per_thread = true; break;
	case OPTION_APPEND: o->append = true; break;
	case OPTION_SUMMARY: o->summary = true; break;
	case OPTION_TRACE_FDS: o->wishes.descriptors = true; break;
	case 'P':
		if (!*value)
			return tracer_wrong("-P takes a path, not ''");
		o->wishes.descriptors = true;
		if (!hand_on_path(o, row, value))
			return false;
		break;
	}
	return note_given(o, row) && hand_on(o, option_word(row, value));
}

bool option_view_qualifier(struct options *o, const struct option_qualifier *q, const char *text)
{
	if (o->qualifier_count < OPTION_ROWS_MOST)
		o->qualifiers[o->qualifier_count++] = q;
	o->wishes.arrays |= q->memory;
	o->wishes.environment |= q->memory;
	o->wishes.descriptors |= q->descriptors;
	o->dumps |= q->dumps;
	return hand_on(o, strdup("-e")) && hand_on(o, strdup(text));
}

static bool refuse(const struct options *o, const char *what, unsigned int formats)
{
	char names[200];

	option_format_names(formats, names, sizeof(names));
	return tracer_wrong("%s is for -l %s, and means nothing to %s%s", what, names, o->format,
			    o->binary ? ": systape-decode takes it" : "");
}

static bool check_formats(const struct options *o)
{
	unsigned int format = option_format_bit(o->format);
	char left[64];

	if (o->summary)
		format |= OPTION_FOR_SUMMARY;
	for (size_t i = 0; i < o->given_count; i++) {
		option_row_word(o->given[i], left, sizeof(left));
		if (!(o->given[i]->formats & format) && o->given[i]->id == 't')
			tracer_say("-t has no effect on -l %s", o->format);
		else if (!(o->given[i]->formats & format))
			return refuse(o, left, o->given[i]->formats);
	}
	for (size_t i = 0; i < o->qualifier_count; i++) {
		snprintf(left, sizeof(left), "-e %s", o->qualifiers[i]->name);
		if (!(o->qualifiers[i]->formats & format))
			return refuse(o, left, o->qualifiers[i]->formats);
	}
	if (o->quiet > 1 && !(format & OPTION_FOR_STRACE))
		return refuse(o, "-qq", OPTION_FOR_STRACE);
	return true;
}

bool option_names_file(const struct options *o)
{
	return o->output && *o->output != '|' && strcmp(o->output, "-") != 0;
}

bool option_view_check(struct options *o)
{
	bool file = option_names_file(o);

	if (!check_formats(o))
		return false;
	if ((o->per_thread || o->append) && !file)
		return tracer_wrong("%s is for the file of -o",
				    o->append ? "--append" : "--per-thread");
	if (option_format_bit(o->format) & (OPTION_FOR_SQLITE | OPTION_FOR_CTF) && !file)
		return tracer_wrong("-l %s makes a %s, no stream: -o names it", o->format,
				    strcmp(o->format, "ctf") ? "file" : "folder");
	if (option_format_bit(o->format) == OPTION_FOR_HTML && !o->output)
		return tracer_wrong("-l %s makes a page, no lines: -o names its file", o->format);
	if (o->fast && o->durations)
		return tracer_wrong("--fast has one time per call: it takes no -T, --slower, "
				    "--weight time or --cpu-time");
	return true;
}

/* Letters that are repeated: as many as there are, from `first` on. */
static size_t repeat(const char **words, size_t n, const char *word, unsigned int first,
		     unsigned int count)
{
	for (; first < count; first++)
		words[n++] = word;
	return n;
}

static size_t add_rules(const char **words, size_t n, const struct storage *k)
{
	if (k->mode_text) {
		words[n++] = "--mode";
		words[n++] = k->mode_text;
	}
	if (k->group_text) {
		words[n++] = "--group";
		words[n++] = k->group_text;
	}
	return n;
}

const char **option_view_words(const struct options *o, const char *program, const char *ready)
{
	enum { OWN = 32, LETTERS = 3 };
	unsigned int format = option_format_bit(o->format);
	size_t n = 0, given = 0;
	const char **words;

	while (o->decode && o->decode[given])
		given++;
	words = calloc(given + OWN, sizeof(*words));
	if (!words)
		return NULL;
	words[n++] = program;
	words[n++] = "-l";
	words[n++] = o->format;
	if (format & (OPTION_FOR_HEX | OPTION_FOR_STRACE))
		n = repeat(words, n, "-t", 0,
			   o->time_columns < LETTERS ? o->time_columns : LETTERS);
	if (o->separator) {
		words[n++] = "-K";
		words[n++] = o->separator;
	}
	if (o->failed_only)
		words[n++] = "-X";
	if (format & (OPTION_FOR_STRACE | OPTION_FOR_LIST | OPTION_FOR_CSV)) {
		n = repeat(words, n, "-y", 0, o->descriptors < LETTERS ? o->descriptors : LETTERS);
		words[n++] = "-s";
		words[n++] = o->shown_size;
	}
	if (format & OPTION_FOR_STRACE)
		n = repeat(words, n, "-q", o->quiet > 1 ? 0 : 1,
			   o->quiet < LETTERS ? o->quiet : LETTERS);
	if (!strcmp(o->format, "hex") && !o->columns) {
		words[n++] = "--columns";
		words[n++] = toolkit_columns;
	}
	if (o->files > 1)
		words[n++] = o->files > 2 ? "-fff" : "-ff";
	if (option_decoder_opens(o)) {
		words[n++] = "-o";
		words[n++] = o->output;
		n = add_rules(words, n, &o->storage);
	}
	for (size_t i = 0; i < given; i++)
		words[n++] = o->decode[i];
	if (ready)
		words[n++] = ready;
	words[n++] = "--quiet"; /* the recorder's own summary speaks of loss */
	words[n] = "-";
	return words;
}
