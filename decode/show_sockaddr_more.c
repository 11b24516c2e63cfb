// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the rarer families of socket addresses, each as its header lays it out (net/bluetooth,
 * linux/if_alg.h, ...). */
#include "decode/show_net.h"

#include "format/flags.h"

#include <linux/if_alg.h>
#include <linux/if_xdp.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>

/* The same of bits. */
static void number_and_names(struct show *s, const char *table, uint64_t value)
{
	show_printf(s, "%#llx", (unsigned long long)value);
	if (!value || s->options->raw_names == 1)
		return;
	show_put(s, " /* ");
	show_flag_words(s, table, value);
	show_put(s, " */");
}

/* Words that have a name for few values: always the number, the name as a comment. */
static void number_and_name(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = flag_table_find(table);
	const char *name = t ? flag_name(t, value) : NULL;

	if (value)
		text_hex(s->out, value);
	else
		text_char(s->out, '0');
	if (s->options->raw_names == 1)
		return;
	if (name)
		show_comment(s, name);
	else if (t && t->unknown && *t->unknown)
		show_comment(s, t->unknown);
}

static void mac(struct show *s, const char *name, const unsigned char *data)
{
	show_put(s, name);
	show_mac(s, data, 6);
}

/* L2CAP's ports and channels are known one by one, or by the range that they are in. */
static void ranged(struct show *s, const char *table, uint16_t value, const char *const names[2],
		   const uint16_t ranges[4])
{
	const struct flag_table *t = flag_table_find(table);
	const char *name = t ? flag_name(t, value) : NULL;

	show_put(s, "htobs(");
	if (name)
		show_put(s, name);
	else if (value >= ranges[0] && value <= ranges[1])
		show_printf(s, "%s+%u", names[0], value - ranges[0]);
	else if (value >= ranges[2] && value <= ranges[3])
		show_printf(s, "%s+%u", names[1], value - ranges[2]);
	else
		show_printf(s, "%#x /* %s */", value, t ? t->unknown : "");
	text_char(s->out, ')');
}

static void bluetooth_l2(struct show *s, const unsigned char *data, int size)
{
	static const char *const psm[] = { "L2CAP_PSM_LE_DYN_START", "L2CAP_PSM_DYN_START" };
	static const char *const cid[] = { "L2CAP_CID_DYN_START", "L2CAP_CID_DYN_START" };
	static const uint16_t psm_ranges[] = { 0x80, 0xff, 0x1001, 0xffff },
			      cid_ranges[] = { 0x40, 0xffff, 1, 0 };

	show_put(s, ", l2_psm=");
	ranged(s, "bluetooth_l2_psm", get16(data + 2), psm, psm_ranges);
	mac(s, ", l2_bdaddr=", data + 4);
	show_put(s, ", l2_cid=");
	ranged(s, "bluetooth_l2_cid", get16(data + 10), cid, cid_ranges);
	if (size == 14) {
		show_put(s, ", l2_bdaddr_type=");
		show_enum(s, "bdaddr_types", data[12]);
	}
}

/* The protocols of Bluetooth have structures of their own; the size tells which. */
static bool bluetooth(struct show *s, const unsigned char *data, int size)
{
	switch (size) {
	case 4:
	case 6:
		show_printf(s, ", hci_dev=htobs(%u)", get16(data + 2));
		if (size == 6) {
			show_put(s, ", hci_channel=");
			show_enum(s, "hci_channels", get16(data + 4));
		}
		return true;
	case 8: mac(s, ", sco_bdaddr=", data + 2); return true;
	case 9:
	case 10:
		if (size == 9)
			return false;
		mac(s, ", rc_bdaddr=", data + 2);
		show_printf(s, ", rc_channel=%u", data[8]);
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
	show_put(s, ", salg_type=");
	length = strnlen(type, 14);
	show_bytes(s, type, length < 14 ? length : 13, length == 14);
	show_put(s, ", salg_feat=");
	number_and_names(s, "alg_sockaddr_flags",
			 get32(data + offsetof(struct sockaddr_alg, salg_feat)));
	show_put(s, ", salg_mask=");
	number_and_names(s, "alg_sockaddr_flags",
			 get32(data + offsetof(struct sockaddr_alg, salg_mask)));
	show_put(s, ", salg_name=");
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
		show_printf(s, ", svm_reserved1=%#x", vm.svm_reserved1);
	show_put(s, ", svm_cid=");
	show_enum(s, "vsock_cids", vm.svm_cid);
	show_put(s, ", svm_port=");
	show_enum(s, "vsock_ports", vm.svm_port);
	show_put(s, ", svm_flags=");
	show_flags(s, "vsock_flags", data[12]);
	if (memcmp(data + 13, none, 3)) {
		show_put(s, ", svm_zero=");
		show_hex_bytes(s, data + 13, 3);
	}
	return true;
}

static bool xdp(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_xdp x;

	if (size < (int)sizeof(x))
		return false;
	memcpy(&x, data, sizeof(x));
	show_put(s, ", sxdp_flags=");
	show_flags(s, "sock_xdp_flags", x.sxdp_flags);
	show_put(s, ", sxdp_ifindex=");
	show_ifindex(s, x.sxdp_ifindex);
	show_printf(s, ", sxdp_queue_id=%u", x.sxdp_queue_id);
	if (x.sxdp_flags & XDP_SHARED_UMEM) {
		show_put(s, ", sxdp_shared_umem_fd=");
		show_fd(s, x.sxdp_shared_umem_fd);
	} else if (x.sxdp_shared_umem_fd) {
		show_printf(s, ", sxdp_shared_umem_fd=%#x", x.sxdp_shared_umem_fd);
	}
	return true;
}

/* 16 bytes: port, network, node, type. */
static bool ipx(struct show *s, const unsigned char *data, int size)
{
	if (size < 16)
		return false;
	show_put(s, ", sipx_port=");
	show_net_number(s, "htons", data + 2, 2);
	show_printf(s, ", sipx_network=htonl(%#x), sipx_node=[",
		    __builtin_bswap32(get32(data + 4)));
	for (int i = 0; i < 6; i++)
		show_printf(s, i ? ", %#04x" : "%#04x", data[8 + i]);
	show_printf(s, "], sipx_type=%#02x", data[14]);
	if (data[15])
		show_printf(s, ", sipx_zero=%#x", data[15]);
	return true;
}

static bool x25(struct show *s, const unsigned char *data, int size)
{
	size_t length = strnlen((const char *)data + 2, 16);

	if (size < 18)
		return false;
	show_put(s, ", sx25_addr={x25_addr=");
	show_bytes(s, data + 2, length < 16 ? length : 15, length == 16);
	text_char(s->out, '}');
	return true;
}

/* The address of the transport below stands within: 8 bytes in. */
static bool rxrpc(struct show *s, const unsigned char *data, int size)
{
	uint16_t length = get16(data + 6), family = get16(data + 8);
	int there = length < size - 8 ? length : size - 8;

	if (size < 36)
		return false;
	show_put(s, ", srx_service=");
	number_and_name(s, "rxrpc_services", get16(data + 2));
	show_put(s, ", transport_type=");
	show_enum(s, "socktypes", get16(data + 4));
	show_printf(s, ", transport_len=%u, transport=", length);
	if ((family == AF_INET && length >= sizeof(struct sockaddr_in)) ||
	    (family == AF_INET6 && length >= offsetof(struct sockaddr_in6, sin6_scope_id))) {
		unsigned char inner[129] = { 0 };

		memcpy(inner, data + 8, 28);
		show_put(s, family == AF_INET ? "{sin=" : "{sin6=");
		show_sockaddr_data(s, inner, there);
		text_char(s->out, '}');
		return true;
	}
	show_put(s, "{family=");
	show_enum(s, "addrfams", family);
	if (there > 2) {
		show_comma(s);
		show_bytes(s, data + 10, there - 2, false);
	}
	text_char(s->out, '}');
	return true;
}

/* Families that consist of a few fields. */
static bool ieee802154(struct show *s, const unsigned char *data, int size)
{
	uint32_t type = get32(data + 4);

	if (size < 20)
		return false;
	show_put(s, ", addr={addr_type=");
	number_and_name(s, "ieee802154_addr_types", type);
	show_put(s, ", pan_id=");
	number_and_name(s, "ieee802154_panids", get16(data + 8));
	if (type == 2) {
		show_put(s, ", short_addr=");
		number_and_name(s, "ieee802154_addrs", get16(data + 10));
	} else if (type) {
		show_put(s, ", hwaddr=");
		show_mac(s, data + 10, 8);
	}
	text_char(s->out, '}');
	return true;
}

static bool qrtr(struct show *s, const unsigned char *data, int size)
{
	if (size < 12)
		return false;
	show_put(s, ", sq_node=");
	show_enum(s, "qipcrtr_nodes", get32(data + 4));
	show_put(s, ", sq_port=");
	show_enum(s, "qipcrtr_ports", get32(data + 8));
	return true;
}

static bool mctp(struct show *s, const unsigned char *data, int size)
{
	if (size < 12)
		return false;
	if (get16(data + 2))
		show_printf(s, ", __smctp_pad0=%#x", get16(data + 2));
	show_put(s, ", smctp_network=");
	show_enum(s, "mctp_nets", get32(data + 4));
	show_put(s, ", smctp_addr={s_addr=");
	show_enum(s, "mctp_addrs", data[8]);
	show_printf(s, "}, smctp_type=%#x, smctp_tag=%#x", data[9], data[10]);
	if (data[11])
		show_printf(s, ", __smctp_pad1=%#x", data[11]);
	return true;
}

/* Of the longer form for LLCP the decoder knows both widths: the length of the name is a size_t. */
static bool nfc(struct show *s, const unsigned char *data, int size)
{
	int whole = s->compat ? 88 : 96;
	uint64_t length;

	if (size < 16)
		return false;
	show_put(s, ", dev_idx=");
	show_ifindex(s, get32(data + 4));
	show_printf(s, ", target_idx=%#x, nfc_protocol=", get32(data + 8));
	show_enum(s, "nfc_protos", get32(data + 12));
	if (size < whole) {
		if (size > 16)
			show_put(s, ", ...");
		return true;
	}
	length = s->compat ? get32(data + 84) : get64(data + 88);
	show_put(s, ", dsap=");
	number_and_name(s, "nfc_llcp_saps", data[16]);
	show_put(s, ", ssap=");
	number_and_name(s, "nfc_llcp_saps", data[17]);
	show_put(s, ", service_name=");
	show_bytes(s, data + 18, length < 63 ? length : 63, false);
	show_printf(s, ", service_name_len=%llu", (unsigned long long)length);
	return true;
}

bool show_sockaddr_more(struct show *s, const unsigned char *data, int size)
{
	static bool (*const printers[])(struct show * show, const unsigned char *data, int size) = {
		[AF_IPX] = ipx,
		[AF_X25] = x25,
		[AF_BLUETOOTH] = bluetooth,
		[AF_RXRPC] = rxrpc,
		[AF_IEEE802154] = ieee802154,
		[AF_ALG] = alg,
		[AF_NFC] = nfc,
		[AF_VSOCK] = vsock,
		[AF_QIPCRTR] = qrtr,
		[AF_XDP] = xdp,
		[AF_MCTP] = mctp,
	};
	uint16_t family = get16(data);

	return family < sizeof(printers) / sizeof(*printers) && printers[family] &&
	       printers[family](s, data, size);
}
