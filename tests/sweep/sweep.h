/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sweep: the memory that the calls are made with, and the families of calls. See sweep.c. */
#ifndef SYSTAPE_SWEEP_H
#define SYSTAPE_SWEEP_H

#include <stddef.h>
#include <stdint.h>

#define SWEEP_MEMORY UINT64_C(0x10000000)
#define SWEEP_SIZE   0x20000
#define SWEEP_END    (SWEEP_MEMORY + SWEEP_SIZE) /* nothing is behind it */
#define SWEEP_BAD    UINT64_C(0xdeadbeef0000)

/* What the memory has. */
enum sweep_pattern {
	FILL_ZEROS,
	FILL_WORDS,    /* 1, 2, 3, ... */
	FILL_BYTES,    /* of all kinds */
	FILL_POINTERS, /* each other long is an address within it */
	FILL_LISTS,    /* the same, small numbers first */
	FILL_ONES,
	FILL_PATTERNS,
};

/* How the arguments of a row are chosen. */
enum sweep_way {
	WAY_PATTERNS = FILL_PATTERNS, /* before: ordinary numbers, pointers to each pattern */
	WAY_NULL = WAY_PATTERNS,      /* pointers: NULL */
	WAY_BAD,		      /* to nothing */
	WAY_EXACT,		      /* to what ends where the memory ends */
	WAY_SHORT,		      /* the same, a byte too early */
	WAY_ELEMENT,		      /* lists end one element too early */
	WAY_ONES,		      /* numbers: -1 */
	WAY_ZERO,		      /* 0 */
	WAY_HUGE,		      /* sizes: as large as can be */
	WAY_NEGATIVE,		      /* as small as can be */
	WAY_GARBAGE,		      /* small numbers with garbage in the upper half */
	SWEEP_WAYS,
};

void sweep_fill(enum sweep_pattern pattern);

/* Whether the next call is among the first that this run is to leave out. */
int sweep_skips(void);
#define sweep_call(...) ((void)(sweep_skips() || syscall(__VA_ARGS__)))

void sweep_calls_prepare(void);
void sweep_i386_prepare(void);
void sweep_netlink_prepare(void);
void sweep_calls(int way);
void sweep_flags(int part);
void sweep_ioctl(int pattern);
void sweep_fcntl(int pattern);
void sweep_sockopt(int pattern);
void sweep_address(int pattern);
void sweep_bpf(int pattern);
void sweep_netlink(int part);
void sweep_pairs(int part);
void sweep_pairs_ioctl(void);
void sweep_listed(void);

/* Of sweep_netlink.c, for sweep_nests.c: a message to a protocol, by its number in the list there.
 */
void sweep_message(int protocol, uint16_t type, uint16_t flags, const void *body, size_t size);
/* How many bytes stand before the attributes of a type of NETLINK_ROUTE. */
int sweep_route_body(uint16_t type);
/* Puts an attribute there, with bytes 1, 2, 3, ... or a small number, and says how far it is to the
 * next one. */
size_t sweep_attribute(unsigned char *at, uint16_t type, size_t size, int value);
/* Attributes within attributes. */
void sweep_nests(void);

#endif
