// SPDX-License-Identifier: GPL-2.0-or-later
/* show: an argument as its row says. */
#include "decode/values/values.h"

static void show_mode16(struct show *s, uint64_t mode)
{
	show_mode(s, (uint16_t)mode);
}

static void show_hex32(struct show *s, uint64_t value)
{
	value_hex(s, (uint32_t)value);
}

static void show_unsigned(struct show *s, uint64_t value)
{
	value_unsigned(s, value);
}

/* Kinds that a value alone is enough for; the others need the row. */
static void (*const by_kind[DESC_KINDS])(struct show *s, uint64_t value) = {
	[DESC_INT] = show_int,	      [DESC_PID] = show_pid,	     [DESC_UINT] = show_uint,
	[DESC_ULONG] = show_unsigned, [DESC_SIZE] = show_unsigned,   [DESC_HEX32] = show_hex32,
	[DESC_FD] = show_fd,	      [DESC_DIRFD] = show_dirfd,     [DESC_UID] = show_uid,
	[DESC_GID] = show_uid,	      [DESC_MODE] = show_mode16,     [DESC_DEV] = show_dev32,
	[DESC_SIGNAL] = show_signal,  [DESC_CLOCKID] = show_clockid,
};

static void show_scalar(struct show *s, const struct desc_arg *arg, uint64_t value)
{
	switch (arg->kind) {
	case DESC_LONG:
	case DESC_OFF:
	case DESC_TIME:
		value_signed(s,
			     s->compat && arg->kind != DESC_OFF ? (int32_t)value : (int64_t)value);
		break;
	case DESC_HEX: value_hex(s, value); break;
	case DESC_FLAGS: show_flags(s, arg->ref, (uint32_t)value); break;
	case DESC_FLAGS64: show_flags(s, arg->ref, value); break;
	case DESC_ENUM: show_enum(s, arg->ref, (uint32_t)value); break;
	case DESC_ENUM64: show_enum(s, arg->ref, value); break;
	default:
		if (by_kind[arg->kind])
			by_kind[arg->kind](s, value);
		else
			show_address(s, value);
	}
}

/* How long the memory is, in the rule's units; UINT64_MAX where the tape cannot tell. */
static uint64_t length_of(struct show *s, const struct desc_arg *arg)
{
	uint64_t n = arg->length;
	uint32_t pointed;

	switch (arg->length_rule) {
	case DESC_LEN_ARG:
		n = s->call->arg[arg->length_arg];
		if (s->call->desc->arg[arg->length_arg].kind <= DESC_UINT ||
		    s->call->desc->arg[arg->length_arg].kind == DESC_ENUM)
			n = (uint32_t)n;
		break;
	case DESC_LEN_POINTED:
		if (!show_read(s, s->call->arg[arg->length_arg] + arg->length_at, &pointed,
			       sizeof(pointed)))
			return UINT64_MAX;
		n = pointed;
		break;
	case DESC_LEN_RESULT: n = s->call->result > 0 ? s->call->result : 0; break;
	}
	if (arg->divide > 1)
		n = (n + arg->divide - 1) / arg->divide;
	if (arg->multiply > 1)
		n *= arg->multiply;
	return n + arg->add + (arg->add_long ? show_word(s) : 0);
}

static void show_element(struct show *s, const char *ref, const void *data, size_t size)
{
	const unsigned char *bytes = data;
	uint64_t value = 0;

	if (show_knows(s, ref)) {
		show_struct_data(s, ref, data, size);
		return;
	}
	memcpy(&value, bytes, size < sizeof(value) ? size : sizeof(value));
	if (size > sizeof(value))
		show_bytes(s, data, size, false);
	else if (!strcmp(ref, "int") || !strcmp(ref, "pid_t") || !strcmp(ref, "timer_t"))
		show_int(s, value);
	else if (!strcmp(ref, "aio_context_t") || !strcmp(ref, "ptr") || !strcmp(ref, "mnt_id"))
		show_address(s, value);
	else if (!strcmp(ref, "fd_t"))
		show_fd(s, value);
	else if (!strcmp(ref, "uid_t") || !strcmp(ref, "gid_t"))
		show_uid(s, value);
	else if ((!strcmp(ref, "uid16_t") || !strcmp(ref, "gid16_t")) && value == UINT16_MAX)
		show_uid(s, UINT32_MAX);
	else if (!strcmp(ref, "long") || !strcmp(ref, "loff_t") || !strcmp(ref, "off_t"))
		value_signed(s, size == 4 ? (int32_t)value : (int64_t)value);
	else
		value_unsigned(s, value);
}

static void show_named(struct show *s, const void *element, size_t size)
{
	show_element(s, s->element, element, size);
}

static void show_elements(struct show *s, const struct desc_arg *arg, uint64_t address,
			  uint64_t count)
{
	s->element = arg->ref;
	show_array(s, address, count, show_size(s, arg->ref), show_named);
}

/* One value behind a pointer stands in brackets, as strace writes it: [3]. */
static void show_pointed(struct show *s, const struct desc_arg *arg, uint64_t address)
{
	size_t size = show_size(s, arg->ref);
	unsigned char value[8];

	if (show_knows(s, arg->ref)) {
		if (arg->length_rule)
			show_struct_sized(s, arg->ref, address, length_of(s, arg));
		else
			show_struct(s, arg->ref, address);
		return;
	}
	if (!address || !size || size > sizeof(value) || !show_read(s, address, value, size)) {
		show_address(s, address);
		return;
	}
	value_pointed(s);
	show_element(s, arg->ref, value, size);
	value_pointed_end(s);
}

static void show_memory(struct show *s, const struct desc_arg *arg, uint64_t address)
{
	uint64_t length = length_of(s, arg);

	switch (arg->kind) {
	case DESC_PATH: show_path(s, address); break;
	case DESC_STR: show_string(s, address); break;
	case DESC_BUF:
		if (*arg->ref && show_knows(s, arg->ref))
			show_struct_sized(s, arg->ref, address, length);
		else
			show_buffer(s, address, length);
		break;
	case DESC_STRUCT: show_pointed(s, arg, address); break;
	case DESC_ARRAY: show_elements(s, arg, address, length); break;
	case DESC_STRV: show_strings(s, address); break;
	case DESC_IOVEC:
		if (!(arg->dir & DESC_OUT))
			show_iovec(s, address, length, UINT64_MAX);
		else
			show_iovec(s, address, length,
				   show_succeeded(s) ? (uint64_t)s->call->result : SHOW_NONE);
		break;
	case DESC_SIGSET: show_sigset_at(s, address, length); break;
	default: show_address(s, address);
	}
}

static inline void put_name(struct show *s, int i)
{
	static const char *const unknown[DESC_ARGS] = { "arg1", "arg2", "arg3",
							"arg4", "arg5", "arg6" };

	value_argument(s, s->call->desc ? s->call->desc->arg[i].name : unknown[i]);
}

static inline void put_arg(struct show *s, int i)
{
	const struct desc_call *desc = s->call->desc;
	const struct desc_arg *arg = desc ? &desc->arg[i] : NULL;
	uint64_t value = s->call->arg[i];

	if (!arg) {
		value_hex(s, value);
		return;
	}
	if (arg->kind < DESC_PATH || arg->kind >= DESC_VOID) {
		if (s->compat && i + 1 < desc->args && desc->arg[i + 1].kind == DESC_HIGH)
			value = (uint32_t)value | s->call->arg[i + 1] << 32;
		show_scalar(s, arg, value);
		return;
	}
	if (arg->dir == DESC_IN) {
		show_memory(s, arg, value);
		return;
	}
	show_at_exit(s);
	if (show_succeeded(s) || (arg->dir & DESC_ALWAYS && s->call->state == CALL_DONE))
		show_memory(s, arg, value);
	else
		show_address(s, value);
}

void show_argument_name(struct show *s, int i)
{
	put_name(s, i);
}

void show_arg(struct show *s, int i)
{
	put_arg(s, i);
}

void show_argument(struct show *s, int i)
{
	put_name(s, i);
	put_arg(s, i);
}

/* Those that the call writes come from its end. */
void show_row(struct show *s)
{
	const struct desc_call *desc = s->call->desc;

	for (int i = 0; i < s->call->args; i++) {
		if (desc && (desc->arg[i].kind == DESC_HIGH || desc->arg[i].kind == DESC_UNUSED))
			continue;
		put_name(s, i);
		put_arg(s, i);
	}
}
