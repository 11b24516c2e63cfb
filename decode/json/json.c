// SPDX-License-Identifier: GPL-2.0-or-later
/* The JSON renderer: a line for each event, with all that is known of it. Here: calls. */
#include "decode/descriptors/call_path.h"
#include "decode/json/json_line.h"
#include "decode/json/json_note.h"
#include "decode/json/json_result.h"
#include "decode/render/call_outcome.h"
#include "decode/values/show_families.h"

#include <errno.h>
#include <stdlib.h>

static int json_begin(struct render *r, struct tape_error *why)
{
	struct json *j = calloc(1, sizeof(*j));

	(void)why;
	r->state = j;
	if (!j || text_open(&j->thread, -1) ||
	    show_init(&j->show, r->out, r->options, r->facts, show_families, r->names) ||
	    json_values_open(&j->values, &j->show, r->options->json_safe))
		return -ENOMEM;
	json_tape(r);
	return 0;
}

static void json_end(struct render *r)
{
	struct json *j = r->state;

	if (!j)
		return;
	if (j->values.details.data)
		json_counts(r);
	show_done(&j->show);
	json_values_close(&j->values);
	text_close(&j->thread);
	free(j);
	r->state = NULL;
}

static void put_args(struct render *r, const struct call *call)
{
	struct json *j = r->state;
	const struct text *t = &j->values.text;

	json_name(r->out, "args");
	json_values_begin(&j->show);
	show_call_args(&j->show, call);
	json_values_end(&j->show);
	if (call_has_args(call))
		text_bytes(r->out, t->data, t->used);
	else
		json_put(r->out, "null");
}

static void put_result(struct render *r, const struct call_outcome *o)
{
	struct text *out = r->out;

	json_name(out, "retval");
	if (o->returned)
		json_integer(out, o->value, !o->is_unsigned, r->options->json_safe);
	else
		json_put(out, "null");
	if (!o->error) {
		json_put(out, ",\"error\":null");
		return;
	}
	json_put(out, ",\"error\":\"");
	if (o->name)
		text_put(out, o->name);
	else
		text_printf(out, "errno %llu", (unsigned long long)o->error);
	json_put(out, "\"");
	json_number(out, "errno", o->error);
}

static bool put_details(struct render *r)
{
	const struct json *j = r->state;
	const struct text *details = &j->values.details;

	if (!details->used)
		return false;
	json_name(r->out, "details");
	text_bytes(r->out, details->data, details->used);
	return true;
}

/* Details are told with the arguments, or with the result. */
static void put_words(struct render *r, const struct call *call)
{
	struct json *j = r->state;
	bool detailed = put_details(r), words = json_result_words(&j->show, call);

	if (!detailed)
		put_details(r);
	if (words)
		json_values_member(r);
	if (json_result_fds(&j->show, call))
		json_values_member(r);
}

static void put_path(struct render *r, const struct call *call)
{
	char path[CALL_PATH];
	size_t size = call_path(call, path);

	if (size)
		json_bytes(r->out, "path", path, size);
}

static void put_state(struct render *r, const struct call *call, const struct call_outcome *o)
{
	uint64_t ip, ns;

	json_name(r->out, "latency");
	if (o->timed)
		json_integer(r->out, o->latency, false, r->options->json_safe);
	else
		json_put(r->out, "null");
	if (call->enter_lost)
		json_put(r->out, ",\"enter_lost\":true");
	ip = call_ip(call);
	if (!ip)
		return;
	json_name(r->out, "ip");
	text_char(r->out, '"');
	text_hex(r->out, ip);
	text_char(r->out, '"');
	if (call->state == CALL_DONE && call_cpu_time(call, &ns))
		json_name(r->out, "cpu_time"),
			json_integer(r->out, ns, false, r->options->json_safe);
}

static void json_count(struct render *r, const struct call *call)
{
	struct json *j = r->state;

	j->counts.calls++;
	j->counts.failed += call->state == CALL_DONE && call->failed;
	j->counts.unfinished += call->state == CALL_UNFINISHED || call->state == CALL_DETACHED;
}

static void put_call(struct text *out, const struct call *call)
{
	const char *arch = call_outcome_arch(call->arch);

	json_put(out, ",\"name\":\"");
	text_put(out, call->name); /* letters of a row, or our own */
	json_put(out, "\",\"nr\":");
	if (call->nr != TRACE_NO_NUMBER)
		text_unsigned(out, call->nr);
	else
		json_put(out, "null");
	json_put(out, ",\"arch\":\"");
	text_put(out, arch ? arch : "unknown");
	json_put(out, "\",\"state\":\"");
	text_put(out, call_outcome_state(call->state));
	json_put(out, "\"");
}

static void json_call(struct render *r, const struct call *call)
{
	struct call_outcome outcome = call_outcome_of(call);
	struct text *out = r->out;

	json_line(r, "call", call_time(call));
	json_thread(r, call->tgid, call->tid, call->comm);
	json_cpu(r, call->cpu);
	call_columns_put(&((struct json *)r->state)->calls, out, call, put_call);
	put_args(r, call);
	put_result(r, &outcome);
	put_state(r, call, &outcome);
	put_words(r, call);
	put_path(r, call);
	json_put(out, "}\n");
	json_count(r, call);
}

const struct renderer json_renderer = {
	.name = "json",
	.help = "JSON lines, an object for each event; see systape-json(5)",
	.descriptors = true,
	.divisible = true,
	.whole = true,
	.captures = true,
	.begin = json_begin,
	.call = json_call,
	.note = json_note,
	.skip = json_count,
	.end = json_end,
};
