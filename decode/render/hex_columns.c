// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/hex_columns.h"

#include "decode/descriptors/address.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void column_tid(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->tid);
}
static void column_tgid(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->tgid);
}
void hex_column_cpu(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->cpu);
}
static void column_seq(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->sequence);
}
static void column_nr(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->nr);
}

static void column_dur(struct render *r, const struct call *call)
{
	if (call->enter && call->exit)
		text_hex16(r->out, call->exit - call->enter);
}

static void column_start(struct render *r, const struct call *call)
{
	if (call->enter)
		text_hex16(r->out, tape_time(r->facts, call->enter));
}

static void column_addr(struct render *r, const struct call *call)
{
	char text[ADDRESS_MAX];

	text_escaped(r->out, text, address_of_call(call, text), r->options->separator);
}

/* Two descriptors as one number, the first in its upper half. */
static void column_fds(struct render *r, const struct call *call)
{
	uint32_t fds[2];

	if (address_descriptors(call, fds))
		text_hex16(r->out, (uint64_t)fds[0] << 32 | fds[1]);
}

static const struct {
	const char *name;
	hex_column *print;
} columns[] = {
	{ "TID", column_tid },	   { "TGID", column_tgid },
	{ "CPU", hex_column_cpu }, { "DUR", column_dur }, /* nanoseconds */
	{ "SEQ", column_seq },	   { "NR", column_nr },
	{ "START", column_start }, /* nanoseconds since 1970 */
	{ "ADDR", column_addr },   /* of a socket: 10.0.0.1:80, unix:PATH */
	{ "FDS", column_fds },	   /* that pipe or socketpair made */
};

int hex_columns_parse(const char *list, hex_column **chosen, int most, struct tape_error *why)
{
	int count = 0;

	while (list && *list) {
		size_t n = strcspn(list, ","), i;

		for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
			if (strlen(columns[i].name) == n && !strncmp(columns[i].name, list, n))
				break;
		if (i == sizeof(columns) / sizeof(*columns) || count == most) {
			snprintf(why->text, sizeof(why->text),
				 "there is no column '%.*s'; there are TID TGID CPU DUR SEQ NR "
				 "START ADDR FDS",
				 (int)n, list);
			return -EINVAL;
		}
		chosen[count++] = columns[i].print;
		list += n + (list[n] == ',');
	}
	return count;
}
