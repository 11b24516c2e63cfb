// SPDX-License-Identifier: GPL-2.0-or-later
/* show: netlink attributes (struct nlattr) from lists of their types, and the structures that
 * messages begin with. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <linux/netlink.h>
#include <sys/socket.h>

enum {
	HEADER = sizeof(struct nlattr),
	MAC_MOST = 32, /* MAX_ADDR_LEN of the kernel */
};

bool show_netlink_has(const struct show *s, const unsigned char *data, size_t size)
{
	return data + size <= s->netlink->end;
}

void show_netlink_missing(struct show *s, const unsigned char *data)
{
	value_address(s, s->netlink->address + (uint64_t)(data - s->netlink->data));
}

void show_attr_bytes(struct show *s, const unsigned char *data, size_t size)
{
	if (!show_netlink_has(s, data, value_wanted(s, size))) {
		show_netlink_missing(s, data);
		return;
	}
	value_hex_bytes(s, data, value_wanted(s, size), size);
}

static void text(struct show *s, const unsigned char *data, size_t size)
{
	size_t length = size && !data[size - 1] ? size - 1 : size;

	/* Without a NUL at its end it may go on. */
	value_bytes(s, data, value_wanted(s, length), length < size ? length : VALUE_CUT);
}

static void name(struct show *s, const unsigned char *data, size_t size)
{
	const unsigned char *nul = memchr(data, 0, size);
	size_t length = nul ? (size_t)(nul - data) : size;

	value_bytes(s, data, value_wanted(s, length), nul ? length : VALUE_CUT);
}

static bool inet(struct show *s, const unsigned char *data, size_t size, int family)
{
	if ((family != AF_INET || size < 4) && (family != AF_INET6 || size < 16))
		return false;
	value_inet(s, NULL, family, data);
	return true;
}

/* strace takes the family of the message for a type of device, and shows as many bytes as the
 * addresses of such have: text does, too. */
static size_t device_size(const struct show *s, size_t size)
{
	static const uint8_t sizes[] = { [ARPHRD_NETROM] = 7,
					 [ARPHRD_ETHER] = 6,
					 [ARPHRD_AX25] = 7,
					 [ARPHRD_IEEE802] = 6,
					 [ARPHRD_ARCNET] = 1 };
	uint8_t family = *s->netlink->body;
	uint8_t most = family < sizeof(sizes) ? sizes[family] : 0;

	return most && most < size && !value_for_programs(s) ? most : size;
}

static bool mac(struct show *s, const unsigned char *data, size_t size, size_t shown)
{
	if (size > MAC_MOST)
		return false;
	value_mac_within(s, data, size, shown);
	return true;
}

void show_net_number(struct show *s, const char *function, const unsigned char *data, size_t size)
{
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | data[i];
	if (!value_macro(s, function, value, BASE_NONE))
		return;
	value_element(s);
	value_unsigned(s, value);
	value_macro_end(s);
}

static void ether(struct show *s, const unsigned char *data)
{
	const struct flag_table *table = show_table(s, "ethernet_protocols");
	uint16_t protocol = ntohs(get16(data));

	if (!value_macro(s, "htons", protocol, BASE_NONE))
		return;
	value_element(s);
	value_constant(s, protocol, BASE_HEX, table ? flag_name(table, protocol) : NULL,
		       "ETHER_P_???");
	value_macro_end(s);
}

static bool network_number(struct show *s, uint8_t form, const unsigned char *data, size_t size)
{
	if (size < (form == ATTR_NET64 ? 8 : form == ATTR_NET32 ? 4 : 2))
		return false;
	if (form == ATTR_ETHER && size > 8)
		return false;
	if (form == ATTR_ETHER)
		ether(s, data);
	else if (form == ATTR_NET16)
		show_net_number(s, "htons", data, 2);
	else if (form == ATTR_NET32)
		show_net_number(s, "htonl", data, 4);
	else
		show_net_number(s, "htobe64", data, 8);
	return true;
}

static bool any_number(struct show *s, uint8_t form, const unsigned char *data, size_t size)
{
	uint64_t value = 0;

	if (size > sizeof(value))
		return false;
	memcpy(&value, data, size);
	if (form == ATTR_PROTOCOL)
		show_enum(s, "inet_protocols", value);
	else if (form == ATTR_TICKS)
		show_clock_t(s, value);
	else
		value_unsigned(s, value);
	if (form == ATTR_MSECS && value && !value_numbers(s))
		value_remarkf(s, "%llu.%03u s", (unsigned long long)value / 1000,
			      (unsigned int)(value % 1000));
	return true;
}

/* Numbers are taken from data that may be longer than they are. */
static bool number(struct show *s, const struct attr_row *row, const unsigned char *data,
		   size_t size)
{
	static const struct {
		uint8_t size, form;
	} numbers[] = {
		[ATTR_U8] = { 1, FORM_UNSIGNED },   [ATTR_U16] = { 2, FORM_UNSIGNED },
		[ATTR_U32] = { 4, FORM_UNSIGNED },  [ATTR_U64] = { 8, FORM_UNSIGNED },
		[ATTR_S32] = { 4, FORM_SIGNED },    [ATTR_S64] = { 8, FORM_SIGNED },
		[ATTR_X8] = { 1, FORM_HEX },	    [ATTR_X16] = { 2, FORM_HEX },
		[ATTR_X32] = { 4, FORM_HEX },	    [ATTR_X64] = { 8, FORM_HEX },
		[ATTR_FD] = { 4, FORM_FD },	    [ATTR_ID] = { 4, FORM_ID },
		[ATTR_ENUM8] = { 1, FORM_ENUM },    [ATTR_ENUM16] = { 2, FORM_ENUM },
		[ATTR_ENUM32] = { 4, FORM_ENUM },   [ATTR_FLAGS8] = { 1, FORM_FLAGS },
		[ATTR_FLAGS16] = { 2, FORM_FLAGS }, [ATTR_FLAGS32] = { 4, FORM_FLAGS },
	};
	uint64_t value = 0;

	if (size < numbers[row->form].size || (row->most && size > row->most))
		return false;
	memcpy(&value, data, numbers[row->form].size);
	show_number(s, numbers[row->form].form, row->table, value, numbers[row->form].size);
	return true;
}

/* [[SK_MEMINFO_RCVBUF]=212992, ...] */
static bool array(struct show *s, const struct attr_row *row, const unsigned char *data,
		  size_t size)
{
	const struct flag_table *table = show_table(s, row->table);
	size_t each = row->form == ATTR_ARRAY_U64 ? 8 : 4;
	bool negative = row->form == ATTR_ARRAY_S32;

	if (size < each)
		return false;
	value_array(s);
	for (size_t i = 0; i < size / each && value_nth(s, i); i++) {
		uint64_t value = 0;

		memcpy(&value, data + each * i, each);
		value_begin(s, GROUP_INDEX);
		value_constant(s, i, BASE_UNSIGNED, table ? flag_name(table, i) : NULL,
			       table ? table->unknown : NULL);
		value_end(s, GROUP_INDEX);
		show_number(s, negative ? FORM_SIGNED : FORM_UNSIGNED, NULL, value, each);
	}
	value_array_end(s);
	return true;
}

/* [1, 2] */
static bool plain_array(struct show *s, const unsigned char *data, size_t size, size_t each)
{
	if (size < each)
		return false;
	value_array(s);
	for (size_t i = 0; i < size / each && value_nth(s, i); i++)
		value_unsigned(s, each == 2 ? get16(data + 2 * i) : data[i]);
	value_array_end(s);
	return true;
}

static bool structure(struct show *s, const struct attr_row *row, const unsigned char *data,
		      size_t size)
{
	size_t whole = show_fields_size(s, row->fields);
	size_t least = row->least ? row->least : whole;

	if (size < least)
		return false;
	if (row->form == ATTR_LEADING && whole < least)
		whole = least;
	show_fields(s, row->fields, data, size < whole ? size : whole);
	if (row->form == ATTR_LEADING && size > whole) {
		value_element(s);
		show_attr_bytes(s, data + whole, size - whole);
	}
	return true;
}

static bool address(struct show *s, const struct attr_row *row, const unsigned char *data,
		    size_t size, int family)
{
	switch (row->form) {
	case ATTR_INET: return inet(s, data, size, family);
	case ATTR_INET4: return inet(s, data, size, AF_INET);
	case ATTR_INET6: return inet(s, data, size, AF_INET6);
	case ATTR_MAC: return mac(s, data, size, size);
	case ATTR_HWADDR: return mac(s, data, size, device_size(s, size));
	}
	if (size < 4)
		return false;
	show_ifindex(s, get32(data));
	return true;
}

static bool contents(struct show *s, const struct attr_row *row, const unsigned char *data,
		     size_t size, int family)
{
	switch (row->form) {
	case ATTR_BYTES: return false;
	case ATTR_TEXT: text(s, data, size); return true;
	case ATTR_NAME: name(s, data, size); return true;
	case ATTR_IFINDEX:
	case ATTR_INET:
	case ATTR_INET4:
	case ATTR_INET6:
	case ATTR_MAC:
	case ATTR_HWADDR: return address(s, row, data, size, family);
	case ATTR_NET16:
	case ATTR_NET32:
	case ATTR_NET64:
	case ATTR_ETHER: return network_number(s, row->form, data, size);
	case ATTR_PROTOCOL:
	case ATTR_TICKS:
	case ATTR_MSECS: return any_number(s, row->form, data, size);
	case ATTR_ARRAY_U8: return plain_array(s, data, size, 1);
	case ATTR_ARRAY_U16: return plain_array(s, data, size, 2);
	case ATTR_ARRAY_U32:
	case ATTR_ARRAY_S32:
	case ATTR_ARRAY_U64: return array(s, row, data, size);
	case ATTR_FIELDS:
	case ATTR_LEADING: return structure(s, row, data, size);
	case ATTR_NESTED: show_attributes(s, data, size, row->list, family); return true;
	case ATTR_OTHER: return row->print(s, data, size, family);
	}
	return number(s, row, data, size);
}

static const struct attr_row *find(const struct attr_list *list, uint16_t type)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->rows[i].type == type)
			return &list->rows[i];
	return list->any;
}

/* Two flags above the type. */
static void type_words(struct show *s, uint16_t type, const char *table)
{
	value_mix(s, type, BASE_NONE);
	if (type & NLA_F_NESTED) {
		value_part(s);
		value_constant(s, NLA_F_NESTED, BASE_HEX, "NLA_F_NESTED", NULL);
	}
	if (type & NLA_F_NET_BYTEORDER) {
		value_part(s);
		value_constant(s, NLA_F_NET_BYTEORDER, BASE_HEX, "NLA_F_NET_BYTEORDER", NULL);
	}
	value_part(s);
	if (table)
		show_enum(s, table, type & NLA_TYPE_MASK);
	else
		value_hex(s, type & NLA_TYPE_MASK);
	value_mix_end(s);
}

static void attribute(struct show *s, const unsigned char *data, size_t size,
		      const struct attr_list *list, int family)
{
	uint16_t claimed = get16(data), type = get16(data + 2) & NLA_TYPE_MASK;
	size_t length = claimed < size ? claimed : size;
	const struct attr_row *row = find(list, type);

	if (length > HEADER) {
		value_array(s);
		value_element(s);
	}
	value_struct(s);
	field_unsigned(s, "nla_len", claimed);
	value_field(s, "nla_type");
	type_words(s, get16(data + 2), list->table);
	value_struct_end(s);
	if (length > HEADER) {
		value_element(s);
		if (row && row->form != ATTR_NESTED && !show_netlink_has(s, data, length))
			show_netlink_missing(s, data + HEADER);
		else if (!row || !contents(s, row, data + HEADER, length - HEADER, family))
			show_attr_bytes(s, data + HEADER, length - HEADER);
		value_array_end(s);
	}
}

/* How far it is to the next one; 0 if there is none. */
static size_t step_of(const struct aligned_list *list, const unsigned char *data, size_t size)
{
	size_t claimed = size >= list->header ? list->length(data) : 0;
	size_t step = (claimed + 3) & ~(size_t)3;

	return claimed < list->header || step >= size ? 0 : step;
}

/* The first, or one of several, that could not be read. */
static void missing_element(struct show *s, const unsigned char *data, bool several)
{
	if (several) {
		value_more_at(s, s->netlink->address + (uint64_t)(data - s->netlink->data));
		return;
	}
	value_element(s);
	show_netlink_missing(s, data);
}

void show_aligned_list(struct show *s, const struct aligned_list *list, const unsigned char *data,
		       size_t size)
{
	enum value_group group = step_of(list, data, size) ? GROUP_ARRAY : GROUP_LONE;
	size_t step;

	value_begin(s, group);
	for (uint64_t count = 0;; count++) {
		if (size >= list->header && count >= value_limit(s)) {
			value_more(s);
			break;
		}
		if (size >= list->header && !show_netlink_has(s, data, list->header)) {
			missing_element(s, data, count > 0);
			break;
		}
		value_element(s);
		if (size < list->header) {
			show_attr_bytes(s, data, size);
			break;
		}
		list->each(s, data, size, list->context);
		step = step_of(list, data, size);
		if (!step)
			break;
		data += step;
		size -= step;
	}
	value_end(s, group);
}

struct attr_context {
	const struct attr_list *list;
	int family;
};

static size_t claimed(const unsigned char *data)
{
	return get16(data);
}

static void one_attribute(struct show *s, const unsigned char *data, size_t size,
			  const void *context)
{
	const struct attr_context *c = context;

	attribute(s, data, size, c->list, c->family);
}

void show_attributes(struct show *s, const unsigned char *data, size_t size,
		     const struct attr_list *list, int family)
{
	const struct attr_context context = { list, family };
	const struct aligned_list all = { HEADER, claimed, one_attribute, &context };

	show_aligned_list(s, &all, data, size);
}

void show_ifindex_field(struct show *s, const void *data, size_t size)
{
	(void)size;
	show_ifindex(s, get32(data));
}

/* The family, and what is there in place of the rest of its structure. */
static void body_cut(struct show *s, const struct show_field *fields, const unsigned char *data,
		     bool captured)
{
	show_fields(s, fields, data, 1);
	value_reopen(s);
	if (captured) {
		value_more(s);
	} else {
		value_element(s);
		show_netlink_missing(s, data + 1);
	}
	value_struct_end(s);
}

void show_netlink_body(struct show *s, const struct show_field *fields,
		       const struct attr_list *list, const unsigned char *data, size_t size)
{
	size_t own = show_fields_size(s, fields), from = NLMSG_ALIGN(own);

	s->netlink->body = data;
	if (size < own || !show_netlink_has(s, data, own)) {
		body_cut(s, fields, data, size < own);
		return;
	}
	show_fields(s, fields, data, own);
	if (size <= from || (!list && !value_for_programs(s)))
		return;
	value_element(s);
	if (list)
		show_attributes(s, data + from, size - from, list, *data);
	else
		show_attr_bytes(s, data + from, size - from);
}

void show_netlink_family(struct show *s, const char *name, const char *table,
			 const struct attr_list *list, const unsigned char *data, size_t size)
{
	s->netlink->body = data;
	value_struct(s);
	field_enum(s, name, table, *data);
	value_struct_end(s);
	if (size <= NLMSG_ALIGNTO)
		return;
	value_element(s);
	if (list)
		show_attributes(s, data + NLMSG_ALIGNTO, size - NLMSG_ALIGNTO, list, *data);
	else
		show_attr_bytes(s, data + NLMSG_ALIGNTO, size - NLMSG_ALIGNTO);
}

void show_netlink_unknown(struct show *s, const unsigned char *data, size_t size)
{
	value_struct(s);
	field_enum(s, "family", "addrfams", *data);
	if (size > 1) {
		value_field(s, "data");
		show_attr_bytes(s, data + 1, size - 1);
	}
	value_struct_end(s);
}
