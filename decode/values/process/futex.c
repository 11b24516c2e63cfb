// SPDX-License-Identifier: GPL-2.0-or-later
/* show: futexes (linux/futex.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/futex.h>
#include <stdio.h>

enum { COMMAND = 0x7f }; /* the bits of it, as far as they have names */

static const struct show_field waitv_fields[] = {
	FIELD(64, HEX, "val"),
	FIELD(64, POINTER, "uaddr"),
	FIELD_NAMED(INT, FLAGS, "flags", "futex2_flags"),
	FIELD_UNLESS_0(INT, HEX, "__reserved"),
	FIELDS_END,
};

/* One of the number's fields, shifted: a name, or a number with a remark. */
static void show_part(struct show *s, const char *table, uint32_t value, int shift,
		      const char *unknown)
{
	const struct flag_table *t = show_table(s, table);
	const char *name = t ? flag_name(t, value) : NULL;

	char words[16];

	value_part(s);
	value_constant(s, value, BASE_HEX, name, NULL);
	snprintf(words, sizeof(words), "<<%d", shift);
	value_say(s, words);
	if (!name || value_numbers(s))
		value_remark(s, unknown);
}

/* What FUTEX_WAKE_OP does to the other futex, and the comparison that wakes its waiters. */
static void show_wake_op(struct show *s, uint32_t op)
{
	value_mix(s, op, BASE_NONE);
	if (op >> 28 & FUTEX_OP_OPARG_SHIFT) {
		value_part(s);
		value_constant(s, FUTEX_OP_OPARG_SHIFT, BASE_HEX, "FUTEX_OP_OPARG_SHIFT", NULL);
		value_say(s, "<<28");
	}
	show_part(s, "futexwakeops", op >> 28 & 7, 28, "FUTEX_OP_???");
	value_part(s);
	value_hex(s, op >> 12 & 0xfff);
	value_say(s, "<<12");
	show_part(s, "futexwakecmps", op >> 24 & 15, 24, "FUTEX_OP_CMP_???");
	value_part(s);
	value_hex(s, op & 0xfff);
	value_mix_end(s);
}

static void futex_args(struct show *s)
{
	const struct desc_call *desc = s->call->desc;

	for (int i = 0; i < s->call->args; i++) {
		if (desc->arg[i].kind == DESC_UNUSED)
			continue;
		show_argument_name(s, i);
		if (i == 5 && (s->call->arg[1] & COMMAND) == FUTEX_WAKE_OP)
			show_wake_op(s, s->call->arg[5]);
		else
			show_arg(s, i);
	}
}

static const struct show_layout layouts[] = {
	{ "futex_waitv", waitv_fields },
	{ NULL, NULL },
};

static void show_waiters(struct show *s, uint64_t address)
{
	unsigned char waiter[24]; /* struct futex_waitv */

	if (!show_read(s, address, waiter, sizeof(waiter))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (int i = 0; i < FUTEX_WAITV_MAX; i++, address += sizeof(waiter)) {
		if (!show_read(s, address, waiter, sizeof(waiter))) {
			value_more_at(s, address);
			value_array_end(s);
			return;
		}
		value_element(s);
		show_fields(s, waitv_fields, waiter, sizeof(waiter));
	}
	value_more(s);
	value_array_end(s);
}

/* No more of them than there may be, with -v, too. */
static void waitv_args(struct show *s)
{
	uint32_t count = s->call->arg[1];

	show_argument_name(s, 0);
	if (value_full(s) && count > FUTEX_WAITV_MAX && s->call->arg[0])
		show_waiters(s, s->call->arg[0]);
	else
		show_arg(s, 0);
	for (int i = 1; i < s->call->args; i++)
		show_argument(s, i);
}

static const struct show_call calls[] = {
	{ "futex_waitv", waitv_args, NULL },
	{ "futex", futex_args, NULL },
	{ "futex_time64", futex_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_futex = { .layouts = layouts, .calls = calls };
