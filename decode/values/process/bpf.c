// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * show: bpf (linux/bpf.h): one structure for all commands, each of which uses other fields of it.
 * The kernel has made it longer again and again: fields behind those that a command always had are
 * shown if the size reaches them.
 */
#include "decode/values/process/bpf.h"
#include "decode/values/net/net.h"
#include "decode/values/show_families.h"
#include "decode/values/values.h"

#include <linux/bpf.h>

enum {
	ATTR_MOST = 4096, /* a page: the kernel refuses more */
};

static uint64_t number_at(const unsigned char *attr, const struct bpf_field *f)
{
	uint64_t value = 0;

	memcpy(&value, attr + f->at, f->size);
	return value;
}

/* A class in the low bits says what the others are. */
static void show_operation(struct show *s, uint8_t code)
{
	uint8_t class = BPF_CLASS(code);
	bool memory = class <= BPF_STX, jump = class == BPF_JMP || class == BPF_JMP32;

	value_mix(s, code, BASE_NONE);
	value_part(s);
	show_enum(s, "ebpf_class", class);
	value_part(s);
	show_enum(s, memory ? "bpf_size" : "bpf_src", memory ? BPF_SIZE(code) : BPF_SRC(code));
	value_part(s);
	if (memory)
		show_enum(s, "ebpf_mode", BPF_MODE(code));
	else
		show_enum(s, jump ? "bpf_op_jmp" : "bpf_op_alu", BPF_OP(code));
	value_mix_end(s);
}

static void show_instruction(struct show *s, const void *data, size_t size)
{
	struct bpf_insn insn;

	(void)size;
	memcpy(&insn, data, sizeof(insn));
	value_struct(s);
	value_field(s, "code");
	show_operation(s, insn.code);
	field_enum(s, "dst_reg", "ebpf_regs", insn.dst_reg);
	field_enum(s, "src_reg", "ebpf_regs", insn.src_reg);
	field_signed(s, "off", insn.off);
	field_hex(s, "imm", (uint32_t)insn.imm);
	value_struct_end(s);
}

static void show_code(struct show *s, const unsigned char *attr, uint64_t address)
{
	uint32_t count;

	memcpy(&count, attr + offsetof(union bpf_attr, insn_cnt), sizeof(count));
	if (value_full(s))
		show_array(s, address, count, sizeof(struct bpf_insn), show_instruction);
	else
		value_address(s, address);
}

/* Found by the call. */
static void show_next(struct show *s, uint64_t before)
{
	uint32_t after;

	show_at_exit(s);
	if (!show_succeeded(s) || !show_read(s, s->call->arg[1] + offsetof(union bpf_attr, next_id),
					     &after, sizeof(after)))
		value_unsigned(s, before);
	else
		value_unsigned(s, after);
}

/* Of no elements there is a list, wherever it is; others were not captured. */
static void show_list(struct show *s, uint32_t count, uint64_t address)
{
	if (count || !address) {
		value_address(s, address);
		return;
	}
	value_array(s);
	value_array_end(s);
}

static void show_log(struct show *s, const struct bpf_field *f, const unsigned char *attr,
		     uint64_t address)
{
	uint32_t room;

	memcpy(&room, attr + f->count, sizeof(room));
	if (room || !address)
		show_string(s, address);
	else if (f->unless_0)
		value_address(s, address);
	else
		value_bytes(s, "", 0, 0);
}

static void show_node(struct show *s, uint32_t node)
{
	value_unsigned(s, node);
	if (node == UINT32_MAX && !value_numbers(s))
		value_remark(s, "NUMA_NO_NODE");
}

static void show_pointed(struct show *s, const struct bpf_field *f, const unsigned char *attr,
			 uint64_t value)
{
	uint32_t size;

	switch (f->form) {
	case FORM_STRING:
		if (!strcmp(f->name, "pathname"))
			show_path(s, value);
		else
			show_string(s, value);
		break;
	case FORM_LOG: show_log(s, f, attr, value); break;
	case FORM_CODE: show_code(s, attr, value); break;
	case FORM_BYTES:
		memcpy(&size, attr + f->count, sizeof(size));
		show_buffer(s, value, size);
		break;
	case FORM_LIST:
		memcpy(&size, attr + f->count, sizeof(size));
		show_list(s, size, value);
		break;
	}
}

static void show_version(struct show *s, uint32_t version)
{
	if (!value_macro(s, "KERNEL_VERSION", version, BASE_HEX))
		return;
	value_element(s);
	value_unsigned(s, version >> 16);
	value_element(s);
	value_unsigned(s, version >> 8 & 0xff);
	value_element(s);
	value_unsigned(s, version & 0xff);
	value_macro_end(s);
}

/* A name, as much of it as there is. */
static void show_name(struct show *s, const unsigned char *name, size_t room)
{
	size_t length = strnlen((const char *)name, room);

	show_bytes(s, name, length - (length && length == room), length == room);
}

static void show_field(struct show *s, const struct bpf_field *f, const unsigned char *attr,
		       size_t size)
{
	uint64_t value = f->form == FORM_TEXT ? 0 : number_at(attr, f);
	size_t room = size > f->at ? size - f->at : 0;

	value_field(s, f->name);
	switch (f->form) {
	case FORM_TEXT: show_name(s, attr + f->at, room < f->size ? room : f->size); break;
	case FORM_INTERFACE: show_ifindex(s, value); break;
	case FORM_VERSION: show_version(s, (uint32_t)value); break;
	case FORM_NEXT: show_next(s, value); break;
	case FORM_NODE: show_node(s, (uint32_t)value); break;
	case FORM_STRING:
	case FORM_LOG:
	case FORM_CODE:
	case FORM_LIST:
	case FORM_BYTES: show_pointed(s, f, attr, value); break;
	default: show_number(s, f->form, f->table, value, f->size);
	}
}

/* Whether the flags say that the field is used. */
static bool is_needed(const struct bpf_field *f, const unsigned char *attr,
		      const struct bpf_command *c)
{
	uint32_t flags;

	if (!f->needs)
		return true;
	memcpy(&flags,
	       attr + (c->number == BPF_MAP_CREATE ? offsetof(union bpf_attr, map_flags)
						   : offsetof(union bpf_attr, link_update.flags)),
	       sizeof(flags));
	return flags & f->needs;
}

/* What is behind the fields, unless it is zeros. */
static void show_extra(struct show *s, const unsigned char *attr, size_t from, size_t size)
{
	for (size_t i = from; i < size; i++) {
		if (!attr[i])
			continue;
		if (!value_full(s)) {
			value_more(s);
			return;
		}
		value_field(s, "extra_data");
		value_hex_bytes(s, attr + from, size - from, size - from);
		value_remarkf(s, "bytes %zu..%zu", from, size - 1);
		return;
	}
}

/* What a link has besides; how far that goes. */
static size_t show_link(struct show *s, const unsigned char *attr, size_t size)
{
	size_t end = offsetof(union bpf_attr, link_create.flags) + sizeof(uint32_t);
	const struct bpf_link *link;
	const struct bpf_field *f;
	uint32_t type, flags;

	memcpy(&type, attr + offsetof(union bpf_attr, link_create.attach_type), sizeof(type));
	memcpy(&flags, attr + offsetof(union bpf_attr, link_create.flags), sizeof(flags));
	link = bpf_link(type, flags);
	if (!link || size <= end)
		return end;
	if (link->name) {
		value_field(s, link->name);
		value_struct(s);
	}
	for (f = link->fields; f->name; f++) {
		/* The last that there was not from the start. */
		if (f->at >= size && f->form == FORM_FD && f != link->fields)
			break;
		if (!f->unless_0 || number_at(attr, f))
			show_field(s, f, attr, size);
		end = (size_t)f->at + f->size;
	}
	if (link->name)
		value_struct_end(s);
	return end;
}

/* What a link is made to may be an interface, and what something is attached to an id. */
static const struct bpf_field *field_of(const struct bpf_command *c, const struct bpf_field *f,
					const unsigned char *attr)
{
	uint32_t type, flags;

	if ((c->number == BPF_PROG_ATTACH || c->number == BPF_PROG_DETACH) &&
	    !strcmp(f->name, "relative_fd")) {
		memcpy(&flags, attr + offsetof(union bpf_attr, attach_flags), sizeof(flags));
		return bpf_relative(flags, f);
	}
	if (c->number != BPF_LINK_CREATE ||
	    f->at != offsetof(union bpf_attr, link_create.target_fd))
		return f;
	memcpy(&type, attr + offsetof(union bpf_attr, link_create.attach_type), sizeof(type));
	return bpf_link_target(type, f);
}

static void show_attr(struct show *s, const struct bpf_command *c, const unsigned char *attr,
		      size_t size)
{
	const struct bpf_field *f;
	size_t end = c->least;
	bool all = true;

	if (c->wrapper) {
		value_struct(s);
		value_field(s, c->wrapper);
	}
	value_struct(s);
	for (f = c->fields; f->name; f++) {
		size_t from = f->from ? f->from : f->at;

		if (from >= c->least && from >= size) {
			all = false;
			continue;
		}
		if (end < (size_t)f->at + f->size)
			end = (size_t)f->at + f->size;
		if (is_needed(f, attr, c))
			show_field(s, field_of(c, f, attr), attr, size);
	}
	if (c->number == BPF_LINK_CREATE)
		end = show_link(s, attr, size);
	value_struct_end(s);
	if (c->wrapper)
		value_struct_end(s);
	if (size > end && all) {
		value_reopen(s);
		show_extra(s, attr, end, size);
		value_struct_end(s);
	}
}

/* Reads the attributes; NULL if the command is unknown or they are not there. */
static const struct bpf_command *read_attr(struct show *s, unsigned char *attr)
{
	const struct bpf_command *c = bpf_command(s->call->arg[0]);
	uint64_t address = s->call->arg[1];
	uint32_t size = s->call->arg[2];

	return c && address && size && size <= ATTR_MOST && show_read(s, address, attr, size)
		       ? c
		       : NULL;
}

static void bpf_args(struct show *s)
{
	unsigned char attr[ATTR_MOST + sizeof(union bpf_attr)] = { 0 };
	const struct bpf_command *c;

	show_argument(s, 0);
	show_argument_name(s, 1);
	c = read_attr(s, attr);
	if (c)
		show_attr(s, c, attr, (uint32_t)s->call->arg[2]);
	else
		value_address(s, s->call->arg[1]);
	show_argument(s, 2);
}

/*
 * The kernel makes no descriptor of attributes that it cannot read. strace takes the result of two
 * commands for one, which is none, and that of one, which is one, for a number.
 */
static bool bpf_result(struct show *s)
{
	unsigned char attr[ATTR_MOST];
	const struct bpf_command *c;

	if (!show_succeeded(s) || value_for_programs(s))
		return false;
	c = read_attr(s, attr);
	if (c && (c->number == BPF_OBJ_PIN || c->number == BPF_PROG_BIND_MAP)) {
		show_fd(s, s->call->result);
		return true;
	}
	if (c && c->number != BPF_RAW_TRACEPOINT_OPEN)
		return false;
	value_signed(s, s->call->result);
	return true;
}

static const struct show_call calls[] = {
	{ "bpf", bpf_args, bpf_result },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_bpf = { .calls = calls };
