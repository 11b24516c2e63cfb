// SPDX-License-Identifier: GPL-2.0-or-later
/* log_line: the event of a line. */
#include "decode/text/strace_grammar.h"
#include "import/log_line.h"

#include <string.h>

/* The part of a line that is looked at. */
struct body {
	const char *at;
	size_t size;
};

static bool begins(struct body b, const char *with)
{
	size_t n = strlen(with);

	return b.size >= n && !memcmp(b.at, with, n);
}

static bool ends(struct body b, const char *with)
{
	size_t n = strlen(with);

	return b.size >= n && !memcmp(b.at + b.size - n, with, n);
}

static struct body behind(struct body b, size_t n)
{
	return (struct body){ b.at + n, b.size - n };
}

static struct trace_span span(const struct log_line *l, struct body b)
{
	return (struct trace_span){ b.at - l->text, b.size };
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '?' ||
	       (c >= 'A' && c <= 'Z');
}

static size_t name_of(struct body b)
{
	size_t n = 0;

	if (b.size && b.at[0] >= '0' && b.at[0] <= '9')
		return 0;
	while (n < b.size && is_name(b.at[n]))
		n++;
	return n < 64 ? n : 0;
}

static uint64_t digits(struct body *b)
{
	uint64_t value = 0;

	for (; b->size && *b->at >= '0' && *b->at <= '9'; *b = behind(*b, 1))
		value = value > UINT64_MAX / 16 ? UINT64_MAX / 2 : 10 * value + (*b->at - '0');
	return value;
}

/* " <0.000052>" at the end: how long it is, 0 if it is none. */
static size_t duration(struct body b, uint64_t *ns)
{
	size_t n = b.size, unit = 1000000000;
	struct body d;
	uint64_t seconds;

	if (!n || b.at[n - 1] != '>')
		return 0;
	for (n--; n && ((b.at[n - 1] >= '0' && b.at[n - 1] <= '9') || b.at[n - 1] == '.'); n--)
		;
	if (n < 2 || b.at[n - 1] != '<' || b.at[n - 2] != ' ')
		return 0;
	d = (struct body){ b.at + n, b.size - n - 1 };
	seconds = digits(&d);
	if (d.at == b.at + n || seconds > INT64_MAX / unit)
		return 0;
	*ns = seconds * unit;
	if (d.size && *d.at == '.')
		for (d = behind(d, 1); d.size && *d.at != '.'; d = behind(d, 1))
			*ns += (unit /= 10) * (*d.at - '0');
	return d.size ? 0 : b.size - n + 2;
}

static bool number_of(struct body b, int64_t *number)
{
	bool negative = b.size && *b.at == '-';
	uint64_t value = 0;
	const char *from;

	if (negative)
		b = behind(b, 1);
	from = b.at;
	if (begins(b, "0x")) {
		for (b = behind(b, 2), from += 2; b.size; b = behind(b, 1)) {
			int d = *b.at >= 'a' && *b.at <= 'f'   ? *b.at - 'a' + 10
				: *b.at >= '0' && *b.at <= '9' ? *b.at - '0'
							       : -1;

			if (d < 0)
				break;
			value = value << 4 | (uint64_t)d;
		}
	} else if (b.size > 1 && *b.at == '0') {
		for (; b.size && *b.at >= '0' && *b.at <= '7'; b = behind(b, 1))
			value = value << 3 | (uint64_t)(*b.at - '0');
	} else {
		for (; b.size && *b.at >= '0' && *b.at <= '9'; b = behind(b, 1))
			value = 10 * value + (uint64_t)(*b.at - '0');
	}
	*number = (int64_t)(negative ? -value : value);
	return b.at != from;
}

/* ENOENT (No such file or directory), (errno 38) */
static int error_of(const struct log_words *words, struct body b)
{
	size_t n = name_of(b);

	if (n)
		return log_words_error(words, b.at, n);
	if (!begins(b, "(errno "))
		return 0;
	b = behind(b, strlen("(errno "));
	return (int)(digits(&b) & 4095);
}

/* What stands behind "= ": false if it is no result. */
static bool result(struct log_line *l, const struct log_words *words, struct body b)
{
	size_t n = duration(b, &l->latency);
	int error;

	l->timed = n;
	b.size -= n;
	l->result = span(l, b);
	if (begins(b, "?")) {
		error = b.size > 2 ? error_of(words, behind(b, 2)) : 0;
		l->outcome = error ? OUTCOME_ERROR : OUTCOME_NONE;
		l->number = error;
		return b.size == 1 || b.at[1] == ' ';
	}
	if (!number_of(b, &l->number))
		return false;
	l->outcome = OUTCOME_VALUE;
	error = begins(b, "-1 ") ? error_of(words, behind(b, 3)) : 0;
	if (error) {
		l->outcome = OUTCOME_ERROR;
		l->number = error;
	}
	return true;
}

/* Behind a parenthesis that closes arguments: how much stands before the result; 0: it is none. */
static size_t to_result(struct body b)
{
	size_t n = 1;

	while (n < b.size && b.at[n] == ' ')
		n++;
	return n > 1 && n + 2 < b.size && b.at[n] == '=' && b.at[n + 1] == ' ' ? n + 2 : 0;
}

/* Where the arguments end if there is only one place that looks so: GRAMMAR_NONE if there are none
 * or several, which *several says. */
static size_t only_end(struct body b, bool *several)
{
	size_t found = GRAMMAR_NONE;
	const char *at = b.at, *end = b.at + b.size;

	*several = false;
	while ((at = memchr(at, ')', end - at))) {
		if (to_result((struct body){ at, end - at })) {
			*several = found != GRAMMAR_NONE;
			if (*several)
				return GRAMMAR_NONE;
			found = at - b.at;
		}
		at++;
	}
	return found;
}

/* From the arguments on, to the end of the line. */
static enum log_kind finish(struct log_line *l, const struct log_words *words, struct body b,
			    enum log_kind whole)
{
	static const char unfinished[] = " <unfinished ...>";
	size_t at = grammar_end(b.at, b.size, false), skip = 0;
	bool several = false;

	if (at != GRAMMAR_NONE && at < b.size && b.at[at] == ')')
		skip = to_result(behind(b, at));
	if (!skip) {
		at = only_end(b, &several);
		skip = at != GRAMMAR_NONE ? to_result(behind(b, at)) : 0;
	}
	l->undecided = several;
	if (!skip || several)
		return several ? LOG_TEXT : LOG_CUT;
	if (!result(l, words, behind(b, at + skip)))
		return LOG_TEXT;
	b.size = at;
	if (ends(b, unfinished))
		b.size -= strlen(unfinished);
	l->args = span(l, b);
	return whole;
}

static enum log_kind call(struct log_line *l, const struct log_words *words, struct body b,
			  size_t n)
{
	static const char unfinished[] = " <unfinished ...>", detached[] = " <detached ...>";
	bool begun = ends(b, unfinished), left = ends(b, detached);

	l->name = span(l, (struct body){ b.at, n });
	b = behind(b, n + 1);
	l->args = span(l, b);
	if (!begun && !left)
		return finish(l, words, b, LOG_CALL);
	l->args.size -= strlen(begun ? unfinished : detached);
	return begun ? LOG_BEGUN : LOG_LEFT;
}

/* <... name resumed>rest */
static enum log_kind resumed(struct log_line *l, const struct log_words *words, struct body b)
{
	static const char word[] = " resumed>";
	size_t n;

	b = behind(b, strlen("<... "));
	n = name_of(b);
	if (!n || !begins(behind(b, n), word))
		return LOG_TEXT;
	l->name = span(l, (struct body){ b.at, n });
	b = behind(b, n + strlen(word));
	l->args = span(l, b);
	return finish(l, words, b, LOG_RESUMED);
}

static enum log_kind signal_line(struct log_line *l, const struct log_words *words, struct body b)
{
	size_t n;

	if (!ends(b, " ---"))
		return LOG_TEXT;
	b = behind(b, strlen("--- "));
	if (begins(b, "stopped by "))
		return LOG_STOPPED;
	n = 0;
	while (n < b.size && b.at[n] != ' ')
		n++;
	l->signal = log_words_signal(words, b.at, n);
	return begins(b, "SIG") ? LOG_SIGNAL : LOG_TEXT;
}

static enum log_kind end_line(struct log_line *l, const struct log_words *words, struct body b)
{
	static const char exited[] = "exited with ", killed[] = "killed by ",
			  superseded[] = "superseded by execve in pid ";
	size_t n = 0;

	if (!ends(b, " +++"))
		return LOG_TEXT;
	b = behind(b, strlen("+++ "));
	if (begins(b, exited)) {
		b = behind(b, strlen(exited));
		l->status = (int)(digits(&b) & 255) << 8;
		return LOG_END;
	}
	if (begins(b, superseded)) {
		b = behind(b, strlen(superseded));
		l->other = (uint32_t)digits(&b);
		return LOG_SUPERSEDED;
	}
	if (!begins(b, killed))
		return LOG_TEXT;
	b = behind(b, strlen(killed));
	while (n < b.size && b.at[n] != ' ')
		n++;
	l->signal = log_words_signal(words, b.at, n);
	l->status = l->signal | (begins(behind(b, n), " (core dumped)") ? 128 : 0);
	return LOG_END;
}

/* strace: Process 7412 attached, Process 4431 attached (waiting for parent) */
static enum log_kind note(struct log_line *l, struct body b)
{
	if (begins(b, "strace: "))
		b = behind(b, strlen("strace: "));
	else if (!begins(b, "Process ") && !begins(b, "[ Process PID="))
		return LOG_TEXT;
	if (!begins(b, "Process "))
		return LOG_NOTE;
	b = behind(b, strlen("Process "));
	l->other = (uint32_t)digits(&b);
	if (!l->other || !begins(b, " "))
		return LOG_TEXT;
	if (!begins(b, " attached"))
		l->other = 0;
	return LOG_NOTE;
}

/* A row of the table of -c: " 65.16    0.002491 ". */
static bool is_sum(struct body b)
{
	struct body rest = b;
	size_t n = 0;

	while (rest.size && *rest.at == ' ')
		rest = behind(rest, 1);
	for (int part = 0; part < 2; part++) {
		digits(&rest);
		if (!begins(rest, "."))
			return false;
		rest = behind(rest, 1);
		n = rest.size;
		digits(&rest);
		if (n - rest.size != (part ? 6 : 2) || !begins(rest, " "))
			return false;
		while (rest.size && *rest.at == ' ')
			rest = behind(rest, 1);
	}
	return true;
}

static bool is_summary(struct body b)
{
	return begins(b, "% time ") || begins(b, "------ -----") ||
	       begins(b, "System call usage summary for ") || is_sum(b);
}

void log_body_parse(struct log_line *l, const struct log_words *words)
{
	struct body b = { l->text + l->body.at, l->body.size };
	size_t n;

	if (begins(b, "--- "))
		l->kind = signal_line(l, words, b);
	else if (begins(b, "+++ "))
		l->kind = end_line(l, words, b);
	else if (begins(b, "<... "))
		l->kind = resumed(l, words, b);
	else if (begins(b, " > ") || begins(b, " | "))
		l->kind = LOG_BESIDE;
	else if (begins(b, "strace: ") || begins(b, "Process ") || begins(b, "[ Process "))
		l->kind = note(l, b);
	else if (is_summary((struct body){ l->text, l->size }))
		l->kind = LOG_NOTE;
	else if ((n = name_of(b)) && n < b.size && b.at[n] == '(')
		l->kind = call(l, words, b, n);
}
