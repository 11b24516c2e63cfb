// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to trusted execution environments (linux/tee.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/tee.h>

/* Newer than the headers may be (linux/tee.h 6.14). */
#define SHM_REGISTER	_IOWR(TEE_IOC_MAGIC, TEE_IOC_BASE + 9, struct tee_ioctl_shm_register_data)
#define SHM_REGISTER_FD _IOWR(TEE_IOC_MAGIC, TEE_IOC_BASE + 8, uint64_t[3])

/* What an implementation is able to is told by constants of its own. */
static void show_tee_version(struct show *s, uint64_t address)
{
	const void *data = device_answer(s, address, sizeof(struct tee_ioctl_version_data));
	struct tee_ioctl_version_data version;

	if (!data) {
		value_address(s, address);
		return;
	}
	memcpy(&version, data, sizeof(version));
	value_struct(s);
	field_enum(s, "impl_id", "tee_ioctl_impl_ids", version.impl_id);
	field_flags(s, "gen_caps", "tee_ioctl_gen_caps", version.gen_caps);
	if (version.impl_id == TEE_IMPL_ID_OPTEE)
		field_flags(s, "impl_caps", "tee_ioctl_optee_caps", version.impl_caps);
	else
		field_hex(s, "impl_caps", version.impl_caps);
	value_struct_end(s);
}

/* What the buffer has is not captured. */
static const struct show_field buffer_fields[] = {
	FIELDS_AT(8), FIELD(64, UNSIGNED, "buf_len"), FIELDS_AT(0), FIELD(64, POINTER, "buf_ptr"),
	FIELDS_END,
};

static const struct show_field cancel_fields[] = {
	FIELD(INT, UNSIGNED, "cancel_id"),
	FIELD(INT, HEX, "session"),
	FIELDS_END,
};
static const struct show_field session_fields[] = { FIELD(INT, HEX, "session"), FIELDS_END };

#define SHM_FLAGS FIELD_NAMED(INT, FLAGS, "flags", "tee_ioctl_shm_flags")

static const struct show_field alloc_given[] = {
	FIELD(64, HEX, "size"),
	SHM_FLAGS,
	FIELDS_END,
};
static const struct show_field alloc_answer[] = {
	FIELD(64, HEX, "size"),
	SHM_FLAGS,
	FIELD(INT, SIGNED, "id"),
	FIELDS_END,
};

static const struct show_field register_given[] = {
	FIELD(64, POINTER, "addr"),
	FIELD(64, HEX, "length"),
	SHM_FLAGS,
	FIELDS_END,
};
static const struct show_field register_answer[] = {
	FIELDS_AT(8), FIELD(64, HEX, "length"), SHM_FLAGS, FIELD(INT, SIGNED, "id"), FIELDS_END,
};

static const struct show_field fd_given[] = {
	FIELD(64, FD, "fd"),
	FIELDS_AT(16),
	SHM_FLAGS,
	FIELDS_END,
};
static const struct show_field fd_answer[] = {
	FIELDS_AT(8), FIELD(64, HEX, "size"), FIELDS_AT(20), FIELD(INT, SIGNED, "id"), FIELDS_END,
};

static const struct device_command commands[] = {
	OTHER(TEE_IOC_VERSION, show_tee_version),
	FIELDS(TEE_IOC_OPEN_SESSION, IN, buffer_fields),
	FIELDS(TEE_IOC_INVOKE, IN, buffer_fields),
	FIELDS(TEE_IOC_SUPPL_RECV, IN, buffer_fields),
	FIELDS(TEE_IOC_SUPPL_SEND, IN, buffer_fields),
	FIELDS(TEE_IOC_CANCEL, IN, cancel_fields),
	FIELDS(TEE_IOC_CLOSE_SESSION, IN, session_fields),
	ANSWERED(TEE_IOC_SHM_ALLOC, CHANGED, alloc_given, alloc_answer),
	ANSWERED(SHM_REGISTER, CHANGED, register_given, register_answer),
	ANSWERED(SHM_REGISTER_FD, CHANGED, fd_given, fd_answer),
};

const struct device_commands device_tee = DEVICE_COMMANDS(TEE_IOC_MAGIC, commands);
