// SPDX-License-Identifier: GPL-2.0-or-later
/* show: ioctl commands of network interfaces: struct ifreq and struct ifconf (net/if.h,
 * linux/sockios.h). */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include <linux/ioctl.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/socket.h>

enum {
	WIDE = 40,
	NARROW = 32, /* bytes of struct ifreq in a 64-bit and in a 32-bit ABI */
};

enum form { ADDRESS, HARDWARE, FLAGS, NUMBER, TEXT, MAP, INDEX };

/* What a command is about, besides the interface's name. */
static const struct row {
	uint32_t get, set; /* commands; 0: there is none */
	uint8_t form;
	const char *name;
} rows[] = {
	{ SIOCGIFADDR, SIOCSIFADDR, ADDRESS, "ifr_addr" },
	{ SIOCGIFDSTADDR, SIOCSIFDSTADDR, ADDRESS, "ifr_dstaddr" },
	{ SIOCGIFBRDADDR, SIOCSIFBRDADDR, ADDRESS, "ifr_broadaddr" },
	{ SIOCGIFNETMASK, SIOCSIFNETMASK, ADDRESS, "ifr_netmask" },
	{ SIOCGIFHWADDR, SIOCSIFHWADDR, HARDWARE, "ifr_hwaddr" },
	{ 0, SIOCADDMULTI, HARDWARE, "ifr_hwaddr" },
	{ 0, SIOCDELMULTI, HARDWARE, "ifr_hwaddr" },
	{ 0, SIOCSIFHWBROADCAST, HARDWARE, "ifr_hwaddr" },
	{ SIOCGIFFLAGS, SIOCSIFFLAGS, FLAGS, "ifr_flags" },
	{ SIOCGIFINDEX, 0, NUMBER, "ifr_ifindex" },
	{ SIOCGIFMETRIC, SIOCSIFMETRIC, NUMBER, "ifr_metric" },
	{ SIOCGIFMTU, SIOCSIFMTU, NUMBER, "ifr_mtu" },
	{ SIOCGIFTXQLEN, SIOCSIFTXQLEN, NUMBER, "ifr_qlen" },
	{ SIOCGIFSLAVE, SIOCSIFSLAVE, TEXT, "ifr_slave" },
	{ 0, SIOCSIFNAME, TEXT, "ifr_newname" },
	{ SIOCGIFMAP, SIOCSIFMAP, MAP, "ifr_map" },
	{ SIOCGIFNAME, 0, INDEX, "ifr_name" },
};

static size_t request_size(const struct show *s)
{
	return s->compat ? NARROW : WIDE;
}

static void name(struct show *s, const char *field, const unsigned char *data)
{
	size_t length = strnlen((const char *)data, IFNAMSIZ);

	value_field(s, field);
	show_bytes(s, data, length < IFNAMSIZ ? length : IFNAMSIZ - 1, length == IFNAMSIZ);
}

static void map(struct show *s, const unsigned char *data)
{
	size_t word = show_word(s);
	unsigned long long start = word == 4 ? get32(data) : get64(data),
			   end = word == 4 ? get32(data + 4) : get64(data + 8);

	data += 2 * word;
	value_struct(s);
	field_hex(s, "mem_start", start);
	field_hex(s, "mem_end", end);
	field_hex(s, "base_addr", get16(data));
	field_hex(s, "irq", data[2]);
	field_hex(s, "dma", data[3]);
	field_hex(s, "port", data[4]);
	value_struct_end(s);
}

/* Ethernet has 6 bytes, amateur radio 7; others show the whole field. */
static void hardware(struct show *s, const unsigned char *data)
{
	uint16_t type = get16(data);

	value_struct(s);
	field_enum(s, "sa_family", "arp_hardware_types", type);
	value_field(s, "sa_data");
	value_mac(s, data + 2,
		  type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK ? 6
		  : type == ARPHRD_NETROM			  ? 7
								  : 14);
	value_struct_end(s);
}

/* The union behind the name. */
static void value(struct show *s, const struct row *row, const unsigned char *request)
{
	const unsigned char *data = request + IFNAMSIZ;
	unsigned char address[129] = { 0 };

	if (row->form == TEXT || row->form == INDEX) {
		name(s, row->name, row->form == INDEX ? request : data);
		return;
	}
	value_field(s, row->name);
	switch (row->form) {
	case ADDRESS:
		memcpy(address, data, 16);
		show_sockaddr_data(s, address, 16);
		break;
	case HARDWARE: hardware(s, data); break;
	case FLAGS: show_flags(s, "iffflags", get16(data)); break;
	case NUMBER: show_int(s, get32(data)); break;
	case MAP: map(s, data); break;
	}
}

static bool read_at(struct show *s, uint64_t address, bool exit, void *to, size_t size)
{
	bool was = s->exit, read;

	s->exit = exit;
	read = address && show_read(s, address, to, size);
	s->exit = was;
	return read;
}

static void set_request(struct show *s, const struct row *row, uint64_t address)
{
	unsigned char request[WIDE];

	if (!read_at(s, address, false, request, request_size(s))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	name(s, "ifr_name", request);
	value(s, row, request);
	value_struct_end(s);
}

static void get_request(struct show *s, const struct row *row, uint64_t address)
{
	unsigned char request[WIDE];

	if (!read_at(s, address, false, request, request_size(s))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	if (row->form == INDEX)
		field_signed(s, "ifr_ifindex", (int32_t)get32(request + IFNAMSIZ));
	else
		name(s, "ifr_name", request);
	show_at_exit(s);
	if (show_succeeded(s) && read_at(s, address, true, request, request_size(s))) {
		value(s, row, request);
	}
	value_struct_end(s);
}

static void list_length(struct show *s, int32_t length)
{
	uint32_t each = request_size(s);

	show_int(s, length);
	if (length > 0 && (uint32_t)length % each == 0)
		value_remarkf(s, "%u * sizeof(struct ifreq)", (uint32_t)length / each);
}

static void one_address(struct show *s, const void *element, size_t size)
{
	unsigned char address[129] = { 0 };

	(void)size;
	memcpy(address, (const char *)element + IFNAMSIZ, 16);
	value_struct(s);
	name(s, "ifr_name", element);
	value_field(s, "ifr_addr");
	show_sockaddr_data(s, address, 16);
	value_struct_end(s);
}

/* Without a buffer the call says how long it would have to be; with one, what is in it. */
static void configuration(struct show *s, uint64_t address)
{
	size_t size = 2 * show_word(s);
	unsigned char before[16], after[16];
	uint64_t buffer;
	int32_t given, got;

	if (!read_at(s, address, false, before, size)) {
		value_address(s, address);
		return;
	}
	given = (int32_t)get32(before);
	buffer = s->compat ? get32(before + 4) : get64(before + 8);
	value_struct(s);
	value_field(s, "ifc_len");
	if (buffer)
		list_length(s, given);
	show_at_exit(s);
	if (!show_succeeded(s) || !read_at(s, address, true, after, size))
		memcpy(after, before, size);
	got = (int32_t)get32(after);
	if (buffer && given != got)
		value_becomes(s);
	if (!buffer || given != got)
		list_length(s, got);
	value_field(s, "ifc_buf");
	if (buffer && show_succeeded(s))
		show_array(s, buffer, (uint32_t)got / request_size(s), request_size(s),
			   one_address);
	else
		value_address(s, buffer);
	value_struct_end(s);
}

/* A port of a bridge: its index stands where the union is. */
static void bridge_port(struct show *s, uint64_t address)
{
	unsigned char request[WIDE];

	if (!read_at(s, address, false, request, request_size(s))) {
		value_address(s, address);
		return;
	}
	value_struct(s);
	value_field(s, "ifr_ifindex");
	show_ifindex(s, get32(request + IFNAMSIZ));
	value_struct_end(s);
}

/* At most as long as the name of an interface. */
static void number(struct show *s, uint64_t address, bool answered)
{
	int32_t got;

	if (answered)
		show_at_exit(s);
	if ((answered && !show_succeeded(s)) || !read_at(s, address, answered, &got, sizeof(got))) {
		value_address(s, address);
		return;
	}
	value_pointed(s);
	value_signed(s, got);
	value_pointed_end(s);
}

/* Times of two 64-bit words, as 32-bit programs ask for them, too (linux/sockios.h). */
#define STAMP		  _IOR(0x89, 0x06, int64_t[2])
#define STAMP_NANOSECONDS _IOR(0x89, 0x07, int64_t[2])

/* Commands of which strace shows the address alone. */
static bool is_opaque(uint32_t command)
{
	static const uint32_t opaque[] = {
		SIOCADDDLCI,
		SIOCADDRT,
		SIOCBONDCHANGEACTIVE,
		SIOCBONDENSLAVE,
		SIOCBONDINFOQUERY,
		SIOCBONDRELEASE,
		SIOCBONDSETHWADDR,
		SIOCBONDSLAVEINFOQUERY,
		SIOCDARP,
		SIOCDELDLCI,
		SIOCDELRT,
		SIOCDIFADDR,
		SIOCDRARP,
		SIOCETHTOOL,
		SIOCGARP,
		SIOCGHWTSTAMP,
		SIOCGIFBR,
		SIOCGIFCOUNT,
		SIOCGIFMEM,
		SIOCGIFPFLAGS,
		SIOCGIFVLAN,
		SIOCGMIIPHY,
		SIOCGMIIREG,
		SIOCGRARP,
		SIOCGSKNS,
		SIOCGSTAMP_OLD,
		SIOCGSTAMPNS_OLD,
		SIOCRTMSG,
		SIOCSARP,
		SIOCSHWTSTAMP,
		SIOCSIFBR,
		SIOCSIFLINK,
		SIOCSIFMEM,
		SIOCSIFPFLAGS,
		SIOCSIFVLAN,
		SIOCSMIIREG,
		SIOCSRARP,
		SIOCWANDEV,
		STAMP,
		STAMP_NANOSECONDS,
	};

	for (size_t i = 0; i < sizeof(opaque) / sizeof(*opaque); i++)
		if (opaque[i] == command)
			return true;
	return false;
}

bool show_interface_command(struct show *s, uint32_t command, uint64_t address)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (command == rows[i].get && command) {
			get_request(s, &rows[i], address);
			return true;
		}
		if (command == rows[i].set && command) {
			set_request(s, &rows[i], address);
			return true;
		}
	}
	if (command == SIOCGIFCONF)
		configuration(s, address);
	else if (command == SIOCSIFENCAP || command == SIOCGIFENCAP)
		number(s, address, command == SIOCGIFENCAP);
	else if (command == SIOCBRADDBR || command == SIOCBRDELBR)
		show_name_within(s, address, IFNAMSIZ);
	else if (command == SIOCBRADDIF || command == SIOCBRDELIF)
		bridge_port(s, address);
	else if (is_opaque(command))
		value_address(s, address);
	else
		return false;
	return true;
}
