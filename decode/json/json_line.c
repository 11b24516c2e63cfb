// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_line.h"

#include <stdio.h>

void json_begin_line(struct render *r, const char *type, size_t size, uint64_t time)
{
	struct json *j = r->state;
	static const char between[] = "\",\"ts\":\"";
	struct text *out = r->out;
	uint64_t ns;
	bool safe;

	json_put(out, "{\"type\":\"");
	text_bytes(out, type, size);
	if (!time) {
		json_put(out, "\",\"time\":null,\"ts\":null");
		return;
	}
	ns = tape_time(r->facts, time);
	safe = r->options->json_safe && ns > JSON_SAFE_MOST;
	json_put(out, "\",\"time\":\"");
	wall_time_both(&j->wall, out, ns, between, sizeof(between) - 1 - !safe);
	if (safe)
		text_char(out, '"');
}

/* One thread has often several lines, one behind another. */
void json_thread(struct render *r, uint32_t tgid, uint32_t tid, const char *comm)
{
	struct json *j = r->state;
	struct text *t = &j->thread;

	if (!t->used || j->tid != tid || j->tgid != tgid || strcmp(j->comm, comm) != 0) {
		t->used = 0;
		json_number(t, "pid", tgid);
		json_number(t, "tid", tid);
		json_bytes(t, "comm", comm, strlen(comm));
		j->tid = tid;
		j->tgid = tgid;
		snprintf(j->comm, sizeof(j->comm), "%s", comm);
	}
	text_bytes(r->out, t->data, t->used);
}

void json_cpu(struct render *r, uint32_t cpu)
{
	json_name(r->out, "cpu");
	if (cpu == TRACE_NO_CPU)
		json_put(r->out, "null");
	else
		text_unsigned(r->out, cpu);
}

void json_values_member(struct render *r)
{
	struct json *j = r->state;
	const struct text *t = &j->values.text;

	json_values_end(&j->show);
	if (t->used <= 2)
		return;
	text_char(r->out, ',');
	text_bytes(r->out, t->data + 1, t->used - 2); /* without its braces */
}
