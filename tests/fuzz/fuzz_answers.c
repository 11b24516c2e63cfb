// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What adds calls up: the tables of systape-stat, as text, CSV and JSON, and -l folded. Text is
 * printable, rows of CSV have the columns of the first, JSON is judged by a parser of others
 * (json-c), and every folded line ends in a weight. The header's process id chooses keys and form,
 * so that the mutator can change them.
 */
#include "decode/render/renderer_table.h"
#include "decode/stat/stat_collect.h"
#include "decode/stream/stream.h"
#include "stat/stat_view.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/one_tape.h"

#include <stdlib.h>
#include <string.h>

static size_t columns_of(const char *row, size_t size)
{
	size_t columns = 1;
	bool quoted = false;

	for (size_t i = 0; i < size; i++) {
		quoted ^= row[i] == '"';
		columns += row[i] == ',' && !quoted;
	}
	if (quoted)
		refuse("an open quote", row, size);
	return columns;
}

static void judge_folded(const char *line, size_t size)
{
	const char *blank = memrchr(line, ' ', size);
	size_t digits = blank ? strspn(blank + 1, "0123456789") : 0;

	if (!digits || blank + 1 + digits != line + size || blank == line)
		refuse("no weight", line, size);
}

enum form { TEXT, CSV, JSON, FOLDED };

static void judge(const struct text *out, enum form form)
{
	const char *at = out->data, *end = out->data + out->used, *stop;
	size_t columns = 0;

	for (; at < end; at = stop + 1) {
		size_t size;

		stop = judge_line(at, end, form == CSV);
		size = (size_t)(stop - at);
		if (form == JSON)
			judge_json(at, size);
		if (form == FOLDED)
			judge_folded(at, size);
		if (form != CSV)
			continue;
		if (columns && columns_of(at, size) != columns)
			refuse("a row with other columns", at, size);
		columns = columns_of(at, size);
	}
}

struct printed {
	struct text out;
	struct program_options options;
	bool any;
};

static void print(void *context, const struct stat_collect *collect)
{
	struct printed *p = context;
	struct stat_view view;

	if (!stat_view_make(&view, &p->options, collect))
		abort();
	if (p->options.form == FORM_JSON)
		print_json(&p->out, &view);
	else if (p->options.form == FORM_CSV)
		print_csv(&p->out, &view, !p->any);
	else
		print_text(&p->out, &view);
	stat_view_free(&view);
	p->any = true;
}

static void add_up(struct stream *stream, struct render *r, enum form form, uint32_t bits)
{
	static const enum stat_form forms[] = { FORM_TEXT, FORM_CSV, FORM_JSON };
	struct printed p = { .options = { .form = forms[form], .rows = bits >> 4 & 3 } };
	struct stat_options *o = &p.options.stat;
	struct tape_error why = { "" };
	struct stat_collect *collect;
	size_t count = 0;

	while (stat_keys[count].name)
		count++;
	o->key[o->keys++] = &stat_keys[(bits >> 8 & 15) % count];
	if (bits & 1 << 12 && (bits >> 16 & 15) % count != (bits >> 8 & 15) % count)
		o->key[o->keys++] = &stat_keys[(bits >> 16 & 15) % count];
	o->memory = bits & 1 << 20 ? 1 << 16 : 48 << 20;
	o->interval = bits & 1 << 21 ? 1000 : 0;
	o->turn = print;
	o->context = &p;
	collect = stat_collect_new(o);
	if (!collect || text_open(&p.out, -1))
		abort();
	r->state = collect;
	stream_run(stream, stat_collect_renderer(collect), r, &why);
	/* An interval of nothing may be a table each: what was printed is bounded by the tape. */
	print(&p, collect);
	judge(&p.out, form);
	text_close(&p.out);
	stat_collect_free(collect);
}

static void fold(struct stream *stream, struct render *r)
{
	struct tape_error why = { "" };
	struct text out;

	if (text_open(&out, -1))
		abort();
	r->out = &out;
	stream_run(stream, renderer_by_name("folded"), r, &why);
	judge(&out, FOLDED);
	text_close(&out);
}

void one_tape(struct tape_reader *reader, uint32_t bits)
{
	struct render_options options = { .descriptors = SHOW_PATHS, .weight = bits >> 4 & 3 };
	struct stream_filter filter = { .failed_only = bits & 4 };
	struct stream *stream = stream_new(reader, &filter);
	struct render r = { .options = &options };
	struct text none;

	if (!stream || text_open(&none, -1))
		abort();
	r.out = &none;
	r.facts = stream_facts(stream);
	r.counts = stream_counts(stream);
	if ((bits & 3) == FOLDED)
		fold(stream, &r);
	else
		add_up(stream, &r, bits & 3, bits);
	text_close(&none);
	stream_free(stream);
}
