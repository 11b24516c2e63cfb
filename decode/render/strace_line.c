// SPDX-License-Identifier: GPL-2.0-or-later
/* The line of the strace renderer that is not finished yet. */
#include "decode/render/strace.h"

void strace_write_open(struct render *r)
{
	struct strace *st = r->state;

	text_bytes(r->out, st->open_line.data + st->shown, st->open_line.used - st->shown);
	st->shown = st->open_line.used;
}

void strace_close_line(struct render *r, uint32_t speaker, const char *how)
{
	struct strace *st = r->state;

	if (!st->open || (speaker && st->open_tid == speaker))
		return;
	strace_write_open(r);
	text_put(r->out, how);
	text_char(r->out, '\n');
	st->open = false;
}
