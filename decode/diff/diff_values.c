// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/diff_values.h"

#include "decode/diff/normal_text.h"
#include "decode/render/call_outcome.h"
#include "decode/values/flag_walk.h"
#include "decode/values/show_families.h"

#include <errno.h>

/* Calls that tell of the moment, or of luck. */
static const char *const moving_calls[] = {
	"getrandom",	"sysinfo",	 "getrusage", "times",
	"gettimeofday", "clock_gettime", "time",      "getcpu"
};
/* Fields and arguments whose values are of one run, or of one disk. */
static const char *const moving_names[] = {
	"uptime",   "loads",	"freeram",	 "sharedram",	  "bufferram",
	"freeswap", "procs",	"f_bfree",	 "f_bavail",	  "f_ffree",
	"f_fsid",   "mount_id", "nlmsg_seq",	 "stx_mnt_id",	  "fhandle",
	"d_off",    "rseq",	"stx_dev_major", "stx_dev_minor",
};
static const char *const moving_ends[] = { "time", "_sec", "_nsec", "_usec", "pid",
					   "tid",  "_ino", "_dev",  "inode", "cookie" };
static const char *const moving_begins[] = { "ru_", "tms_" };

static struct diff_values *values_of(struct show *s)
{
	return s->writing;
}

static bool is_moving(const struct diff_values *v, const char *name)
{
	size_t size = strlen(name);

	for (size_t i = 0; v->ignored && v->ignored[i]; i++)
		if (!strcmp(v->ignored[i], name))
			return true;
	for (size_t i = 0; i < sizeof(moving_names) / sizeof(*moving_names); i++)
		if (!strcmp(moving_names[i], name))
			return true;
	for (size_t i = 0; i < sizeof(moving_begins) / sizeof(*moving_begins); i++)
		if (!strncmp(name, moving_begins[i], strlen(moving_begins[i])))
			return true;
	for (size_t i = 0; i < sizeof(moving_ends) / sizeof(*moving_ends); i++) {
		size_t end = strlen(moving_ends[i]);

		if (size >= end && !strcmp(name + size - end, moving_ends[i]))
			return true;
	}
	return false;
}

/* Of an argument, by its kind in the row. */
static bool is_moving_kind(const struct call *call, const char *name)
{
	for (int i = 0; call->desc && i < call->desc->args; i++)
		if (!strcmp(call->desc->arg[i].name, name))
			return call->desc->arg[i].kind == DESC_PID ||
			       call->desc->arg[i].kind == DESC_TIME;
	return false;
}

/* What a futex holds is often who has it. */
static bool is_owner(const struct call *call, const char *name)
{
	return !strncmp(name, "val", 3) && !strcmp(call->name, "futex");
}

static void separate(struct text *t)
{
	char last = t->used ? t->data[t->used - 1] : '(';

	if (!strchr("({[<~=", last))
		text_put(t, ", ");
}

static void diff_slot(struct show *s, enum value_slot slot, const char *name)
{
	struct diff_values *v = values_of(s);
	struct text *t = &v->text;

	v->number = false;
	switch (slot) {
	case SLOT_ARGUMENT:
	case SLOT_LABEL:
	case SLOT_FIELD:
	case SLOT_UNNAMED:
	case SLOT_REST:
	case SLOT_DETAIL:
		separate(t);
		if (!name)
			return;
		text_put(t, name);
		text_char(t, '=');
		v->moving = v->all_moving || is_moving(v, name) || is_owner(s->call, name) ||
			    (slot == SLOT_ARGUMENT && is_moving_kind(s->call, name));
		return;
	case SLOT_ELEMENT: separate(t); return;
	case SLOT_MEMBER: text_put(t, t->used && t->data[t->used - 1] == '[' ? "" : " "); return;
	case SLOT_PART: text_put(t, t->used && t->data[t->used - 1] == '=' ? "" : "|"); return;
	case SLOT_OR: text_put(t, " or "); return;
	case SLOT_AFTER: text_put(t, " => "); return;
	}
}

static void diff_begin(struct show *s, enum value_group group, const char *name, uint64_t number)
{
	static const char *const opening[] = {
		[GROUP_STRUCT] = "{",  [GROUP_ARRAY] = "[",    [GROUP_LONE] = "[",
		[GROUP_SET] = "[",     [GROUP_ALL_BUT] = "~[", [GROUP_POINTED] = "[",
		[GROUP_MACRO] = "(",   [GROUP_MIX] = "",       [GROUP_INDEX] = "[",
		[GROUP_MEANING] = "(", [GROUP_NAMED] = "<",    [GROUP_DETAILS] = " (",
	};
	struct diff_values *v = values_of(s);

	(void)number;
	v->number = false;
	if ((group == GROUP_MACRO || group == GROUP_NAMED) && name)
		text_put(&v->text, name);
	text_put(&v->text, opening[group]);
}

static void diff_end(struct show *s, enum value_group group)
{
	static const char *const closing[] = {
		[GROUP_STRUCT] = "}",  [GROUP_ARRAY] = "]",   [GROUP_LONE] = "]",
		[GROUP_SET] = "]",     [GROUP_ALL_BUT] = "]", [GROUP_POINTED] = "]",
		[GROUP_MACRO] = ")",   [GROUP_MIX] = "",      [GROUP_INDEX] = "]=",
		[GROUP_MEANING] = ")", [GROUP_NAMED] = ">",   [GROUP_DETAILS] = ")",
	};
	struct diff_values *v = values_of(s);

	v->number = false;
	text_put(&v->text, closing[group]);
}

static void diff_reopen(struct show *s)
{
	struct text *t = &values_of(s)->text;

	t->used -= t->used && strchr("}]", t->data[t->used - 1]) ? 1 : 0;
}

/* Whether another run has another value there, for which * stands. */
static bool hidden(struct diff_values *v)
{
	v->at = v->text.used;
	v->number = false;
	if (v->moving)
		text_char(&v->text, '*');
	return v->moving;
}

static void put_number(struct text *t, uint64_t value, enum value_base base)
{
	if (base == BASE_SIGNED)
		text_signed(t, (int64_t)value);
	else if (base == BASE_HEX)
		text_hex(t, value);
	else if (base == BASE_OCTAL)
		text_printf(t, "0%llo", (unsigned long long)value);
	else
		text_unsigned(t, value);
}

/* What is in hexadecimal and wider than flags are is an address. */
static void diff_number(struct show *s, uint64_t value, enum value_base base)
{
	struct diff_values *v = values_of(s);

	if (hidden(v))
		return;
	v->number = true;
	if (base == BASE_HEX && value > UINT32_MAX)
		text_char(&v->text, '&');
	else
		put_number(&v->text, value, base);
}

static void diff_address(struct show *s, uint64_t address)
{
	struct diff_values *v = values_of(s);

	v->number = false;
	text_put(&v->text, address ? "&" : "NULL");
}

static void diff_constant(struct show *s, uint64_t value, enum value_base base, const char *name)
{
	struct diff_values *v = values_of(s);

	if (!name) {
		diff_number(s, value, base);
		v->number = false;
		return;
	}
	v->number = false;
	text_put(&v->text, name);
}

static void diff_flags(struct show *s, const struct flag_table *table, uint64_t value)
{
	struct text *t = &values_of(s)->text;
	struct flag_walk walk = flag_walk_begin(value);
	const char *name, *between = "";

	values_of(s)->number = false;
	for (; (name = flag_walk_next(table, &walk)); between = "|") {
		text_put(t, between);
		text_put(t, name);
	}
	if (walk.any && !walk.left)
		return;
	text_put(t, between);
	text_hex(t, walk.left);
}

/* Whether it is the number of the caller, or of who made it or was made by it. */
static bool is_kin(const struct show *s, uint64_t number)
{
	const struct call *call = s->call;
	const struct thread *self = call->thread, *other = NULL;

	if (!number)
		return false; /* of whom nothing is known has no parent */
	if (number == call->tid || number == call->tgid || (self && number == self->parent))
		return true;
	if (s->facts->threads)
		other = threads_find(s->facts->threads, (uint32_t)number);
	return other && (other->parent == call->tid || other->parent == call->tgid);
}

/* Such numbers in what is read, written and named: * stands for them. */
static void put_data(struct diff_values *v, const char *data, size_t size)
{
	char kept[NORMAL_TEXT_ROOM];
	size_t used = 0;

	for (size_t i = 0, n; i < size; i += n) {
		uint64_t number = 0;

		for (n = 0; n < 8 && i + n < size && data[i + n] >= '0' && data[i + n] <= '9'; n++)
			number = 10 * number + (uint64_t)(data[i + n] - '0');
		if (n > 1 && is_kin(&v->show, number)) {
			kept[used++] = '*';
			continue;
		}
		n += !n;
		memcpy(kept + used, data + i, n);
		used += n;
	}
	text_quoted(&v->text, kept, used, TEXT_QUOTE_OCTAL);
}

static void diff_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	struct diff_values *v = values_of(s);
	char normal[NORMAL_TEXT_ROOM];

	if (hidden(v))
		return;
	put_data(v, normal,
		 normal_text(data, size < sizeof(normal) ? size : sizeof(normal), normal));
	if (total > size)
		text_put(&v->text, "...");
}

static void diff_words(struct show *s, uint64_t value, const char *words)
{
	struct diff_values *v = values_of(s);

	(void)value;
	if (!hidden(v))
		text_escaped(&v->text, words, strlen(words), NULL);
}

/* A socket's inodes, and the ports that the kernel has chosen, are long numbers. */
static void put_socket(struct text *t, const char *text, size_t size)
{
	enum { LONG = 5 };

	for (size_t i = 0, n; i < size; i += n) {
		n = 0;
		while (i + n < size && text[i + n] >= '0' && text[i + n] <= '9')
			n++;
		if (n >= LONG)
			text_char(t, '*');
		else
			text_escaped(t, text + i, n ? n : 1, NULL);
		n += !n;
	}
}

/* What a descriptor is open on stands for its number. */
static void diff_beside(struct show *s, const char *key, const char *text, size_t size)
{
	struct diff_values *v = values_of(s);
	bool path = !strcmp(key, "path"), socket = !strcmp(key, "socket");
	char normal[NORMAL_TEXT_ROOM];

	if (!v->number || (!path && !socket))
		return;
	v->number = false;
	v->text.used = v->at;
	text_char(&v->text, '<');
	if (path)
		text_escaped(&v->text, normal, normal_text(text, size, normal), NULL);
	else
		put_socket(&v->text, text, size);
	text_char(&v->text, '>');
}

static void diff_missing(struct show *s, enum value_missing why, uint64_t address)
{
	struct diff_values *v = values_of(s);

	(void)why;
	(void)address;
	v->number = false;
	separate(&v->text);
	text_put(&v->text, "...");
}

static const struct value_writer diff_writer = {
	.name = "diff",
	.for_programs = true,
	.slot = diff_slot,
	.begin = diff_begin,
	.end = diff_end,
	.reopen = diff_reopen,
	.number = diff_number,
	.address = diff_address,
	.constant = diff_constant,
	.flags = diff_flags,
	.bytes = diff_bytes,
	.words = diff_words,
	.beside = diff_beside,
	.missing = diff_missing,
};

int diff_values_open(struct diff_values *v, const struct render_options *options,
		     const struct tape_facts *facts, const char *const *ignored)
{
	*v = (struct diff_values){ .ignored = ignored };
	if (text_open(&v->text, -1) || text_open(&v->stray, -1) ||
	    show_init(&v->show, &v->stray, options, facts, show_families, NULL))
		return -ENOMEM;
	v->show.writer = &diff_writer;
	v->show.writing = v;
	return 0;
}

void diff_values_close(struct diff_values *v)
{
	show_done(&v->show);
	text_close(&v->text);
	text_close(&v->stray);
}

static bool is_moving_call(const char *name)
{
	for (size_t i = 0; i < sizeof(moving_calls) / sizeof(*moving_calls); i++)
		if (!strcmp(moving_calls[i], name))
			return true;
	return false;
}

static void put_opened(struct diff_values *v, const struct call *call)
{
	v->moving = false;
	v->show.call = call; /* its arguments may be unknown, and have told nothing of it */
	v->show.after = true;
	show_fd(&v->show, (uint64_t)call->result);
}

static void put_result(struct diff_values *v, const struct call *call)
{
	struct call_outcome o = call_outcome_of(call);
	enum desc_kind kind = call->row ? call->row->result : DESC_LONG;

	if (call->state != CALL_DONE) {
		text_put(&v->text, call_outcome_state(call->state));
	} else if (o.error) {
		text_printf(&v->text, "%s", o.name ? o.name : "unknown error");
	} else if (v->all_moving || is_moving(v, "result") || kind == DESC_PID ||
		   kind == DESC_TIME || (kind != DESC_FD && o.value > UINT32_MAX) ||
		   kind == DESC_PTR) {
		text_char(&v->text, '*');
	} else if (kind == DESC_FD || kind == DESC_DIRFD) {
		put_opened(v, call);
	} else {
		text_signed(&v->text, call->result);
	}
}

void diff_values_call(struct diff_values *v, const struct call *call)
{
	v->text.used = v->stray.used = 0;
	v->number = v->moving = false;
	v->all_moving = is_moving_call(call->name);
	text_put(&v->text, call->name);
	text_char(&v->text, '(');
	if (call_has_args(call))
		show_call_args(&v->show, call);
	else
		text_char(&v->text, '?');
	v->show.after = false;
	text_put(&v->text, ") = ");
	put_result(v, call);
	v->show.after = false;
}
