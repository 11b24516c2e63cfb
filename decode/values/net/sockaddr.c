// SPDX-License-Identifier: GPL-2.0-or-later
/* show: socket addresses (struct sockaddr_in, _in6, _un, _nl, _ll); the rarer families are in
 * sockaddr_rare.c. */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
	ADDRESS_MOST = 128, /* sizeof(struct sockaddr_storage): strace reads no more */
};

void show_sockaddr_data(struct show *s, const void *data, int size)
{
	uint16_t family = get16(data);

	value_struct(s);
	field_enum(s, "sa_family", "addrfams", family);
	if (size > 2 && !show_sockaddr_common(s, family, data, size) &&
	    !show_sockaddr_rare(s, data, size)) {
		value_field(s, "sa_data");
		show_bytes(s, (const char *)data + 2, size - 2, false);
	}
	value_struct_end(s);
}

int show_sockaddr_at(struct show *s, uint64_t address, int size)
{
	unsigned char data[ADDRESS_MOST + 1] = { 0 };

	if (size > ADDRESS_MOST)
		size = ADDRESS_MOST;
	if (size < 2 || !address || !show_read(s, address, data, size)) {
		value_address(s, address);
		return -1;
	}
	show_sockaddr_data(s, data, size);
	return get16(data);
}

void show_sockaddr(struct show *s, uint64_t address, uint64_t size)
{
	show_sockaddr_at(s, address, (int32_t)size);
}
