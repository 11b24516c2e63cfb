// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show.h"

#include "decode/values/show_lookup.h"
#include "decode/values/values.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

int show_init(struct show *s, struct text *out, const struct render_options *options,
	      const struct tape_facts *facts, struct show_lookup *shared)
{
	*s = (struct show){ .out = out, .options = options, .facts = facts };
	s->lookup = shared ? shared : show_lookup_new();
	s->own_lookup = !shared;
	return s->lookup ? text_open(&s->aux, -1) : -ENOMEM;
}

void show_done(struct show *s)
{
	if (s->own_lookup)
		show_lookup_free(s->lookup);
	text_close(&s->aux);
}

const struct show_struct *show_find_struct(const struct show *s, const char *name)
{
	return show_lookup_struct(s->lookup, name);
}

bool show_knows(const struct show *s, const char *name)
{
	return show_lookup_struct(s->lookup, name) || show_lookup_layout(s->lookup, name);
}

size_t show_size(const struct show *s, const char *name)
{
	return show_lookup_size(s->lookup, name, s->compat ? DESC_I386 : DESC_X86_64);
}

const struct flag_table *show_table(const struct show *s, const char *name)
{
	return show_lookup_table(s->lookup, name);
}

void show_unsettled(struct show *s)
{
	if (!s->settled_known)
		s->settled = value_arguments_used(s);
	s->settled_known = true;
}

void show_at_exit(struct show *s)
{
	show_unsettled(s);
	if (!s->marked)
		s->mark = value_used(s);
	s->marked = true;
	s->exit = s->after = true;
}

bool show_succeeded(const struct show *s)
{
	return s->call->state == CALL_DONE && !s->call->failed;
}

/* Arguments as the row says: those that the call writes come from its end. */
static void args_by_row(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		if (s->call->desc && (s->call->desc->arg[i].kind == DESC_HIGH ||
				      s->call->desc->arg[i].kind == DESC_UNUSED))
			continue;
		show_argument(s, i);
	}
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
	if (!call->args_known) {
		if (call->args)
			value_unreadable(s);
		return;
	}
	if (s->special && s->special->args)
		s->special->args(s);
	else
		args_by_row(s);
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
	if (call->state != CALL_DONE)
		value_no_result(s);
	else if (call->failed)
		show_error(s, -call->result);
	else if (!special || !special->result || !special->result(s))
		show_value(s, call);
	if (call->state == CALL_DONE)
		value_put_details(s);
}

size_t show_find(struct show *s, uint64_t address, size_t size, const void **data)
{
	*data = NULL;
	return s->options->addresses ? 0 : show_find_bytes(s, address, size, data);
}

size_t show_find_bytes(struct show *s, uint64_t address, size_t size, const void **data)
{
	size_t found = call_find(s->call, address, size, s->exit, data);

	if (!s->settled_known && (found < size || !call_had(s->call, *data)))
		show_unsettled(s);
	return found;
}

bool show_read(struct show *s, uint64_t address, void *to, size_t size)
{
	const void *data;

	if (show_find(s, address, size, &data) < size)
		return false;
	if (size)
		memcpy(to, data, size);
	return true;
}

bool show_read_word(struct show *s, uint64_t address, uint64_t *value)
{
	*value = 0;
	return show_read(s, address, value, show_word(s));
}
