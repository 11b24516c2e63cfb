/* SPDX-License-Identifier: GPL-2.0-or-later */
/* utf8: which bytes are UTF-8. Used by writers of formats that take nothing else. */
#ifndef SYSTAPE_UTF8_H
#define SYSTAPE_UTF8_H

#include <stddef.h>

/* The length of the UTF-8 sequence (RFC 3629) that begins there, 0 if none does. */
static inline size_t utf8_sequence(const unsigned char *at, size_t left)
{
	size_t size = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;

	if (!size || size > left || *at > 0xf4 || (*at == 0xe0 && at[1] < 0xa0) ||
	    (*at == 0xed && at[1] > 0x9f) || (*at == 0xf0 && at[1] < 0x90) ||
	    (*at == 0xf4 && at[1] > 0x8f))
		return 0;
	for (size_t i = 1; i < size; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return size;
}

#endif
