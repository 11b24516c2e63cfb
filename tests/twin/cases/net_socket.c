// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case: socket, socketpair, and every family of addresses, most of them on a descriptor that
 * is not there. */
#include <arpa/inet.h>
#include <linux/if_alg.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static void kinds(void)
{
	static const int made[][3] = {
		{ AF_INET, SOCK_STREAM, 0 },
		{ AF_INET, SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP },
		{ AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK, IPPROTO_UDP },
		{ AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0 },
		{ AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE },
		{ AF_NETLINK, SOCK_DGRAM, 77 },
		{ AF_PACKET, SOCK_RAW, 0x0300 },
		{ AF_PACKET, SOCK_DGRAM, 0x0008 },
		{ AF_PACKET, SOCK_DGRAM, 0x3412 },
		{ AF_BLUETOOTH, SOCK_RAW, 1 },
		{ AF_CAN, SOCK_RAW, 1 },
		{ AF_VSOCK, SOCK_STREAM, 0 },
		{ AF_ALG, 5, 0 },
		{ AF_INET, 7, 300 },
		{ AF_INET, 0, 262 },
		{ 99, 0x12345, 5 },
		{ AF_INET, 0x4003, 1 },
		{ AF_UNIX, SOCK_STREAM, 5 },
		{ AF_AX25, 5, 0xcf },
		{ AF_RXRPC, SOCK_DGRAM, AF_INET },
		{ AF_CAIF, 1, 2 },
		{ AF_NFC, 1, 1 },
		{ AF_KCM, 5, 0 },
		{ AF_SMC, 1, 1 },
		{ AF_PHONET, 5, 1 },
		{ AF_ISDN, 1, 0x11 },
		{ AF_IRDA, 1, 1 },
		{ -1, -1, -1 },
	};
	int pair[2];

	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++) {
		int fd = syscall(SYS_socket, made[i][0], made[i][1], made[i][2]);

		if (fd >= 0)
			close(fd);
	}
	if (!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair)) {
		shutdown(pair[0], SHUT_WR);
		shutdown(pair[1], 7);
		close(pair[0]);
		close(pair[1]);
	}
	socketpair(AF_INET, SOCK_STREAM, IPPROTO_TCP, pair);
	socketpair(AF_UNIX, SOCK_STREAM, 0, (int *)8);
	socketpair(AF_UNIX, SOCK_STREAM, 0, NULL);
	syscall(SYS_socketpair, 0x100000001, 0xffffffff00000002, -7L, pair);
}

static void inet(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_port = htons(80),
				  .sin_addr.s_addr = htonl(0x7f000001) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6,
				    .sin6_port = htons(443),
				    .sin6_flowinfo = htonl(7) };

	connect(-1, (void *)&in, sizeof(in));
	bind(-1, (void *)&in, sizeof(in));
	connect(-1, (void *)&in, sizeof(in) - 1);
	connect(-1, (void *)&in, 2);
	connect(-1, (void *)&in, 1);
	connect(-1, (void *)&in, 0);
	connect(-1, (void *)&in, -1);
	connect(-1, (void *)&in, 200);
	inet_pton(AF_INET6, "2001:db8::1", &in6.sin6_addr);
	connect(-1, (void *)&in6, sizeof(in6));
	connect(-1, (void *)&in6, sizeof(in6) - 4);
	inet_pton(AF_INET6, "fe80::1", &in6.sin6_addr);
	in6.sin6_scope_id = 1;
	connect(-1, (void *)&in6, sizeof(in6));
	in6.sin6_scope_id = 0x12345;
	connect(-1, (void *)&in6, sizeof(in6));
	inet_pton(AF_INET6, "::ffff:10.0.0.1", &in6.sin6_addr);
	connect(-1, (void *)&in6, sizeof(in6));
	connect(-1, NULL, 16);
	connect(-1, (void *)8, 16);
}

static void names(void)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX, .sun_path = "/tmp/not/there" };

	connect(-1, (void *)&un, sizeof(un));
	connect(-1, (void *)&un, offsetof(struct sockaddr_un, sun_path) + 5);
	connect(-1, (void *)&un, sizeof(un.sun_family));
	memcpy(un.sun_path, "\0abstract\1\0x", 12);
	connect(-1, (void *)&un, offsetof(struct sockaddr_un, sun_path) + 9);
	connect(-1, (void *)&un, offsetof(struct sockaddr_un, sun_path) + 12);
	connect(-1, (void *)&un, offsetof(struct sockaddr_un, sun_path) + 1);
	memset(un.sun_path, 'y', sizeof(un.sun_path));
	connect(-1, (void *)&un, sizeof(un));
	un.sun_path[0] = 0;
	connect(-1, (void *)&un, sizeof(un));
}

static void rare(void)
{
	struct sockaddr_nl nl = { .nl_family = AF_NETLINK, .nl_pid = 1234567, .nl_groups = 0x21 };
	struct sockaddr_ll ll = { .sll_family = AF_PACKET,
				  .sll_protocol = htons(ETH_P_IP),
				  .sll_ifindex = 1,
				  .sll_hatype = 1,
				  .sll_pkttype = 2,
				  .sll_halen = 6,
				  .sll_addr = { 1, 2, 3, 0xab, 0, 6 } };
	struct sockaddr_vm vm = { .svm_family = AF_VSOCK,
				  .svm_cid = VMADDR_CID_HOST,
				  .svm_port = 1024 };
	struct sockaddr_alg alg = { .salg_family = AF_ALG,
				    .salg_type = "hash",
				    .salg_name = "sha256",
				    .salg_feat = 0x1000 };
	struct sockaddr_xdp xdp = {
		.sxdp_family = AF_XDP, .sxdp_flags = 6, .sxdp_ifindex = 1, .sxdp_queue_id = 3
	};
	unsigned char bytes[130];

	bind(-1, (void *)&nl, sizeof(nl));
	nl.nl_pad = 5;
	nl.nl_pid = 0;
	nl.nl_groups = 0;
	bind(-1, (void *)&nl, sizeof(nl));
	bind(-1, (void *)&ll, sizeof(ll));
	ll.sll_ifindex = 0x7777;
	ll.sll_protocol = 0x7777;
	ll.sll_hatype = 0x7777;
	ll.sll_pkttype = 0x77;
	ll.sll_halen = 20;
	bind(-1, (void *)&ll, sizeof(ll));
	bind(-1, (void *)&vm, sizeof(vm));
	vm.svm_cid = 77;
	vm.svm_port = VMADDR_PORT_ANY;
	vm.svm_reserved1 = 1;
	memset((char *)&vm + 13, 3, 3);
	bind(-1, (void *)&vm, sizeof(vm));
	bind(-1, (void *)&alg, sizeof(alg));
	bind(-1, (void *)&xdp, sizeof(xdp));
	xdp.sxdp_flags = XDP_SHARED_UMEM | 0x8000;
	xdp.sxdp_shared_umem_fd = 77;
	bind(-1, (void *)&xdp, sizeof(xdp));
	for (int family = 0; family < 50; family++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = i * 7 + 3;
		bytes[0] = family;
		bytes[1] = 0;
		bind(-1, (void *)bytes, 12);
		bind(-1, (void *)bytes, 128);
	}
	bytes[0] = AF_BLUETOOTH;
	bind(-1, (void *)bytes, 4);
	bind(-1, (void *)bytes, 6);
	bind(-1, (void *)bytes, 8);
	bind(-1, (void *)bytes, 10);
	bind(-1, (void *)bytes, 14);
	bytes[2] = 3;
	bytes[3] = 0;
	bytes[10] = 4;
	bytes[11] = 0;
	bind(-1, (void *)bytes, 13);
	bytes[1] = 0x77;
	bind(-1, (void *)bytes, 13);
}

/* An address that ends at a page that is not there. */
static void edge(void)
{
	char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(25) };

	munmap(pages + 4096, 4096);
	memcpy(pages + 4096 - sizeof(in), &in, sizeof(in));
	connect(-1, (void *)(pages + 4096 - sizeof(in)), sizeof(in));
	connect(-1, (void *)(pages + 4096 - sizeof(in)), sizeof(in) + 1);
	connect(-1, (void *)(pages + 4096 - 8), sizeof(in));
}

int main(void)
{
	kinds();
	inet();
	names();
	rare();
	edge();
	return 0;
}
