// SPDX-License-Identifier: GPL-2.0-or-later
/* show: io_uring_enter and io_uring_register: what is waited for, what a ring can do, what it may
 * do, and the descriptors it has (linux/io_uring.h). */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/io_uring.h>

#define REGISTERED 0x80000000u /* IORING_REGISTER_USE_REGISTERED_RING */

enum {
	SKIP = -2,	   /* IORING_REGISTER_FILES_SKIP */
	KERNEL_SIGSET = 8, /* bytes */
};

/* Numbers without a name are decimal. */
static void show_op(struct show *s, uint8_t op)
{
	const struct flag_table *t = show_table(s, "uring_ops");

	value_constant(s, op, BASE_UNSIGNED, t ? flag_name(t, op) : NULL, "IORING_OP_???");
}

static void show_operation(struct show *s, const void *data, size_t size)
{
	struct io_uring_probe_op op;

	(void)size;
	memcpy(&op, data, sizeof(op));
	value_struct(s);
	value_field(s, "op");
	show_op(s, op.op);
	if (op.resv)
		field_hex(s, "resv", op.resv);
	field_flags(s, "flags", "uring_op_flags", op.flags);
	if (op.resv2)
		field_hex(s, "resv2", op.resv2);
	value_struct_end(s);
}

static void show_words(struct show *s, const char *name, const uint32_t *words, int count)
{
	value_field(s, name);
	value_array(s);
	for (int i = 0; i < count && value_nth(s, i); i++)
		value_hex(s, words[i]);
	value_array_end(s);
}

/* The operations behind the head: as many as the caller has room for; of an answer no more than the
 * ring knows. */
static void show_probe(struct show *s, uint64_t address, uint32_t count, bool answer)
{
	struct io_uring_probe probe;

	show_read(s, address, &probe, sizeof(probe));
	value_struct(s);
	value_field(s, "last_op");
	show_op(s, probe.last_op);
	field_unsigned(s, "ops_len", probe.ops_len);
	if (probe.resv)
		field_hex(s, "resv", probe.resv);
	if (probe.resv2[0] || probe.resv2[1] || probe.resv2[2])
		show_words(s, "resv2", probe.resv2, 3);
	value_field(s, "ops");
	if (answer && count > probe.ops_len)
		count = probe.ops_len;
	show_array(s, address + sizeof(probe), count, sizeof(struct io_uring_probe_op),
		   show_operation);
	value_struct_end(s);
}

/* What is given is nothing but zeros, unless somebody makes a mistake. */
static void show_probes(struct show *s)
{
	uint64_t address = s->call->arg[2];
	uint32_t count = s->call->arg[3];
	size_t size = sizeof(struct io_uring_probe) + count * sizeof(struct io_uring_probe_op);
	const void *data = NULL;
	bool there = address && show_find(s, address, size, &data) == size;
	const unsigned char *bytes;
	bool given = false;

	bytes = data;
	for (size_t i = 0; there && i < size && !given; i++)
		given = bytes[i];
	if (given)
		show_probe(s, address, count, false);
	show_at_exit(s);
	there = address && show_find(s, address, size, &data) == size;
	if (!given && !(there && show_succeeded(s)))
		value_address(s, address);
	if (!there || !show_succeeded(s))
		return;
	if (given)
		value_becomes(s);
	show_probe(s, address, count, true);
}

static void show_restriction(struct show *s, const void *data, size_t size)
{
	struct io_uring_restriction r;

	(void)size;
	memcpy(&r, data, sizeof(r));
	value_struct(s);
	field_enum(s, "opcode", "uring_restriction_opcodes", r.opcode);
	switch (r.opcode) {
	case IORING_RESTRICTION_REGISTER_OP:
		field_enum(s, "register_op", "uring_register_opcodes", r.register_op);
		break;
	case IORING_RESTRICTION_SQE_OP: field_enum(s, "sqe_op", "uring_ops", r.sqe_op); break;
	case IORING_RESTRICTION_SQE_FLAGS_ALLOWED:
	case IORING_RESTRICTION_SQE_FLAGS_REQUIRED:
		field_flags(s, "sqe_flags", "uring_sqe_flags", r.sqe_flags);
		break;
	default: value_remarkf(s, "op: %#x", r.sqe_op);
	}
	if (r.resv)
		field_hex(s, "resv", r.resv);
	if (r.resv2[0] || r.resv2[1] || r.resv2[2])
		show_words(s, "resv2", r.resv2, 3);
	value_struct_end(s);
}

static void show_descriptor(struct show *s, const void *data, size_t size)
{
	int32_t fd;

	(void)size;
	memcpy(&fd, data, sizeof(fd));
	if (fd == SKIP)
		value_constant(s, (uint64_t)(int64_t)fd, BASE_SIGNED, "IORING_REGISTER_FILES_SKIP",
			       NULL);
	else
		show_fd(s, fd);
}

static void show_update(struct show *s, const void *data, size_t size)
{
	struct io_uring_files_update update;

	if (size < sizeof(update)) {
		value_address(s, s->call->arg[2]);
		return;
	}
	memcpy(&update, data, sizeof(update));
	value_struct(s);
	field_unsigned(s, "offset", update.offset);
	if (update.resv)
		field_hex(s, "resv", update.resv);
	value_field(s, "fds");
	show_array(s, update.fds, (uint32_t)s->call->arg[3], sizeof(int32_t), show_descriptor);
	value_struct_end(s);
}

/* struct io_uring_getevents_arg, Linux 6.12 */
struct getevents {
	uint64_t sigmask;
	uint32_t sigmask_sz, min_wait_usec;
	uint64_t ts;
};

static void show_getevents(struct show *s, const void *data, size_t size)
{
	struct getevents arg;

	if (size < sizeof(arg)) {
		value_address(s, s->call->arg[4]);
		return;
	}
	memcpy(&arg, data, sizeof(arg));
	value_struct(s);
	value_field(s, "sigmask");
	if (arg.sigmask_sz == KERNEL_SIGSET)
		show_sigset_at(s, arg.sigmask, arg.sigmask_sz);
	else
		value_address(s, arg.sigmask);
	field_unsigned(s, "sigmask_sz", arg.sigmask_sz);
	field_unsigned(s, "min_wait_usec", arg.min_wait_usec);
	value_field(s, "ts");
	show_struct(s, "timespec64", arg.ts);
	value_struct_end(s);
}

/* How many workers of each kind there may be, and what the numbers were. */
static void show_workers_at(struct show *s, uint64_t address, uint32_t count)
{
	const struct flag_table *t = show_table(s, "uring_iowq_acct");
	uint32_t most;

	if (!address || (count && !show_read(s, address, &most, sizeof(most)))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (uint32_t i = 0; i < count; i++, address += sizeof(most)) {
		if (!show_read(s, address, &most, sizeof(most))) {
			value_more_at(s, address);
			break;
		}
		if (!value_nth(s, i))
			break;
		value_begin(s, GROUP_INDEX);
		value_constant(s, i, BASE_UNSIGNED, t ? flag_name(t, i) : NULL, "IO_WQ_???");
		value_end(s, GROUP_INDEX);
		value_unsigned(s, most);
	}
	value_array_end(s);
}

static void show_workers(struct show *s)
{
	uint64_t address = s->call->arg[2];
	uint32_t count = s->call->arg[3], most;
	bool there = address && (!count || show_read(s, address, &most, sizeof(most)));

	show_workers_at(s, address, count);
	if (!there)
		return;
	show_at_exit(s);
	value_becomes(s);
	if (show_succeeded(s))
		show_workers_at(s, address, count);
	else
		value_address(s, address);
}

/* A ring's place among the registered ones; -1: any that is free. */
static void show_place(struct show *s, const void *data, size_t size)
{
	struct io_uring_rsrc_update place;
	bool leaves = ((uint32_t)s->call->arg[1] & ~REGISTERED) == IORING_UNREGISTER_RING_FDS;

	(void)size;
	memcpy(&place, data, sizeof(place));
	value_struct(s);
	value_field(s, "offset");
	if (place.offset == UINT32_MAX && !leaves)
		value_signed(s, -1);
	else
		value_unsigned(s, place.offset);
	if (place.resv)
		field_hex(s, "resv", place.resv);
	if (!leaves) {
		value_field(s, "data");
		show_fd(s, place.data);
	} else if (place.data) {
		field_hex(s, "data", place.data);
	}
	value_struct_end(s);
}

static void show_registered(struct show *s)
{
	switch ((uint32_t)s->call->arg[1] & ~REGISTERED) {
	case IORING_REGISTER_PROBE: show_probes(s); break;
	case IORING_REGISTER_IOWQ_AFF:
		show_cpus_at(s, s->call->arg[2], (uint32_t)s->call->arg[3]);
		break;
	case IORING_REGISTER_IOWQ_MAX_WORKERS: show_workers(s); break;
	default: show_arg(s, 2);
	}
}

/* A bit of the opcode says that the ring is a registered one, known by a number that is no
 * descriptor. */
static void register_args(struct show *s)
{
	uint32_t opcode = (uint32_t)s->call->arg[1];

	show_argument_name(s, 0);
	if (opcode & REGISTERED) {
		show_uint(s, s->call->arg[0]);
		show_argument_name(s, 1);
		value_mix(s, opcode, BASE_NONE);
		value_part(s);
		show_enum(s, "uring_register_opcodes", opcode & ~REGISTERED);
		value_part(s);
		value_constant(s, REGISTERED, BASE_HEX, "IORING_REGISTER_USE_REGISTERED_RING",
			       NULL);
		value_mix_end(s);
	} else {
		show_arg(s, 0);
		show_argument(s, 1);
	}
	show_argument_name(s, 2);
	show_registered(s);
	show_argument(s, 3);
}

static const struct show_call calls[] = {
	{ "io_uring_register", register_args, NULL },
	{ NULL, NULL, NULL },
};

static const struct show_struct structs[] = {
	{ "io_uring_getevents_arg", show_getevents },
	{ "io_uring_restriction", show_restriction },
	{ "io_uring_files_update", show_update },
	{ "io_uring_rsrc_update", show_place },
	{ NULL, NULL },
};

const struct show_family show_family_uring = { .structs = structs, .calls = calls };
