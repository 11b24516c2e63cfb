/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * net: what the files of this room share: socket addresses, interfaces, messages, filters. Other
 * families use it for the same.
 */
#ifndef SYSTAPE_NET_H
#define SYSTAPE_NET_H

#include "decode/values/show_families.h"
#include "decode/values/values.h"

/* A socket address in hand: {sa_family=AF_INET, ...}. `data` has at least 128 bytes, zero behind
 * `size`. */
void show_sockaddr_data(struct show *show, const void *data, int size);
/* The same at an address; returns its family, or -1 if it could not be read. */
int show_sockaddr_at(struct show *show, uint64_t address, int size);
/* The fields of the usual families of addresses: false if it is none of them, or too short. */
bool show_sockaddr_common(struct show *show, uint16_t family, const unsigned char *data, int size);
/* The rarer families of addresses: false if it is none of them. */
bool show_sockaddr_rare(struct show *show, const unsigned char *data, int size);
/* Those of amateur radio: false if it is too short. */
bool show_ax25(struct show *show, const unsigned char *data, int size);

/* if_nametoindex("lo"), or the number where the tape does not know the name. */
void show_ifindex(struct show *show, uint32_t index);
/* The message of one struct msghdr, whose bytes are in hand. `name_length` is the length it was
 * given, -1 if not known; `moved` bytes of its data are there. */
void show_msghdr(struct show *show, const void *header, int64_t name_length, uint64_t moved);
/* msg_control's contents with its field's name and comma. */
void show_control(struct show *show, uint64_t address, uint64_t size);

/* Netlink messages at an address; `fd` tells the protocol. */
void show_netlink(struct show *show, int fd, uint64_t address, uint64_t size);
/* What is sent or received through `fd`: netlink messages, or bytes. */
void show_sockbuf(struct show *show, int fd, uint64_t address, uint64_t size);

/* Socket filters: struct sock_fprog at the address, and `count` instructions at the address. */
void show_sock_fprog(struct show *show, uint64_t address);
void show_sock_filter(struct show *show, uint64_t address, uint64_t count);

/* The argument of an ioctl command of network interfaces: false if it is another command. */
bool show_interface_command(struct show *show, uint32_t command, uint64_t address);

/* An int behind a pointer that the call takes and gives back, such as the length of an address: as
 * it was at the call's beginning, or at its end; false if it could not be read. */
bool show_length_at(struct show *show, uint64_t address, bool exit, int32_t *length);
/* [given], or [given => got] where they differ. */
void show_length_change(struct show *show, int32_t given, int32_t got);

/* A socket option whose value is a structure. `size`: at least so many bytes, exactly if `exact`;
 * 0: as many as there are; negative: the address in it starts behind a word, so that it is 4 bytes
 * shorter in a 32-bit ABI. */
struct sockopt_struct {
	uint32_t level, option;
	bool set, exact;
	int size, most;
	void (*print)(struct show *show, const unsigned char *data, int size);
};
enum { SOCKOPT_STRUCT_MOST = 288 /* bytes of the longest */ };
/* NULL if there is none. */
const struct sockopt_struct *sockopt_struct_find(uint32_t level, uint32_t option, bool set);

/* An array of as many structures, or numbers, of `each` bytes as there are in `size`. */
static inline void show_each(struct show *s, const unsigned char *data, size_t size, size_t each,
			     void (*print)(struct show *s, const unsigned char *data))
{
	value_array(s);
	for (size_t i = 0; i < size / each && value_nth(s, i); i++)
		print(s, data + i * each);
	value_array_end(s);
}

static inline uint16_t get16(const void *data)
{
	uint16_t value;

	memcpy(&value, data, sizeof(value));
	return value;
}

static inline uint32_t get32(const void *data)
{
	uint32_t value;

	memcpy(&value, data, sizeof(value));
	return value;
}

static inline uint64_t get64(const void *data)
{
	uint64_t value;

	memcpy(&value, data, sizeof(value));
	return value;
}

#endif
