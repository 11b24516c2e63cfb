// SPDX-License-Identifier: GPL-2.0-or-later
/* show: prctl, whose arguments depend on the option and on one another (linux/prctl.h), and
 * seccomp's filters. */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/prctl.h>
#include <linux/seccomp.h>

enum {
	NAME_MOST = 16,		  /* TASK_COMM_LEN */
	SIGNALS_MOST = 128,	  /* _NSIG as far as prctl's argument is taken for one */
	OPTION_AUXV = 0x41555856, /* PR_GET_AUXV, Linux 6.4 */
};

/* The arguments from number `i` on in hex. */
static void show_rest(struct show *s, int i)
{
	for (; i < 5; i++) {
		show_argument_name(s, i);
		value_hex(s, s->call->arg[i]);
	}
}

static void show_first(struct show *s, int count)
{
	for (int i = 0; i < count; i++)
		show_argument(s, i);
}

/* The thread's name: at most 15 characters count, and 15 look cut, because their NUL is not looked
 * at. */
static void show_name(struct show *s)
{
	const void *data;
	size_t size;

	show_argument_name(s, 1);
	size = show_find(s, s->call->arg[1], NAME_MOST - 1, &data);
	if (!s->call->arg[1] || size < NAME_MOST - 1) {
		show_arg(s, 1);
		return;
	}
	show_bytes(s, data, NAME_MOST - 1, true);
}

/* The third argument has a meaning of its own only for some values of the second. */
static void show_dependent(struct show *s, bool known, int rest)
{
	show_first(s, 2);
	show_argument_name(s, 2);
	if (known)
		show_arg(s, 2);
	else
		value_hex(s, s->call->arg[2]);
	show_rest(s, rest);
}

static void show_core(struct show *s)
{
	const struct flag_table *t = show_table(s, "pr_sched_core_pidtype");
	uint32_t type = s->call->arg[3];
	const char *name = t ? flag_name(t, type) : NULL;

	show_first(s, 3);
	show_argument_name(s, 3);
	value_constant_both(s, type, BASE_HEX, name, "PIDTYPE_???");
	show_argument_name(s, 4);
	value_hex(s, s->call->arg[4]);
}

static void show_seccomp_mode(struct show *s)
{
	uint64_t mode = s->call->arg[1];

	show_first(s, 2);
	if (mode == SECCOMP_MODE_FILTER)
		show_argument(s, 2);
	else if (mode != SECCOMP_MODE_STRICT)
		show_rest(s, 2);
}

static void prctl_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	switch ((uint32_t)arg[0]) {
	case PR_SET_PDEATHSIG:
		show_first(s, 1);
		show_argument_name(s, 1);
		if (arg[1] > SIGNALS_MOST)
			value_unsigned(s, arg[1]);
		else
			show_arg(s, 1);
		break;
	case PR_SET_NAME:
		show_first(s, 1);
		show_name(s);
		break;
	case PR_MCE_KILL: show_dependent(s, arg[1] == PR_MCE_KILL_SET, 3); break;
	case PR_CAP_AMBIENT:
		show_dependent(s, arg[1] >= PR_CAP_AMBIENT_IS_SET && arg[1] <= PR_CAP_AMBIENT_LOWER,
			       3);
		break;
	case PR_SET_SPECULATION_CTRL: show_dependent(s, arg[1] <= PR_SPEC_L1D_FLUSH, 5); break;
	case PR_SET_VMA:
		show_first(s, arg[1] == PR_SET_VMA_ANON_NAME ? 5 : 2);
		if (arg[1] != PR_SET_VMA_ANON_NAME)
			show_rest(s, 2);
		break;
	case PR_SET_SECCOMP: show_seccomp_mode(s); break;
	case PR_SCHED_CORE: show_core(s); break;
	case PR_SET_PTRACER:
		show_first(s, 1);
		show_argument_name(s, 1);
		if ((int32_t)arg[1] == -1)
			value_constant(s, (uint64_t)-1, BASE_SIGNED, "PR_SET_PTRACER_ANY", NULL);
		else
			show_arg(s, 1);
		break;
	case OPTION_AUXV:
		show_first(s, 1);
		show_rest(s, 1);
		break;
	default: show_first(s, s->call->args);
	}
}

static void show_one_name(struct show *s, const void *data, const char *table)
{
	uint32_t value;

	memcpy(&value, data, sizeof(value));
	value_pointed(s);
	if (table)
		show_enum(s, table, value);
	else
		show_signal(s, value);
	value_pointed_end(s);
}

static void show_signal_number(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_one_name(s, data, NULL);
}

static void show_tsc(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_one_name(s, data, "pr_tsc");
}

static void show_action(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_one_name(s, data, "seccomp_ret_action");
}

static const struct show_field notif_fields[] = {
	FIELD(SHORT, UNSIGNED, "seccomp_notif"),
	FIELD(SHORT, UNSIGNED, "seccomp_notif_resp"),
	FIELD(SHORT, UNSIGNED, "seccomp_data"),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "signal_number", show_signal_number },
	{ "prctl_tsc", show_tsc },
	{ "seccomp_ret_action", show_action },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "seccomp_notif_sizes", notif_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "prctl", prctl_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_prctl = { .structs = structs,
					       .layouts = layouts,
					       .calls = calls };
