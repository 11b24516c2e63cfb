// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/dump.h"

#include <limits.h>

enum { LINE = 16 };

enum form { BUFFER, VECTOR, MESSAGE, MESSAGES };

/* How many bytes: as the result says, as the third argument says, or all. */
enum extent { BY_RESULT, BY_ARGUMENT, ALL };

// clang-format off
static const struct dump_rule {
	const char *name;
	enum filter_descriptors set;
	enum form form;
	enum extent extent;
} rules[] = {
	{ "read", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "pread64", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "recv", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "recvfrom", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "mq_timedreceive", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "mq_timedreceive_time64", FILTER_DUMPED_READ, BUFFER, BY_RESULT },
	{ "readv", FILTER_DUMPED_READ, VECTOR, BY_RESULT },
	{ "preadv", FILTER_DUMPED_READ, VECTOR, BY_RESULT },
	{ "preadv2", FILTER_DUMPED_READ, VECTOR, BY_RESULT },
	{ "recvmsg", FILTER_DUMPED_READ, MESSAGE, BY_RESULT },
	{ "recvmmsg", FILTER_DUMPED_READ, MESSAGES, BY_RESULT },
	{ "recvmmsg_time64", FILTER_DUMPED_READ, MESSAGES, BY_RESULT },
	{ "write", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "pwrite64", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "send", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "sendto", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "mq_timedsend", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "mq_timedsend_time64", FILTER_DUMPED_WRITE, BUFFER, BY_ARGUMENT },
	{ "writev", FILTER_DUMPED_WRITE, VECTOR, ALL },
	{ "pwritev", FILTER_DUMPED_WRITE, VECTOR, ALL },
	{ "pwritev2", FILTER_DUMPED_WRITE, VECTOR, ALL },
	{ "vmsplice", FILTER_DUMPED_WRITE, VECTOR, ALL },
	{ "sendmsg", FILTER_DUMPED_WRITE, MESSAGE, ALL },
	{ "sendmmsg", FILTER_DUMPED_WRITE, MESSAGES, ALL },
	{ NULL, FILTER_DUMPED_READ, BUFFER, ALL },
};
// clang-format on

/* Places in struct msghdr and struct mmsghdr, in words. */
enum { MESSAGE_VECTOR = 2, MESSAGE_COUNT = 3, MESSAGE_MOVED = 7, MESSAGE_SIZE = 8 };

static void dump_line(struct text *out, const unsigned char *data, size_t size, size_t offset)
{
	text_printf(out, " | %05zx ", offset);
	for (size_t i = 0; i < LINE; i++) {
		if (i % 8 == 0)
			text_char(out, ' ');
		if (i < size)
			text_printf(out, "%02x ", data[i]);
		else
			text_put(out, "   ");
	}
	text_char(out, ' ');
	for (size_t i = 0; i < LINE; i++)
		text_char(out, i >= size ? ' ' : data[i] >= ' ' && data[i] < 0x7f ? data[i] : '.');
	text_put(out, " |\n");
}

struct dump {
	struct show *show;
	struct text *out;
	size_t left; /* bytes: a tape may point to the same ones again and again */
};

static void dump_bytes(struct dump *d, uint64_t address, uint64_t size)
{
	const void *data;
	size_t found = show_find_bytes(d->show, address, size, &data);

	if (found > d->left)
		found = d->left;
	d->left -= found;
	for (size_t at = 0; at < found; at += LINE)
		dump_line(d->out, (const unsigned char *)data + at,
			  found - at < LINE ? found - at : LINE, at);
	if (found < size)
		text_printf(d->out, " | %llu more bytes are not on the tape |\n",
			    (unsigned long long)(size - found));
}

/* strace ends at an empty buffer. */
static void dump_vector(struct dump *d, uint64_t address, uint64_t count, uint64_t moved)
{
	size_t word = show_word(d->show);
	uint64_t base, size;

	for (uint64_t i = 0; i < count && moved && d->left; i++, address += 2 * word) {
		if (!show_read_word(d->show, address, &base) ||
		    !show_read_word(d->show, address + word, &size))
			return;
		size = size < moved ? size : moved;
		if (!size)
			return;
		moved -= size;
		text_printf(d->out, " * %llu bytes in buffer %llu\n", (unsigned long long)size,
			    (unsigned long long)i);
		dump_bytes(d, base, size);
	}
}

static void dump_message(struct dump *d, uint64_t address, uint64_t moved, const uint64_t *number)
{
	size_t word = show_word(d->show);
	uint64_t vector, count;

	if (!show_read_word(d->show, address + MESSAGE_VECTOR * word, &vector) ||
	    !show_read_word(d->show, address + MESSAGE_COUNT * word, &count))
		return;
	if (number)
		text_printf(d->out, " = %llu buffers in vector %llu\n", (unsigned long long)count,
			    (unsigned long long)*number);
	dump_vector(d, vector, count, moved);
}

static void dump_messages(struct dump *d, uint64_t address, uint64_t messages)
{
	uint32_t moved;

	for (uint64_t i = 0; i < messages && d->left; i++) {
		if (!show_read(d->show, address + MESSAGE_MOVED * show_word(d->show), &moved,
			       sizeof(moved)))
			return;
		dump_message(d, address, moved, &i);
		address += MESSAGE_SIZE * show_word(d->show);
	}
}

void dump_call(struct show *s, struct text *out, const struct filter *sets)
{
	const struct call *call = s->call;
	const struct dump_rule *r = rules;
	struct dump d = { .show = s, .out = out, .left = TRACE_RECORD_MAX };
	uint64_t result = call->result;

	if (call->failed || !call->args_known || call->arg[0] > INT_MAX)
		return;
	while (r->name && strcmp(r->name, call->name))
		r++;
	if (!r->name || !filter_wants_descriptor(sets, r->set, (int)call->arg[0]))
		return;
	s->exit = r->set == FILTER_DUMPED_READ || r->form == MESSAGES;
	if (r->extent != BY_RESULT)
		result = r->extent == BY_ARGUMENT ? call->arg[2] : UINT64_MAX;
	switch (r->form) {
	case BUFFER: dump_bytes(&d, call->arg[1], result); break;
	case VECTOR: dump_vector(&d, call->arg[1], call->arg[2], result); break;
	case MESSAGE: dump_message(&d, call->arg[1], result, NULL); break;
	case MESSAGES: dump_messages(&d, call->arg[1], call->result); break;
	}
}
