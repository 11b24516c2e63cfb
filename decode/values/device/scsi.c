// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of SCSI devices (scsi/sg.h, linux/bsg.h). A request names buffers, whose bytes are
 * captured by tracer/plan/plan_nested.c. */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/bsg.h>
#include <scsi/sg.h>

enum { SCSI = 0x22, ESCALATE_NOT = 0x100 };

/* What a list of buffers has is not captured. */
static void show_transfer(struct show *s, uint64_t address, uint64_t size, uint32_t buffers)
{
	if (buffers)
		value_address(s, address);
	else
		device_bytes(s, address, size);
}

static const struct show_field request_fields[] = {
	FIELDS_AT(4),
	FIELD_NAMED(INT, ENUM, "dxfer_direction", "sg_io_dxfer_direction"),
	FIELD(CHAR, UNSIGNED, "cmd_len"),
	FIELDS_END,
};
static const struct show_field request_rest[] = {
	FIELDS_AT(9),
	FIELD(CHAR, UNSIGNED, "mx_sb_len"),
	FIELD(SHORT, UNSIGNED, "iovec_count"),
	FIELD(INT, UNSIGNED, "dxfer_len"),
	FIELDS_AT(40),
	FIELD(INT, UNSIGNED, "timeout"),
	FIELD_NAMED(INT, FLAGS, "flags", "sg_io_flags"),
	FIELDS_END,
};
static const struct show_field answer_fields[] = {
	FIELDS_AT(64),
	FIELD(CHAR, HEX, "status"),
	FIELD(CHAR, HEX, "masked_status"),
	FIELD(CHAR, HEX, "msg_status"),
	FIELD(CHAR, UNSIGNED, "sb_len_wr"),
	FIELDS_END,
};
static const struct show_field answer_rest[] = {
	FIELDS_AT(68),
	FIELD(SHORT, HEX, "host_status"),
	FIELD(SHORT, HEX, "driver_status"),
	FIELD(INT, SIGNED, "resid"),
	FIELD(INT, UNSIGNED, "duration"),
	FIELD_NAMED(INT, FLAGS, "info", "sg_io_info"),
	FIELDS_END,
};

static void show_answered(struct show *s, uint64_t address, int direction)
{
	const bool in = direction == SG_DXFER_FROM_DEV || direction == SG_DXFER_TO_FROM_DEV;
	struct sg_io_hdr h;
	uint32_t size;

	if (!show_read(s, address, &h, sizeof(h)))
		return;
	size = h.resid > 0 && (uint32_t)h.resid <= h.dxfer_len ? h.dxfer_len - (uint32_t)h.resid
							       : h.dxfer_len;
	if (in && direction == SG_DXFER_TO_FROM_DEV)
		value_becomes(s);
	else if (in)
		value_field(s, "dxferp");
	if (in)
		show_transfer(s, (uintptr_t)h.dxferp, size, h.iovec_count);
	show_fields_within(s, answer_fields, &h, sizeof(h));
	value_field(s, "sbp");
	device_bytes(s, (uintptr_t)h.sbp, h.sb_len_wr);
	show_fields_within(s, answer_rest, &h, sizeof(h));
}

static void show_request(struct show *s, uint64_t address)
{
	struct sg_io_hdr h;

	value_struct(s);
	value_field(s, "interface_id");
	value_text(s, "'S'");
	if (!show_read(s, address, &h, sizeof(h))) {
		value_element(s);
		value_address(s, address + 4);
		value_struct_end(s);
		return;
	}
	show_fields_within(s, request_fields, &h, sizeof(h));
	value_field(s, "cmdp");
	device_bytes(s, (uintptr_t)h.cmdp, h.cmd_len);
	show_fields_within(s, request_rest, &h, sizeof(h));
	if (h.dxfer_direction == SG_DXFER_TO_DEV || h.dxfer_direction == SG_DXFER_TO_FROM_DEV) {
		value_field(s, "dxferp");
		show_transfer(s, (uintptr_t)h.dxferp, h.dxfer_len, h.iovec_count);
	}
	show_at_exit(s);
	show_answered(s, address, h.dxfer_direction);
	value_struct_end(s);
}

static const struct show_field packet_fields[] = {
	FIELDS_AT(4),
	FIELD_NAMED(INT, ENUM, "protocol", "bsg_protocol"),
	FIELD_NAMED(INT, ENUM, "subprotocol", "bsg_subprotocol"),
	FIELD(INT, UNSIGNED, "request_len"),
	FIELDS_END,
};
static const struct show_field packet_rest[] = {
	FIELDS_AT(24),
	FIELD(64, HEX, "request_tag"),
	FIELD(INT, UNSIGNED, "request_attr"),
	FIELD(INT, UNSIGNED, "request_priority"),
	FIELD(INT, UNSIGNED, "request_extra"),
	FIELD(INT, UNSIGNED, "max_response_len"),
	FIELDS_AT(56),
	FIELD(INT, UNSIGNED, "dout_iovec_count"),
	FIELD(INT, UNSIGNED, "dout_xfer_len"),
	FIELD(INT, UNSIGNED, "din_iovec_count"),
	FIELD(INT, UNSIGNED, "din_xfer_len"),
	FIELDS_END,
};
static const struct show_field packet_end[] = {
	FIELDS_AT(88),
	FIELD(INT, UNSIGNED, "timeout"),
	FIELD_NAMED(INT, FLAGS, "flags", "bsg_flags"),
	FIELD(64, HEX, "usr_ptr"),
	FIELDS_END,
};
static const struct show_field reply_fields[] = {
	FIELDS_AT(108),
	FIELD(INT, HEX, "driver_status"),
	FIELD(INT, HEX, "transport_status"),
	FIELD(INT, HEX, "device_status"),
	FIELD(INT, UNSIGNED, "retry_delay"),
	FIELD_NAMED(INT, FLAGS, "info", "sg_io_info"),
	FIELD(INT, UNSIGNED, "duration"),
	FIELD(INT, UNSIGNED, "response_len"),
	FIELD(INT, SIGNED, "din_resid"),
	FIELD(INT, SIGNED, "dout_resid"),
	FIELD(64, HEX, "generated_tag"),
	FIELDS_END,
};

static void show_reply(struct show *s, uint64_t address)
{
	struct sg_io_v4 v;
	uint32_t size;

	if (!show_read(s, address, &v, sizeof(v)))
		return;
	size = v.din_resid > 0 && (uint32_t)v.din_resid <= v.din_xfer_len
		       ? v.din_xfer_len - (uint32_t)v.din_resid
		       : v.din_xfer_len;
	field_unsigned(s, "response_len", v.response_len);
	value_field(s, "response");
	device_bytes(s, v.response, v.response_len);
	value_field(s, "din_xferp");
	show_transfer(s, v.din_xferp, size, v.din_iovec_count);
	show_fields_within(s, reply_fields, &v, sizeof(v));
}

static void show_packet(struct show *s, uint64_t address)
{
	struct sg_io_v4 v;

	value_struct(s);
	value_field(s, "guard");
	value_text(s, "'Q'");
	if (!show_read(s, address, &v, sizeof(v))) {
		value_element(s);
		value_address(s, address + 4);
		value_struct_end(s);
		return;
	}
	show_fields_within(s, packet_fields, &v, sizeof(v));
	value_field(s, "request");
	device_bytes(s, v.request, v.request_len);
	show_fields_within(s, packet_rest, &v, sizeof(v));
	value_field(s, "dout_xferp");
	show_transfer(s, v.dout_xferp, v.dout_xfer_len, v.dout_iovec_count);
	show_fields_within(s, packet_end, &v, sizeof(v));
	show_at_exit(s);
	show_reply(s, address);
	value_struct_end(s);
}

/* Which of the two it is stands in the first word. */
static void show_io(struct show *s, uint64_t address)
{
	uint32_t kind;

	if (!address || !show_read(s, address, &kind, sizeof(kind))) {
		value_address(s, address);
	} else if (kind == 'S') {
		show_request(s, address);
	} else if (kind == 'Q') {
		show_packet(s, address);
	} else {
		value_pointed(s);
		value_unsigned(s, kind);
		value_pointed_end(s);
	}
}

static void show_reset(struct show *s, uint64_t address)
{
	const void *data = device_given(s, address, sizeof(uint32_t));
	uint32_t value;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&value, data, sizeof(value));
	value_pointed(s);
	if (value & ESCALATE_NOT) {
		value_mix(s, value, BASE_NONE);
		value_part(s);
		value_constant(s, ESCALATE_NOT, BASE_HEX, "SG_SCSI_RESET_NO_ESCALATE", NULL);
		value_part(s);
		show_enum(s, "sg_scsi_reset", value & ~(uint32_t)ESCALATE_NOT);
		value_mix_end(s);
	} else {
		show_enum(s, "sg_scsi_reset", value);
	}
	value_pointed_end(s);
}

static const struct show_field id_fields[] = {
	FIELD(INT, SIGNED, "host_no"),
	FIELD(INT, SIGNED, "channel"),
	FIELD(INT, HEX, "scsi_id"),
	FIELD(INT, SIGNED, "lun"),
	FIELD(INT, HEX, "scsi_type"),
	FIELD(SHORT, SIGNED, "h_cmd_per_lun"),
	FIELD(SHORT, SIGNED, "d_queue_depth"),
	FIELDS_END,
};

static const struct show_field state_fields[] = {
	FIELD(CHAR, SIGNED, "req_state"),   FIELD(CHAR, SIGNED, "orphan"),
	FIELD(CHAR, SIGNED, "sg_io_owned"), FIELD(CHAR, SIGNED, "problem"),
	FIELD(INT, SIGNED, "pack_id"),	    FIELD(LONG, POINTER, "usr_ptr"),
	FIELD(INT, UNSIGNED, "duration"),   FIELDS_END,
};

static const struct device_command commands[] = {
	OTHER(SG_IO, show_io),
	OTHER(SG_SCSI_RESET, show_reset),
	FIELDS(SG_GET_SCSI_ID, OUT, id_fields),
	FIELDS(SG_GET_REQUEST_TABLE, OUT, state_fields),
};

const struct device_commands device_scsi = DEVICE_COMMANDS(SCSI, commands);
