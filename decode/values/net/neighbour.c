// SPDX-License-Identifier: GPL-2.0-or-later
/* show: neighbours (linux/neighbour.h) and the tables that the kernel keeps of them. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/neighbour.h>

static const struct show_field cacheinfo[] = {
	FIELD(INT, UNSIGNED, "ndm_confirmed"),
	FIELD(INT, UNSIGNED, "ndm_used"),
	FIELD(INT, UNSIGNED, "ndm_updated"),
	FIELD(INT, UNSIGNED, "ndm_refcnt"),
	FIELDS_END,
};

static const struct attr_row bridge_rows[] = {
	ATTR_FIT(NFEA_ACTIVITY_NOTIFY, FLAGS8, "rtnl_nfea_activity_notify_flags"),
};
static const struct attr_list bridge_list = ATTR_LIST("rtnl_neigh_nfea_attrs", bridge_rows);

static const struct attr_row neighbour_rows[] = {
	ATTR(NDA_DST, INET),
	ATTR(NDA_LLADDR, MAC),
	ATTR_STRUCT(NDA_CACHEINFO, cacheinfo),
	ATTR(NDA_PROBES, U32),
	ATTR(NDA_VLAN, U16),
	ATTR(NDA_PORT, NET16),
	ATTR(NDA_VNI, U32),
	ATTR(NDA_IFINDEX, IFINDEX),
	ATTR(NDA_MASTER, IFINDEX),
	ATTR(NDA_LINK_NETNSID, U32),
	ATTR(NDA_SRC_VNI, U32),
	ATTR(NDA_PROTOCOL, PROTOCOL),
	ATTR(NDA_NH_ID, U32),
	ATTR_NEST(NDA_FDB_EXT_ATTRS, bridge_list),
	ATTR_FIT(NDA_FLAGS_EXT, FLAGS32, "rtnl_nda_flags_ext"),
	ATTR_FIT(16 /* NDA_NDM_STATE_MASK */, FLAGS16, "neighbor_cache_entry_states"),
	ATTR_FIT(17 /* NDA_NDM_FLAGS_MASK */, FLAGS8, "neighbor_cache_entry_flags"),
};
static const struct attr_list neighbour_list = ATTR_LIST("rtnl_neigh_attrs", neighbour_rows);

static const struct show_field neighbour[] = {
	FIELD_FAMILY("ndm_family"),
	FIELD_MANY(CHAR, NONE, "", 3),
	FIELD_IFINDEX("ndm_ifindex"),
	FIELD_NAMED(SHORT, FLAGS, "ndm_state", "neighbor_cache_entry_states"),
	FIELD_NAMED(CHAR, FLAGS, "ndm_flags", "neighbor_cache_entry_flags"),
	FIELD_NAMED(CHAR, ENUM, "ndm_type", "routing_types"),
	FIELDS_END,
};

void show_neighbour_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_body(s, neighbour, &neighbour_list, data, size);
}

static void show_mask(struct show *s, const void *data, size_t size)
{
	(void)size;
	value_hex_wide(s, get32(data), 8);
}

static const struct show_field table_config[] = {
	FIELD(SHORT, UNSIGNED, "ndtc_key_len"),
	FIELD(SHORT, UNSIGNED, "ndtc_entry_size"),
	FIELD(INT, UNSIGNED, "ndtc_entries"),
	FIELD(INT, UNSIGNED, "ndtc_last_flush"),
	FIELD(INT, UNSIGNED, "ndtc_last_rand"),
	FIELD(INT, UNSIGNED, "ndtc_hash_rnd"),
	FIELD_INNER(INT, "ndtc_hash_mask", 1, show_mask),
	FIELD(INT, UNSIGNED, "ndtc_hash_chain_gc"),
	FIELD(INT, UNSIGNED, "ndtc_proxy_qlen"),
	FIELDS_END,
};

static const struct show_field table_stats[] = {
	FIELD(64, UNSIGNED, "ndts_allocs"),	      FIELD(64, UNSIGNED, "ndts_destroys"),
	FIELD(64, UNSIGNED, "ndts_hash_grows"),	      FIELD(64, UNSIGNED, "ndts_res_failed"),
	FIELD(64, UNSIGNED, "ndts_lookups"),	      FIELD(64, UNSIGNED, "ndts_hits"),
	FIELD(64, UNSIGNED, "ndts_rcv_probes_mcast"), FIELD(64, UNSIGNED, "ndts_rcv_probes_ucast"),
	FIELD(64, UNSIGNED, "ndts_periodic_gc_runs"), FIELD(64, UNSIGNED, "ndts_forced_gc_runs"),
	FIELD(64, UNSIGNED, "ndts_table_fulls"),      FIELDS_END,
};

static const struct attr_row parameter_rows[] = {
	ATTR(NDTPA_IFINDEX, IFINDEX),	   ATTR(NDTPA_REFCNT, U32),
	ATTR(NDTPA_REACHABLE_TIME, U64),   ATTR(NDTPA_BASE_REACHABLE_TIME, U64),
	ATTR(NDTPA_RETRANS_TIME, U64),	   ATTR(NDTPA_GC_STALETIME, U64),
	ATTR(NDTPA_DELAY_PROBE_TIME, U64), ATTR(NDTPA_QUEUE_LEN, U32),
	ATTR(NDTPA_APP_PROBES, U32),	   ATTR(NDTPA_UCAST_PROBES, U32),
	ATTR(NDTPA_MCAST_PROBES, U32),	   ATTR(NDTPA_ANYCAST_DELAY, U64),
	ATTR(NDTPA_PROXY_DELAY, U64),	   ATTR(NDTPA_PROXY_QLEN, U32),
	ATTR(NDTPA_LOCKTIME, U64),	   ATTR(NDTPA_QUEUE_LENBYTES, U32),
	ATTR(NDTPA_MCAST_REPROBES, U32),   ATTR(19 /* NDTPA_INTERVAL_PROBE_TIME_MS */, U64),
};
static const struct attr_list parameter_list =
	ATTR_LIST("rtnl_neightbl_parms_attrs", parameter_rows);

static const struct attr_row table_rows[] = {
	ATTR(NDTA_NAME, TEXT),
	ATTR(NDTA_THRESH1, U32),
	ATTR(NDTA_THRESH2, U32),
	ATTR(NDTA_THRESH3, U32),
	ATTR_STRUCT(NDTA_CONFIG, table_config),
	ATTR_NEST(NDTA_PARMS, parameter_list),
	ATTR_GROWN(NDTA_STATS, table_stats, 80),
	ATTR(NDTA_GC_INTERVAL, U64),
};
static const struct attr_list table_list = ATTR_LIST("rtnl_neightbl_attrs", table_rows);

void show_neighbour_table_message(struct show *s, const unsigned char *data, size_t size)
{
	show_netlink_family(s, "ndtm_family", "addrfams", &table_list, data, size);
}
