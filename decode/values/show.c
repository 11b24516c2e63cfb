// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show.h"

#include "decode/values/show_lookup.h"
#include "decode/values/show_text.h"
#include "decode/values/values.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int show_init(struct show *s, struct text *out, const struct render_options *options,
	      const struct tape_facts *facts, const struct show_family *const *families,
	      struct show_lookup *shared)
{
	*s = (struct show){
		.out = out, .options = options, .facts = facts, .told = options->argument_names
	};
	s->lookup = shared ? shared : show_lookup_new(families);
	s->own_lookup = !shared;
	return s->lookup ? text_open(&s->aux, -1) : -ENOMEM;
}

void show_done(struct show *s)
{
	if (s->own_lookup)
		show_lookup_free(s->lookup);
	text_close(&s->aux);
}

void show_call_args(struct show *s, const struct call *call)
{
	s->call = call;
	s->special = show_lookup_call(s->lookup, call->name);
	s->compat = call->arch == TRACE_I386 || call->arch == TRACE_X32;
	s->marked = s->settled_known = false;
	s->exit = s->after = false;
	s->aux.used = 0;
	s->first = value_used(s);
	if (call->text) {
		show_text_args(s);
		return;
	}
	if (!call->args_known) {
		if (call->args)
			value_unreadable(s);
		return;
	}
	if (s->special && s->special->args)
		s->special->args(s);
	else
		show_row(s);
}

static void show_error(struct show *s, uint64_t error)
{
	const char *name = flag_errno_name(error), *text = flag_errno_text(error);
	char number[32];

	/* The kernel's own: the call will be made again, or was interrupted. */
	if (error >= 512 && name)
		value_no_result(s);
	else
		value_signed(s, -1);
	if (!name)
		snprintf(number, sizeof(number), "errno %u", (unsigned int)error);
	value_error(s, name, name ? (text ? text : "") : number);
}

/* A value that the table lacks has no comment. */
static void show_result_name(struct show *s, const char *ref, uint64_t value)
{
	const struct flag_table *t = show_table(s, ref);
	const char *name = t ? flag_name(t, value) : NULL;

	if (!name)
		return;
	value_meaning(s);
	value_words(s, value, name);
	value_meaning_end(s);
}

/* Results that strace names under -Y: processes, not groups and sessions. */
static bool is_own_pid(const char *call)
{
	static const char *const calls[] = { "getpid", "gettid", "getppid", "clone",
					     "clone3", "fork",	 "vfork",   "set_tid_address" };

	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(call, calls[i]))
			return true;
	return false;
}

static void show_value(struct show *s, const struct call *call)
{
	enum desc_kind kind = call->desc ? (enum desc_kind)call->desc->result : DESC_LONG;
	uint64_t value = call->result;

	switch (kind) {
	case DESC_HEX:
	case DESC_PTR: value_hex(s, value); break;
	case DESC_MODE: show_mode(s, value); break;
	case DESC_FD:
	case DESC_DIRFD: show_fd(s, value); break;
	case DESC_FLAGS:
	case DESC_FLAGS64:
		value_hex(s, value);
		if (!value || value_numbers(s))
			break;
		value_meaning(s);
		show_flags(s, call->desc->result_ref, value);
		value_meaning_end(s);
		break;
	case DESC_ENUM:
	case DESC_ENUM64:
		value_signed(s, (int64_t)value);
		show_result_name(s, call->desc->result_ref, value);
		break;
	case DESC_SIGNAL:
		value_signed(s, (int64_t)value);
		if (value) {
			value_meaning(s);
			show_signal(s, value);
			value_meaning_end(s);
		}
		break;
	case DESC_PID:
		if (is_own_pid(call->name))
			show_pid(s, value);
		else
			value_signed(s, (int64_t)value);
		break;
	default: value_signed(s, (int64_t)value);
	}
}

void show_result(struct show *s, const struct call *call)
{
	const struct show_call *special = s->special;

	s->call = call;
	s->after = true;
	if (show_text_result(s))
		return;
	if (call->state != CALL_DONE)
		value_no_result(s);
	else if (call->failed)
		show_error(s, -call->result);
	else if (!special || !special->result || !special->result(s))
		show_value(s, call);
	if (call->state == CALL_DONE)
		value_put_details(s);
}
