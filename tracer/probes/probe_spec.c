// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/probe_spec.h"

#include <ctype.h>
#include <errno.h>
#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[PROBE_KINDS] = {
	[PROBE_KPROBE] = "kprobe", [PROBE_KRETPROBE] = "kretprobe",
	[PROBE_UPROBE] = "uprobe", [PROBE_URETPROBE] = "uretprobe",
	[PROBE_USDT] = "usdt",	   [PROBE_TRACEPOINT] = "tracepoint",
};

const char *probe_kind_word(enum probe_kind kind)
{
	return words[kind];
}

/* The kind that the text begins with, PROBE_KINDS if none. */
static enum probe_kind kind_of(const char *text)
{
	enum probe_kind kind;

	for (kind = 0; kind < PROBE_KINDS; kind++)
		if (!strncmp(text, words[kind], strlen(words[kind])) &&
		    text[strlen(words[kind])] == ':')
			break;
	return kind;
}

bool probe_spec_is(const char *text)
{
	return kind_of(text) < PROBE_KINDS;
}

size_t probe_spec_length(const char *list)
{
	int depth = 0;
	size_t i;

	for (i = 0; list[i]; i++) {
		depth += list[i] == '(' ? 1 : list[i] == ')' ? -1 : 0;
		if (list[i] == ',' && !depth && probe_spec_is(list + i + 1))
			break;
	}
	return i;
}

char *probe_spec_alias(const char *word, size_t length)
{
	static const struct {
		const char *word, *event;
	} names[] = { { "kp-raw:", "kprobe:" },
		      { "kp-raw_glob:", "kprobe:" },
		      { "kp-raw_re:", "kprobe:/" } };
	char *event;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i].word);

		if (length > n && !strncmp(word, names[i].word, n))
			return asprintf(&event, "%s%.*s", names[i].event, (int)(length - n),
					word + n) < 0
				       ? NULL
				       : event;
	}
	return NULL;
}

bool probe_spec_help(size_t i, const char **word, const char **help)
{
	static const struct {
		const char *word, *help;
	} rows[] = {
		{ "kprobe:FUNC",
		  "a function of the kernel is called; *, ? and [] or /REGEX for several" },
		{ "kretprobe:FUNC", "it returns" },
		{ "uprobe:FILE:FUNC", "a function of a program or library is called; an offset in "
				      "its place serves, too" },
		{ "uretprobe:FILE:FUNC", "it returns" },
		{ "usdt:FILE:PROVIDER:NAME", "a static probe of a program or library" },
		{ "tracepoint:SYSTEM:NAME", "a tracepoint of the kernel" },
		{ "EVENT(NAME=FETCH:TYPE,..)", "with values: arg1, retval, comm, %di, +0(arg1); "
					       "u32, s64, x64, ustring, string" },
		{ "EVENT if CONDITION",
		  "only where that is true of its values, as in 'count > 100 && fd == 1'" },
	};

	if (i >= sizeof(rows) / sizeof(*rows))
		return false;
	*word = rows[i].word;
	*help = rows[i].help;
	return true;
}

static int wrong(struct tape_error *why, const char *text, const char *what)
{
	snprintf(why->text, sizeof(why->text), "cannot read the event '%.80s': %s", text, what);
	return -EINVAL;
}

static char *copy(const char *from, const char *to)
{
	while (from < to && isspace((unsigned char)*from))
		from++;
	while (to > from && isspace((unsigned char)to[-1]))
		to--;
	return strndup(from, to - from);
}

/* The last colon of a text of that length that has no other colon beside it (C++ names do). */
static const char *last_colon(const char *from, const char *to)
{
	while (to > from && *--to != ':')
		;
	return *to == ':' ? to : NULL;
}

/* FUNC, FILE:PLACE, FILE:PROVIDER:NAME */
static int parse_place(struct probe_spec *spec, const char *from, const char *to, const char *text,
		       struct tape_error *why)
{
	const char *colon = NULL, *before = NULL;

	if (spec->kind == PROBE_KPROBE || spec->kind == PROBE_KRETPROBE) {
		spec->place = copy(from, to);
		if (!spec->place)
			return -ENOMEM;
		return *spec->place ? 0 : wrong(why, text, "it names no function");
	}
	colon = last_colon(from, to);
	before = colon && spec->kind == PROBE_USDT ? last_colon(from, colon) : colon;
	if (!before)
		return wrong(why, text,
			     spec->kind == PROBE_USDT ? "write usdt:FILE:PROVIDER:NAME"
			     : spec->kind == PROBE_TRACEPOINT
				     ? "write tracepoint:SYSTEM:NAME"
				     : "write uprobe:FILE:SYMBOL or OFFSET");
	spec->file = copy(from, before);
	spec->place = copy(colon + 1, to);
	if (spec->kind == PROBE_USDT)
		spec->provider = copy(before + 1, colon);
	if (!spec->file || !spec->place || (spec->kind == PROBE_USDT && !spec->provider))
		return -ENOMEM;
	return *spec->file && *spec->place ? 0 : wrong(why, text, "a part of its name is missing");
}

static bool is_identifier(const char *name)
{
	if (!isalpha((unsigned char)*name) && *name != '_')
		return false;
	while (isalnum((unsigned char)*name) || *name == '_')
		name++;
	return !*name;
}

/* [NAME=]EXPRESSION[:TYPE]; of a tracepoint NAME alone */
static int parse_fetch(struct probe_spec *spec, const char *from, const char *to, const char *text,
		       struct tape_error *why)
{
	const char *equals = memchr(from, '=', to - from), *start = equals ? equals + 1 : from;
	const char *colon = last_colon(start, to);
	struct probe_fetch *fetch = &spec->fetch[spec->fetches];
	char name[16];

	if (spec->fetches == PROBE_FETCHES)
		return wrong(why, text, "it has more than 32 values");
	spec->fetches++;
	if (spec->kind == PROBE_TRACEPOINT) {
		fetch->name = copy(from, to);
		if (!fetch->name)
			return -ENOMEM;
		return is_identifier(fetch->name)
			       ? 0
			       : wrong(why, text,
				       "the values of a tracepoint are names of its fields");
	}
	fetch->expression = copy(start, colon ? colon : to);
	fetch->type = colon ? copy(colon + 1, to) : NULL;
	if (!fetch->expression || (colon && !fetch->type))
		return -ENOMEM;
	snprintf(name, sizeof(name), "v%zu", spec->fetches);
	if (equals)
		fetch->name = copy(from, equals);
	else
		fetch->name = strdup(is_identifier(fetch->expression) ? fetch->expression : name);
	if (!fetch->name)
		return -ENOMEM;
	if (!is_identifier(fetch->name) || strlen(fetch->name) > 30 || !*fetch->expression ||
	    strpbrk(fetch->expression, " \t\n;"))
		return wrong(why, text, "a value is NAME=EXPRESSION:TYPE");
	return 0;
}

/* The values between the brackets; `from` is behind the opening one. Sets *end behind the closing
 * one. */
static int parse_fetches(struct probe_spec *spec, const char *from, const char **end,
			 const char *text, struct tape_error *why)
{
	const char *at = from;
	int depth = 1, error;

	for (; *at && depth; at++) {
		depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
		if (depth && (depth != 1 || *at != ','))
			continue;
		if (at > from || spec->fetches) {
			error = parse_fetch(spec, from, at, text, why);
			if (error)
				return error;
		}
		from = at + 1;
	}
	*end = at;
	return depth ? wrong(why, text, "a bracket is not closed") : 0;
}

/* Behind a regular expression, in which brackets may stand: at its closing slash, if it has one,
 * else at the condition or the end; NULL: the place is none. */
static const char *regex_end(enum probe_kind kind, const char *from, const char *limit)
{
	bool kernel = kind == PROBE_KPROBE || kind == PROBE_KRETPROBE;
	const char *regex = kernel ? from : strstr(from, ":/"), *slash;

	if (!regex || regex >= limit || (kernel && *regex != '/'))
		return NULL;
	regex += kernel ? 1 : 2;
	for (slash = regex; slash < limit; slash++)
		if (*slash == '/' && (slash + 1 == limit || slash[1] == '('))
			break;
	return slash;
}

int probe_spec_parse(struct probe_spec *spec, const char *text, struct tape_error *why)
{
	const char *from, *end, *rest, *regex;
	int error;

	*spec = (struct probe_spec){ .kind = kind_of(text) };
	snprintf(why->text, sizeof(why->text), "out of memory");
	if (spec->kind == PROBE_KINDS)
		return wrong(why, text, "it is none");
	from = text + strlen(words[spec->kind]) + 1;
	rest = strstr(from, " if ");
	rest = rest ? rest : from + strlen(from);
	regex = regex_end(spec->kind, from, rest);
	end = regex ? regex : from + strcspn(from, "(");
	end = end > rest ? rest : end;
	error = parse_place(spec, from, end, text, why);
	end += regex && *end == '/';
	if (!error && *end == '(')
		error = parse_fetches(spec, end + 1, &end, text, why);
	if (error)
		return error;
	end += strspn(end, " \t");
	if (!*end)
		return 0;
	if (strncmp(end, "if", 2) || !isspace((unsigned char)end[2]))
		return wrong(why, text, "behind it stands neither 'if CONDITION' nor nothing");
	spec->condition = copy(end + 2, end + strlen(end));
	return spec->condition ? 0 : -ENOMEM;
}

void probe_spec_free(struct probe_spec *spec)
{
	for (size_t i = 0; i < spec->fetches; i++) {
		free(spec->fetch[i].name);
		free(spec->fetch[i].expression);
		free(spec->fetch[i].type);
	}
	free(spec->file);
	free(spec->place);
	free(spec->provider);
	free(spec->condition);
	*spec = (struct probe_spec){ .kind = PROBE_KINDS };
}

bool probe_spec_is_pattern(const char *pattern)
{
	return *pattern == '/' || strpbrk(pattern, "*?[");
}

bool probe_spec_matches(const char *pattern, const char *name)
{
	regex_t regex;
	bool found;

	if (*pattern != '/')
		return !fnmatch(pattern, name, 0);
	if (regcomp(&regex, pattern + 1, REG_EXTENDED | REG_NOSUB))
		return false;
	found = !regexec(&regex, name, 0, NULL, 0);
	regfree(&regex);
	return found;
}

int probe_spec_expression(const char *e, const char *const *args, size_t count, char *to,
			  size_t room)
{
	size_t used = 0;

	while (*e) {
		const char *word = e + (*e == '$'), *put;
		size_t n = 0;

		while (isalnum((unsigned char)word[n]) || word[n] == '_')
			n++;
		put = NULL;
		if (n > 3 && !strncmp(word, "arg", 3) && isdigit((unsigned char)word[3])) {
			unsigned long i = strtoul(word + 3, NULL, 10);

			if (!i || i > count || !args[i - 1])
				return -EINVAL;
			put = args[i - 1];
		} else if (n == 6 && !strncmp(word, "retval", n)) {
			put = "$retval";
		} else if (n == 4 && !strncmp(word, "comm", n)) {
			put = "$comm";
		} else if (!n) {
			n = 1;
			word = e;
		}
		used += put ? snprintf(to + used, room - used, "%s", put)
			    : snprintf(to + used, room - used, "%.*s", (int)(word + n - e), e);
		if (used >= room)
			return -E2BIG;
		e = word + n;
	}
	if (!used && room)
		*to = '\0';
	return 0;
}
