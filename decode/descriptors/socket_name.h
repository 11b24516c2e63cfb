/* SPDX-License-Identifier: GPL-2.0-or-later */
/* socket_name: a socket in one line of text: TCP:[LOCAL->REMOTE], UNIX:[INODE->PEER,PATH], ... Used
 * by decode/stat. */
#ifndef SYSTAPE_SOCKET_NAME_H
#define SYSTAPE_SOCKET_NAME_H

#include "decode/descriptors/address.h"
#include "decode/events/fds.h"

enum { SOCKET_NAME_MAX = 2 * ADDRESS_MAX + 80 };

/* Bytes of names are as they were: the caller escapes them. Returns the length. */
size_t socket_name(const struct fd_file *file, char text[SOCKET_NAME_MAX]);

#endif
