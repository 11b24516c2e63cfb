// SPDX-License-Identifier: GPL-2.0-or-later
/* show: netlink attributes (struct nlattr) from lists of their types. */
#include "decode/show_netlink.h"

#include <linux/netlink.h>
#include <sys/socket.h>

enum {
	HEADER = sizeof(struct nlattr),
	MAC_MOST = 32, /* MAX_ADDR_LEN of the kernel */
};

void show_attr_bytes(struct show *s, const unsigned char *data, size_t size)
{
	size_t shown = size < s->options->string_size ? size : s->options->string_size;

	show_hex_bytes(s, data, shown);
	if (shown < size)
		show_put(s, "...");
}

static void text(struct show *s, const unsigned char *data, size_t size)
{
	size_t length = size && !data[size - 1] ? size - 1 : size;
	size_t shown = length < s->options->string_size ? length : s->options->string_size;

	show_bytes(s, data, shown, shown < size - (length < size));
	if (length == size && shown == length)
		show_put(s, "...");
}

static bool inet(struct show *s, const unsigned char *data, size_t size, int family)
{
	if ((family != AF_INET || size < 4) && (family != AF_INET6 || size < 16))
		return false;
	show_inet(s, NULL, family, data);
	return true;
}

/* Numbers are taken from data that may be longer than they are. */
static bool number(struct show *s, const struct attr_row *row, const unsigned char *data,
		   size_t size)
{
	static const uint8_t sizes[] = {
		[ATTR_U8] = 1,	   [ATTR_U16] = 2,     [ATTR_U32] = 4,	  [ATTR_U64] = 8,
		[ATTR_S32] = 4,	   [ATTR_X16] = 2,     [ATTR_X32] = 4,	  [ATTR_IFINDEX] = 4,
		[ATTR_FD] = 4,	   [ATTR_ENUM8] = 1,   [ATTR_ENUM16] = 2, [ATTR_ENUM32] = 4,
		[ATTR_FLAGS8] = 1, [ATTR_FLAGS32] = 4,
	};
	uint64_t value = 0;

	if (size < sizes[row->form])
		return false;
	memcpy(&value, data, sizes[row->form]);
	switch (row->form) {
	case ATTR_S32: show_int(s, value); break;
	case ATTR_X16:
	case ATTR_X32: show_printf(s, "%#llx", (unsigned long long)value); break;
	case ATTR_IFINDEX: show_ifindex(s, value); break;
	case ATTR_FD: show_fd(s, value); break;
	case ATTR_ENUM8:
	case ATTR_ENUM16:
	case ATTR_ENUM32: show_enum(s, row->table, value); break;
	case ATTR_FLAGS8:
	case ATTR_FLAGS32: show_flags(s, row->table, value); break;
	default: text_unsigned(s->out, value);
	}
	return true;
}

static bool contents(struct show *s, const struct attr_row *row, const unsigned char *data,
		     size_t size, int family)
{
	switch (row->form) {
	case ATTR_BYTES: return false;
	case ATTR_TEXT: text(s, data, size); return true;
	case ATTR_INET: return inet(s, data, size, family);
	case ATTR_MAC:
		if (size > MAC_MOST)
			return false;
		show_mac(s, data, size);
		return true;
	case ATTR_NEST: show_attributes(s, data, size, row->list, family); return true;
	case ATTR_OTHER: return row->print(s, data, size, family);
	}
	return number(s, row, data, size);
}

static const struct attr_row *find(const struct attr_list *list, uint16_t type)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->rows[i].type == type)
			return &list->rows[i];
	return NULL;
}

static void attribute(struct show *s, const unsigned char *data, size_t size,
		      const struct attr_list *list, int family)
{
	uint16_t claimed = get16(data), type = get16(data + 2) & NLA_TYPE_MASK;
	size_t length = claimed < size ? claimed : size;
	const struct attr_row *row = find(list, type);

	if (length > HEADER)
		text_char(s->out, '[');
	show_printf(s, "{nla_len=%u, nla_type=", claimed);
	if (get16(data + 2) & NLA_F_NESTED)
		show_put(s, "NLA_F_NESTED|");
	if (get16(data + 2) & NLA_F_NET_BYTEORDER)
		show_put(s, "NLA_F_NET_BYTEORDER|");
	show_enum(s, list->table, type);
	text_char(s->out, '}');
	if (length > HEADER) {
		show_comma(s);
		if (!row || !contents(s, row, data + HEADER, length - HEADER, family))
			show_attr_bytes(s, data + HEADER, length - HEADER);
		text_char(s->out, ']');
	}
}

void show_attributes(struct show *s, const unsigned char *data, size_t size,
		     const struct attr_list *list, int family)
{
	bool several = false;

	for (size_t count = 0;; count++) {
		size_t claimed = size >= HEADER ? get16(data) : 0,
		       step = (claimed + 3) & ~(size_t)3;

		if (size < HEADER) {
			show_attr_bytes(s, data, size);
			break;
		}
		if (!s->options->verbose && count >= s->options->string_size) {
			show_put(s, "...");
			break;
		}
		if (claimed < HEADER || step >= size)
			step = 0;
		if (!several && step) {
			text_char(s->out, '[');
			several = true;
		}
		attribute(s, data, size, list, family);
		if (!step)
			break;
		show_comma(s);
		data += step;
		size -= step;
	}
	if (several)
		text_char(s->out, ']');
}
