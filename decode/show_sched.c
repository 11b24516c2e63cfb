// SPDX-License-Identifier: GPL-2.0-or-later
/* show: scheduling: attributes, CPU sets, input and output priorities (linux/sched/types.h,
 * linux/ioprio.h). */
#include "decode/show_families.h"
#include "decode/show_fields.h"

enum {
	ATTR_OLD = 48,	     /* SCHED_ATTR_SIZE_VER0 */
	ATTR_CLAMPS = 56,    /* SCHED_ATTR_SIZE_VER1: with the clamps of utilization */
	KEEP_POLICY = 0x08,  /* SCHED_FLAG_KEEP_POLICY */
	KEEP_PARAMS = 0x10,  /* SCHED_FLAG_KEEP_PARAMS */
	PRIORITY_CLASS = 13, /* IOPRIO_CLASS_SHIFT */
};

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
	uint32_t clamp_min, clamp_max;
};

static void attr_number(struct show *s, const char *name, uint64_t value)
{
	show_field_name(s, name);
	text_unsigned(s->out, value);
}

/* `set`: given to the kernel, where what is to be kept says nothing. `total`: bytes that there are.
 */
static void show_attr(struct show *s, const struct attr *a, uint32_t known, uint32_t total,
		      bool set)
{
	text_char(s->out, '{');
	attr_number(s, "size", a->size);
	if (known < ATTR_OLD)
		goto out;
	if (!set || (int32_t)a->policy < 0 || !(a->flags & (KEEP_POLICY | KEEP_PARAMS))) {
		show_field_name(s, "sched_policy");
		show_enum(s, "schedulers", a->policy);
	}
	show_field_name(s, "sched_flags");
	show_flags(s, "sched_flags", a->flags);
	if (!set || !(a->flags & KEEP_PARAMS)) {
		show_field_name(s, "sched_nice");
		text_signed(s->out, a->nice);
		attr_number(s, "sched_priority", a->priority);
		attr_number(s, "sched_runtime", a->runtime);
		attr_number(s, "sched_deadline", a->deadline);
		attr_number(s, "sched_period", a->period);
	}
	if (known >= ATTR_CLAMPS) {
		attr_number(s, "sched_util_min", a->clamp_min);
		attr_number(s, "sched_util_max", a->clamp_max);
	}
out:
	if (total > known)
		show_put(s, ", ...");
	text_char(s->out, '}');
}

static void sched_setattr_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	struct attr a = { 0 };
	uint32_t total, known, now;

	show_arg(s, 0);
	show_comma(s);
	if (!address || !show_read(s, address, &a.size, sizeof(a.size))) {
		show_address(s, address);
	} else {
		total = a.size ? a.size : ATTR_OLD;
		known = total < sizeof(a) ? total : sizeof(a);
		if (known >= ATTR_OLD && !show_read(s, address, &a, known))
			show_address(s, address);
		else
			show_attr(s, &a, known, total, true);
	}
	show_at_exit(s);
	/* The kernel tells the size that it knows. */
	if (s->call->result == -7 /* E2BIG */ && show_read(s, address, &now, sizeof(now)))
		show_printf(s, " => {size=%u}", now);
	show_comma(s);
	show_arg(s, 2);
}

static void sched_getattr_args(struct show *s)
{
	uint32_t size = s->call->arg[2], known;
	uint64_t address = s->call->arg[1];
	struct attr a = { 0 };

	show_arg(s, 0);
	show_comma(s);
	show_at_exit(s);
	known = size < sizeof(a) ? size : sizeof(a);
	if (!show_succeeded(s) || !size || !show_read(s, address, &a, known))
		show_address(s, address);
	else
		show_attr(s, &a, a.size, a.size, false);
	show_comma(s);
	show_arg(s, 2);
	show_comma(s);
	show_arg(s, 3);
}

/* [0 2]: the CPUs of the set. */
static void show_cpus(struct show *s, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	bool first = true;

	text_char(s->out, '[');
	for (size_t i = 0; i < size * 8; i++) {
		if (!(bytes[i / 8] >> (i % 8) & 1))
			continue;
		if (!first)
			text_char(s->out, ' ');
		first = false;
		text_unsigned(s->out, i);
	}
	text_char(s->out, ']');
}

static void sched_setaffinity_args(struct show *s)
{
	uint64_t address = s->call->arg[2];
	uint32_t size = s->call->arg[1];

	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	if (!size && address)
		show_put(s, "[]");
	else
		show_arg(s, 2);
}

void show_io_priority(struct show *s, uint32_t priority)
{
	show_put(s, "IOPRIO_PRIO_VALUE(");
	show_enum(s, "ioprio_class", priority >> PRIORITY_CLASS);
	show_printf(s, ", %u)", priority & ((1u << PRIORITY_CLASS) - 1));
}

static void ioprio_set_args(struct show *s)
{
	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	show_io_priority(s, s->call->arg[2]);
}

static bool ioprio_get_result(struct show *s)
{
	text_signed(s->out, s->call->result);
	show_put(s, " (");
	show_io_priority(s, s->call->result);
	text_char(s->out, ')');
	return true;
}

static const struct show_struct structs[] = {
	{ "cpu_set", show_cpus },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "sched_setattr", sched_setattr_args, NULL },
	{ "sched_getattr", sched_getattr_args, NULL },
	{ "sched_setaffinity", sched_setaffinity_args, NULL },
	{ "ioprio_set", ioprio_set_args, NULL },
	{ "ioprio_get", NULL, ioprio_get_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_sched = { .structs = structs, .calls = calls };
