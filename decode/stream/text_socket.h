/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text_socket: the address of a socket that strace's text tells, as the kernel has it. For
 * text_args.c. */
#ifndef SYSTAPE_TEXT_SOCKET_H
#define SYSTAPE_TEXT_SOCKET_H

#include "decode/text/strace_grammar.h"

/* {sa_family=AF_INET, sin_port=htons(80), ...}: its bytes in `address`, which has room for 128: how
 * many; 0 where it is no address that is known whole. */
size_t text_socket_address(struct grammar_part part, char *address);

#endif
