/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink: what netlink.c (messages), netlink_attributes.c and the protocols over them (route*.c,
 * diag.c, generic.c) share. Messages are in hand, whole: `data` with `size` bytes, unaligned.
 */
#ifndef SYSTAPE_NETLINK_H
#define SYSTAPE_NETLINK_H

#include "decode/values/net/net.h"
#include "decode/values/show_fields.h"

/*
 * The messages at hand: a copy of what was captured, with zeros behind it, and what some attributes
 * say of others. Everything that is shown lies within `data`.
 */
struct netlink_scope {
	const unsigned char *data, *end; /* `end`: of what was captured */
	uint64_t address;
	const unsigned char *body; /* of the message: its structure, which begins with the family */
	const char *kind;	   /* of a link: IFLA_INFO_KIND; NULL if it has not been told */
	size_t kind_size;
};

/* Whether those bytes were captured. If not, the address says so in their place. */
bool show_netlink_has(const struct show *show, const unsigned char *data, size_t size);
void show_netlink_missing(struct show *show, const unsigned char *data);

/* How an attribute's data is shown. */
enum attr_form {
	ATTR_BYTES, /* as it is: also for types that a list does not have */
	ATTR_U8,
	ATTR_U16,
	ATTR_U32,
	ATTR_U64,
	ATTR_S32,
	ATTR_S64,
	ATTR_X8,
	ATTR_X16,
	ATTR_X32,
	ATTR_X64,
	ATTR_FD,
	ATTR_ID,    /* a uid or gid */
	ATTR_ENUM8, /* of `table` */
	ATTR_ENUM16,
	ATTR_ENUM32,
	ATTR_FLAGS8,
	ATTR_FLAGS16,
	ATTR_FLAGS32,
	ATTR_IFINDEX,
	ATTR_NET16, /* numbers in network order */
	ATTR_NET32,
	ATTR_NET64,
	ATTR_ETHER, /* a protocol of Ethernet, in network order */
	/* Numbers of any size, up to 8 bytes: */
	ATTR_PROTOCOL, /* of IP */
	ATTR_TICKS,    /* hundredths of a second */
	ATTR_MSECS,
	ATTR_TEXT, /* a string with its NUL */
	ATTR_NAME, /* the same: what is behind the NUL does not count */
	ATTR_INET, /* an address of the message's family */
	ATTR_INET4,
	ATTR_INET6,
	ATTR_MAC,
	ATTR_HWADDR,   /* the same of the device that the message is about */
	ATTR_ARRAY_U8, /* numbers: [1, 2] */
	ATTR_ARRAY_U16,
	ATTR_ARRAY_U32, /* numbers, each behind its index as a constant of `table` */
	ATTR_ARRAY_S32,
	ATTR_ARRAY_U64,
	ATTR_FIELDS,  /* a structure, of `fields`, if it is whole, or has at least its first `least`
			 bytes */
	ATTR_LEADING, /* the same with bytes behind it */
	ATTR_NESTED,  /* attributes, of `list` */
	ATTR_OTHER,   /* `print` does it; false: shown as bytes */
};

struct attr_list;

struct attr_row {
	uint16_t type, least;
	uint8_t form;
	uint8_t most; /* longer data is no number; 0: no limit */
	union {
		const char *table;
		const struct show_field *fields;
		const struct attr_list *list;
		bool (*print)(struct show *show, const unsigned char *data, size_t size,
			      int family);
	};
};

#define ATTR(type_, form_)                                                                         \
	{                                                                                          \
		.type = type_, .form = ATTR_##form_                                                \
	}
#define ATTR_NAMED(type_, form_, table_)                                                           \
	{                                                                                          \
		.type = type_, .form = ATTR_##form_, .table = table_                               \
	}
/* The same where longer data than 8 bytes is no number. */
#define ATTR_FIT(type_, form_, table_)                                                             \
	{                                                                                          \
		.type = type_, .form = ATTR_##form_, .table = table_, .most = 8                    \
	}
#define ATTR_STRUCT(type_, fields_)                                                                \
	{                                                                                          \
		.type = type_, .form = ATTR_FIELDS, .fields = fields_                              \
	}
#define ATTR_GROWN(type_, fields_, least_)                                                         \
	{                                                                                          \
		.type = type_, .form = ATTR_FIELDS, .fields = fields_, .least = least_             \
	}
#define ATTR_LEAD(type_, fields_, least_)                                                          \
	{                                                                                          \
		.type = type_, .form = ATTR_LEADING, .fields = fields_, .least = least_            \
	}
#define ATTR_NEST(type_, list_)                                                                    \
	{                                                                                          \
		.type = type_, .form = ATTR_NESTED, .list = &(list_)                               \
	}
#define ATTR_BY(type_, print_)                                                                     \
	{                                                                                          \
		.type = type_, .form = ATTR_OTHER, .print = print_                                 \
	}

struct attr_list {
	const char *table; /* names of the types; NULL: they are numbers */
	const struct attr_row *rows;
	size_t count;
	const struct attr_row *any; /* of types that no row has; NULL: bytes */
};

#define ATTR_LIST(table_, rows_)                                                                   \
	{                                                                                          \
		table_, rows_, sizeof(rows_) / sizeof(*(rows_)), NULL                              \
	}
/* A list whose types are the places in it: of each the same. */
#define ATTR_NUMBERED(row_)                                                                        \
	{                                                                                          \
		NULL, NULL, 0, &(row_)                                                             \
	}

/* One attribute, or several in brackets. `family`: of the message, for addresses. */
void show_attributes(struct show *show, const unsigned char *data, size_t size,
		     const struct attr_list *list, int family);
/* Things that lie one behind the other, each with its length at its front, and begin at multiples
 * of four: messages, attributes. */
struct aligned_list {
	size_t header; /* the least that one of them has */
	size_t (*length)(const unsigned char *data);
	void (*each)(struct show *show, const unsigned char *data, size_t size,
		     const void *context);
	const void *context;
};
/* One, or several in brackets; what is too short for one as bytes. */
void show_aligned_list(struct show *show, const struct aligned_list *list,
		       const unsigned char *data, size_t size);
/* htons(80): a number in network order, also with -X. */
void show_net_number(struct show *show, const char *function, const unsigned char *data,
		     size_t size);
/* Data that nothing more is known of. */
void show_attr_bytes(struct show *show, const unsigned char *data, size_t size);
/*
 * A message: a structure whose first field is its family, then attributes. Of one that is cut, the
 * family and "..."; without `list` text leaves out what is behind the
 * structure, others have it as bytes.
 */
void show_netlink_body(struct show *show, const struct show_field *fields,
		       const struct attr_list *list, const unsigned char *data, size_t size);
/* The same where nothing but the family is in the structure: what is behind it is padding. */
void show_netlink_family(struct show *show, const char *name, const char *table,
			 const struct attr_list *list, const unsigned char *data, size_t size);
/* The same of one of which only the family is known. */
void show_netlink_unknown(struct show *show, const unsigned char *data, size_t size);
/* Fields of such structures: the family; an interface's index. */
#define FIELD_FAMILY(name)  FIELD_NAMED(CHAR, ENUM, name, "addrfams")
#define FIELD_IFINDEX(name) FIELD_INNER(INT, name, 1, show_ifindex_field)
void show_ifindex_field(struct show *show, const void *data, size_t size);

/* The payload of a message of NETLINK_ROUTE. */
void show_route_message(struct show *show, uint16_t type, const unsigned char *data, size_t size);
/* The payload of a message of NETLINK_SOCK_DIAG: of a request, or of an answer. */
void show_diag_message(struct show *show, uint16_t type, bool request, const unsigned char *data,
		       size_t size);
/* What the families of sockets share: a cookie, addresses over IPv4 and IPv6; and what is in files
 * of their own. */
void show_diag_cookie(struct show *show, const void *data, size_t size);
void show_diag_id(struct show *show, const void *data, size_t size);
void show_diag_id6(struct show *show, const void *data, size_t size);
extern const struct show_field show_packet_request[], show_packet_answer[];
extern const struct attr_list show_packet_attributes;
extern const struct show_field show_smc_request[], show_smc_answer[];
extern const struct attr_list show_smc_attributes;
extern const struct show_field show_vegas_info[], show_dctcp_info[], show_bbr_info[];
bool show_tcp_keys(struct show *show, const unsigned char *data, size_t size, int family);
bool show_socket_addresses(struct show *show, const unsigned char *data, size_t size, int family);
extern const struct attr_list show_upper_attributes;
extern const struct attr_list show_storage_attributes;
/* The payload of a message of NETLINK_GENERIC: of its own family, nlctrl, and of others. */
void show_control_message(struct show *show, const unsigned char *data, size_t size);
void show_generic_message(struct show *show, const unsigned char *data, size_t size);
/* The payload of a message of NETLINK_NETFILTER; of NETLINK_CRYPTO and NETLINK_SELINUX: false if it
 * is none of those that are known. */
void show_netfilter_message(struct show *show, uint16_t type, const unsigned char *data,
			    size_t size);
bool show_crypto_message(struct show *show, uint16_t type, const unsigned char *data, size_t size);
bool show_selinux_message(struct show *show, uint16_t type, const unsigned char *data, size_t size);

/* What several files of messages of NETLINK_ROUTE share. */
extern const struct attr_list show_inet6_attributes;
extern const struct attr_list show_link_attributes;
extern const struct attr_list show_link_info_attributes;
extern const struct attr_list show_bridge_port_attributes;
extern const struct attr_list show_function_attributes;	     /* IFLA_VFINFO_LIST */
extern const struct attr_list show_function_port_attributes; /* IFLA_VF_PORTS */
extern const struct attr_list show_port_attributes;
extern const struct attr_list show_traffic_stats_attributes;
extern const struct show_field show_link_stats64[];
enum { LINK_STATS64_LEAST = 8 * 23 }; /* before rx_nohandler came */

/* Messages by what they are about: the families of types of NETLINK_ROUTE. */
void show_neighbour_table_message(struct show *show, const unsigned char *data, size_t size);
void show_neighbour_message(struct show *show, const unsigned char *data, size_t size);
void show_traffic_message(struct show *show, const unsigned char *data, size_t size);
void show_action_message(struct show *show, const unsigned char *data, size_t size);
void show_nexthop_message(struct show *show, const unsigned char *data, size_t size);
void show_link_stats_message(struct show *show, const unsigned char *data, size_t size);
void show_bridge_group_message(struct show *show, const unsigned char *data, size_t size);
void show_cache_report_message(struct show *show, const unsigned char *data, size_t size);

#endif
