// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Folded stacks, as flamegraph.pl and speedscope read them: `comm;call WEIGHT`, the heaviest first.
 * Losses are a stack of their own. A tape has no stacks of programs: the name of the thread is all
 * below.
 */
#include "decode/render/heading.h"
#include "decode/stat/stat_keys.h"
#include "decode/stat/stat_table.h"
#include "decode/stream/renderer.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { TABLE_MOST = 32 << 20, /* bytes */ };

struct folded {
	struct stat_strings *names;
	struct stat_table *table; /* by comm and call */
	struct stat_source source;
	uint64_t lost, cut;
	enum folded_weight weight;
};

static int folded_begin(struct render *r, struct tape_error *why)
{
	struct folded *f = calloc(1, sizeof(*f));

	if (!f)
		return -ENOMEM;
	f->weight = r->options->weight;
	if (f->weight == WEIGHT_TIME && r->facts->header->optional & TRACE_O_NO_ENTER_TIME) {
		snprintf(why->text, sizeof(why->text),
			 "the tape has one time per call (systape --fast): there is no --weight "
			 "time");
		free(f);
		return -EINVAL;
	}
	r->state = f;
	f->names = f->source.strings = stat_strings_new();
	f->table = f->names ? stat_table_new(2, 3, TABLE_MOST, f->names) : NULL;
	if (!f->table)
		return -ENOMEM;
	stat_source_begin(&f->source, r->facts);
	return 0;
}

static bool counts(const struct folded *f, const struct call *call)
{
	if (call->state == CALL_NO_RETURN)
		return f->weight == WEIGHT_CALLS;
	return call->state == CALL_DONE && (f->weight != WEIGHT_ERRORS || call->failed);
}

static void add_bytes(struct stat_sums *sums, const struct file_use *use, const struct call *call)
{
	if (call->failed || call->result < 0)
		return;
	sums->in += use->in >= 0 ? (uint64_t)call->result : 0;
	sums->out += use->out >= 0 ? (uint64_t)call->result : 0;
}

static void folded_call(struct render *r, const struct call *call)
{
	struct folded *f = r->state;
	struct stat_row *row;
	uint64_t key[2];

	if (!counts(f, call))
		return;
	stat_source_call(&f->source, call, false, NULL);
	key[0] = stat_key_find("comm", 4)->word(&f->source, call);
	key[1] = f->source.kind->name;
	row = stat_table_row(f->table, key);
	row->sums.calls++;
	row->sums.errors += call->failed;
	if (call->enter && call->exit > call->enter)
		row->sums.total += call->exit - call->enter;
	add_bytes(&row->sums, &f->source.kind->use, call);
}

static void folded_note(struct render *r, const struct note *note)
{
	struct folded *f = r->state;

	if (note->kind == NOTE_LOST)
		f->lost += note->lost->calls;
	else if (note->kind == NOTE_MISSING)
		f->lost += note->missing;
}

static uint64_t weight_of(const struct folded *f, const struct stat_row *row)
{
	switch (f->weight) {
	case WEIGHT_TIME: return row->sums.total / 1000;
	case WEIGHT_ERRORS: return row->sums.errors;
	case WEIGHT_BYTES: return row->sums.in + row->sums.out;
	case WEIGHT_CALLS: break;
	}
	return row->sums.calls;
}

static int by_weight(const void *a, const void *b, void *context)
{
	const struct stat_row *one = *(struct stat_row *const *)a,
			      *other = *(struct stat_row *const *)b;
	const struct folded *f = context;
	uint64_t x = weight_of(f, one), y = weight_of(f, other);
	size_t size, more;
	const char *text, *than;
	int order = 0;

	for (int i = 0; x == y && !order && i < 2; i++) {
		text = stat_strings_text(f->names, (uint32_t)one->key[i], &size);
		than = stat_strings_text(f->names, (uint32_t)other->key[i], &more);
		order = memcmp(text, than, size < more ? size : more);
		if (!order && size != more)
			order = size < more ? -1 : 1;
	}
	return x > y ? -1 : x < y ? 1 : order;
}

/* A semicolon divides frames: within a name it becomes a comma. */
static void put_name(struct text *out, const char *text, size_t size)
{
	char name[DESC_NAME + 16];

	size = size < sizeof(name) ? size : sizeof(name);
	for (size_t i = 0; i < size; i++)
		name[i] = text[i] == ';' ? ',' : text[i];
	text_escaped(out, name, size, NULL);
}

static void put_frame(struct text *out, const struct folded *f, uint64_t number)
{
	size_t size;
	const char *text = stat_strings_text(f->names, (uint32_t)number, &size);

	put_name(out, text, size);
}

/* Of several captures the host is below all. */
static void put_root(struct render *r)
{
	const char *host = heading_host(r);

	if (!r->several)
		return;
	put_name(r->out, host, strlen(host));
	text_char(r->out, ';');
}

static void print(struct render *r, struct folded *f)
{
	const struct stat_row *others = stat_table_others(f->table);
	size_t count = 0;
	struct stat_row **rows = stat_table_rows(f->table, &count);

	if (rows)
		qsort_r(rows, count, sizeof(struct stat_row *), by_weight, f);
	for (size_t i = 0; rows && i < count && weight_of(f, rows[i]); i++) {
		put_root(r);
		put_frame(r->out, f, rows[i]->key[0]);
		text_char(r->out, ';');
		put_frame(r->out, f, rows[i]->key[1]);
		text_printf(r->out, " %" PRIu64 "\n", weight_of(f, rows[i]));
	}
	free(rows);
	if (weight_of(f, others)) {
		put_root(r);
		text_printf(r->out, "(others) %" PRIu64 "\n", weight_of(f, others));
	}
	if (f->lost && f->weight == WEIGHT_CALLS) {
		put_root(r);
		text_printf(r->out, "LOST %" PRIu64 "\n", f->lost);
	}
}

static void folded_end(struct render *r)
{
	struct folded *f = r->state;

	if (!f)
		return;
	if (f->table) {
		print(r, f);
		stat_source_end(&f->source);
	}
	stat_table_free(f->table);
	stat_strings_free(f->names);
	free(f);
}

/* Nothing can be seen before the end. */
static void folded_flush(struct render *r)
{
	text_flush(r->out);
}

const struct renderer folded_renderer = {
	.name = "folded",
	.help = "comm;call WEIGHT, for flame graphs; --weight calls, time, errors or bytes",
	.one = true,
	.captures = true,
	.begin = folded_begin,
	.call = folded_call,
	.note = folded_note,
	.flush = folded_flush,
	.end = folded_end,
};
