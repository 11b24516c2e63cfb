// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what is told of a TCP socket beyond its addresses (linux/inet_diag.h): the state of its
 * congestion control, keys, protocols above it, addresses of SCTP, storages of BPF. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/inet_diag.h>
#include <linux/mptcp.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/tls.h>
#include <sys/socket.h>

const struct show_field show_vegas_info[] = {
	FIELD(INT, UNSIGNED, "tcpv_enabled"),
	FIELD(INT, UNSIGNED, "tcpv_rttcnt"),
	FIELD(INT, UNSIGNED, "tcpv_rtt"),
	FIELD(INT, UNSIGNED, "tcpv_minrtt"),
	FIELDS_END,
};

const struct show_field show_dctcp_info[] = {
	FIELD(SHORT, UNSIGNED, "dctcp_enabled"), FIELD(SHORT, UNSIGNED, "dctcp_ce_state"),
	FIELD(INT, UNSIGNED, "dctcp_alpha"),	 FIELD(INT, UNSIGNED, "dctcp_ab_ecn"),
	FIELD(INT, UNSIGNED, "dctcp_ab_tot"),	 FIELDS_END,
};

const struct show_field show_bbr_info[] = {
	FIELD(INT, HEX, "bbr_bw_lo"),	       FIELD(INT, HEX, "bbr_bw_hi"),
	FIELD(INT, UNSIGNED, "bbr_min_rtt"),   FIELD(INT, UNSIGNED, "bbr_pacing_gain"),
	FIELD(INT, UNSIGNED, "bbr_cwnd_gain"), FIELDS_END,
};

/* struct tcp_diag_md5sig: as much of the key as it says that it has. */
static void key(struct show *s, const unsigned char *data)
{
	int family = data[0];
	uint16_t length = get16(data + 2);
	size_t shown = length < TCP_MD5SIG_MAXKEYLEN ? length : TCP_MD5SIG_MAXKEYLEN;

	value_struct(s);
	field_enum(s, "tcpm_family", "addrfams", family);
	field_unsigned(s, "tcpm_prefixlen", data[1]);
	field_unsigned(s, "tcpm_keylen", length);
	if (family == AF_INET || family == AF_INET6) {
		value_inet(s, "tcpm_addr", family, data + 4);
	} else {
		value_field(s, "tcpm_addr");
		value_hex_bytes(s, data + 4, 16, 16);
	}
	value_field(s, "tcpm_key");
	value_hex_bytes(s, data + 20, shown, shown);
	value_struct_end(s);
}

static void sockaddr(struct show *s, const unsigned char *data)
{
	show_sockaddr_data(s, data, sizeof(struct sockaddr_storage));
}

/* Structures of one size. */
static bool list_of(struct show *s, const unsigned char *data, size_t size, size_t each,
		    void (*print)(struct show *show, const unsigned char *data))
{
	if (size < each)
		return false;
	show_each(s, data, size, each, print);
	return true;
}

bool show_tcp_keys(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return list_of(s, data, size, sizeof(struct tcp_diag_md5sig), key);
}

bool show_socket_addresses(struct show *s, const unsigned char *data, size_t size, int family)
{
	(void)family;
	return list_of(s, data, size, sizeof(struct sockaddr_storage), sockaddr);
}

static const struct attr_row tls_rows[] = {
	ATTR_FIT(TLS_INFO_VERSION, ENUM16, "tls_versions"),
	ATTR_FIT(TLS_INFO_CIPHER, ENUM16, "tls_cipher_types"),
	ATTR_FIT(TLS_INFO_TXCONF, ENUM16, "tls_crypto_info_confs"),
	ATTR_FIT(TLS_INFO_RXCONF, ENUM16, "tls_crypto_info_confs"),
};
static const struct attr_list tls_list = ATTR_LIST("tls_info_attrs", tls_rows);

static const struct attr_row multipath_rows[] = {
	ATTR(MPTCP_SUBFLOW_ATTR_TOKEN_REM, X32),
	ATTR(MPTCP_SUBFLOW_ATTR_TOKEN_LOC, X32),
	ATTR(MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ, U32),
	ATTR(MPTCP_SUBFLOW_ATTR_MAP_SEQ, U64),
	ATTR(MPTCP_SUBFLOW_ATTR_MAP_SFSEQ, U32),
	ATTR(MPTCP_SUBFLOW_ATTR_SSN_OFFSET, U32),
	ATTR(MPTCP_SUBFLOW_ATTR_MAP_DATALEN, U16),
	ATTR_FIT(MPTCP_SUBFLOW_ATTR_FLAGS, FLAGS32, "mptcp_subflow_flags"),
	ATTR(MPTCP_SUBFLOW_ATTR_ID_REM, U8),
	ATTR(MPTCP_SUBFLOW_ATTR_ID_LOC, U8),
};
static const struct attr_list multipath_list = ATTR_LIST("mptcp_subflow_attrs", multipath_rows);

static const struct attr_row upper_rows[] = {
	ATTR(INET_ULP_INFO_NAME, TEXT),
	ATTR_NEST(INET_ULP_INFO_TLS, tls_list),
	ATTR_NEST(INET_ULP_INFO_MPTCP, multipath_list),
};
const struct attr_list show_upper_attributes = ATTR_LIST("inet_ulp_info_attrs", upper_rows);

/* A number, if it is as long as one. */
static bool storage_value(struct show *s, const unsigned char *data, size_t size, int family)
{
	uint64_t value = 0;

	(void)family;
	if (size > sizeof(value) || size & (size - 1))
		return false;
	memcpy(&value, data, size);
	value_hex(s, value);
	return true;
}

static const struct attr_row storage_rows[] = {
	ATTR(SK_DIAG_BPF_STORAGE_MAP_ID, U32),
	ATTR_BY(SK_DIAG_BPF_STORAGE_MAP_VALUE, storage_value),
};
static const struct attr_list storage_list = ATTR_LIST("inet_diag_bpf_storage_attrs", storage_rows);
static const struct attr_row storages_rows[] = {
	ATTR_NEST(SK_DIAG_BPF_STORAGE, storage_list),
};
const struct attr_list show_storage_attributes =
	ATTR_LIST("inet_diag_bpf_storage_reply_attrs", storages_rows);
