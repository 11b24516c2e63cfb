// SPDX-License-Identifier: GPL-2.0-or-later
/* Twin case: ioctl commands of network interfaces. */
#include "case.h"

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static const unsigned long reads[] = {
	SIOCGIFINDEX, SIOCGIFADDR,   SIOCGIFDSTADDR, SIOCGIFBRDADDR, SIOCGIFNETMASK, SIOCGIFHWADDR,
	SIOCGIFFLAGS, SIOCGIFMETRIC, SIOCGIFMTU,     SIOCGIFTXQLEN,  SIOCGIFMAP,     SIOCGIFSLAVE,
	SIOCGIFMEM,   SIOCGIFENCAP,  SIOCGIFPFLAGS,  SIOCGIFCOUNT,
};
static const unsigned long writes[] = {
	SIOCSIFADDR,   SIOCSIFDSTADDR, SIOCSIFBRDADDR,	   SIOCSIFNETMASK,
	SIOCSIFHWADDR, SIOCSIFFLAGS,   SIOCSIFMETRIC,	   SIOCSIFMTU,
	SIOCSIFTXQLEN, SIOCSIFMAP,     SIOCSIFSLAVE,	   SIOCSIFNAME,
	SIOCADDMULTI,  SIOCDELMULTI,   SIOCSIFHWBROADCAST, SIOCSIFENCAP,
};

static void each(int fd, const char *name)
{
	struct ifreq r;

	for (size_t i = 0; i < sizeof(reads) / sizeof(*reads); i++) {
		memset(&r, 0, sizeof(r));
		strncpy(r.ifr_name, name, IFNAMSIZ);
		ioctl(fd, reads[i], &r);
		ioctl(fd, reads[i], NULL);
		ioctl(-1, reads[i], &r);
		ioctl(fd, reads[i], BAD);
	}
	for (size_t i = 0; i < sizeof(writes) / sizeof(*writes); i++) {
		memset(&r, 1, sizeof(r));
		strncpy(r.ifr_name, name, IFNAMSIZ);
		r.ifr_addr.sa_family = writes[i] == SIOCSIFHWADDR || writes[i] == SIOCADDMULTI
					       ? ARPHRD_ETHER
					       : AF_INET;
		ioctl(-1, writes[i], &r);
		ioctl(fd, writes[i], BAD);
	}
}

int main(void)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), value = 1;
	struct ifreq list[64];
	struct ifconf conf = { .ifc_len = sizeof(list), .ifc_req = list };
	struct ifreq r = { .ifr_ifindex = 1 };

	each(fd, "lo");
	each(fd, "no-such-name-long");
	ioctl(fd, SIOCGIFNAME, &r);
	r.ifr_ifindex = 7777;
	ioctl(fd, SIOCGIFNAME, &r);
	ioctl(fd, SIOCGIFCONF, &conf);
	conf.ifc_len = sizeof(*list);
	ioctl(fd, SIOCGIFCONF, &conf);
	conf.ifc_len = 5;
	ioctl(fd, SIOCGIFCONF, &conf);
	conf.ifc_req = NULL;
	ioctl(fd, SIOCGIFCONF, &conf);
	ioctl(-1, SIOCGIFCONF, &conf);
	ioctl(fd, SIOCGIFCONF, BAD);
	ioctl(fd, FIOGETOWN, &value);
	ioctl(fd, SIOCGPGRP, &value);
	ioctl(fd, SIOCATMARK, &value);
	ioctl(fd, SIOCOUTQ, &value);
	ioctl(fd, SIOCINQ, &value);
	ioctl(fd, FIOSETOWN, &value);
	ioctl(fd, SIOCBRADDBR, "not a bridge that fits");
	ioctl(fd, SIOCBRADDIF, &r);
	ioctl(fd, SIOCETHTOOL, &r);
	ioctl(fd, SIOCGSTAMP, &r);
	return 0;
}
