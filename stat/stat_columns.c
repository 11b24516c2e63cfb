// SPDX-License-Identifier: GPL-2.0-or-later
#include "stat/stat_columns.h"

#include <string.h>
#include <sys/wait.h>

#define COUNT(field)                                                                               \
	static bool get_##field(const struct stat_row *row, const struct stat_row *all,            \
				uint64_t *value)                                                   \
	{                                                                                          \
		(void)all;                                                                         \
		*value = row->sums.field;                                                          \
		return true;                                                                       \
	}
COUNT(calls)
COUNT(errors)
COUNT(in)
COUNT(out)
COUNT(opens)
COUNT(reads)
COUNT(writes)
COUNT(missing)

static bool get_total(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.total;
	return row->sums.timed;
}

/* Of the time; where none is known, of the calls. */
static bool get_share(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	uint64_t part = all->sums.timed ? row->sums.total : row->sums.calls,
		 of = all->sums.timed ? all->sums.total : all->sums.calls;

	*value = of ? (uint64_t)(10000.0 * (double)part / (double)of + 0.5) : 0;
	return of;
}

static bool get_min(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.shortest;
	return row->sums.timed;
}

static bool get_max(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.longest;
	return row->sums.timed;
}

static bool get_mean(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.timed ? row->sums.total / row->sums.timed : 0;
	return row->sums.timed;
}

static bool percentile(const struct stat_row *row, unsigned int parts, uint64_t *value)
{
	*value = stat_row_percentile(row, parts);
	return row->times.count;
}

#define PERCENTILE(name, parts)                                                                    \
	static bool get_##name(const struct stat_row *row, const struct stat_row *all,             \
			       uint64_t *value)                                                    \
	{                                                                                          \
		(void)all;                                                                         \
		return percentile(row, parts, value);                                              \
	}
PERCENTILE(p50, 5000)
PERCENTILE(p90, 9000)
PERCENTILE(p95, 9500)
PERCENTILE(p99, 9900)
PERCENTILE(p999, 9990)

static bool get_cpu(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.cpu_total;
	return row->sums.cpu_timed;
}

static bool get_cpu_mean(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->sums.cpu_timed ? row->sums.cpu_total / row->sums.cpu_timed : 0;
	return row->sums.cpu_timed;
}

static bool get_begin(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	(void)all;
	*value = row->life ? row->life->begun : 0;
	return *value;
}

static bool get_life(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	const struct stat_life *l = row->life;

	(void)all;
	*value = l && l->begun && l->ended > l->begun ? l->ended - l->begun : 0;
	return *value;
}

static bool get_exit(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	const struct stat_life *l = row->life;

	(void)all;
	*value = l ? (uint64_t)WEXITSTATUS(l->status) : 0;
	return l && l->ended && WIFEXITED(l->status);
}

static bool get_signal(const struct stat_row *row, const struct stat_row *all, uint64_t *value)
{
	const struct stat_life *l = row->life;

	(void)all;
	*value = l ? (uint64_t)WTERMSIG(l->status) : 0;
	return l && l->ended && WIFSIGNALED(l->status);
}

// clang-format off
const struct stat_column stat_columns[] = {
	{ "calls", "CALLS", "calls that have returned", UNIT_COUNT, WHEN_ALWAYS, get_calls },
	{ "errors", "ERRORS", "of them, those that failed", UNIT_COUNT, WHEN_ALWAYS, get_errors },
	{ "total", "TOTAL", "time within them, from entry to return", UNIT_TIME, WHEN_TIMED, get_total },
	{ "share", "SHARE", "of the time of all rows; of the calls, where no times are known", UNIT_SHARE, WHEN_ALWAYS, get_share },
	{ "min", "MIN", "shortest", UNIT_TIME, WHEN_TIMED, get_min },
	{ "mean", "MEAN", "mean", UNIT_TIME, WHEN_TIMED, get_mean },
	{ "p50", "P50", "median: half of the calls took no longer", UNIT_TIME, WHEN_TIMED, get_p50 },
	{ "p90", "P90", "90 of 100 took no longer", UNIT_TIME, WHEN_TIMED, get_p90 },
	{ "p95", "P95", "95 of 100", UNIT_TIME, WHEN_TIMED, get_p95 },
	{ "p99", "P99", "99 of 100", UNIT_TIME, WHEN_TIMED, get_p99 },
	{ "p999", "P999", "999 of 1000", UNIT_TIME, WHEN_TIMED, get_p999 },
	{ "max", "MAX", "longest", UNIT_TIME, WHEN_TIMED, get_max },
	{ "cpu", "CPU", "time on a CPU within them (systape --state)", UNIT_TIME, WHEN_CPU, get_cpu },
	{ "cpu_mean", "CPUMEAN", "mean of that", UNIT_TIME, WHEN_CPU, get_cpu_mean },
	{ "in", "IN", "bytes read", UNIT_COUNT, WHEN_BYTES, get_in },
	{ "out", "OUT", "bytes written", UNIT_COUNT, WHEN_BYTES, get_out },
	{ "opens", "OPENS", "descriptors made for it", UNIT_COUNT, WHEN_FILES, get_opens },
	{ "reads", "READS", "calls that read", UNIT_COUNT, WHEN_FILES, get_reads },
	{ "writes", "WRITES", "calls that wrote", UNIT_COUNT, WHEN_FILES, get_writes },
	{ "missing", "MISSING", "names looked up that were not there", UNIT_COUNT, WHEN_FILES, get_missing },
	{ "begin", "BEGIN", "when the process or thread began", UNIT_MOMENT, WHEN_LIVES, get_begin },
	{ "life", "LIFE", "how long it lived", UNIT_TIME, WHEN_LIVES, get_life },
	{ "exit", "EXIT", "its exit status", UNIT_COUNT, WHEN_LIVES, get_exit },
	{ "signal", "SIGNAL", "the signal that ended it", UNIT_SIGNAL, WHEN_LIVES, get_signal },
	{ NULL, NULL, NULL, UNIT_COUNT, WHEN_ALWAYS, NULL },
};
// clang-format on

const struct stat_column *stat_column_find(const char *name)
{
	for (const struct stat_column *c = stat_columns; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
