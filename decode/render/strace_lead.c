// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/strace_lead.h"

#include <time.h>

enum { SECOND = 1000000000 };

static void fraction(struct text *out, uint64_t ns, int digits)
{
	uint64_t unit = SECOND;

	for (int i = 0; i < digits; i++)
		unit /= 10;
	if (!digits)
		return;
	text_char(out, '.');
	text_padded(out, ns % SECOND / unit, digits);
}

void strace_seconds(struct text *out, uint64_t ns, int digits)
{
	text_unsigned(out, ns / SECOND);
	fraction(out, ns, digits);
}

static void print_clock(struct text *out, const struct render_options *o, uint64_t ns)
{
	time_t seconds = ns / SECOND;
	struct tm tm;

	if (o->time == TIME_EPOCH) {
		text_unsigned(out, seconds);
	} else {
		localtime_r(&seconds, &tm);
		text_padded(out, tm.tm_hour, 2);
		text_char(out, ':');
		text_padded(out, tm.tm_min, 2);
		text_char(out, ':');
		text_padded(out, tm.tm_sec, 2);
	}
	fraction(out, ns, o->time_digits);
	text_char(out, ' ');
}

static void put_comm(const struct strace_lead *lead, const struct render_options *o,
		     struct text *out)
{
	if (o->comms && lead->comm && *lead->comm)
		text_angled(out, lead->comm, strlen(lead->comm), o->quoting);
}

static void put_tid(struct strace_lead *lead, struct text *out, uint32_t tid)
{
	size_t size;

	if (lead->tid == tid && lead->tid_size) {
		text_bytes(out, lead->tid_text, lead->tid_size);
		return;
	}
	text_left(out, tid, 5);
	size = 5;
	for (uint32_t more = tid; more >= 100000; more /= 10)
		size++;
	if (out->used < size)
		return;
	memcpy(lead->tid_text, out->data + out->used - size, size);
	lead->tid_size = size;
	lead->tid = tid;
}

void strace_lead(struct strace_lead *lead, const struct render *r, struct text *out, uint32_t tid,
		 uint64_t time, uint32_t nr)
{
	const struct render_options *o = r->options;

	if (o->pids == PIDS_ALWAYS) {
		put_tid(lead, out, tid);
		put_comm(lead, o, out);
		text_char(out, ' ');
	} else if (o->pids == PIDS_SEVERAL && lead->threads > 1) {
		text_printf(out, "[pid %5u", tid);
		put_comm(lead, o, out);
		text_put(out, "] ");
	}
	if (o->time)
		print_clock(out, o, tape_time(r->facts, time));
	if (o->relative_time) {
		uint64_t since = lead->last && time > lead->last ? time - lead->last : 0;

		text_printf(out, o->time ? "(+%6llu" : "%6llu", (unsigned long long)since / SECOND);
		fraction(out, since, o->relative_digits);
		text_put(out, o->time ? ") " : " ");
	}
	lead->last = time;
	if (o->numbers)
		text_printf(out, "[%4u] ", nr);
	if (o->pointer && lead->ip)
		text_printf(out, lead->compat ? "[%08llx] " : "[%016llx] ",
			    (unsigned long long)lead->ip);
	else if (o->pointer)
		text_put(out, lead->compat ? "[????????] " : "[????????????????] ");
}
