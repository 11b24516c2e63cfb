// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/device/device.h"
#include "decode/values/values.h"

static void show_pair(struct show *s, const struct device_command *c, const unsigned char *data)
{
	uint32_t pair[2];

	memcpy(pair, data, sizeof(pair));
	value_array(s);
	value_element(s);
	value_unsigned(s, pair[0]);
	value_element(s);
	if (c->table)
		show_enum(s, c->table, pair[1]);
	else
		value_unsigned(s, pair[1]);
	value_array_end(s);
}

static size_t size_of(const struct show *s, const struct device_command *c)
{
	return c->kind == DEVICE_FIELDS ? show_fields_size(s, c->fields) : c->size;
}

static void show_data(struct show *s, const struct device_command *c, const void *data, size_t size)
{
	uint64_t value = 0;

	if (c->kind == DEVICE_FIELDS) {
		show_fields(s, c->fields, data, size);
	} else if (c->kind == DEVICE_PAIR) {
		show_pair(s, c, data);
	} else {
		memcpy(&value, data, size < sizeof(value) ? size : sizeof(value));
		if (c->kind == DEVICE_NUMBER)
			value_pointed(s);
		show_number(s, c->form, c->table, value, size);
		if (c->kind == DEVICE_NUMBER)
			value_pointed_end(s);
	}
}

static void show_answer(struct show *s, const struct device_command *c, uint64_t address)
{
	size_t size = show_fields_size(s, c->answer);
	const void *data;

	if (c->way == WAY_GROWN)
		value_reopen(s);
	data = device_answer(s, address, size);
	if (c->way == WAY_GROWN) {
		if (data)
			show_fields_within(s, c->answer, data, size);
		value_struct_end(s);
	} else if (data) {
		value_becomes(s);
		show_fields(s, c->answer, data, size);
	}
}

static void show_behind(struct show *s, const struct device_command *c, uint64_t address)
{
	size_t size = size_of(s, c);
	const void *data = c->way == WAY_OUT ? device_answer(s, address, size)
					     : device_given(s, address, size);

	if (!data) {
		value_address(s, address);
		return;
	}
	show_data(s, c, data, size);
	if (c->answer)
		show_answer(s, c, address);
}

static const struct device_command *command_in(const struct device_command *c, size_t count,
					       uint32_t code)
{
	for (size_t i = 0; i < count; i++)
		if (c[i].code == code)
			return &c[i];
	return NULL;
}

const struct device_commands *const device_drivers[] = {
	&device_several, &device_video, &device_btrfs,	  &device_btrfs_volume, &device_ptp,
	&device_gpio,	 &device_tee,	&device_mtd,	  &device_ubi,		&device_ubi_volume,
	&device_console, &device_scsi,	&device_block,	  &device_disk,		&device_mapper,
	&device_machine, &device_input, &device_listener, &device_file,		NULL,
};

static const struct device_command *command_of(uint32_t code)
{
	const struct device_command *c = NULL;

	for (const struct device_commands *const *d = device_drivers; !c && *d; d++)
		if ((*d)->type == ANY_TYPE || (*d)->type == (uint8_t)(code >> 8))
			c = command_in((*d)->commands, (*d)->count, code);
	return c;
}

bool show_device_command(struct show *s, uint32_t code, uint64_t address)
{
	const struct device_command *c = s->compat ? NULL : command_of(code);

	if (!c)
		return !s->compat && (show_userfault_command(s, code, address) ||
				      show_pidfd_command(s, code, address) ||
				      show_input_command(s, code, address));
	if (c->kind == DEVICE_VALUE)
		show_number(s, c->form, c->table,
			    c->size == 8 ? address : address & ((UINT64_C(1) << 8 * c->size) - 1),
			    c->size);
	else if (c->kind == DEVICE_OTHER)
		c->print(s, address);
	else
		show_behind(s, c, address);
	return true;
}
