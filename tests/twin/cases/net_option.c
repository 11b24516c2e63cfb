// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case: getsockopt and setsockopt, level by level. */
#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

static void sockets(void)
{
	static const int ints[] = { SO_REUSEADDR, SO_KEEPALIVE, SO_SNDBUF,   SO_RCVBUF,
				    SO_BROADCAST, SO_TYPE,	SO_ERROR,    SO_ACCEPTCONN,
				    SO_PROTOCOL,  SO_DOMAIN,	SO_PRIORITY, SO_PASSCRED,
				    SO_MARK,	  200 };
	struct linger linger = { 1, 5 };
	struct timeval tv = { 1, 500000 };
	int tcp = socket(AF_INET, SOCK_STREAM, 0), pair[2], value = 7;
	char buffer[300] = "";
	socklen_t size;

	for (size_t i = 0; i < sizeof(ints) / sizeof(*ints); i++) {
		size = 4;
		getsockopt(tcp, SOL_SOCKET, ints[i], &value, &size);
		setsockopt(tcp, SOL_SOCKET, ints[i], &value, 4);
	}
	setsockopt(tcp, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	setsockopt(tcp, SOL_SOCKET, SO_LINGER, &linger, 4);
	setsockopt(tcp, SOL_SOCKET, SO_LINGER, &linger, 12);
	setsockopt(tcp, SOL_SOCKET, SO_LINGER, (void *)8, 8);
	size = sizeof(linger);
	getsockopt(tcp, SOL_SOCKET, SO_LINGER, &linger, &size);
	size = 6;
	getsockopt(tcp, SOL_SOCKET, SO_LINGER, &linger, &size);
	size = 20;
	getsockopt(tcp, SOL_SOCKET, SO_LINGER, buffer, &size);
	setsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	size = sizeof(tv);
	getsockopt(tcp, SOL_SOCKET, SO_RCVTIMEO, &tv, &size);
	setsockopt(tcp, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
	size = 64;
	getsockopt(tcp, SOL_SOCKET, SO_BINDTODEVICE, buffer, &size);
	size = 2;
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, &size);
	size = 0;
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, &size);
	size = -1;
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, &size);
	size = 4;
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, NULL, &size);
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, NULL);
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, (void *)8, &size);
	getsockopt(tcp, SOL_SOCKET, SO_TYPE, &value, (void *)8);
	setsockopt(tcp, SOL_SOCKET, SO_TYPE, NULL, 4);
	setsockopt(tcp, SOL_SOCKET, SO_SNDBUF, (void *)8, 4);
	setsockopt(tcp, SOL_SOCKET, SO_SNDBUF, &value, 3);
	setsockopt(tcp, SOL_SOCKET, SO_SNDBUF, &value, -1);
	setsockopt(tcp, SOL_SOCKET, SO_SNDBUF, buffer, sizeof(buffer));
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	size = 12;
	getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, buffer, &size);
	size = 7;
	getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, buffer, &size);
	size = 40;
	getsockopt(tcp, SOL_SOCKET, SO_PEERCRED, buffer, &size);
	getsockopt(tcp, SOL_SOCKET, SO_PEERGROUPS, buffer, &size);
	size = sizeof(buffer);
	getsockopt(tcp, SOL_SOCKET, SO_MEMINFO, buffer, &size);
	syscall(SYS_getsockopt, tcp, 0x100000001, 0xffffffff00000003, &value, &size);
}

static void filters(void)
{
	static struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_PROTOCOL),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x800, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0xffff),
		BPF_STMT(BPF_RET | BPF_K, 0),
	};
	struct sock_fprog program = { 4, code };
	int udp = socket(AF_INET, SOCK_DGRAM, 0), one = 1;
	socklen_t size = 4;
	char buffer[64];

	setsockopt(udp, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
	getsockopt(udp, SOL_SOCKET, SO_ATTACH_FILTER, buffer, &size);
	setsockopt(udp, SOL_SOCKET, SO_DETACH_FILTER, &one, sizeof(one));
	setsockopt(udp, SOL_SOCKET, SO_ATTACH_FILTER, &program, 8);
	setsockopt(udp, SOL_SOCKET, SO_ATTACH_FILTER, (void *)8, sizeof(program));
	setsockopt(udp, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof(program));
}

static void internet(void)
{
	struct ip_mreq mreq = { { htonl(0xe0000001) }, { htonl(0x7f000001) } };
	struct ip_mreqn mreqn = { { htonl(0xe0000001) }, { 0 }, 1 };
	struct ipv6_mreq mreq6 = { .ipv6mr_interface = 1 };
	struct group_req group = { .gr_interface = 1 };
	int udp = socket(AF_INET, SOCK_DGRAM, 0), tcp = socket(AF_INET6, SOCK_STREAM, 0), one = 1;
	char buffer[512] = "";
	socklen_t size = 4;

	setsockopt(udp, SOL_IP, IP_ADD_MEMBERSHIP, &mreq, sizeof(mreq));
	setsockopt(udp, SOL_IP, IP_DROP_MEMBERSHIP, &mreqn, sizeof(mreqn));
	setsockopt(udp, SOL_IP, IP_ADD_MEMBERSHIP, &mreq, 4);
	setsockopt(udp, SOL_IP, IP_TTL, &one, 4);
	setsockopt(udp, SOL_IP, IP_TTL, &one, 1);
	setsockopt(udp, SOL_IP, IP_MULTICAST_IF, &mreqn, sizeof(mreqn));
	getsockopt(udp, SOL_IP, IP_TTL, &one, &size);
	((struct sockaddr_in *)&group.gr_group)->sin_family = AF_INET;
	((struct sockaddr_in *)&group.gr_group)->sin_addr.s_addr = htonl(0xe0000002);
	setsockopt(udp, SOL_IP, MCAST_JOIN_GROUP, &group, sizeof(group));
	setsockopt(udp, SOL_IP, MCAST_LEAVE_GROUP, &group, sizeof(group) - 1);
	setsockopt(udp, SOL_IP, 64, buffer, 40);
	size = 4;
	getsockopt(udp, SOL_IP, 64, buffer, &size);
	inet_pton(AF_INET6, "ff02::1", &mreq6.ipv6mr_multiaddr);
	setsockopt(tcp, SOL_IPV6, IPV6_JOIN_GROUP, &mreq6, sizeof(mreq6));
	setsockopt(tcp, SOL_IPV6, IPV6_LEAVE_GROUP, &mreq6, 8);
	setsockopt(tcp, SOL_IPV6, IPV6_V6ONLY, &one, 4);
	setsockopt(tcp, SOL_TCP, TCP_NODELAY, &one, 4);
	setsockopt(tcp, SOL_TCP, TCP_CONGESTION, "cubic", 5);
	size = sizeof(buffer);
	getsockopt(tcp, SOL_TCP, TCP_CONGESTION, buffer, &size);
	size = sizeof(buffer);
	memset(buffer, 0, sizeof(buffer));
	getsockopt(tcp, SOL_TCP, TCP_INFO, buffer, &size);
	setsockopt(tcp, SOL_TCP, 999, &one, 4);
	setsockopt(udp, 17, 1, &one, 4);
	setsockopt(udp, 17, 103, &one, 4);
}

/* Levels whose sockets are not there. */
static void others(void)
{
	struct tpacket_req ring = { 4096, 2, 2048, 4 };
	struct packet_mreq mreq = { 1, PACKET_MR_MULTICAST, 6, { 1, 2, 3, 4, 5, 6 } };
	int one = 1, netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE),
	    packet = socket(AF_PACKET, SOCK_DGRAM, 0);
	unsigned int filter = ~5u;
	char buffer[64];
	socklen_t size = 4;

	for (int level = 0; level < 300; level += level == 2 ? 1 : level == 60 ? 41 : 1)
		setsockopt(-1, level, 1 + level % 3, &one, 4);
	setsockopt(-1, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring));
	setsockopt(-1, SOL_PACKET, PACKET_TX_RING, &ring, sizeof(ring) - 1);
	setsockopt(-1, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &mreq, sizeof(mreq));
	setsockopt(-1, SOL_RAW, 1, &filter, 4);
	setsockopt(-1, SOL_RAW, 1, &filter, 0);
	setsockopt(netlink, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &one, 4);
	setsockopt(netlink, SOL_NETLINK, NETLINK_EXT_ACK, &one, 4);
	setsockopt(netlink, SOL_NETLINK, NETLINK_EXT_ACK, &one, 2);
	size = sizeof(buffer);
	getsockopt(netlink, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, buffer, &size);
	size = 4;
	getsockopt(netlink, SOL_NETLINK, NETLINK_EXT_ACK, buffer, &size);
	size = sizeof(buffer);
	getsockopt(packet, SOL_PACKET, PACKET_STATISTICS, buffer, &size);
	getsockopt(packet, SOL_PACKET, PACKET_VERSION, buffer, &size);
}

int main(void)
{
	sockets();
	filters();
	internet();
	others();
	return 0;
}
