// SPDX-License-Identifier: GPL-2.0-or-later
/* show: scheduling: attributes, CPU sets, input and output priorities (linux/sched/types.h,
 * linux/ioprio.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <stdio.h>

enum {
	ATTR_OLD = 48,		    /* SCHED_ATTR_SIZE_VER0 */
	ATTR_CLAMPS = 56,	    /* SCHED_ATTR_SIZE_VER1: with the clamps of utilization */
	KEEP_POLICY = 0x08,	    /* SCHED_FLAG_KEEP_POLICY */
	KEEP_PARAMS = 0x10,	    /* SCHED_FLAG_KEEP_PARAMS */
	PRIORITY_CLASS = 13,	    /* IOPRIO_CLASS_SHIFT */
	RESET_ON_FORK = 0x40000000, /* SCHED_RESET_ON_FORK */
};

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t clamp_min, clamp_max;
};

/* `set`: given to the kernel, where what is to be kept says nothing. `total`: bytes that there are.
 */
static void show_attr(struct show *s, const struct attr *a, uint32_t known, uint32_t total,
		      bool set)
{
	value_struct(s);
	field_unsigned(s, "size", a->size);
	if (known < ATTR_OLD)
		goto out;
	if (!set || (int32_t)a->policy < 0 || !(a->flags & (KEEP_POLICY | KEEP_PARAMS)))
		field_enum(s, "sched_policy", "schedulers", a->policy);
	field_flags(s, "sched_flags", "sched_flags", a->flags);
	if (!set || !(a->flags & KEEP_PARAMS)) {
		field_signed(s, "sched_nice", a->nice);
		field_unsigned(s, "sched_priority", a->priority);
		field_unsigned(s, "sched_runtime", a->runtime);
		field_unsigned(s, "sched_deadline", a->deadline);
		field_unsigned(s, "sched_period", a->period);
	}
	if (known >= ATTR_CLAMPS) {
		field_unsigned(s, "sched_util_min", a->clamp_min);
		field_unsigned(s, "sched_util_max", a->clamp_max);
	}
out:
	if (total > known)
		value_more(s);
	value_struct_end(s);
}

static void sched_setattr_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	struct attr a = { 0 };
	uint32_t total, known, now;

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (!address || !show_read(s, address, &a.size, sizeof(a.size))) {
		value_address(s, address);
	} else {
		total = a.size ? a.size : ATTR_OLD;
		known = total < sizeof(a) ? total : sizeof(a);
		if (known >= ATTR_OLD && !show_read(s, address, &a, known))
			value_address(s, address);
		else
			show_attr(s, &a, known, total, true);
	}
	show_at_exit(s);
	/* The kernel tells the size that it knows. */
	if (s->call->result == -7 /* E2BIG */ && show_read(s, address, &now, sizeof(now))) {
		value_becomes(s);
		value_struct(s);
		field_unsigned(s, "size", now);
		value_struct_end(s);
	}
	show_argument(s, 2);
}

static void sched_getattr_args(struct show *s)
{
	uint32_t size = s->call->arg[2], known;
	uint64_t address = s->call->arg[1];
	struct attr a = { 0 };

	show_argument(s, 0);
	show_argument_name(s, 1);
	show_at_exit(s);
	known = size < sizeof(a) ? size : sizeof(a);
	if (!show_succeeded(s) || !size || !show_read(s, address, &a, known))
		value_address(s, address);
	else
		show_attr(s, &a, a.size, a.size, false);
	show_argument(s, 2);
	show_argument(s, 3);
}

static const struct show_field param_fields[] = {
	FIELD(INT, SIGNED, "sched_priority"),
	FIELDS_END,
};

/* A policy, to which one flag may be added; beside that a number needs no remark. */
static void show_policy(struct show *s, int32_t policy)
{
	const struct flag_table *t = show_table(s, "schedulers");
	uint32_t rest = (uint32_t)policy & ~(uint32_t)RESET_ON_FORK;

	if (policy < 0 || rest == (uint32_t)policy) {
		show_enum(s, "schedulers", (uint32_t)policy);
		return;
	}
	if (!value_mix(s, (uint32_t)policy, BASE_HEX))
		return;
	value_part(s);
	value_constant(s, RESET_ON_FORK, BASE_HEX, "SCHED_RESET_ON_FORK", NULL);
	value_part(s);
	value_constant(s, rest, BASE_HEX, t ? flag_name(t, rest) : NULL, NULL);
	value_mix_end(s);
}

static void sched_setscheduler_args(struct show *s)
{
	show_argument(s, 0);
	show_argument_name(s, 1);
	show_policy(s, (int32_t)s->call->arg[1]);
	show_argument(s, 2);
}

/* With the flag it is words, whatever -X says. */
static bool sched_getscheduler_result(struct show *s)
{
	const struct flag_table *t = show_table(s, "schedulers");
	const char *name;
	char words[64];
	uint32_t rest;

	if (s->call->result < RESET_ON_FORK)
		return false;
	rest = (uint32_t)s->call->result & ~(uint32_t)RESET_ON_FORK;
	name = t ? flag_name(t, rest) : NULL;
	if (name)
		snprintf(words, sizeof(words), "SCHED_RESET_ON_FORK|%s", name);
	else
		snprintf(words, sizeof(words), "SCHED_RESET_ON_FORK|%#x", rest);
	value_hex(s, (uint64_t)s->call->result);
	value_meaning(s);
	value_words(s, (uint64_t)s->call->result, words);
	value_meaning_end(s);
	return true;
}

/* [0 2]: the CPUs of the set. */
static void show_cpus(struct show *s, const void *data, size_t size, bool cut)
{
	const unsigned char *bytes = data;

	value_begin(s, GROUP_SET);
	for (size_t i = 0; i < size * 8; i++) {
		if (!(bytes[i / 8] >> (i % 8) & 1))
			continue;
		value_member(s);
		value_unsigned(s, i);
	}
	if (cut) {
		value_member(s);
		value_left_out(s);
	}
	value_end(s, GROUP_SET);
}

static void show_cpu_set(struct show *s, const void *data, size_t size)
{
	show_cpus(s, data, size, false);
}

enum { CPUS_MOST = 128 /* bytes that strace looks at: its cpu_set_t */ };

void show_cpus_at(struct show *s, uint64_t address, uint64_t size)
{
	uint64_t there = size < CPUS_MOST ? size : CPUS_MOST;
	const void *data = NULL;

	if (!address || (there && show_find(s, address, there, &data) != there))
		value_address(s, address);
	else
		show_cpus(s, data, there, size > CPUS_MOST);
}

static void sched_setaffinity_args(struct show *s)
{
	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_cpus_at(s, s->call->arg[2], (uint32_t)s->call->arg[1]);
}

static void sched_getaffinity_args(struct show *s)
{
	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_at_exit(s);
	if (show_succeeded(s) && !s->call->result && s->call->arg[2])
		show_cpus(s, NULL, 0, false);
	else
		show_arg(s, 2);
}

/* The class has a comment of its own within the other. */
static void show_priority_parts(struct show *s, uint32_t priority)
{
	const struct flag_table *t = show_table(s, "ioprio_class");
	uint32_t class = priority >> PRIORITY_CLASS;

	value_element(s);
	value_constant_within(s, class, BASE_HEX, t ? flag_name(t, class) : NULL,
			      t ? t->unknown : NULL);
	value_element(s);
	value_unsigned(s, priority & ((1u << PRIORITY_CLASS) - 1));
}

void show_io_priority(struct show *s, uint32_t priority, enum value_base base)
{
	if (!value_macro(s, "IOPRIO_PRIO_VALUE",
			 base == BASE_SIGNED ? (uint64_t)(int32_t)priority : priority, base))
		return;
	show_priority_parts(s, priority);
	value_macro_end(s);
}

static void ioprio_set_args(struct show *s)
{
	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	show_io_priority(s, s->call->arg[2], BASE_SIGNED);
}

static bool ioprio_get_result(struct show *s)
{
	value_signed(s, s->call->result);
	if (value_numbers(s))
		return true;
	value_meaning(s);
	if (value_macro(s, "IOPRIO_PRIO_VALUE", s->call->result, BASE_NONE)) {
		show_priority_parts(s, s->call->result);
		value_macro_end(s);
	}
	value_meaning_end(s);
	return true;
}

static const struct show_layout layouts[] = {
	{ "sched_param", param_fields },
	{ NULL, NULL },
};

static const struct show_struct structs[] = {
	{ "cpu_set", show_cpu_set },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "sched_setattr", sched_setattr_args, NULL },
	{ "sched_getattr", sched_getattr_args, NULL },
	{ "sched_setscheduler", sched_setscheduler_args, NULL },
	{ "sched_getscheduler", NULL, sched_getscheduler_result },
	{ "sched_setaffinity", sched_setaffinity_args, NULL },
	{ "sched_getaffinity", sched_getaffinity_args, NULL },
	{ "ioprio_set", ioprio_set_args, NULL },
	{ "ioprio_get", NULL, ioprio_get_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_sched = { .structs = structs,
					       .layouts = layouts,
					       .calls = calls };
