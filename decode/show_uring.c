// SPDX-License-Identifier: GPL-2.0-or-later
/* show: io_uring_register: what a ring can do, what it may do, and the descriptors it has
 * (linux/io_uring.h). */
#include "decode/show_fields.h"

#include "format/flags.h"

#include <linux/io_uring.h>

enum { SKIP = -2 }; /* IORING_REGISTER_FILES_SKIP */

/* Numbers without a name are decimal. */
static void show_op(struct show *s, uint8_t op)
{
	const struct flag_table *t = show_table(s, "uring_ops");

	if (t && flag_name(t, op)) {
		show_enum(s, "uring_ops", op);
		return;
	}
	text_unsigned(s->out, op);
	show_comment(s, "IORING_OP_???");
}

static void show_operation(struct show *s, const void *data, size_t size)
{
	struct io_uring_probe_op op;

	(void)size;
	memcpy(&op, data, sizeof(op));
	show_put(s, "{op=");
	show_op(s, op.op);
	if (op.resv)
		show_printf(s, ", resv=%#x", op.resv);
	show_put(s, ", flags=");
	show_flags(s, "uring_op_flags", op.flags);
	if (op.resv2)
		show_printf(s, ", resv2=%#x", op.resv2);
	text_char(s->out, '}');
}

static void show_words(struct show *s, const char *name, const uint32_t *words, int count)
{
	show_printf(s, ", %s=[", name);
	for (int i = 0; i < count; i++) {
		show_put(s, i ? ", " : "");
		text_hex(s->out, words[i]);
	}
	text_char(s->out, ']');
}

/* The operations behind the head: as many as the caller has room for, unless the ring knows fewer.
 */
static void show_probe(struct show *s, const void *data, size_t size)
{
	uint64_t address = s->call->arg[2] + sizeof(struct io_uring_probe);
	uint32_t count = s->call->arg[3];
	struct io_uring_probe probe;

	if (size < sizeof(probe)) {
		show_address(s, s->call->arg[2]);
		return;
	}
	memcpy(&probe, data, sizeof(probe));
	show_put(s, "{last_op=");
	show_op(s, probe.last_op);
	show_printf(s, ", ops_len=%u", probe.ops_len);
	if (probe.resv)
		show_printf(s, ", resv=%#x", probe.resv);
	if (probe.resv2[0] || probe.resv2[1] || probe.resv2[2])
		show_words(s, "resv2", probe.resv2, 3);
	show_put(s, ", ops=");
	if (show_succeeded(s) && count > probe.ops_len)
		count = probe.ops_len;
	show_array(s, address, count, sizeof(struct io_uring_probe_op), show_operation);
	text_char(s->out, '}');
}

static void show_restriction(struct show *s, const void *data, size_t size)
{
	struct io_uring_restriction r;

	(void)size;
	memcpy(&r, data, sizeof(r));
	show_put(s, "{opcode=");
	show_enum(s, "uring_restriction_opcodes", r.opcode);
	switch (r.opcode) {
	case IORING_RESTRICTION_REGISTER_OP:
		show_put(s, ", register_op=");
		show_enum(s, "uring_register_opcodes", r.register_op);
		break;
	case IORING_RESTRICTION_SQE_OP:
		show_put(s, ", sqe_op=");
		show_enum(s, "uring_ops", r.sqe_op);
		break;
	case IORING_RESTRICTION_SQE_FLAGS_ALLOWED:
	case IORING_RESTRICTION_SQE_FLAGS_REQUIRED:
		show_put(s, ", sqe_flags=");
		show_flags(s, "uring_sqe_flags", r.sqe_flags);
		break;
	default:
		show_put(s, " /* op: ");
		text_hex(s->out, r.sqe_op);
		show_put(s, " */");
	}
	if (r.resv)
		show_printf(s, ", resv=%#x", r.resv);
	if (r.resv2[0] || r.resv2[1] || r.resv2[2])
		show_words(s, "resv2", r.resv2, 3);
	text_char(s->out, '}');
}

static void show_descriptor(struct show *s, const void *data, size_t size)
{
	int32_t fd;

	(void)size;
	memcpy(&fd, data, sizeof(fd));
	if (fd == SKIP)
		show_put(s, "IORING_REGISTER_FILES_SKIP");
	else
		show_fd(s, fd);
}

static void show_update(struct show *s, const void *data, size_t size)
{
	struct io_uring_files_update update;

	if (size < sizeof(update)) {
		show_address(s, s->call->arg[2]);
		return;
	}
	memcpy(&update, data, sizeof(update));
	show_printf(s, "{offset=%u", update.offset);
	if (update.resv)
		show_printf(s, ", resv=%#x", update.resv);
	show_put(s, ", fds=");
	show_array(s, update.fds, (uint32_t)s->call->arg[3], sizeof(int32_t), show_descriptor);
	text_char(s->out, '}');
}

static const struct show_struct structs[] = {
	{ "io_uring_probe", show_probe },
	{ "io_uring_restriction", show_restriction },
	{ "io_uring_files_update", show_update },
	{ NULL, NULL },
};

const struct show_family show_family_uring = { .structs = structs };
