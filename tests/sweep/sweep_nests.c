/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sweep: attributes of netlink within attributes: for each way into one that has others within,
 * each of these, of many lengths. */
#include "tests/sweep/sweep.h"

#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

enum { ROUTE, DIAG, NETFILTER = 5, GENERIC, DEPTH = 4 };

static const struct nest {
	uint8_t protocol;
	uint8_t type, family;
	uint8_t way[DEPTH]; /* attribute in attribute; 0 ends it */
	uint8_t inner;	    /* types of the last */
	const char *kind;   /* of a link: an attribute before the last of the way, of type 1 */
} nests[] = {
	{ ROUTE, 16, 0, { 18 }, 7, NULL },	      /* IFLA_LINKINFO */
	{ ROUTE, 16, 0, { 18, 2 }, 52, "bridge" },    /* IFLA_INFO_DATA */
	{ ROUTE, 16, 0, { 18, 2, 44 }, 3, "bridge" }, /* IFLA_BR_MULTI_BOOLOPT */
	{ ROUTE, 16, 0, { 18, 2, 48 }, 6, "bridge" }, /* IFLA_BR_MCAST_QUERIER_STATE */
	{ ROUTE, 16, 0, { 18, 2 }, 12, "tun" },
	{ ROUTE, 16, 0, { 18, 2 }, 12, "vlan" },
	{ ROUTE, 16, 0, { 18, 2 }, 12, "vxlan" },
	{ ROUTE, 16, 0, { 18, 3 }, 4, "can" },
	{ ROUTE, 16, 0, { 18, 5 }, 44, "bridge" },
	{ ROUTE, 16, 0, { 22 }, 3, NULL }, /* IFLA_VFINFO_LIST */
	{ ROUTE, 16, 0, { 22, 1 }, 16, NULL },
	{ ROUTE, 16, 0, { 22, 1, 8 }, 12, NULL }, /* IFLA_VF_STATS */
	{ ROUTE, 16, 0, { 22, 1, 12 }, 4, NULL }, /* IFLA_VF_VLAN_LIST */
	{ ROUTE, 16, 0, { 24 }, 3, NULL },	  /* IFLA_VF_PORTS */
	{ ROUTE, 16, 0, { 24, 1 }, 10, NULL },
	{ ROUTE, 16, 0, { 25 }, 10, NULL }, /* IFLA_PORT_SELF */
	{ ROUTE, 16, 0, { 26 }, 50, NULL }, /* IFLA_AF_SPEC */
	{ ROUTE, 16, AF_BRIDGE, { 26 }, 12, NULL },
	{ ROUTE, 16, AF_BRIDGE, { 26, 3 }, 6, NULL },
	{ ROUTE, 16, AF_BRIDGE, { 26, 4 }, 8, NULL },
	{ ROUTE, 16, AF_BRIDGE, { 26, 5 }, 6, NULL },
	{ ROUTE, 16, 0, { 26, AF_INET }, 3, NULL },
	{ ROUTE, 16, 0, { 26, AF_INET6 }, 11, NULL },
	{ ROUTE, 16, 0, { 26, AF_MCTP }, 5, NULL },
	{ ROUTE, 16, AF_INET6, { 12 }, 11, NULL }, /* IFLA_PROTINFO */
	{ ROUTE, 16, AF_BRIDGE, { 12 }, 48, NULL },
	{ ROUTE, 16, 0, { 12 }, 5, NULL },
	{ ROUTE, 16, 0, { 43 }, 10, NULL },	 /* IFLA_XDP */
	{ ROUTE, 16, 0, { 52 }, 56, NULL },	 /* IFLA_PROP_LIST */
	{ ROUTE, 16, 0, { 55 }, 4, NULL },	 /* IFLA_PROTO_DOWN_REASON */
	{ ROUTE, 16, 0, { 62 }, 4, NULL },	 /* IFLA_DEVLINK_PORT */
	{ ROUTE, 16, 0, { 65 }, 4, NULL },	 /* IFLA_DPLL_PIN */
	{ ROUTE, 24, AF_INET, { 8 }, 19, NULL }, /* RTA_METRICS */
	{ ROUTE, 24, AF_INET, { 22 }, 4, NULL }, /* RTA_ENCAP */
	{ ROUTE, 28, AF_INET, { 14 }, 4, NULL }, /* NDA_FDB_EXT_ATTRS */
	{ ROUTE, 64, 0, { 6 }, 23, NULL },	 /* NDTA_PARMS */
	{ ROUTE, 36, 0, { 7 }, 10, NULL },	 /* TCA_STATS2 */
	{ ROUTE, 36, 0, { 8 }, 4, NULL },	 /* TCA_STAB */
	{ ROUTE, 36, 0, { 2 }, 4, NULL },	 /* TCA_OPTIONS */
	{ ROUTE, 48, 0, { 1 }, 3, NULL },	 /* TCA_ROOT_TAB */
	{ ROUTE, 48, 0, { 1, 1 }, 12, NULL },
	{ ROUTE, 48, 0, { 1, 1, 4 }, 10, NULL }, /* TCA_ACT_STATS */
	{ ROUTE, 84, 0, { 1 }, 3, NULL },	 /* MDBA_MDB */
	{ ROUTE, 84, 0, { 1, 1 }, 3, NULL },
	{ ROUTE, 84, 0, { 1, 1, 1 }, 3, NULL },
	{ ROUTE, 84, 0, { 2 }, 3, NULL }, /* MDBA_ROUTER */
	{ ROUTE, 84, 0, { 2, 1 }, 3, NULL },
	{ ROUTE, 92, 0, { 2 }, 4, NULL }, /* IFLA_STATS_LINK_XSTATS */
	{ ROUTE, 92, 0, { 2, 1 }, 7, NULL },
	{ ROUTE, 92, 0, { 2, 2 }, 3, NULL },
	{ ROUTE, 92, 0, { 2, 2, 1 }, 12, NULL },
	{ ROUTE, 92, 0, { 3, 1 }, 7, NULL },
	{ ROUTE, 92, 0, { 4 }, 5, NULL }, /* IFLA_STATS_LINK_OFFLOAD_XSTATS */
	{ ROUTE, 92, 0, { 4, 2 }, 4, NULL },
	{ ROUTE, 92, 0, { 5 }, 30, NULL }, /* IFLA_STATS_AF_SPEC */
	{ ROUTE, 92, 0, { 5, AF_MPLS }, 4, NULL },
	{ ROUTE, 104, 0, { 12 }, 6, NULL },	/* NHA_RES_GROUP */
	{ ROUTE, 104, 0, { 13 }, 6, NULL },	/* NHA_RES_BUCKET */
	{ ROUTE, 78, 0, { 13 }, 12, NULL },	/* DCB_ATTR_IEEE */
	{ DIAG, 20, AF_INET, { 18 }, 3, NULL }, /* INET_DIAG_MD5SIG */
	{ DIAG, 20, AF_INET, { 19 }, 6, NULL }, /* INET_DIAG_ULP_INFO */
	{ DIAG, 20, AF_INET, { 19, 2 }, 9, NULL },
	{ DIAG, 20, AF_INET, { 19, 3 }, 13, NULL },
	{ DIAG, 20, AF_INET, { 20 }, 4, NULL }, /* INET_DIAG_SK_BPF_STORAGES */
	{ DIAG, 20, AF_INET, { 20, 1 }, 6, NULL },
	{ GENERIC, 16, 0, { 6 }, 3, NULL }, /* CTRL_ATTR_OPS */
	{ GENERIC, 16, 0, { 6, 1 }, 4, NULL },
	{ GENERIC, 16, 0, { 7, 1 }, 4, NULL }, /* CTRL_ATTR_MCAST_GROUPS */
	{ GENERIC, 16, 0, { 8, 1 }, 3, NULL }, /* CTRL_ATTR_POLICY */
	{ GENERIC, 16, 0, { 8, 1, 1 }, 15, NULL },
	{ GENERIC, 16, 0, { 9, 1 }, 4, NULL }, /* CTRL_ATTR_OP_POLICY */
};

/* A message whose attributes are the way, and in the last of them `size` bytes. */
static void message(const struct nest *n, uint16_t flags, const void *data, size_t size)
{
	unsigned char bytes[1024] = { n->family };
	size_t depth = 0, at = 4, kind = n->kind ? strlen(n->kind) + 1 : 0;

	if (n->protocol == ROUTE)
		at = sweep_route_body(n->type);
	else if (n->protocol == DIAG)
		at = 72;
	while (depth < DEPTH && n->way[depth])
		depth++;
	for (size_t i = 0; i < depth; i++) {
		size_t rest = 4 * (depth - i) + size;
		uint16_t length;

		if (i < 2 && kind)
			rest += i ? 0 : 4 + ((kind + 3) & ~(size_t)3);
		if (i == 1 && kind) {
			at += sweep_attribute(bytes + at, 1, kind, 0);
			memcpy(bytes + at - ((kind + 3) & ~(size_t)3), n->kind, kind);
		}
		sweep_attribute(bytes + at, n->way[i], 0, 0);
		length = rest;
		memcpy(bytes + at, &length, sizeof(length));
		at += 4;
	}
	memcpy(bytes + at, data, size);
	sweep_message(n->protocol, n->type, flags, bytes, at + size);
}

static void nest(const struct nest *n)
{
	static const uint8_t payloads[] = { 0, 1, 2, 3, 4, 8, 12, 16, 28, 48, 240 };
	uint16_t flags = n->protocol == DIAG ? 0 : NLM_F_REQUEST;
	unsigned char bytes[512];

	for (int type = 0; type < n->inner; type++) {
		size_t at;

		for (size_t i = 0; i < sizeof(payloads); i++) {
			sweep_attribute(bytes, type, payloads[i], -1);
			message(n, flags, bytes, 4 + payloads[i]);
		}
		for (int value = 0; value < 6; value++) {
			sweep_attribute(bytes, type, 1 << value % 4, value);
			message(n, flags, bytes, 4 + (1 << value % 4));
		}
		at = sweep_attribute(bytes, NLA_F_NESTED | type, 4, type % 4);
		at += sweep_attribute(bytes + at, NLA_F_NET_BYTEORDER | (type + 1), 8, -1);
		message(n, flags, bytes, at);
		message(n, flags, bytes, at - 2);
		sweep_attribute(bytes + at, type, 3, -1);
		message(n, flags, bytes, at + 3);
	}
}

void sweep_nests(void)
{
	for (size_t i = 0; i < sizeof(nests) / sizeof(*nests); i++)
		nest(&nests[i]);
}
