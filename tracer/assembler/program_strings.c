// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/assembler/program_strings.h"

#include "format/tape/record.h"

#include <stdlib.h>
#include <string.h>

enum {
	PARTS_MOST = 32,
};

/* One of the two lists, as far as it is there. */
struct list {
	const char *bytes;
	uint64_t total;	 /* of the list */
	uint64_t length; /* of `bytes` */
	uint32_t count;	 /* of strings */
};

void program_strings_take(struct thread_table_program *p, const struct assembler_program *part)
{
	uint32_t number = part->from / part->size;
	size_t end = (size_t)part->from + part->size;
	char *more;

	if (number >= PARTS_MOST)
		return;
	if (p->start != part->start || p->size != part->size || p->parts >> number & 1)
		p->parts = 0;
	if (p->room < end) {
		more = realloc(p->data, end);
		if (!more)
			return;
		p->data = more;
		p->room = end;
	}
	p->start = part->start;
	p->argv_end = part->argv_end;
	p->envp_end = part->envp_end;
	p->argc = part->argc;
	p->envc = part->envc;
	p->script = part->script;
	p->size = part->size;
	p->parts |= 1u << number;
	memcpy(p->data + part->from, part->bytes, part->size);
}

struct thread_table_program program_strings_of(struct thread_table_thread *thread)
{
	struct thread_table_program program = { .parts = 0 };

	if (!thread)
		return program;
	program = thread->program;
	thread->program = (struct thread_table_program){ .parts = 0 };
	return program;
}

/* The bytes from `from` on of those that are there without a gap. */
static struct list list_of(const struct thread_table_program *p, uint64_t from, uint64_t to,
			   uint32_t count)
{
	struct list list = { .count = count, .total = to - from };
	uint64_t there = 0;

	for (uint32_t parts = p->parts; parts & 1; parts >>= 1)
		there += p->size;
	from -= p->start;
	if (there > from) {
		list.bytes = p->data + from;
		list.length = there - from < list.total ? there - from : list.total;
	}
	return list;
}

/*
 * The kernel does not say of a probe whether it could read. Memory that is there has as many
 * strings as the kernel has put there, and as many as there may be in a part of it.
 */
static bool sound(const struct list *list)
{
	uint32_t ends = 0;

	for (uint64_t i = 0; i < list->length; i++)
		ends += !list->bytes[i];
	if (list->length < list->total)
		return ends <= list->count;
	return ends == list->count && (!list->length || !list->bytes[list->length - 1]);
}

/* argv and envp: how many of the two are to be written. */
static int find_lists(const struct thread_table_program *p, const struct plan_program *wishes,
		      struct list lists[2])
{
	if (!p->parts || !wishes->pieces || p->argv_end < p->start || p->envp_end < p->argv_end)
		return 0;
	lists[0] = list_of(p, p->start, p->argv_end, p->argc);
	lists[1] = list_of(p, p->argv_end, p->envp_end, p->envc);
	if (!sound(&lists[0]) || !sound(&lists[1]))
		return 0;
	if (lists[0].length > wishes->argv)
		lists[0].length = wishes->argv;
	if (lists[1].length > wishes->envp)
		lists[1].length = wishes->envp;
	return wishes->pieces < 2 ? 1 : 2;
}

static size_t piece_size(const struct list *list)
{
	return sizeof(struct trace_piece) + ((list->length + 7) & ~(uint64_t)7);
}

size_t program_strings_size(const struct thread_table_program *p, const struct plan_program *wishes)
{
	struct list lists[2];
	int count = find_lists(p, wishes, lists);
	size_t size = 0;

	for (int i = 0; i < count; i++)
		size += piece_size(&lists[i]);
	return size;
}

int program_strings_write(const struct thread_table_program *p, const struct plan_program *wishes,
			  char *to)
{
	static const uint8_t kinds[] = { TRACE_P_CMDLINE, TRACE_P_ENVIRONMENT };
	struct list lists[2];
	int count = find_lists(p, wishes, lists);

	for (int i = 0; i < count; i++) {
		struct trace_piece *piece = (void *)to;
		const struct list *list = &lists[i];

		piece->length = list->length;
		piece->total = list->total > UINT32_MAX ? UINT32_MAX : list->total;
		piece->offset = list->count;
		piece->arg = kinds[i];
		piece->flags = list->length < list->total ? TRACE_P_TRUNCATED : 0;
		if (list->length)
			memcpy(piece + 1, list->bytes, list->length);
		to += piece_size(list);
	}
	return count;
}
