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
	LENGTH_MASK = 0xffff,	  /* PR_SVE_VL_LEN_MASK, PR_SME_VL_LEN_MASK */
	SIGNALS_MOST = 128,	  /* _NSIG as far as prctl's argument is taken for one */
	OPTION_AUXV = 0x41555856, /* PR_GET_AUXV, Linux 6.4 */
	/* Linux 6.5 */
	OPTION_SET_VECTOR = 69, /* PR_RISCV_V_SET_CONTROL */
	OPTION_GET_VECTOR = 70, /* PR_RISCV_V_GET_CONTROL */
	VECTOR_NEXT = 2,	/* PR_RISCV_V_VSTATE_CTRL_NEXT_MASK begins there */
	VECTOR_MODE = 3,
	VECTOR_INHERIT = 0x10,
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

/* The name that the thread has: its 16 bytes hold their NUL. */
static void show_own_name(struct show *s)
{
	const char *text;
	const void *data = NULL;
	size_t size;

	show_first(s, 1);
	if (s->call->desc->arg[1].kind == DESC_STR) { /* of an old tape */
		show_argument(s, 1);
		return;
	}
	show_argument_name(s, 1);
	show_at_exit(s);
	size = show_succeeded(s) ? show_find(s, s->call->arg[1], NAME_MOST, &data) : 0;
	text = data;
	if (!s->call->arg[1] || !size || (size < NAME_MOST && !memchr(text, 0, size)))
		value_address(s, s->call->arg[1]);
	else if (memchr(text, 0, size))
		value_bytes(s, text, value_wanted(s, strnlen(text, size)), strnlen(text, size));
	else
		value_bytes(s, text, value_wanted(s, NAME_MOST), VALUE_CUT);
}

/* Lengths of vectors, and above them what else is asked for or known. */
static void show_vector_length(struct show *s, uint64_t value, const char *table)
{
	const struct flag_table *t = show_table(s, table);

	if (!(value & ~(uint64_t)LENGTH_MASK) || !t) {
		value_hex(s, value);
	} else if (value_mix(s, value, BASE_HEX)) {
		value_part(s);
		value_flag_words(s, t, value & ~(uint64_t)LENGTH_MASK);
		value_part(s);
		value_hex(s, value & LENGTH_MASK);
		value_mix_end(s);
	}
}

static const char *vector_table(const struct show *s)
{
	uint32_t option = s->call->arg[0];

	return option == PR_SVE_GET_VL || option == PR_SVE_SET_VL ? "pr_sve_vl_flags"
								  : "pr_sme_vl_flags";
}

static void show_mode_of(struct show *s, uint64_t mode)
{
	const struct flag_table *t = show_table(s, "pr_riscv_v_vstate_ctrl_cur");

	value_constant(s, mode, BASE_HEX, t ? flag_name(t, mode) : NULL, NULL);
}

static void show_vector_state(struct show *s, uint64_t value)
{
	uint64_t inherit = value & VECTOR_INHERIT, rest = value & ~(uint64_t)0x1f;

	if (!value_mix(s, value, BASE_HEX))
		return;
	value_part(s);
	show_mode_of(s, value & VECTOR_MODE);
	value_part(s);
	show_mode_of(s, value >> VECTOR_NEXT & VECTOR_MODE);
	value_say(s, "<<2");
	value_part(s);
	show_enum(s, "pr_riscv_v_vstate_ctrl_inherit", inherit);
	if (rest) {
		value_part(s);
		value_hex(s, rest);
	}
	value_mix_end(s);
}

/* Whether tagged addresses are taken, what follows a wrong tag, and which tags are made. */
static void show_tagged(struct show *s, uint64_t value)
{
	uint64_t rest =
		value & ~(uint64_t)(PR_TAGGED_ADDR_ENABLE | PR_MTE_TCF_MASK | PR_MTE_TAG_MASK);

	if (!value_mix(s, value, BASE_HEX))
		return;
	value_part(s);
	show_enum(s, "pr_tagged_addr_flags", value & PR_TAGGED_ADDR_ENABLE);
	value_part(s);
	show_enum(s, "pr_mte_tcf_flags", value & PR_MTE_TCF_MASK);
	if (value & PR_MTE_TAG_MASK) {
		value_part(s);
		value_hex(s, (value & PR_MTE_TAG_MASK) >> PR_MTE_TAG_SHIFT);
		value_say(s, "<<PR_MTE_TAG_SHIFT");
	}
	if (rest) {
		value_part(s);
		value_hex(s, rest);
	}
	value_mix_end(s);
}

static void show_core(struct show *s)
{
	const struct flag_table *t = show_table(s, "pr_sched_core_pidtype");
	uint32_t type = s->call->arg[3];
	const char *name = t ? flag_name(t, type) : NULL;

	show_first(s, 3);
	show_argument_name(s, 3);
	value_constant_both(s, type, BASE_HEX, name, "PIDTYPE_???");
	if (s->call->desc->arg[4].kind == DESC_STRUCT &&
	    (uint32_t)s->call->arg[1] == PR_SCHED_CORE_GET) {
		show_argument(s, 4);
		return;
	}
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

/* The option, and the beginning of what the next argument is. */
static void begin_second(struct show *s)
{
	show_first(s, 1);
	show_argument_name(s, 1);
}

static void prctl_args(struct show *s)
{
	const uint64_t *arg = s->call->arg;

	switch ((uint32_t)arg[0]) {
	case PR_SET_PDEATHSIG:
		begin_second(s);
		if (arg[1] > SIGNALS_MOST)
			value_unsigned(s, arg[1]);
		else
			show_arg(s, 1);
		break;
	case PR_SET_NAME:
		show_first(s, 1);
		show_name(s);
		break;
	case PR_GET_NAME: show_own_name(s); break;
	case PR_SVE_SET_VL:
	case PR_SME_SET_VL:
		begin_second(s);
		show_vector_length(s, arg[1], vector_table(s));
		break;
	case PR_SET_TAGGED_ADDR_CTRL:
		begin_second(s);
		show_tagged(s, arg[1]);
		show_rest(s, 2);
		break;
	case OPTION_SET_VECTOR:
		begin_second(s);
		show_vector_state(s, arg[1]);
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
		begin_second(s);
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

/* What the number of a result means, where strace says more than the row. */
static bool prctl_result(struct show *s)
{
	uint32_t option = s->call->arg[0];
	uint64_t value = s->call->result;
	bool length = option == PR_SVE_GET_VL || option == PR_SVE_SET_VL ||
		      option == PR_SME_GET_VL || option == PR_SME_SET_VL;
	bool speculation =
		option == PR_GET_SPECULATION_CTRL && s->call->arg[1] <= PR_SPEC_L1D_FLUSH;

	if (!speculation && option != OPTION_GET_VECTOR && option != PR_GET_TAGGED_ADDR_CTRL &&
	    !(length && value & ~(uint64_t)LENGTH_MASK))
		return false;
	value_hex(s, value);
	if (value_numbers(s))
		return true;
	value_meaning(s);
	if (speculation)
		show_flags(s, "pr_spec_get_store_bypass_flags", value);
	else if (length)
		show_vector_length(s, value, vector_table(s));
	else if (option == PR_GET_TAGGED_ADDR_CTRL)
		show_tagged(s, value);
	else
		show_vector_state(s, value);
	value_meaning_end(s);
	return true;
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

static void show_unalign(struct show *s, const void *data, size_t size)
{
	uint32_t value;

	(void)size;
	memcpy(&value, data, sizeof(value));
	value_pointed(s);
	show_flags(s, "pr_unalign_flags", value);
	value_pointed_end(s);
}

static void show_cookie(struct show *s, const void *data, size_t size)
{
	uint64_t value;

	(void)size;
	memcpy(&value, data, sizeof(value));
	value_pointed(s);
	value_hex(s, value);
	value_pointed_end(s);
}

static const struct show_field notif_fields[] = {
	FIELD(SHORT, UNSIGNED, "seccomp_notif"),
	FIELD(SHORT, UNSIGNED, "seccomp_notif_resp"),
	FIELD(SHORT, UNSIGNED, "seccomp_data"),
	FIELDS_END,
};

static const struct show_struct structs[] = {
	{ "signal_number", show_signal_number }, { "prctl_tsc", show_tsc },
	{ "prctl_unalign", show_unalign },	 { "core_cookie", show_cookie },
	{ "seccomp_ret_action", show_action },	 { NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "seccomp_notif_sizes", notif_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "prctl", prctl_args, prctl_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_prctl = { .structs = structs,
					       .layouts = layouts,
					       .calls = calls };
