// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the usual families of socket addresses: of files, of the internet, of netlink, of packets.
 */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

void show_ifindex(struct show *s, uint32_t index)
{
	for (const struct tape_interface *i = s->facts->interfaces; i; i = i->next) {
		if (i->index == index) {
			if (!value_macro(s, "if_nametoindex", index, BASE_UNSIGNED))
				return;
			value_element(s);
			show_bytes(s, i->name, strlen(i->name), false);
			value_macro_end(s);
			return;
		}
	}
	value_unsigned(s, index);
}

enum {
	IN6_LEAST = offsetof(struct sockaddr_in6,
			     sin6_scope_id), /* addresses of the time before scopes */
};

static void print_inet(struct show *s, const unsigned char *data)
{
	value_field(s, "sin_port");
	value_net(s, "htons", data + offsetof(struct sockaddr_in, sin_port), 2);
	value_inet(s, "sin_addr", AF_INET, data + offsetof(struct sockaddr_in, sin_addr));
}

static void print_inet6(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_in6 in6;

	memcpy(&in6, data, sizeof(in6));
	value_field(s, "sin6_port");
	value_net(s, "htons", &in6.sin6_port, 2);
	value_field(s, "sin6_flowinfo");
	value_net(s, "htonl", &in6.sin6_flowinfo, 4);
	value_inet(s, "sin6_addr", AF_INET6, &in6.sin6_addr);
	if (size <= IN6_LEAST)
		return;
	value_field(s, "sin6_scope_id");
	if (IN6_IS_ADDR_LINKLOCAL(&in6.sin6_addr) || IN6_IS_ADDR_MC_LINKLOCAL(&in6.sin6_addr))
		show_ifindex(s, in6.sin6_scope_id);
	else
		value_unsigned(s, in6.sin6_scope_id);
}

/* A path ends at its NUL, an abstract name where the length says. */
static void print_unix(struct show *s, const unsigned char *data, int size)
{
	const char *path = (const char *)data + offsetof(struct sockaddr_un, sun_path);
	size_t length = (size > (int)sizeof(struct sockaddr_un) ? sizeof(struct sockaddr_un)
								: (size_t)size) -
			2;

	value_field(s, "sun_path");
	value_socket_name(s, path, *path ? strnlen(path, length) : length);
}

static void print_netlink(struct show *s, const unsigned char *data)
{
	struct sockaddr_nl nl;

	memcpy(&nl, data, sizeof(nl));
	if (nl.nl_pad)
		field_hex(s, "nl_pad", nl.nl_pad);
	field_signed(s, "nl_pid", (int32_t)nl.nl_pid);
	value_field(s, "nl_groups");
	value_hex_wide(s, nl.nl_groups, 8);
}

static void print_protocol(struct show *s, uint16_t protocol)
{
	if (!value_net_words(s, "htons", &protocol, 2))
		return;
	show_enum(s, "ethernet_protocols", ntohs(protocol));
	value_net_words_end(s);
}

static void print_packet(struct show *s, const unsigned char *data, int size)
{
	struct sockaddr_ll ll;
	unsigned int there = size - offsetof(struct sockaddr_ll, sll_addr);

	memcpy(&ll, data, sizeof(ll));
	value_field(s, "sll_protocol");
	print_protocol(s, ll.sll_protocol);
	value_field(s, "sll_ifindex");
	show_ifindex(s, ll.sll_ifindex);
	field_enum(s, "sll_hatype", "arp_hardware_types", ll.sll_hatype);
	field_enum(s, "sll_pkttype", "af_packet_types", ll.sll_pkttype);
	field_unsigned(s, "sll_halen", ll.sll_halen);
	if (!ll.sll_halen)
		return;
	value_field(s, "sll_addr");
	value_array(s);
	for (unsigned int i = 0; i < ll.sll_halen; i++) {
		if (i >= there) {
			value_more(s);
			break;
		}
		value_element(s);
		value_hex_wide(s, data[offsetof(struct sockaddr_ll, sll_addr) + i], 2);
	}
	value_array_end(s);
}

bool show_sockaddr_common(struct show *s, uint16_t family, const unsigned char *data, int size)
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
