// SPDX-License-Identifier: GPL-2.0-or-later
/* show: socket addresses (struct sockaddr_in, _in6, _un, _nl, _ll); the rarer families are in
 * show_sockaddr_more.c. */
#include "decode/show_net.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
	ADDRESS_MOST = 128, /* sizeof(struct sockaddr_storage): strace reads no more */
	IN6_LEAST = offsetof(struct sockaddr_in6,
			     sin6_scope_id), /* addresses of the time before scopes */
};

void show_hex_bytes(struct show *s, const void *data, size_t size)
{
	text_quoted(s->out, data, size, TEXT_QUOTE_HEX_ALL);
}

void show_net_number(struct show *s, const char *function, const void *data, size_t size)
{
	uint32_t value = size == 2 ? ntohs(get16(data)) : ntohl(get32(data));

	if (s->options->raw_names)
		show_hex_bytes(s, data, size);
	if (s->options->raw_names == 1)
		return;
	show_printf(s, s->options->raw_names ? " /* %s(%u) */" : "%s(%u)", function, value);
}

static void inet_words(struct show *s, const char *name, int family, const char *text)
{
	if (family == AF_INET)
		show_printf(s, "inet_addr(\"%s\")", text);
	else if (name)
		show_printf(s, "inet_pton(AF_INET6, \"%s\", &%s)", text, name);
	else
		show_printf(s, "inet_pton(AF_INET6, \"%s\")", text);
}

void show_inet(struct show *s, const char *name, int family, const void *address)
{
	size_t size = family == AF_INET ? 4 : 16;
	char text[INET6_ADDRSTRLEN];
	int style = s->options->raw_names;

	if (name && (family == AF_INET || style))
		show_printf(s, "%s=", name);
	if (style)
		show_hex_bytes(s, address, size);
	if (style == 1 || !inet_ntop(family, address, text, sizeof(text)))
		return;
	if (style)
		show_put(s, " /* ");
	inet_words(s, style ? NULL : name, family, text);
	if (style)
		show_put(s, " */");
}

void show_mac(struct show *s, const unsigned char *address, size_t size)
{
	for (size_t i = 0; i < size; i++)
		show_printf(s, i ? ":%02x" : "%02x", address[i]);
}

void show_ifindex(struct show *s, uint32_t index)
{
	for (const struct tape_interface *i = s->facts->interfaces; i; i = i->next) {
		if (i->index == index) {
			show_put(s, "if_nametoindex(");
			show_bytes(s, i->name, strlen(i->name), false);
			text_char(s->out, ')');
			return;
		}
	}
	text_unsigned(s->out, index);
}

static void print_inet(struct show *s, const unsigned char *data)
{
	show_put(s, ", sin_port=");
	show_net_number(s, "htons", data + offsetof(struct sockaddr_in, sin_port), 2);
	show_comma(s);
	show_inet(s, "sin_addr", AF_INET, data + offsetof(struct sockaddr_in, sin_addr));
}

static void print_inet6(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_in6 in6;

	memcpy(&in6, data, sizeof(in6));
	show_put(s, ", sin6_port=");
	show_net_number(s, "htons", &in6.sin6_port, 2);
	show_put(s, ", sin6_flowinfo=");
	show_net_number(s, "htonl", &in6.sin6_flowinfo, 4);
	show_comma(s);
	show_inet(s, "sin6_addr", AF_INET6, &in6.sin6_addr);
	if (size <= IN6_LEAST)
		return;
	show_put(s, ", sin6_scope_id=");
	if (IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&in6.sin6_addr))
		show_ifindex(s, in6.sin6_scope_id);
	else
		text_unsigned(s->out, in6.sin6_scope_id);
}

/* A path ends at its NUL, an abstract name where the length says. */
static void print_unix(struct show *s, const unsigned char *data, int size)
{
	const char *path = (const char *)data + offsetof(struct sockaddr_un, sun_path);
	size_t length = (size > (int)sizeof(struct sockaddr_un) ? sizeof(struct sockaddr_un)
								: (size_t)size) -
			2;

	show_put(s, ", sun_path=");
	if (*path) {
		show_bytes(s, path, strnlen(path, length), false);
	} else {
		text_char(s->out, '@');
		show_bytes(s, path + 1, length - 1, false);
	}
}

static void print_netlink(struct show *s, const unsigned char *data)
{
	struct sockaddr_nl nl;

	memcpy(&nl, data, sizeof(nl));
	if (nl.nl_pad)
		show_printf(s, ", nl_pad=%#x", nl.nl_pad);
	show_printf(s, ", nl_pid=%d, nl_groups=%#08x", nl.nl_pid, nl.nl_groups);
}

static void print_protocol(struct show *s, uint16_t protocol)
{
	int style = s->options->raw_names;

	if (style)
		show_hex_bytes(s, &protocol, 2);
	if (style == 1)
		return;
	show_put(s, style ? " /* htons(" : "htons(");
	show_enum(s, "ethernet_protocols", ntohs(protocol));
	show_put(s, style ? ") */" : ")");
}

static void print_packet(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_ll ll;
	unsigned int there = size - offsetof(struct sockaddr_ll, sll_addr);

	memcpy(&ll, data, sizeof(ll));
	show_put(s, ", sll_protocol=");
	print_protocol(s, ll.sll_protocol);
	show_put(s, ", sll_ifindex=");
	show_ifindex(s, ll.sll_ifindex);
	show_put(s, ", sll_hatype=");
	show_enum(s, "arp_hardware_types", ll.sll_hatype);
	show_put(s, ", sll_pkttype=");
	show_enum(s, "af_packet_types", ll.sll_pkttype);
	show_printf(s, ", sll_halen=%u", ll.sll_halen);
	if (!ll.sll_halen)
		return;
	show_put(s, ", sll_addr=[");
	for (unsigned int i = 0; i < ll.sll_halen; i++) {
		if (i)
			show_comma(s);
		if (i >= there) {
			show_put(s, "...");
			break;
		}
		show_printf(s, "%#02x", data[offsetof(struct sockaddr_ll, sll_addr) + i]);
	}
	text_char(s->out, ']');
}

static bool print_common(struct show *s, uint16_t family, const unsigned char *data, int size)
{
	if (family == AF_UNIX && size > 2)
		print_unix(s, data, size);
	else if (family == AF_INET && size >= (int)sizeof(struct sockaddr_in))
		print_inet(s, data);
	else if (family == AF_INET6 && size >= IN6_LEAST)
		print_inet6(s, data, size);
	else if (family == AF_NETLINK && size >= (int)sizeof(struct sockaddr_nl))
		print_netlink(s, data);
	else if (family == AF_PACKET && size >= (int)sizeof(struct sockaddr_ll))
		print_packet(s, data, size);
	else
		return false;
	return true;
}

void show_sockaddr_data(struct show *s, const void *data, int size)
{
	uint16_t family = get16(data);

	show_put(s, "{sa_family=");
	show_enum(s, "addrfams", family);
	if (size > 2 && !print_common(s, family, data, size) &&
	    !show_sockaddr_more(s, data, size)) {
		show_put(s, ", sa_data=");
		show_bytes(s, (const char *)data + 2, size - 2, false);
	}
	text_char(s->out, '}');
}

int show_sockaddr_at(struct show *s, uint64_t address, int size)
{
	unsigned char data[ADDRESS_MOST + 1] = { 0 };

	if (size > ADDRESS_MOST)
		size = ADDRESS_MOST;
	if (size < 2 || !address || !show_read(s, address, data, size)) {
		show_address(s, address);
		return -1;
	}
	show_sockaddr_data(s, data, size);
	return get16(data);
}

void show_sockaddr(struct show *s, uint64_t address, uint64_t size)
{
	show_sockaddr_at(s, address, (int32_t)size);
}
