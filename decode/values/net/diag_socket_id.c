// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what NETLINK_SOCK_DIAG tells a socket by: a cookie, addresses and ports. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <sys/socket.h>

void show_diag_cookie(struct show *s, const void *data, size_t size)
{
	const unsigned char *bytes = data;

	value_array(s);
	for (size_t i = 0; i < size && value_nth(s, i / 4); i += 4)
		value_unsigned(s, get32(bytes + i));
	value_array_end(s);
}

/* struct inet_diag_sockid: its addresses are of the family of the message. */
static void socket_id(struct show *s, int family, const unsigned char *data)
{
	value_struct(s);
	value_field(s, "idiag_sport");
	value_net(s, "htons", data, 2);
	value_field(s, "idiag_dport");
	value_net(s, "htons", data + 2, 2);
	value_inet_within(s, "idiag_src", family, data + 4, 16);
	value_inet_within(s, "idiag_dst", family, data + 20, 16);
	value_field(s, "idiag_if");
	show_ifindex(s, get32(data + 36));
	value_field(s, "idiag_cookie");
	show_diag_cookie(s, data + 40, 8);
	value_struct_end(s);
}

void show_diag_id(struct show *s, const void *data, size_t size)
{
	(void)size;
	socket_id(s, AF_INET, data);
}

void show_diag_id6(struct show *s, const void *data, size_t size)
{
	(void)size;
	socket_id(s, AF_INET6, data);
}
