// SPDX-License-Identifier: GPL-2.0-or-later
/* show: asynchronous input and output (linux/aio_abi.h), io_uring (linux/io_uring.h), other
 * processes' memory. */
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>

static void show_opcode(struct show *s, uint32_t opcode)
{
	const struct flag_table *t = show_table(s, "aio_cmds");
	const char *name = t ? flag_name(t, opcode) : NULL;

	value_constant(s, opcode, BASE_UNSIGNED, name, "IOCB_CMD_???");
}

static void iocb_head(struct show *s, const struct iocb *cb)
{
	value_struct(s);
	field_hex(s, "aio_data", cb->aio_data);
	if (cb->aio_key)
		field_unsigned(s, "aio_key", cb->aio_key);
	if (cb->aio_rw_flags) {
		field_flags(s, "aio_rw_flags", "rwf_flags", (uint32_t)cb->aio_rw_flags);
	}
	value_field(s, "aio_lio_opcode");
	show_opcode(s, cb->aio_lio_opcode);
	if (cb->aio_flags & IOCB_FLAG_IOPRIO) {
		value_field(s, "aio_reqprio");
		show_io_priority(s, (uint16_t)cb->aio_reqprio, BASE_HEX);
	} else if (cb->aio_reqprio) {
		field_signed(s, "aio_reqprio", cb->aio_reqprio);
	}
	value_field(s, "aio_fildes");
	show_fd(s, cb->aio_fildes);
}

static void iocb_tail(struct show *s, const struct iocb *cb)
{
	if (cb->aio_flags) {
		field_flags(s, "aio_flags", "aio_iocb_flags", cb->aio_flags);
	}
	if (cb->aio_flags & IOCB_FLAG_RESFD) {
		value_field(s, "aio_resfd");
		show_fd(s, cb->aio_resfd);
	} else if (cb->aio_resfd) {
		field_hex(s, "aio_resfd", cb->aio_resfd);
	}
}

/* What a read asks for is not there yet; what a write gives is. */
static void iocb_body(struct show *s, const struct iocb *cb)
{
	bool vector =
		cb->aio_lio_opcode == IOCB_CMD_PREADV || cb->aio_lio_opcode == IOCB_CMD_PWRITEV;
	bool write =
		cb->aio_lio_opcode == IOCB_CMD_PWRITE || cb->aio_lio_opcode == IOCB_CMD_PWRITEV;

	if (cb->aio_lio_opcode == IOCB_CMD_POLL) {
		field_flags(s, "aio_buf", "pollflags", cb->aio_buf);
	} else if (vector && (int64_t)cb->aio_nbytes < 0) { /* more than any memory */
		field_hex(s, "aio_buf", cb->aio_buf);
		field_unsigned(s, "aio_nbytes", cb->aio_nbytes);
		field_signed(s, "aio_offset", cb->aio_offset);
	} else if (vector) {
		value_field(s, "aio_buf");
		show_iovec(s, cb->aio_buf, cb->aio_nbytes, write ? UINT64_MAX : SHOW_NONE);
		field_signed(s, "aio_offset", cb->aio_offset);
	} else if (write || cb->aio_lio_opcode == IOCB_CMD_PREAD) {
		value_field(s, "aio_buf");
		if (write && (int64_t)cb->aio_nbytes >= 0)
			show_buffer(s, cb->aio_buf, cb->aio_nbytes);
		else
			value_hex(s, cb->aio_buf);
		field_unsigned(s, "aio_nbytes", cb->aio_nbytes);
		field_signed(s, "aio_offset", cb->aio_offset);
	} else {
		return;
	}
	iocb_tail(s, cb);
}

static void show_iocb_ptr(struct show *s, const void *element, size_t size)
{
	uint64_t address = 0;
	struct iocb cb;

	memcpy(&address, element, size);
	if (!address || !show_read(s, address, &cb, sizeof(cb))) {
		value_address(s, address);
		return;
	}
	iocb_head(s, &cb);
	iocb_body(s, &cb);
	value_struct_end(s);
}

static void io_submit_args(struct show *s)
{
	show_argument(s, 0);
	show_argument(s, 1);
	show_argument_name(s, 2);
	if ((int64_t)s->call->arg[1] < 0)
		value_address(s, s->call->arg[2]);
	else
		show_array(s, s->call->arg[2], s->call->arg[1], show_word(s), show_iocb_ptr);
}

/* io_cancel: only which one. */
static void show_iocb(struct show *s, const void *data, size_t size)
{
	struct iocb cb;

	(void)size;
	memcpy(&cb, data, sizeof(cb));
	iocb_head(s, &cb);
	value_struct_end(s);
}

static const struct show_field event_fields[] = {
	FIELD(64, HEX, "data"),
	FIELD(64, HEX, "obj"),
	FIELD(64, SIGNED, "res"),
	FIELD(64, SIGNED, "res2"),
	FIELDS_END,
};

static const struct show_field sq_fields[] = {
	FIELD(INT, UNSIGNED, "head"),	   FIELD(INT, UNSIGNED, "tail"),
	FIELD(INT, UNSIGNED, "ring_mask"), FIELD(INT, UNSIGNED, "ring_entries"),
	FIELD(INT, UNSIGNED, "flags"),	   FIELD(INT, UNSIGNED, "dropped"),
	FIELD(INT, UNSIGNED, "array"),	   FIELD_RESERVED(INT, "resv1", 1),
	FIELD(64, HEX, "user_addr"),	   FIELDS_END,
};

static const struct show_field cq_fields[] = {
	FIELD(INT, UNSIGNED, "head"),	   FIELD(INT, UNSIGNED, "tail"),
	FIELD(INT, UNSIGNED, "ring_mask"), FIELD(INT, UNSIGNED, "ring_entries"),
	FIELD(INT, UNSIGNED, "overflow"),  FIELD(INT, UNSIGNED, "cqes"),
	FIELD(INT, UNSIGNED, "flags"),	   FIELD_RESERVED(INT, "resv1", 1),
	FIELD(64, HEX, "user_addr"),	   FIELDS_END,
};

static void ring_answer(struct show *s, const struct io_uring_params *p)
{
	field_unsigned(s, "sq_entries", p->sq_entries);
	field_unsigned(s, "cq_entries", p->cq_entries);
	field_flags(s, "features", "uring_setup_features", p->features);
	value_field(s, "sq_off");
	show_fields(s, sq_fields, &p->sq_off, sizeof(p->sq_off));
	value_field(s, "cq_off");
	show_fields(s, cq_fields, &p->cq_off, sizeof(p->cq_off));
}

static void reserved(struct show *s, const uint32_t *words, int count)
{
	value_field(s, "resv");
	value_array(s);
	for (int i = 0; i < count && value_nth(s, i); i++)
		value_hex(s, words[i]);
	value_array_end(s);
}

static void io_uring_setup_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	struct io_uring_params p;

	show_argument(s, 0);
	show_argument_name(s, 1);
	if (!show_read(s, address, &p, sizeof(p))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	field_flags(s, "flags", "uring_setup_flags", p.flags);
	field_hex(s, "sq_thread_cpu", p.sq_thread_cpu);
	field_unsigned(s, "sq_thread_idle", p.sq_thread_idle);
	if (p.flags & IORING_SETUP_ATTACH_WQ) {
		value_field(s, "wq_fd");
		show_fd(s, p.wq_fd);
	}
	if (p.resv[0] || p.resv[1] || p.resv[2])
		reserved(s, p.resv, 3);
	show_at_exit(s);
	if (show_succeeded(s) && show_read(s, address, &p, sizeof(p)))
		ring_answer(s, &p);
	value_struct_end(s);
}

/* The other process's memory is only named. */
static void vm_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (i == 3)
			show_iovec(s, s->call->arg[3], s->call->arg[4], SHOW_NONE);
		else
			show_arg(s, i);
	}
}

static void show_one_iovec(struct show *s, const void *data, size_t size)
{
	uint64_t base = 0, length = 0;

	memcpy(&base, data, size / 2);
	memcpy(&length, (const char *)data + size / 2, size / 2);
	value_struct(s);
	field_address(s, "iov_base", base);
	field_unsigned(s, "iov_len", length);
	value_struct_end(s);
}

static const struct show_struct structs[] = {
	{ "iocb", show_iocb },
	{ "iovec", show_one_iovec },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "io_event", event_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "io_submit", io_submit_args, NULL },
	{ "io_uring_setup", io_uring_setup_args, NULL },
	{ "process_vm_readv", vm_args, NULL },
	{ "process_vm_writev", vm_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_aio = { .structs = structs,
					     .layouts = layouts,
					     .calls = calls };
