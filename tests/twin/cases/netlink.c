// SPDX-License-Identifier: GPL-2.0-or-later
/* What ss, tc and ip ask the kernel for, and what it answers: sockets, queues, labels,
 * configuration, generic families. */
#include "case.h"

#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

static char answer[32768];

/* Sends the request and takes all answers. */
static void ask(int protocol, uint16_t type, uint16_t flags, const void *data, size_t size)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	struct sockaddr_nl own = { AF_NETLINK };
	struct timeval wait = { 0, 200000 };
	struct {
		struct nlmsghdr header;
		char data[256];
	} request = { { NLMSG_HDRLEN + size, type, NLM_F_REQUEST | flags, 7, 0 } };

	memcpy(request.data, data, size);
	bind(fd, (void *)&own, sizeof(own));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
	sendto(fd, &request, NLMSG_HDRLEN + size, 0, NULL, 0);
	for (int i = 0; i < 8; i++) {
		ssize_t n = recv(fd, answer, sizeof(answer), 0);
		struct nlmsghdr *h = (void *)answer;

		if (n <= 0 || h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR)
			break;
	}
	close(fd);
}

static void dump(int protocol, uint16_t type, const void *data, size_t size)
{
	ask(protocol, type, NLM_F_DUMP, data, size);
}

static void sockets(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int listener = socket(AF_INET, SOCK_STREAM, 0), pair[2];
	int grouped = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct sockaddr_un un = { AF_UNIX, "case-socket" };
	int named = socket(AF_UNIX, SOCK_STREAM, 0);
	struct unix_diag_req u = { .sdiag_family = AF_UNIX,
				   .udiag_states = -1,
				   .udiag_show = 0x7f };
	struct netlink_diag_req n = { .sdiag_family = AF_NETLINK,
				      .sdiag_protocol = NDIAG_PROTO_ALL,
				      .ndiag_show = 3 };
	struct packet_diag_req p = { .sdiag_family = AF_PACKET, .pdiag_show = 0x1f };
	struct inet_diag_req_v2 i = { .sdiag_family = AF_INET,
				      .sdiag_protocol = IPPROTO_TCP,
				      .idiag_ext = 0xff,
				      .idiag_states = 1 << 10 };
	struct inet_diag_req old = { .idiag_family = AF_INET, .idiag_states = 0xfff };
	char vsock[24] = { 40 };

	setsockopt(grouped, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &(int){ 1 }, sizeof(int));
	bind(listener, (void *)&in, sizeof(in));
	listen(listener, 5);
	bind(named, (void *)&un, sizeof(un));
	listen(named, 3);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &u, sizeof(u));
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &n, sizeof(n));
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &p, sizeof(p));
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &i, sizeof(i));
	i.sdiag_family = AF_INET6;
	i.sdiag_protocol = IPPROTO_UDP;
	i.idiag_states = -1;
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &i, sizeof(i));
	dump(NETLINK_SOCK_DIAG, 19, &old, sizeof(old));
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, vsock, sizeof(vsock));
	dump(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, &u, 6);
	unlink("case-socket");
}

static void routes(void)
{
	struct tcmsg tc = { 0 };
	char label[12] = { AF_INET6 }, config[4] = { AF_INET };
	struct ifinfomsg link = { .ifi_family = AF_INET6 };
	struct {
		struct ifinfomsg link;
		struct nlattr name;
		char text[8];
	} new = { { 0 }, { 12, 3 /* IFLA_IFNAME */ }, "nosuch" };

	dump(NETLINK_ROUTE, RTM_GETQDISC, &tc, sizeof(tc));
	tc.tcm_ifindex = 1;
	dump(NETLINK_ROUTE, RTM_GETTCLASS, &tc, sizeof(tc));
	dump(NETLINK_ROUTE, RTM_GETTFILTER, &tc, sizeof(tc));
	dump(NETLINK_ROUTE, RTM_GETADDRLABEL, label, sizeof(label));
	dump(NETLINK_ROUTE, RTM_GETNETCONF, config, 4);
	dump(NETLINK_ROUTE, RTM_GETLINK, &link, sizeof(link));
	ask(NETLINK_ROUTE, RTM_NEWLINK, NLM_F_ACK, &new, sizeof(new));
	ask(NETLINK_ROUTE, RTM_DELQDISC, NLM_F_ACK, &tc, 10);
}

static void generic(void)
{
	struct {
		struct genlmsghdr head;
		struct nlattr name;
		char text[8];
	} get = { { CTRL_CMD_GETFAMILY, 1 }, { 11, CTRL_ATTR_FAMILY_NAME }, "nlctrl" };

	ask(NETLINK_GENERIC, GENL_ID_CTRL, 0, &get, sizeof(get));
	strcpy(get.text, "none");
	get.name.nla_len = 9;
	ask(NETLINK_GENERIC, GENL_ID_CTRL, 0, &get, sizeof(get));
	ask(NETLINK_GENERIC, GENL_ID_CTRL, 0, &get, 2);
	ask(NETLINK_XFRM, 18, NLM_F_DUMP, answer, 40);
}

int main(void)
{
	sockets();
	routes();
	generic();
	return 0;
}
