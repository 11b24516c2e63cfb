/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * address: the socket address and the new descriptors of a call, for programs: the hex renderers'
 * columns ADDR and FDS print them. (People read the strace renderer, which shows whole structures.)
 */
#ifndef SYSTAPE_ADDRESS_H
#define SYSTAPE_ADDRESS_H

#include "decode/events/event.h"

enum { ADDRESS_MAX = 160 };

/*
 * The call's first socket address as text: 10.0.0.1:80, [::1]:80, unix:PATH, unix:@NAME,
 * netlink:ID, or family:N for others. Bytes of a path are as they were: the caller escapes them.
 * Returns the length, 0 where the tape has none.
 */
size_t address_of_call(const struct call *call, char text[ADDRESS_MAX]);

/* The same of an address as the kernel has it. */
size_t address_text(const void *data, size_t size, char text[ADDRESS_MAX]);

/* The two descriptors that pipe, pipe2 or socketpair made; false for other calls and failed ones.
 */
bool address_descriptors(const struct call *call, uint32_t fds[2]);

#endif
