// SPDX-License-Identifier: GPL-2.0-or-later
/* show: signal actions, alternate stacks, and the calls that change the registers (asm/signal.h,
 * asm/sigcontext.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

enum {
	RESTORER = 0x04000000, /* SA_RESTORER, asm/signal.h */
};

static void show_handler(struct show *s, uint64_t handler)
{
	static const char *const names[] = { "SIG_DFL", "SIG_IGN" };

	value_constant(s, handler, BASE_HEX,
		       handler < 2	       ? names[handler]
		       : handler == UINT64_MAX ? "SIG_ERR"
					       : NULL,
		       NULL);
}

/* The kernel's own: handler, flags, restorer, mask; glibc's has another order. */
static void show_sigaction(struct show *s, const void *data, size_t size)
{
	size_t word = show_word(s);
	uint64_t field[3] = { 0 };

	(void)size;
	for (int i = 0; i < 3; i++)
		memcpy(&field[i], (const char *)data + i * word, word);
	value_struct(s);
	value_field(s, "sa_handler");
	show_handler(s, field[0]);
	value_field(s, "sa_mask");
	show_sigset(s, (const char *)data + 3 * word, 8);
	field_flags(s, "sa_flags", "sigact_flags", field[1]);
	if (field[1] & RESTORER) {
		field_address(s, "sa_restorer", field[2]);
	}
	value_struct_end(s);
}

/* sigaction(2) of i386: handler, mask, flags, restorer. */
static void show_old_sigaction(struct show *s, const void *data, size_t size)
{
	uint32_t field[4];

	if (size < sizeof(field))
		return;
	memcpy(field, data, sizeof(field));
	value_struct(s);
	value_field(s, "sa_handler");
	show_handler(s, field[0]);
	value_field(s, "sa_mask");
	show_sigset(s, &field[1], sizeof(field[1]));
	field_flags(s, "sa_flags", "sigact_flags", field[2]);
	if (field[2] & RESTORER) {
		field_address(s, "sa_restorer", field[3]);
	}
	value_struct_end(s);
}

static const struct show_field stack_fields[] = {
	FIELD(LONG, POINTER, "ss_sp"),
	FIELD_NAMED(INT, FLAGS, "ss_flags", "sigaltstack_flags"),
	FIELD(LONG, UNSIGNED, "ss_size"),
	FIELDS_END,
};

/* The mask that is restored stands in the frame on the stack, which the recorder has fetched. */
static void rt_sigreturn_args(struct show *s)
{
	struct tape_piece piece;
	size_t at = 0;
	int part = 0;

	if (!call_piece_next(s->call, &part, &at, &piece) || piece.piece.length < 8 ||
	    piece.piece.flags & TRACE_P_STATE)
		return;
	value_argument(s, "frame");
	value_struct(s);
	value_field(s, "mask");
	show_sigset(s, piece.data, piece.piece.length);
	value_struct_end(s);
}

/* The sizes other than the kernel's own: then strace does not look at the set. */
static void masked_value(struct show *s, int i, int size)
{
	if (s->call->arg[size] == 8)
		show_arg(s, i);
	else
		value_address(s, s->call->arg[i]);
}

static void masked_arg(struct show *s, int i, int size)
{
	show_argument_name(s, i);
	masked_value(s, i, size);
}

static void rt_sigprocmask_args(struct show *s)
{
	show_argument(s, 0);
	masked_arg(s, 1, 3);
	show_argument_name(s, 2);
	show_at_exit(s);
	masked_value(s, 2, 3);
	show_argument(s, 3);
}

/* As many bytes as asked for are written. */
static void rt_sigpending_args(struct show *s)
{
	uint64_t size = s->call->arg[1];
	unsigned char bits[8];

	show_argument_name(s, 0);
	show_at_exit(s);
	if (size && size <= sizeof(bits) && show_succeeded(s) &&
	    show_read(s, s->call->arg[0], bits, size))
		show_sigset(s, bits, size);
	else
		value_address(s, s->call->arg[0]);
	show_argument(s, 1);
}

static void signal_args(struct show *s)
{
	show_argument(s, 0);
	show_argument_name(s, 1);
	show_handler(s, s->call->arg[1]);
}

/* The handler that was there. */
static bool signal_result(struct show *s)
{
	uint64_t handler = s->call->result;
	const char *name = handler == 0 ? "SIG_DFL" : handler == 1 ? "SIG_IGN" : NULL;

	value_hex(s, handler);
	if (name && !value_numbers(s)) {
		value_meaning(s);
		value_words(s, handler, name);
		value_meaning_end(s);
	}
	return true;
}

static void rt_sigsuspend_args(struct show *s)
{
	masked_arg(s, 0, 1);
	show_argument(s, 1);
}

static void rt_sigtimedwait_args(struct show *s)
{
	masked_arg(s, 0, 3);
	for (int i = 1; i < 4; i++)
		show_argument(s, i);
}

static const struct show_struct structs[] = {
	{ "sigaction", show_sigaction },
	{ "old_sigaction", show_old_sigaction },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "stack_t", stack_fields },
	{ NULL, NULL },
};

static void show_mask(struct show *s, uint32_t mask)
{
	show_sigset(s, &mask, sizeof(mask));
}

/* i386: masks of 32 signals, as numbers. */
static void mask_args(struct show *s)
{
	int last = s->call->args - 1;

	if (last < 0)
		return;
	show_argument_name(s, last);
	show_mask(s, s->call->arg[last]);
}

static bool mask_result(struct show *s)
{
	value_details(s);
	value_detail(s, s->call->args ? "old mask" : "mask");
	show_mask(s, s->call->result);
	value_details_end(s);
	return false;
}

static const struct show_call calls[] = {
	{ "sgetmask", NULL, mask_result },
	{ "ssetmask", mask_args, mask_result },
	{ "sigsuspend", mask_args, NULL },
	{ "rt_sigreturn", rt_sigreturn_args, NULL },
	{ "rt_sigprocmask", rt_sigprocmask_args, NULL },
	{ "rt_sigpending", rt_sigpending_args, NULL },
	{ "signal", signal_args, signal_result },
	{ "rt_sigsuspend", rt_sigsuspend_args, NULL },
	{ "rt_sigtimedwait", rt_sigtimedwait_args, NULL },
	{ "rt_sigtimedwait_time64", rt_sigtimedwait_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_signal = { .structs = structs,
						.layouts = layouts,
						.calls = calls };
