// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what NETLINK_SOCK_DIAG says of SMC sockets (linux/smc_diag.h). */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"
#include "format/flags/flags.h"

#include <linux/smc_diag.h>

/* The addresses are of TCP over IPv4, whatever the socket's own family is. */
const struct show_field show_smc_request[] = {
	FIELD_FAMILY("diag_family"),
	FIELD_MANY(CHAR, NONE, "", 2),
	FIELD_NAMED(CHAR, FLAGS, "diag_ext", "smc_diag_extended_flags"),
	FIELD_INNER(INT, "id", 12, show_diag_id),
	FIELDS_END,
};

const struct show_field show_smc_answer[] = {
	FIELD_FAMILY("diag_family"),
	FIELD_NAMED(CHAR, ENUM, "diag_state", "smc_states"),
	FIELD_NAMED(CHAR, ENUM, "diag_fallback", "smc_diag_mode"),
	FIELD(CHAR, UNSIGNED, "diag_shutdown"),
	FIELD_INNER(INT, "id", 12, show_diag_id),
	FIELD(INT, UNSIGNED, "diag_uid"),
	FIELD(64, UNSIGNED, "diag_inode"),
	FIELDS_END,
};

static const struct show_field cursor[] = {
	FIELD(SHORT, UNSIGNED, "reserved"),
	FIELD(SHORT, UNSIGNED, "wrap"),
	FIELD(INT, UNSIGNED, "count"),
	FIELDS_END,
};

static void show_cursor(struct show *s, const void *data, size_t size)
{
	show_fields(s, cursor, data, size);
}

static void show_bits(struct show *s, const void *data, size_t size)
{
	(void)size;
	value_hex_wide(s, *(const uint8_t *)data, 2);
}

#define CURSOR(name) FIELD_INNER(INT, name, 2, show_cursor)
#define BITS(name)   FIELD_INNER(CHAR, name, 1, show_bits)

static const struct show_field connection[] = {
	FIELD(INT, UNSIGNED, "token"),
	FIELD(INT, UNSIGNED, "sndbuf_size"),
	FIELD(INT, UNSIGNED, "rmbe_size"),
	FIELD(INT, UNSIGNED, "peer_rmbe_size"),
	CURSOR("rx_prod"),
	CURSOR("rx_cons"),
	CURSOR("tx_prod"),
	CURSOR("tx_cons"),
	BITS("rx_prod_flags"),
	BITS("rx_conn_state_flags"),
	BITS("tx_prod_flags"),
	BITS("tx_conn_state_flags"),
	CURSOR("tx_prep"),
	CURSOR("tx_sent"),
	CURSOR("tx_fin"),
	FIELDS_END,
};

static const struct show_field link[] = {
	FIELD(CHAR, UNSIGNED, "link_id"),	FIELD_MANY(CHAR, TEXT, "ibname", 64),
	FIELD(CHAR, UNSIGNED, "ibport"),	FIELD_MANY(CHAR, TEXT, "gid", 40),
	FIELD_MANY(CHAR, TEXT, "peer_gid", 40), FIELDS_END,
};

/* An array of one. */
static void show_links(struct show *s, const void *data, size_t size)
{
	value_array(s);
	value_element(s);
	show_fields(s, link, data, size);
	value_array_end(s);
}

static const struct show_field link_group[] = {
	FIELD_INNER(CHAR, "lnk", 146, show_links),
	FIELD_NAMED(CHAR, ENUM, "role", "smc_link_roles"),
	FIELDS_END,
};

static const struct show_field memory_buffer[] = {
	FIELD(INT, UNSIGNED, "linkid"), FIELD(64, HEX, "peer_gid"),
	FIELD(64, HEX, "my_gid"),	FIELD(64, HEX, "token"),
	FIELD(64, HEX, "peer_token"),	FIELD(64, HEX, "peer_gid_ext"),
	FIELD(64, HEX, "my_gid_ext"),	FIELDS_END,
};

/* Numbers that no header for programs has. */
static void show_decline(struct show *s, const void *data, size_t size)
{
	const struct flag_table *table = show_table(s, "smc_decl_codes");
	uint32_t code = get32(data);

	(void)size;
	value_constant_both(s, code, BASE_HEX, table ? flag_name(table, code) : NULL,
			    table ? table->unknown : NULL);
}

static const struct show_field fallback[] = {
	FIELD_INNER(INT, "reason", 1, show_decline),
	FIELD_INNER(INT, "peer_diagnosis", 1, show_decline),
	FIELDS_END,
};

static const struct attr_row smc_rows[] = {
	ATTR_STRUCT(SMC_DIAG_CONNINFO, connection),
	ATTR_STRUCT(SMC_DIAG_LGRINFO, link_group),
	ATTR_FIT(SMC_DIAG_SHUTDOWN, FLAGS8, "smc_shutdown_flags"),
	ATTR_GROWN(SMC_DIAG_DMBINFO, memory_buffer, 40),
	ATTR_STRUCT(SMC_DIAG_FALLBACK, fallback),
};
const struct attr_list show_smc_attributes = ATTR_LIST("smc_diag_attrs", smc_rows);
