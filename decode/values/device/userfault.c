// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to userfaultfd (linux/userfaultfd.h). */
#include "decode/values/device/device.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/ioctl.h>
#include <linux/userfaultfd.h>

/* linux/userfaultfd.h 6.6 */
#define POISON _IOWR(UFFDIO, 8, uint64_t[4])

static const struct show_field range_fields[] = {
	FIELD(64, HEX, "start"),
	FIELD(64, HEX, "len"),
	FIELDS_END,
};

static void show_range(struct show *s, const void *data, size_t size)
{
	show_fields(s, range_fields, data, size);
}

#define RANGE(table)                                                                               \
	{                                                                                          \
		FIELD_INNER(64, "range", 2, show_range), FIELD_NAMED(64, FLAGS, "mode", table),    \
			FIELDS_END                                                                 \
	}

static const struct show_field api_fields[] = {
	FIELD(64, HEX, "api"),
	FIELD_NAMED(64, FLAGS, "features", "uffd_api_features"),
	FIELDS_END,
};

static const struct show_field copy_fields[] = {
	FIELD(64, HEX, "dst"),
	FIELD(64, HEX, "src"),
	FIELD(64, HEX, "len"),
	FIELD_NAMED(64, FLAGS, "mode", "uffd_copy_flags"),
	FIELDS_END,
};

static const struct show_field register_fields[] = RANGE("uffd_register_mode_flags");
static const struct show_field zeropage_fields[] = RANGE("uffd_zeropage_flags");
static const struct show_field protect_fields[] = RANGE("uffd_writeprotect_mode_flags");
static const struct show_field continue_fields[] = RANGE("uffd_continue_mode_flags");
static const struct show_field poison_fields[] = RANGE("uffd_poison_mode_flags");

/* What a command is given, and what it answers behind that, if it succeeds. */
static const struct fault {
	uint32_t code;
	const struct show_field *given, answer;
} faults[] = {
	{ UFFDIO_API, api_fields, FIELD_NAMED(64, FLAGS, "ioctls", "uffd_api_flags") },
	{ UFFDIO_REGISTER, register_fields,
	  FIELD_NAMED(64, FLAGS, "ioctls", "uffd_register_ioctl_flags") },
	{ UFFDIO_COPY, copy_fields, FIELD(64, HEX, "copy") },
	{ UFFDIO_ZEROPAGE, zeropage_fields, FIELD(64, HEX, "zeropage") },
	{ UFFDIO_WRITEPROTECT, protect_fields, FIELDS_END },
	{ UFFDIO_CONTINUE, continue_fields, FIELD(64, UNSIGNED, "mapped") },
	{ POISON, poison_fields, FIELD(64, UNSIGNED, "updated") },
};

static void show_answer(struct show *s, const struct show_field *f, uint64_t address)
{
	uint64_t value;

	value_reopen(s);
	show_at_exit(s);
	if (show_succeeded(s) && show_read(s, address, &value, sizeof(value))) {
		value_field(s, f->name);
		show_number(s, f->form, f->table, value, sizeof(value));
	}
	value_struct_end(s);
}

bool show_userfault_command(struct show *s, uint32_t code, uint64_t address)
{
	const struct fault *f = NULL;
	const void *data;
	size_t size;

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (faults[i].code == code)
			f = &faults[i];
	if (!f)
		return false;
	size = show_fields_size(s, f->given);
	data = device_given(s, address, size);
	if (!data) {
		value_address(s, address);
		return true;
	}
	show_fields(s, f->given, data, size);
	if (f->answer.type != FIELD_END)
		show_answer(s, &f->answer, address + size);
	return true;
}
