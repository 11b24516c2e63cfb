// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/tips.h"

#include "format/option_parse.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { WIDTH = 58 };

/* Lines of at most WIDTH characters. */
static const char *const tips[] = {
	"One recording serves every question: take a tape with\n"
	"  systape -l bin -o a.tape COMMAND\n"
	"and choose calls, paths and times when you read it.",
	"The whole machine can be traced at once, no -p needed:\n"
	"  systape -l strace -e trace=execve",
	"Where does the time go? Ask for percentiles:\n"
	"  systape-stat a.tape\n"
	"and --by file, --by pid or --by socket says whose it is.",
	"What is slow? Only calls that took 10 ms and more:\n"
	"  systape-decode -l strace --slower 10ms a.tape",
	"Lines for programs:\n"
	"  systape-decode -l json a.tape | jq -r .name",
	"-P PATH follows descriptors as well as names, so that it\n"
	"shows who reads a file that was opened before.",
	"-e read=0 -e write=1,2 shows all bytes that went through\n"
	"these descriptors, 128 KiB of each call.",
	"A symbolic link in -P counts with the file that it leads\n"
	"to; -e quiet=path-resolution says nothing of that.",
	"A traced program is not stopped here, so -p PID does no\n"
	"harm to a server that is at work.",
	"-U name,wall-total,total-time -c shows beside each other how\n"
	"long calls took and how long they were on a CPU.",
	"-e 'trace=/^(read|write)' takes a regular expression, and\n"
	"-e 'trace=!%memory' leaves out a class.",
	"systape --probe says which of the kernel's sources of calls\n"
	"this machine offers, and why not the others.",
};

enum { TIPS = sizeof(tips) / sizeof(*tips) };

static bool take_number(struct tips *t, const char *word)
{
	uint64_t number;

	if (!strcasecmp(word, "random")) {
		t->number = -1;
		return true;
	}
	if (!option_parse_number(word, 0, INT_MAX, &number))
		return false;
	t->number = number;
	return true;
}

static bool take_format(struct tips *t, const char *word)
{
	static const char *const formats[] = { "none", "compact", "full" };

	for (int i = TIPS_NONE; i <= TIPS_FULL; i++) {
		if (strcasecmp(word, formats[i]))
			continue;
		t->format = i;
		return true;
	}
	return false;
}

bool tips_parse(struct tips *t, const char *text)
{
	struct tips now = *t;
	char *copy = strdup(text), *rest = NULL;
	bool good = copy;

	if (now.format == TIPS_NONE)
		now.format = TIPS_COMPACT;
	for (char *word = good ? strtok_r(copy, ",", &rest) : NULL; good && word;
	     word = strtok_r(NULL, ",", &rest)) {
		if (!strncasecmp(word, "id:", 3))
			good = take_number(&now, word + 3);
		else if (!strncasecmp(word, "format:", 7))
			good = take_format(&now, word + 7);
		else
			good = take_number(&now, word) || take_format(&now, word);
	}
	free(copy);
	if (good)
		*t = now;
	return good;
}

static void put_rule(FILE *to, char left, char right)
{
	putc(left, to);
	for (int i = 0; i < WIDTH + 2; i++)
		putc('-', to);
	fprintf(to, "%c\n", right);
}

/* A tape. */
static void put_picture(FILE *to)
{
	fputs("    \\\n"
	      "     \\  .---------------------------.\n"
	      "      \\ |   .-.               .-.   |\n"
	      "        |  ( + )=============( + )  |\n"
	      "        |   '-'               '-'   |\n"
	      "        |    .-----------------.    |\n"
	      "        '---/   o           o   \\---'\n",
	      to);
}

char *tips_text(const struct tips *t)
{
	char *text = NULL;
	size_t size, number = t->number < 0 ? (size_t)time(NULL) : (size_t)t->number;
	FILE *to = t->format == TIPS_NONE ? NULL : open_memstream(&text, &size);

	if (!to)
		return NULL;
	put_rule(to, '.', '.');
	for (const char *line = tips[number % TIPS]; *line; line += *line == '\n') {
		int length = (int)strcspn(line, "\n");

		fprintf(to, "| %-*.*s |\n", WIDTH, length, line);
		line += length;
	}
	put_rule(to, '\'', '\'');
	if (t->format == TIPS_FULL)
		put_picture(to);
	if (!fclose(to))
		return text;
	free(text);
	return NULL;
}
