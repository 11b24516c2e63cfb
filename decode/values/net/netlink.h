/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * netlink: what netlink.c (messages and attributes) and the protocols over them
 * (show_route*.c) share. Messages are in hand, whole: `data` with `size` bytes, unaligned.
 */
#ifndef SYSTAPE_NETLINK_H
#define SYSTAPE_NETLINK_H

#include "decode/values/net/net.h"

/* How an attribute's data is shown. */
enum attr_form {
	ATTR_BYTES, /* as it is: also for types that a list does not have */
	ATTR_U8,
	ATTR_U16,
	ATTR_U32,
	ATTR_U64,
	ATTR_S32,
	ATTR_X16,
	ATTR_X32,
	ATTR_TEXT, /* a string with its NUL */
	ATTR_IFINDEX,
	ATTR_FD,
	ATTR_INET, /* an address of the message's family */
	ATTR_MAC,
	ATTR_ENUM8,
	ATTR_ENUM16,
	ATTR_ENUM32,
	ATTR_FLAGS8,
	ATTR_FLAGS32, /* of `table` */
	ATTR_NEST,    /* attributes, of `list` */
	ATTR_OTHER,   /* `print` does it; false: shown as bytes */
};

struct attr_list;

struct attr_row {
	uint16_t type;
	uint8_t form;
	const char *table;
	const struct attr_list *list;
	bool (*print)(struct show *show, const unsigned char *data, size_t size, int family);
};

struct attr_list {
	const char *table; /* names of the types */
	const struct attr_row *rows;
	size_t count;
};

#define ATTR_LIST(table_, rows_)                                                                   \
	{                                                                                          \
		table_, rows_, sizeof(rows_) / sizeof(*(rows_))                                    \
	}

/* One attribute, or several in brackets. `family`: of the message, for addresses. */
void show_attributes(struct show *show, const unsigned char *data, size_t size,
		     const struct attr_list *list, int family);
/* Data that nothing more is known of. */
void show_attr_bytes(struct show *show, const unsigned char *data, size_t size);
/* The payload of a message of NETLINK_ROUTE. */
void show_route_message(struct show *show, uint16_t type, const unsigned char *data, size_t size);
/* The payload of a message of NETLINK_SOCK_DIAG: of a request, or of an answer. */
void show_diag_message(struct show *show, uint16_t type, bool request, const unsigned char *data,
		       size_t size);
/* The payload of a message of NETLINK_GENERIC's own family, nlctrl. */
void show_control_message(struct show *show, const unsigned char *data, size_t size);
/* Traffic control, address labels and what is configured, of NETLINK_ROUTE: false if it is none of
 * them. */
bool show_route_rare(struct show *show, uint16_t type, const unsigned char *data, size_t size);
/* The lists of route_link.c. */
extern const struct attr_list show_inet6_attributes;
extern const struct attr_list show_link_attributes;

#endif
