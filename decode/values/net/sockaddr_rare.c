// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the rarer families of socket addresses, each as its header lays it out (net/bluetooth,
 * linux/if_alg.h, ...). */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/if_alg.h>
#include <linux/if_xdp.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

/* Bits: always the number, the names as a comment. */
static void number_and_names(struct show *s, const char *table, uint64_t value)
{
	value_flags_both(s, flag_table_find(table), value);
}

/* The same for words that have a name for few values. */
static void number_and_name(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = flag_table_find(table);

	value_constant_both(s, value, BASE_HEX, t ? flag_name(t, value) : NULL,
			    t ? t->unknown : NULL);
}

static void mac(struct show *s, const char *name, const unsigned char *data)
{
	value_field(s, name);
	value_mac(s, data, 6);
}

/* L2CAP's ports and channels are known one by one, or by the range that they are in. */
static void ranged(struct show *s, const char *table, uint16_t value, const char *const names[2],
		   const uint16_t ranges[4])
{
	const struct flag_table *t = flag_table_find(table);
	const char *name = t ? flag_name(t, value) : NULL;

	char words[64];

	value_macro(s, "htobs", value, BASE_NONE);
	value_element(s);
	if (value >= ranges[0] && value <= ranges[1])
		snprintf(words, sizeof(words), "%s+%u", names[0], value - ranges[0]);
	else if (value >= ranges[2] && value <= ranges[3])
		snprintf(words, sizeof(words), "%s+%u", names[1], value - ranges[2]);
	else
		*words = 0;
	value_constant(s, value, BASE_HEX,
		       name	? name
		       : *words ? words
				: NULL,
		       t ? t->unknown : NULL);
	value_macro_end(s);
}

static void bluetooth_l2(struct show *s, const unsigned char *data, int size)
{
	static const char *const psm[] = { "L2CAP_PSM_LE_DYN_START", "L2CAP_PSM_DYN_START" };
	static const char *const cid[] = { "L2CAP_CID_DYN_START", "L2CAP_CID_DYN_START" };
	static const uint16_t psm_ranges[] = { 0x80, 0xff, 0x1001, 0xffff },
			      cid_ranges[] = { 0x40, 0xffff, 1, 0 };

	value_field(s, "l2_psm");
	ranged(s, "bluetooth_l2_psm", get16(data + 2), psm, psm_ranges);
	mac(s, "l2_bdaddr", data + 4);
	value_field(s, "l2_cid");
	ranged(s, "bluetooth_l2_cid", get16(data + 10), cid, cid_ranges);
	if (size == 14)
		field_enum(s, "l2_bdaddr_type", "bdaddr_types", data[12]);
}

/* The protocols of Bluetooth have structures of their own; the size tells which. */
static bool bluetooth(struct show *s, const unsigned char *data, int size)
{
	switch (size) {
	case 4:
	case 6:
		value_field(s, "hci_dev");
		value_macro(s, "htobs", get16(data + 2), BASE_NONE);
		value_element(s);
		value_unsigned(s, get16(data + 2));
		value_macro_end(s);
		if (size == 6)
			field_enum(s, "hci_channel", "hci_channels", get16(data + 4));
		return true;
	case 8: mac(s, "sco_bdaddr", data + 2); return true;
	case 9:
	case 10:
		if (size == 9)
			return false;
		mac(s, "rc_bdaddr", data + 2);
		field_unsigned(s, "rc_channel", data[8]);
		return true;
	case 12:
	case 14: bluetooth_l2(s, data, size); return true;
	}
	return false;
}

static bool alg(struct show *s, const unsigned char *data, int size)
{
	const char *type = (const char *)data + offsetof(struct sockaddr_alg, salg_type);
	const char *name = (const char *)data + offsetof(struct sockaddr_alg, salg_name);
	size_t room = size - offsetof(struct sockaddr_alg, salg_name), length;

	if (size <= (int)offsetof(struct sockaddr_alg, salg_name))
		return false;
	value_field(s, "salg_type");
	length = strnlen(type, 14);
	show_bytes(s, type, length < 14 ? length : 13, length == 14);
	value_field(s, "salg_feat");
	number_and_names(s, "alg_sockaddr_flags",
			 get32(data + offsetof(struct sockaddr_alg, salg_feat)));
	value_field(s, "salg_mask");
	number_and_names(s, "alg_sockaddr_flags",
			 get32(data + offsetof(struct sockaddr_alg, salg_mask)));
	value_field(s, "salg_name");
	length = strnlen(name, room);
	show_bytes(s, name, length < room ? length : room - 1, length == room);
	return true;
}

static bool vsock(struct show *s, const unsigned char *data, int size)
{
	static const unsigned char none[3];
	struct sockaddr_vm vm;

	if (size < (int)sizeof(vm))
		return false;
	memcpy(&vm, data, sizeof(vm));
	if (vm.svm_reserved1)
		field_hex(s, "svm_reserved1", vm.svm_reserved1);
	field_enum(s, "svm_cid", "vsock_cids", vm.svm_cid);
	field_enum(s, "svm_port", "vsock_ports", vm.svm_port);
	field_flags(s, "svm_flags", "vsock_flags", data[12]);
	if (memcmp(data + 13, none, 3)) {
		value_field(s, "svm_zero");
		value_hex_bytes(s, data + 13, 3, 3);
	}
	return true;
}

static bool xdp(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_xdp x;

	if (size < (int)sizeof(x))
		return false;
	memcpy(&x, data, sizeof(x));
	field_flags(s, "sxdp_flags", "sock_xdp_flags", x.sxdp_flags);
	value_field(s, "sxdp_ifindex");
	show_ifindex(s, x.sxdp_ifindex);
	field_unsigned(s, "sxdp_queue_id", x.sxdp_queue_id);
	if (x.sxdp_flags & XDP_SHARED_UMEM) {
		value_field(s, "sxdp_shared_umem_fd");
		show_fd(s, x.sxdp_shared_umem_fd);
	} else if (x.sxdp_shared_umem_fd) {
		field_hex(s, "sxdp_shared_umem_fd", x.sxdp_shared_umem_fd);
	}
	return true;
}

/* 16 bytes: port, network, node, type. */
static bool ipx(struct show *s, const unsigned char *data, int size)
{
	if (size < 16)
		return false;
	value_field(s, "sipx_port");
	value_net(s, "htons", data + 2, 2);
	value_field(s, "sipx_network");
	if (value_macro(s, "htonl", get32(data + 4), BASE_NONE)) { /* with -X, too */
		value_element(s);
		value_hex(s, __builtin_bswap32(get32(data + 4)));
		value_macro_end(s);
	}
	value_field(s, "sipx_node");
	value_array(s);
	for (int i = 0; i < 6; i++) {
		value_element(s);
		value_hex_wide(s, data[8 + i], 2);
	}
	value_array_end(s);
	value_field(s, "sipx_type");
	value_hex_wide(s, data[14], 2);
	if (data[15])
		field_hex(s, "sipx_zero", data[15]);
	return true;
}

static bool x25(struct show *s, const unsigned char *data, int size)
{
	size_t length = strnlen((const char *)data + 2, 16);

	if (size < 18)
		return false;
	value_field(s, "sx25_addr");
	value_struct(s);
	value_field(s, "x25_addr");
	show_bytes(s, data + 2, length < 16 ? length : 15, length == 16);
	value_struct_end(s);
	return true;
}

static void transport_bytes(struct show *s, const unsigned char *data, int there)
{
	if (there <= 2)
		return;
	value_unnamed(s, "data");
	show_bytes(s, data + 10, there - 2, false);
}

/* The address of the transport below stands within: 8 bytes in. */
static bool rxrpc(struct show *s, const unsigned char *data, int size)
{
	uint16_t length = get16(data + 6), family = get16(data + 8);
	int there = length < size - 8 ? length : size - 8;

	if (size < 36)
		return false;
	value_field(s, "srx_service");
	number_and_name(s, "rxrpc_services", get16(data + 2));
	field_enum(s, "transport_type", "socktypes", get16(data + 4));
	field_unsigned(s, "transport_len", length);
	value_field(s, "transport");
	value_struct(s);
	if (family == AF_INET || family == AF_INET6) {
		unsigned char inner[129] = { 0 };

		memcpy(inner, data + 8, 28);
		value_field(s, family == AF_INET ? "sin" : "sin6");
		value_struct(s);
		field_enum(s, family == AF_INET ? "sin_family" : "sin6_family", "addrfams", family);
		if (!show_sockaddr_common(s, family, inner, there))
			transport_bytes(s, data, there);
		value_struct_end(s);
	} else {
		field_enum(s, "family", "addrfams", family);
		transport_bytes(s, data, there);
	}
	value_struct_end(s);
	return true;
}

/* Families that consist of a few fields. */
static bool ieee802154(struct show *s, const unsigned char *data, int size)
{
	uint32_t type = get32(data + 4);

	if (size < 20)
		return false;
	value_field(s, "addr");
	value_struct(s);
	value_field(s, "addr_type");
	number_and_name(s, "ieee802154_addr_types", type);
	value_field(s, "pan_id");
	number_and_name(s, "ieee802154_panids", get16(data + 8));
	if (type == 2) {
		value_field(s, "short_addr");
		if (get16(data + 10))
			number_and_name(s, "ieee802154_addrs", get16(data + 10));
		else
			value_hex(s, 0);
	} else if (type) {
		value_field(s, "hwaddr");
		value_mac(s, data + 10, 8);
	}
	value_struct_end(s);
	return true;
}

static bool qrtr(struct show *s, const unsigned char *data, int size)
{
	if (size < 12)
		return false;
	field_enum(s, "sq_node", "qipcrtr_nodes", get32(data + 4));
	field_enum(s, "sq_port", "qipcrtr_ports", get32(data + 8));
	return true;
}

static bool mctp(struct show *s, const unsigned char *data, int size)
{
	if (size < 12)
		return false;
	if (get16(data + 2))
		field_hex(s, "__smctp_pad0", get16(data + 2));
	field_enum(s, "smctp_network", "mctp_nets", get32(data + 4));
	value_field(s, "smctp_addr");
	value_struct(s);
	field_enum(s, "s_addr", "mctp_addrs", data[8]);
	value_struct_end(s);
	field_hex(s, "smctp_type", data[9]);
	field_hex(s, "smctp_tag", data[10]);
	if (data[11])
		field_hex(s, "__smctp_pad1", data[11]);
	return true;
}

/* Of the longer form for LLCP the decoder knows both widths: the length of the name is a size_t. */
static bool nfc(struct show *s, const unsigned char *data, int size)
{
	int whole = s->compat ? 88 : 96;
	uint64_t length;

	if (size < 16)
		return false;
	value_field(s, "dev_idx");
	show_ifindex(s, get32(data + 4));
	field_hex(s, "target_idx", get32(data + 8));
	field_enum(s, "nfc_protocol", "nfc_protos", get32(data + 12));
	if (size < whole) {
		if (size > 16)
			value_more(s);
		return true;
	}
	length = s->compat ? get32(data + 84) : get64(data + 88);
	value_field(s, "dsap");
	number_and_name(s, "nfc_llcp_saps", data[16]);
	value_field(s, "ssap");
	number_and_name(s, "nfc_llcp_saps", data[17]);
	value_field(s, "service_name");
	show_bytes(s, data + 18, length < 63 ? length : 63, false);
	field_unsigned(s, "service_name_len", length);
	return true;
}

/* A negative one says that the name is not to be published: the sign stands before the scope's
 * word. */
static void tipc_scope(struct show *s, int scope)
{
	const struct flag_table *t = flag_table_find("tipc_scopes");

	value_constant(s, (uint64_t)scope, BASE_SIGNED_HEX, t ? flag_name(t, abs(scope)) : NULL,
		       t ? t->unknown : NULL);
}

/* linux/tipc.h: an address of one of three kinds. */
static bool tipc(struct show *s, const unsigned char *data, int size)
{
	enum { RANGE = 1, SERVICE = 2, SOCKET = 3 };

	if (size < 16)
		return false;
	field_enum(s, "addrtype", "tipc_addr_types", data[2]);
	value_field(s, "scope");
	tipc_scope(s, (int8_t)data[3]);
	value_field(s, "addr");
	if (data[2] < RANGE || data[2] > SOCKET) {
		show_bytes(s, data + 4, 12, false);
		return true;
	}
	value_struct(s);
	value_field(s, data[2] == RANGE ? "nameseq" : data[2] == SERVICE ? "name" : "id");
	value_struct(s);
	if (data[2] == SOCKET) {
		field_unsigned(s, "ref", get32(data + 4));
		field_hex(s, "node", get32(data + 8));
	} else if (data[2] == RANGE) {
		field_unsigned(s, "type", get32(data + 4));
		field_unsigned(s, "lower", get32(data + 8));
		field_unsigned(s, "upper", get32(data + 12));
	} else {
		value_field(s, "name");
		value_struct(s);
		field_unsigned(s, "type", get32(data + 4));
		field_unsigned(s, "instance", get32(data + 8));
		value_struct_end(s);
		field_hex(s, "domain", get32(data + 12));
	}
	value_struct_end(s);
	value_struct_end(s);
	return true;
}

bool show_sockaddr_rare(struct show *s, const unsigned char *data, int size)
{
	static bool (*const printers[])(struct show * show, const unsigned char *data, int size) = {
		[AF_AX25] = show_ax25,	    [AF_IPX] = ipx,	 [AF_X25] = x25,
		[AF_BLUETOOTH] = bluetooth, [AF_RXRPC] = rxrpc,	 [AF_IEEE802154] = ieee802154,
		[AF_TIPC] = tipc,	    [AF_ALG] = alg,	 [AF_NFC] = nfc,
		[AF_VSOCK] = vsock,	    [AF_QIPCRTR] = qrtr, [AF_XDP] = xdp,
		[AF_MCTP] = mctp,
	};
	uint16_t family = get16(data);

	return family < sizeof(printers) / sizeof(*printers) && printers[family] &&
	       printers[family](s, data, size);
}
