// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/dump.h"

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

static void dump_bytes(struct show *s, struct text *out, uint64_t address, uint64_t size)
{
	const void *data;
	size_t found = show_find_bytes(s, address, size, &data);

	for (size_t at = 0; at < found; at += LINE)
		dump_line(out, (const unsigned char *)data + at,
			  found - at < LINE ? found - at : LINE, at);
	if (found < size)
		text_printf(out, " | %llu more bytes are not on the tape |\n",
			    (unsigned long long)(size - found));
}

/* strace ends at an empty buffer. */
static void dump_vector(struct show *s, struct text *out, uint64_t address, uint64_t count,
			uint64_t moved)
{
	size_t word = show_word(s);
	uint64_t base, size;

	for (uint64_t i = 0; i < count && moved; i++, address += 2 * word) {
		if (!show_read_word(s, address, &base) || !show_read_word(s, address + word, &size))
			return;
		size = size < moved ? size : moved;
		if (!size)
			return;
		moved -= size;
		text_printf(out, " * %llu bytes in buffer %llu\n", (unsigned long long)size,
			    (unsigned long long)i);
		dump_bytes(s, out, base, size);
	}
}

static bool message(struct show *s, uint64_t address, uint64_t *vector, uint64_t *count)
{
	size_t word = show_word(s);

	return show_read_word(s, address + MESSAGE_VECTOR * word, vector) &&
	       show_read_word(s, address + MESSAGE_COUNT * word, count);
}

static void dump_messages(struct show *s, struct text *out, uint64_t address, uint64_t messages)
{
	uint64_t vector, count;
	uint32_t moved;

	for (uint64_t i = 0; i < messages; i++, address += MESSAGE_SIZE * show_word(s)) {
		if (!message(s, address, &vector, &count) ||
		    !show_read(s, address + MESSAGE_MOVED * show_word(s), &moved, sizeof(moved)))
			return;
		text_printf(out, " = %llu buffers in vector %llu\n", (unsigned long long)count,
			    (unsigned long long)i);
		dump_vector(s, out, vector, count, moved);
	}
}

void dump_call(struct show *s, struct text *out, const struct filter *sets)
{
	const struct call *call = s->call;
	const struct dump_rule *r = rules;
	uint64_t result = call->result, vector, count;

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
	case BUFFER: dump_bytes(s, out, call->arg[1], result); break;
	case VECTOR: dump_vector(s, out, call->arg[1], call->arg[2], result); break;
	case MESSAGE:
		if (message(s, call->arg[1], &vector, &count))
			dump_vector(s, out, vector, count, result);
		break;
	case MESSAGES: dump_messages(s, out, call->arg[1], call->result); break;
	}
}
