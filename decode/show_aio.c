// SPDX-License-Identifier: GPL-2.0-or-later
/* show: asynchronous input and output (linux/aio_abi.h), io_uring (linux/io_uring.h), other
 * processes' memory. */
#include "decode/show_fields.h"

#include "format/flags.h"

#include <linux/aio_abi.h>
#include <linux/io_uring.h>

static void show_opcode(struct show *s, uint32_t opcode)
{
	const struct flag_table *t = show_table(s, "aio_cmds");
	const char *name = t ? flag_name(t, opcode) : NULL;

	if (!name || s->options->raw_names)
		text_unsigned(s->out, opcode);
	if (s->options->raw_names == 1)
		return;
	if (name && !s->options->raw_names)
		show_put(s, name);
	else
		show_comment(s, name ? name : "IOCB_CMD_???");
}

static void iocb_head(struct show *s, const struct iocb *cb)
{
	show_put(s, "{aio_data=");
	text_hex(s->out, cb->aio_data);
	if (cb->aio_key)
		show_printf(s, ", aio_key=%u", cb->aio_key);
	if (cb->aio_rw_flags) {
		show_put(s, ", aio_rw_flags=");
		show_flags(s, "rwf_flags", (uint32_t)cb->aio_rw_flags);
	}
	show_put(s, ", aio_lio_opcode=");
	show_opcode(s, cb->aio_lio_opcode);
	if (cb->aio_flags & IOCB_FLAG_IOPRIO) {
		show_put(s, ", aio_reqprio=");
		show_io_priority(s, (uint16_t)cb->aio_reqprio);
	} else if (cb->aio_reqprio) {
		show_printf(s, ", aio_reqprio=%d", cb->aio_reqprio);
	}
	show_put(s, ", aio_fildes=");
	show_fd(s, cb->aio_fildes);
}

static void iocb_tail(struct show *s, const struct iocb *cb)
{
	if (cb->aio_flags) {
		show_put(s, ", aio_flags=");
		show_flags(s, "aio_iocb_flags", cb->aio_flags);
	}
	if (cb->aio_flags & IOCB_FLAG_RESFD) {
		show_put(s, ", aio_resfd=");
		show_fd(s, cb->aio_resfd);
	} else if (cb->aio_resfd) {
		show_printf(s, ", aio_resfd=%#x", cb->aio_resfd);
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
		show_put(s, ", aio_buf=");
		show_flags(s, "pollflags", cb->aio_buf);
	} else if (vector) {
		show_put(s, ", aio_buf=");
		show_iovec(s, cb->aio_buf, cb->aio_nbytes, write ? UINT64_MAX : SHOW_NONE);
		show_printf(s, ", aio_offset=%lld", cb->aio_offset);
	} else if (write || cb->aio_lio_opcode == IOCB_CMD_PREAD) {
		show_put(s, ", aio_buf=");
		if (write)
			show_buffer(s, cb->aio_buf, cb->aio_nbytes);
		else
			text_hex(s->out, cb->aio_buf);
		show_printf(s, ", aio_nbytes=%llu, aio_offset=%lld", cb->aio_nbytes,
			    cb->aio_offset);
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
		show_address(s, address);
		return;
	}
	iocb_head(s, &cb);
	iocb_body(s, &cb);
	text_char(s->out, '}');
}

static void io_submit_args(struct show *s)
{
	show_arg(s, 0);
	show_comma(s);
	show_arg(s, 1);
	show_comma(s);
	if ((int64_t)s->call->arg[1] < 0)
		show_address(s, s->call->arg[2]);
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
	text_char(s->out, '}');
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
	show_printf(s, ", sq_entries=%u, cq_entries=%u, features=", p->sq_entries, p->cq_entries);
	show_flags(s, "uring_setup_features", p->features);
	show_put(s, ", sq_off=");
	show_fields(s, sq_fields, &p->sq_off, sizeof(p->sq_off));
	show_put(s, ", cq_off=");
	show_fields(s, cq_fields, &p->cq_off, sizeof(p->cq_off));
}

static void io_uring_setup_args(struct show *s)
{
	uint64_t address = s->call->arg[1];
	struct io_uring_params p;

	show_arg(s, 0);
	show_comma(s);
	if (!show_read(s, address, &p, sizeof(p))) {
		show_address(s, address);
		return;
	}
	show_put(s, "{flags=");
	show_flags(s, "uring_setup_flags", p.flags);
	show_put(s, ", sq_thread_cpu=");
	text_hex(s->out, p.sq_thread_cpu);
	show_printf(s, ", sq_thread_idle=%u", p.sq_thread_idle);
	if (p.flags & IORING_SETUP_ATTACH_WQ) {
		show_put(s, ", wq_fd=");
		show_fd(s, p.wq_fd);
	}
	if (p.resv[0] || p.resv[1] || p.resv[2])
		show_printf(s, ", resv=[%#x, %#x, %#x]", p.resv[0], p.resv[1], p.resv[2]);
	show_at_exit(s);
	if (show_succeeded(s) && show_read(s, address, &p, sizeof(p)))
		ring_answer(s, &p);
	text_char(s->out, '}');
}

/* The other process's memory is only named. */
static void vm_args(struct show *s)
{
	for (int i = 0; i < s->call->args; i++) {
		if (i)
			show_comma(s);
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
	show_put(s, "{iov_base=");
	show_address(s, base);
	show_put(s, ", iov_len=");
	text_unsigned(s->out, length);
	text_char(s->out, '}');
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
