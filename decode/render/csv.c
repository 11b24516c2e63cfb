// SPDX-License-Identifier: GPL-2.0-or-later
/* The CSV renderer: a row for each call, for spreadsheets and loaders, as RFC 4180 has it. */
#include "decode/descriptors/call_path.h"
#include "decode/render/call_outcome.h"
#include "decode/render/wall_time.h"
#include "decode/stream/call_columns.h"
#include "decode/stream/renderer.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* They never change; new ones come behind the last. */
static const char header[] = "time,ts,pid,tid,comm,cpu,name,nr,arch,state,args,retval,error,errno,"
			     "latency,path,host\r\n";

struct csv {
	struct show show;
	struct call_columns calls;
	struct text words;
	struct wall_time wall;
	struct text thread; /* the columns of this one: */
	uint32_t tid, tgid;
	char comm[17];
	struct text last; /* the last column, and the row's end */
};

/* What may have commas or quotes in it: printable ASCII. */
static void put_quoted(struct text *out, const char *at, size_t size)
{
	char *to;

	if (!text_room(out, 2 * size + 2))
		return;
	to = out->data + out->used;
	*to++ = '"';
#ifdef __x86_64__
	while (size >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
		unsigned int quotes =
			(unsigned int)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
		unsigned int plain = quotes ? (unsigned int)__builtin_ctz(quotes) + 1 : 16;

		_mm_storeu_si128((__m128i *)(void *)to, bytes);
		to += plain;
		if (quotes)
			*to++ = '"';
		at += plain;
		size -= plain;
	}
#endif
	for (; size; size--, at++) {
		*to++ = *at;
		if (*at == '"')
			*to++ = '"';
	}
	*to++ = '"';
	out->used = (size_t)(to - out->data);
}

/* Bytes of the tape, escaped as in the hex formats. */
static void put_escaped(struct csv *c, struct text *out, const char *bytes, size_t size)
{
	c->words.used = 0;
	text_escaped(&c->words, bytes, size, NULL);
	put_quoted(out, c->words.data, c->words.used);
	c->words.used = 0;
}

static int csv_begin(struct render *r, struct tape_error *why)
{
	struct csv *c = calloc(1, sizeof(*c));

	(void)why;
	r->state = c;
	if (!c || text_open(&c->words, -1) || text_open(&c->thread, -1) ||
	    text_open(&c->last, -1) ||
	    show_init(&c->show, &c->words, r->options, r->facts, show_families, r->names))
		return -ENOMEM;
	text_char(&c->last, ',');
	if (*r->facts->host)
		put_escaped(c, &c->last, r->facts->host, strlen(r->facts->host));
	text_bytes(&c->last, "\r\n", 2);
	if (r->options->header && !r->further)
		text_put(r->out, header);
	return 0;
}

static void csv_end(struct render *r)
{
	struct csv *c = r->state;

	if (!c)
		return;
	show_done(&c->show);
	text_close(&c->words);
	text_close(&c->thread);
	text_close(&c->last);
	free(c);
}

static void put_end(struct render *r)
{
	const struct csv *c = r->state;

	text_bytes(r->out, c->last.data, c->last.used);
}

static void put_time(struct render *r, uint64_t time)
{
	uint64_t ns = tape_time(r->facts, time);
	struct csv *c = r->state;

	if (time)
		wall_time_both(&c->wall, r->out, ns, ",", 1);
	else
		text_char(r->out, ',');
	text_char(r->out, ',');
}

static void put_args(struct render *r, const struct call *call)
{
	struct csv *c = r->state;

	c->words.used = 0;
	show_call_args(&c->show, call);
	put_quoted(r->out, c->words.data, c->words.used);
	c->words.used = 0;
}

static void put_outcome(struct text *out, const struct call_outcome *o)
{
	text_char(out, ',');
	if (o->returned && o->is_unsigned)
		text_unsigned(out, o->value);
	else if (o->returned)
		text_signed(out, (int64_t)o->value);
	text_char(out, ',');
	if (o->name)
		text_put(out, o->name);
	else if (o->error)
		text_printf(out, "errno %llu", (unsigned long long)o->error);
	text_char(out, ',');
	if (o->error)
		text_unsigned(out, o->error);
	text_char(out, ',');
	if (o->timed)
		text_unsigned(out, o->latency);
	text_char(out, ',');
}

static void put_number(struct text *out, uint64_t number)
{
	text_unsigned(out, number);
	text_char(out, ',');
}

/* One thread has often several rows, one behind another. */
static void put_thread(struct render *r, const struct call *call)
{
	struct csv *c = r->state;
	struct text *t = &c->thread;

	if (!t->used || c->tid != call->tid || c->tgid != call->tgid ||
	    strcmp(c->comm, call->comm) != 0) {
		t->used = 0;
		put_number(t, call->tgid);
		put_number(t, call->tid);
		put_escaped(c, t, call->comm, strlen(call->comm));
		text_char(t, ',');
		c->tid = call->tid;
		c->tgid = call->tgid;
		snprintf(c->comm, sizeof(c->comm), "%s", call->comm);
	}
	text_bytes(r->out, t->data, t->used);
}

static void put_call_columns(struct text *out, const struct call *call)
{
	const char *arch = call_outcome_arch(call->arch);

	text_put(out, call->name);
	text_char(out, ',');
	if (call->nr != TRACE_NO_NUMBER)
		text_unsigned(out, call->nr);
	text_char(out, ',');
	text_put(out, arch ? arch : "unknown");
	text_char(out, ',');
	text_put(out, call_outcome_state(call->state));
	text_char(out, ',');
}

/* As text_escaped, in quotes: without a quote in it nothing has to be moved. */
static void put_path(struct csv *c, struct text *out, const char *path, size_t size)
{
	if (memchr(path, '"', size)) {
		put_escaped(c, out, path, size);
		return;
	}
	text_char(out, '"');
	text_escaped(out, path, size, NULL);
	text_char(out, '"');
}

static void csv_call(struct render *r, const struct call *call)
{
	struct call_outcome outcome = call_outcome_of(call);
	struct csv *c = r->state;
	struct text *out = r->out;
	char path[CALL_PATH];
	size_t size;

	put_time(r, call_time(call));
	put_thread(r, call);
	if (call->cpu != TRACE_NO_CPU)
		text_unsigned(out, call->cpu);
	text_char(out, ',');
	call_columns_put(&c->calls, out, call, put_call_columns);
	put_args(r, call);
	put_outcome(out, &outcome);
	size = call_path(call, path);
	if (size)
		put_path(c, out, path, size);
	put_end(r);
}

/* A loss is a row without a call, whose state is `lost` and whose arguments say what. */
static void csv_note(struct render *r, const struct note *note)
{
	struct text *out = r->out;

	if (note->kind != NOTE_LOST && note->kind != NOTE_MISSING && note->kind != NOTE_PARTS)
		return;
	put_time(r, note->time);
	text_bytes(out, ",,,", 3);
	if (note->cpu != TRACE_NO_CPU)
		text_unsigned(out, note->cpu);
	text_put(out, ",,,,lost,\"");
	if (note->kind == NOTE_LOST)
		text_printf(out, "%llu calls, %llu beginnings of calls, %llu other events",
			    (unsigned long long)note->lost->calls,
			    (unsigned long long)note->lost->enters,
			    (unsigned long long)note->lost->events);
	else
		text_printf(out, "%llu %s", (unsigned long long)note->missing,
			    note->kind == NOTE_PARTS ? "parts of the capture" : "records");
	text_put(out, "\",,,,,");
	put_end(r);
}

const struct renderer csv_renderer = {
	.name = "csv",
	.help = "comma-separated values (RFC 4180), a row for each call",
	.descriptors = true,
	.captures = true,
	.divisible = true,
	.begin = csv_begin,
	.call = csv_call,
	.note = csv_note,
	.end = csv_end,
};
