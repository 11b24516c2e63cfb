// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl of the device mapper (linux/dm-ioctl.h): one structure, and behind it, where it says,
 * what the command is about. With -v only, as strace does. */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/dm-ioctl.h>
#include <linux/ioctl.h>

enum { MAPPER = 0xfd, DATA = offsetof(struct dm_ioctl, data) };

#define BIT(command) (UINT32_C(1) << _IOC_NR(command))

/* What each command has, by its number. */
static const uint32_t with_data = BIT(DM_LIST_DEVICES) | BIT(DM_DEV_RENAME) | BIT(DM_DEV_WAIT) |
				  BIT(DM_TABLE_LOAD) | BIT(DM_TABLE_DEPS) | BIT(DM_TABLE_STATUS) |
				  BIT(DM_LIST_VERSIONS) | BIT(DM_TARGET_MSG) |
				  BIT(DM_DEV_SET_GEOMETRY),
		      without_device =
			      BIT(DM_REMOVE_ALL) | BIT(DM_LIST_DEVICES) | BIT(DM_LIST_VERSIONS),
		      asks_event = BIT(DM_DEV_RENAME) | BIT(DM_DEV_REMOVE) | BIT(DM_DEV_WAIT),
		      answers = BIT(DM_DEV_CREATE) | BIT(DM_DEV_RENAME) | BIT(DM_DEV_SUSPEND) |
				BIT(DM_DEV_STATUS) | BIT(DM_DEV_WAIT) | BIT(DM_TABLE_LOAD) |
				BIT(DM_TABLE_CLEAR) | BIT(DM_TABLE_DEPS) | BIT(DM_TABLE_STATUS) |
				BIT(DM_TARGET_MSG);

struct mapped {
	const struct dm_ioctl *dm;
	uint64_t address;
	uint32_t bit;
	bool answer;
};

static void show_device(struct show *s, const struct mapped *m)
{
	if (m->dm->dev) {
		value_field(s, "dev");
		show_dev(s, m->dm->dev);
	}
	if (*m->dm->name) {
		value_field(s, "name");
		show_chars(s, (const unsigned char *)m->dm->name, sizeof(m->dm->name));
	}
	if (*m->dm->uuid) {
		value_field(s, "uuid");
		show_chars(s, (const unsigned char *)m->dm->uuid, sizeof(m->dm->uuid));
	}
}

static void show_counts(struct show *s, const struct mapped *m)
{
	if (m->answer) {
		if (!(answers & m->bit))
			return;
		field_unsigned(s, "target_count", m->dm->target_count);
		field_unsigned(s, "open_count", (uint32_t)m->dm->open_count);
		field_unsigned(s, "event_nr", m->dm->event_nr);
	} else if (m->bit == BIT(DM_TABLE_LOAD)) {
		field_unsigned(s, "target_count", m->dm->target_count);
	} else if (asks_event & m->bit ||
		   (m->bit == BIT(DM_DEV_SUSPEND) && !(m->dm->flags & DM_SUSPEND_FLAG))) {
		field_unsigned(s, "event_nr", m->dm->event_nr);
	}
}

static void show_name(struct show *s, const char *field, const struct mapped *m, uint32_t offset)
{
	value_field(s, field);
	show_name_within(s, m->address + offset, m->dm->data_size - offset);
}

static void show_misplaced(struct show *s, const char *what)
{
	value_element(s);
	value_cut(s);
	value_remarkf(s, "misplaced struct %s", what);
}

/* Whether a structure of `size` bytes can be at `offset`, which is to be `least` or more. */
static bool is_misplaced(struct show *s, const struct mapped *m, uint32_t offset, uint64_t least,
			 uint32_t size, const char *what)
{
	if (offset >= least && offset + size > offset && offset + size <= m->dm->data_size)
		return false;
	show_misplaced(s, what);
	return true;
}

/* Of structures behind one another strace shows as many as -s says, with -v, too. */
static bool are_enough(struct show *s, uint32_t count)
{
	if (value_wanted(s, UINT64_C(1) + count) > count)
		return false;
	value_more(s);
	return true;
}

/* Reads a part of it; false, and its address is said, where it is not there. */
static bool read_part(struct show *s, const struct mapped *m, uint32_t offset, void *to,
		      size_t size)
{
	value_element(s);
	if (show_read(s, m->address + offset, to, size))
		return true;
	value_address(s, m->address + offset);
	return false;
}

static void show_targets(struct show *s, const struct mapped *m)
{
	uint32_t offset = m->dm->data_start, end = 0;
	struct dm_target_spec spec;

	for (uint32_t i = 0; i < m->dm->target_count; i++) {
		if (is_misplaced(s, m, offset, i ? UINT64_C(1) + end : 0, sizeof(spec),
				 "dm_target_spec") ||
		    are_enough(s, i) || !read_part(s, m, offset, &spec, sizeof(spec)))
			return;
		end = offset + sizeof(spec);
		value_struct(s);
		field_unsigned(s, "sector_start", spec.sector_start);
		field_unsigned(s, "length", spec.length);
		if (m->answer)
			field_signed(s, "status", spec.status);
		value_field(s, "target_type");
		show_chars(s, (const unsigned char *)spec.target_type, sizeof(spec.target_type));
		show_name(s, "string", m, end);
		value_struct_end(s);
		offset = (m->answer ? m->dm->data_start : offset) + spec.next;
	}
}

static void show_names(struct show *s, const struct mapped *m)
{
	const uint32_t size = offsetof(struct dm_name_list, name);
	uint32_t offset = m->dm->data_start, end = 0;
	struct dm_name_list names;

	for (uint32_t i = 0;; i++) {
		if (is_misplaced(s, m, offset, i ? UINT64_C(1) + end : 0, size, "dm_name_list") ||
		    are_enough(s, i) || !read_part(s, m, offset, &names, size))
			return;
		end = offset + size;
		value_struct(s);
		value_field(s, "dev");
		show_dev(s, names.dev);
		show_name(s, "name", m, end);
		value_struct_end(s);
		if (!names.next)
			return;
		offset += names.next;
	}
}

static void show_versions(struct show *s, const struct mapped *m)
{
	const uint32_t size = offsetof(struct dm_target_versions, name);
	uint32_t offset = m->dm->data_start, end = 0;
	struct dm_target_versions versions;

	for (uint32_t i = 0;; i++) {
		if (is_misplaced(s, m, offset, i ? UINT64_C(1) + end : 0, size,
				 "dm_target_versions") ||
		    are_enough(s, i) || !read_part(s, m, offset, &versions, size))
			return;
		end = offset + size;
		value_struct(s);
		show_name(s, "name", m, end);
		value_field(s, "version");
		value_array(s);
		for (int part = 0; part < 3; part++) {
			value_element(s);
			value_unsigned(s, versions.version[part]);
		}
		value_array_end(s);
		value_struct_end(s);
		if (!versions.next)
			return;
		offset += versions.next;
	}
}

static void show_dependency(struct show *s, const void *data, size_t size)
{
	uint64_t dev;

	memcpy(&dev, data, size);
	show_dev(s, dev);
}

static void show_dependencies(struct show *s, const struct mapped *m)
{
	const uint32_t size = offsetof(struct dm_target_deps, dev), offset = m->dm->data_start;
	struct dm_target_deps deps;

	if (is_misplaced(s, m, offset, 0, size, "dm_target_deps"))
		return;
	if (!show_read(s, m->address + offset, &deps, size)) {
		value_element(s);
		value_address(s, m->address + offset);
		return;
	}
	if (deps.count > (m->dm->data_size - offset - size) / sizeof(uint64_t)) {
		show_misplaced(s, "dm_target_deps");
		return;
	}
	value_element(s);
	value_struct(s);
	field_unsigned(s, "count", deps.count);
	value_field(s, "deps");
	show_array(s, m->address + offset + size, deps.count, sizeof(uint64_t), show_dependency);
	value_struct_end(s);
}

static void show_message(struct show *s, const struct mapped *m)
{
	const uint32_t size = offsetof(struct dm_target_msg, message), offset = m->dm->data_start;
	struct dm_target_msg message;

	if (is_misplaced(s, m, offset, 0, size, "dm_target_msg") ||
	    !read_part(s, m, offset, &message, size))
		return;
	value_struct(s);
	field_unsigned(s, "sector", message.sector);
	show_name(s, "message", m, offset + size);
	value_struct_end(s);
}

static void show_new_name(struct show *s, const struct mapped *m)
{
	if (m->dm->data_start > m->dm->data_size) {
		value_element(s);
		value_cut(s);
		value_remark(s, "misplaced string");
		return;
	}
	value_element(s);
	value_struct(s);
	show_name(s, "string", m, m->dm->data_start);
	value_struct_end(s);
}

static void show_data(struct show *s, const struct mapped *m)
{
	static const struct {
		uint32_t given, answered; /* which commands have it, and when */
		bool counted, always; /* none, where there are no targets; even where it is empty */
		void (*print)(struct show *s, const struct mapped *m);
	} parts[] = {
		{ BIT(DM_TABLE_LOAD), BIT(DM_DEV_WAIT) | BIT(DM_TABLE_STATUS), true, true,
		  show_targets },
		{ 0, BIT(DM_TABLE_DEPS), false, false, show_dependencies },
		{ 0, BIT(DM_LIST_DEVICES), false, false, show_names },
		{ 0, BIT(DM_LIST_VERSIONS), false, false, show_versions },
		{ BIT(DM_TARGET_MSG), 0, false, false, show_message },
		{ BIT(DM_DEV_RENAME) | BIT(DM_DEV_SET_GEOMETRY), 0, false, true, show_new_name },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (!((m->answer ? parts[i].answered : parts[i].given) & m->bit) ||
		    (parts[i].counted && !m->dm->target_count) ||
		    (!parts[i].always && m->dm->data_start == m->dm->data_size))
			continue;
		if (value_full(s))
			parts[i].print(s, m);
		else
			value_more(s);
	}
}

static void show_mapped(struct show *s, const struct mapped *m)
{
	value_array(s);
	value_element(s);
	value_struct(s);
	value_field(s, "version");
	value_array(s);
	for (int i = 0; i < 3; i++) {
		value_element(s);
		value_unsigned(s, m->dm->version[i]);
	}
	value_array_end(s);
	if (m->dm->version[0] != DM_VERSION_MAJOR) {
		value_remark(s, "unsupported device mapper ABI version");
		value_struct_end(s);
		value_array_end(s);
		return;
	}
	field_unsigned(s, "data_size", m->dm->data_size);
	if (m->dm->data_size < DATA) {
		value_remark(s, "data_size too small");
		value_struct_end(s);
		value_array_end(s);
		return;
	}
	if (with_data & m->bit)
		field_unsigned(s, "data_start", m->dm->data_start);
	if (!(without_device & m->bit))
		show_device(s, m);
	show_counts(s, m);
	field_flags(s, "flags", "dm_flags", m->dm->flags);
	value_struct_end(s);
	show_data(s, m);
	value_array_end(s);
}

/* Of what cannot be such a structure strace shows the number; -e verbose=none leaves it out
 * nowhere.
 */
static bool read_mapped(struct show *s, uint64_t address, struct dm_ioctl *dm)
{
	const void *data;

	if (address && show_find_bytes(s, address, DATA, &data) == DATA) {
		memcpy(dm, data, DATA);
		if (dm->data_size >= offsetof(struct dm_ioctl, data_size))
			return true;
	}
	value_hex(s, address);
	return false;
}

static void show_mapper(struct show *s, uint64_t address)
{
	struct dm_ioctl dm;
	struct mapped m = { &dm, address, BIT((uint32_t)s->call->arg[1]), false };

	if (!read_mapped(s, address, &dm))
		return;
	show_mapped(s, &m);
	show_at_exit(s);
	if (!show_succeeded(s))
		return;
	value_becomes(s);
	m.answer = true;
	if (read_mapped(s, address, &dm))
		show_mapped(s, &m);
}

static const struct device_command commands[] = {
	OTHER(DM_VERSION, show_mapper),	     OTHER(DM_REMOVE_ALL, show_mapper),
	OTHER(DM_LIST_DEVICES, show_mapper), OTHER(DM_DEV_CREATE, show_mapper),
	OTHER(DM_DEV_REMOVE, show_mapper),   OTHER(DM_DEV_RENAME, show_mapper),
	OTHER(DM_DEV_SUSPEND, show_mapper),  OTHER(DM_DEV_STATUS, show_mapper),
	OTHER(DM_DEV_WAIT, show_mapper),     OTHER(DM_TABLE_LOAD, show_mapper),
	OTHER(DM_TABLE_CLEAR, show_mapper),  OTHER(DM_TABLE_DEPS, show_mapper),
	OTHER(DM_TABLE_STATUS, show_mapper), OTHER(DM_LIST_VERSIONS, show_mapper),
	OTHER(DM_TARGET_MSG, show_mapper),   OTHER(DM_DEV_SET_GEOMETRY, show_mapper),
	OTHER(DM_DEV_ARM_POLL, show_mapper),
};

const struct device_commands device_mapper = DEVICE_COMMANDS(MAPPER, commands);
