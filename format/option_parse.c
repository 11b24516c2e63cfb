// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/option_parse.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

bool option_parse_digits(const char **at, uint64_t *value)
{
	char *end;

	if (**at < '0' || **at > '9')
		return false;
	errno = 0;
	*value = strtoull(*at, &end, 10);
	*at = end;
	return !errno;
}

bool option_parse_number(const char *text, uint64_t least, uint64_t most, uint64_t *value)
{
	return option_parse_digits(&text, value) && !*text && *value >= least && *value <= most;
}

bool option_parse_size(const char *text, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	const char *unit;
	int shift;

	if (!option_parse_digits(&text, bytes))
		return false;
	if (!*text)
		return true;
	unit = strchr(units, *text);
	shift = unit ? 10 * (unit - units + 1) : 0;
	if (!unit || text[1] || *bytes > UINT64_MAX >> shift)
		return false;
	*bytes <<= shift;
	return true;
}

int option_parse_pid(const char **at)
{
	static const char between[] = ", \t\n";
	const char *digits;
	uint64_t pid;

	*at += strspn(*at, between);
	if (!**at)
		return 0;
	digits = *at;
	if (!option_parse_digits(&digits, &pid) || !pid || pid > INT_MAX ||
	    (*digits && !strchr(between, *digits)))
		return -1;
	*at = digits;
	return pid;
}

int option_parse_pids(const char *text, pid_t **pids, size_t *count)
{
	int pid;

	while ((pid = option_parse_pid(&text)) > 0) {
		pid_t *more = reallocarray(*pids, *count + 1, sizeof(*more));

		if (!more)
			return -ENOMEM;
		*pids = more;
		more[(*count)++] = pid;
	}
	return !pid && *count ? 0 : -EINVAL;
}

static int index_of(const char *const *words, const char *word, size_t length)
{
	for (int i = 0; words[i]; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], word, length))
			return i;
	return -1;
}

int option_parse_unit(const char *word, size_t length)
{
	static const char *const units[] = { "s", "ms", "us", "ns", NULL };
	int i = index_of(units, word, length);

	return i < 0 ? i : 3 * i;
}

int option_parse_time_style(const char *word, size_t length)
{
	static const char *const styles[] = { "none", "time", "unix", NULL };

	return index_of(styles, word, length);
}

bool option_parse_absolute(const char *at, int *style, int *digits)
{
	for (; *at; at += *at == ',') {
		bool format = !strncmp(at, "format:", 7), unit = !strncmp(at, "precision:", 10);
		int as_style, as_unit;
		size_t length;

		at += format ? 7 : unit ? 10 : 0;
		length = strcspn(at, ",");
		as_style = unit ? -1 : option_parse_time_style(at, length);
		as_unit = format ? -1 : option_parse_unit(at, length);
		if (as_style < 0 && as_unit < 0)
			return false;
		if (as_style >= 0)
			*style = as_style;
		else
			*digits = as_unit;
		at += length;
	}
	return true;
}

bool option_parse_span(const char *text, uint64_t *ns)
{
	char *end;
	double number = strtod(text, &end);
	int digits = *end ? option_parse_unit(end, strlen(end)) : 6;

	if (*text < '0' || *text > '9' || number > 1e9 || digits < 0)
		return false;
	for (; digits < 9; digits++)
		number *= 10;
	*ns = number + 0.5;
	return true;
}

/* strace takes several words for one thing, and _ for -. */
int option_parse_column(const char *word, size_t length)
{
	static const char *const words[COLUMNS][3] = {
		[COLUMN_PERCENT] = { "time-percent", "time" },
		[COLUMN_TOTAL] = { "total-time", "time-total" },
		[COLUMN_SHORTEST] = { "min-time", "time-min", "shortest" },
		[COLUMN_LONGEST] = { "max-time", "time-max", "longest" },
		[COLUMN_AVERAGE] = { "avg-time", "time-avg" },
		[COLUMN_WALL_TOTAL] = { "wall-total", "total-wall" },
		[COLUMN_WALL_SHORTEST] = { "wall-min", "min-wall" },
		[COLUMN_WALL_LONGEST] = { "wall-max", "max-wall" },
		[COLUMN_WALL_AVERAGE] = { "wall-avg", "avg-wall" },
		[COLUMN_CALLS] = { "calls", "count" },
		[COLUMN_ERRORS] = { "errors", "error" },
		[COLUMN_NAME] = { "name", "syscall", "syscall-name" },
		[COLUMN_NOTHING] = { "nothing", "none" },
	};

	for (int column = 0; column < COLUMNS; column++) {
		for (int i = 0; i < 3 && words[column][i]; i++) {
			const char *name = words[column][i];
			size_t n = 0;

			while (n < length && name[n] &&
			       (name[n] == word[n] || (name[n] == '-' && word[n] == '_')))
				n++;
			if (n == length && !name[n])
				return column;
		}
	}
	return -1;
}

/* A value in brackets may be missing, and then only the long form takes it. */
static int argument_of(const char *value)
{
	return !value ? no_argument : *value == '[' ? optional_argument : required_argument;
}

void option_parse_add(struct option *longs, char *shorts, int id, const char *name,
		      const char *value)
{
	if (name) {
		while (longs->name)
			longs++;
		*longs++ = (struct option){ name, argument_of(value), NULL, id };
		*longs = (struct option){ NULL, 0, NULL, 0 };
	}
	if (id >= 128)
		return;
	shorts += strlen(shorts);
	*shorts++ = id;
	if (argument_of(value) == required_argument)
		*shorts++ = ':';
	*shorts = '\0';
}
