// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/text_args.h"

#include "decode/stream/text_socket.h"
#include "decode/text/strace_grammar.h"
#include "format/flags/flags.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of an argument whose word is not known: no address of a program, as a descriptor negative, and
 * none of the bits that calls are told apart by. */
#define NOWHERE(i) (UINT64_C(0x7465787480000000) | (uint64_t)(i) << 24)

enum {
	NAME_MOST = 64,
	PIECE_SPARE = 256, /* bytes of an argument's data beside those of its text */
};

void text_args_free(struct text_args *a)
{
	free(a->room);
}

static bool signal_by_name(const char *name, uint64_t *value)
{
	unsigned int n;
	char end;

	for (n = 1; n < 32; n++) {
		const char *known = flag_signal_name(n);

		if (known && !strcmp(known, name))
			break;
	}
	if (n == 32 && strcmp(name, "SIGRTMIN") != 0 &&
	    (sscanf(name, "SIGRT_%u%c", &n, &end) != 1 || n > 32 || !(n += 32)))
		return false;
	*value = n;
	return true;
}

static bool by_name(const struct desc_arg *arg, struct grammar_part p, uint64_t *value)
{
	const struct flag_table *table;
	char name[NAME_MOST];

	if (!p.size || p.size >= sizeof(name))
		return false;
	memcpy(name, p.at, p.size);
	name[p.size] = '\0';
	if (arg->kind == DESC_SIGNAL)
		return signal_by_name(name, value);
	if (arg->kind == DESC_DIRFD) {
		*value = (uint64_t)AT_FDCWD;
		return !strcmp(name, "AT_FDCWD");
	}
	table = flag_table_find(arg->kind == DESC_CLOCKID ? "clocknames" : arg->ref);
	if (table && !flag_value_by_name(table, name, value))
		return true;
	table = strcmp(arg->ref, "socktypes") ? NULL : flag_table_find("sock_type_flags");
	return table && !flag_value_by_name(table, name, value);
}

/* How long the name or number at its beginning is. */
static size_t word_size(struct grammar_part p)
{
	size_t n = 0;

	while (n < p.size && !strchr("|< ", p.at[n])) /* nor a NUL */
		n++;
	return n;
}

/* 3, 0x10 followed by a comment, O_RDONLY|O_CLOEXEC, AT_FDCWD</tmp>, NULL. */
static bool word_of(const struct desc_arg *arg, struct grammar_part p, uint64_t *value,
		    struct grammar_behind *behind)
{
	*value = 0;
	*behind = (struct grammar_behind){ .angle = false };
	if (grammar_is(p, "NULL"))
		return true;
	for (;;) {
		uint64_t one;
		size_t n = grammar_number(p, &one);

		if (!n) {
			n = word_size(p);
			if (!by_name(arg, (struct grammar_part){ p.at, n }, &one))
				return false;
		}
		*value |= one;
		p = (struct grammar_part){ p.at + n, p.size - n };
		if (!p.size || *p.at != '|')
			return grammar_behind(p, behind);
		p.at++;
		p.size--;
	}
}

static void add_file(struct call_text *t, uint64_t fd, const struct grammar_behind *b, bool after)
{
	if (t->file_count < sizeof(t->files) / sizeof(*t->files) && b->angle)
		t->files[t->file_count++] = (struct call_text_file){ .fd = (int)fd,
								     .after = after,
								     .deleted = b->deleted,
								     .text = b->within.at,
								     .size = b->within.size };
}

/* The data is at the room's end already. */
static void add_piece(struct text_args *a, int arg, size_t size, unsigned int flags)
{
	a->pieces.piece[a->pieces.count++] = (struct tape_piece){
		.piece = { .length = (uint32_t)size,
			   .arg = (uint8_t)arg,
			   .flags = (uint16_t)flags },
		.data = a->room + a->used,
	};
	a->used += (size + 7) & ~(size_t)7;
}

static unsigned int when(const struct desc_arg *arg)
{
	return arg->dir & DESC_OUT ? TRACE_P_EXIT : 0;
}

static void take_string(struct text_args *a, int i, const struct desc_arg *arg,
			struct grammar_part p)
{
	size_t size = p.size && *p.at == '"' ? grammar_string(p.at, p.size) : 0;
	struct grammar_part rest = { p.at + size, p.size - size };

	if (!size || (rest.size && !grammar_is(rest, "...")))
		return;
	add_piece(a, i, grammar_unescape(p.at + 1, size - 2, a->room + a->used),
		  TRACE_P_STRING | when(arg) | (rest.size ? TRACE_P_TRUNCATED : 0));
}

static bool group(struct grammar_part *p)
{
	if (p->size < 2 || *p->at != '[' || p->at[p->size - 1] != ']')
		return false;
	*p = (struct grammar_part){ p->at + 1, p->size - 2 };
	return true;
}

/* [3<pipe:[1]>, 4] that the call has made. */
static void take_fds(struct text_args *a, int i, const struct desc_arg *arg, struct grammar_part p,
		     struct call_text *t)
{
	struct grammar_part one;
	size_t count = 0;

	if (!group(&p))
		return;
	while (count < 2 && grammar_next(&p, &one)) {
		struct grammar_behind behind;
		uint64_t fd;
		int32_t number;

		if (!word_of(arg, one, &fd, &behind))
			return;
		number = (int32_t)fd;
		memcpy(a->room + a->used + count++ * sizeof(number), &number, sizeof(number));
		add_file(t, fd, &behind, true);
	}
	add_piece(a, i, count * sizeof(int32_t), when(arg));
}

/* [16], [128 => 16]: what the call has left there. */
static void take_length(struct text_args *a, int i, struct grammar_part p)
{
	const char *arrow;
	uint64_t length;
	uint32_t number;

	if (!group(&p))
		return;
	arrow = memmem(p.at, p.size, "=> ", 3);
	if (arrow)
		p = (struct grammar_part){ arrow + 3, p.at + p.size - (arrow + 3) };
	if (grammar_number(p, &length) != p.size)
		return;
	number = (uint32_t)length;
	memcpy(a->room + a->used, &number, sizeof(number));
	add_piece(a, i, sizeof(number), TRACE_P_EXIT);
}

static void take_memory(struct text_args *a, int i, const struct desc_arg *arg,
			struct grammar_part p, struct call_text *t)
{
	size_t size;

	switch (arg->kind) {
	case DESC_PATH:
	case DESC_STR: take_string(a, i, arg, p); break;
	case DESC_SOCKADDR:
		size = text_socket_address(p, a->room + a->used);
		if (size)
			add_piece(a, i, size, when(arg));
		break;
	case DESC_ARRAY:
		if (!strcmp(arg->ref, "fd_t"))
			take_fds(a, i, arg, p, t);
		break;
	case DESC_STRUCT:
		if (!strcmp(arg->ref, "socklen_t"))
			take_length(a, i, p);
		break;
	}
}

/* Which argument the text names, with the name that the row has or a part of it (flags of
 * clone_flags); -1: none of them. */
static int by_argument_name(const struct desc_call *row, const char *name, size_t size)
{
	for (int i = 0; i < row->args; i++) {
		size_t length = strlen(row->arg[i].name);

		if (length >= size && !memcmp(row->arg[i].name + length - size, name, size) &&
		    (length == size || row->arg[i].name[length - size - 1] == '_'))
			return i;
	}
	return -1;
}

static void take_one(struct text_args *a, struct call *call, const struct desc_call *row, int i,
		     struct grammar_part p)
{
	const struct desc_arg *arg = &row->arg[i];
	struct call_text *t = call->text;
	struct grammar_behind behind;
	uint64_t value;

	t->known &= ~(1u << i);
	call->arg[i] = NOWHERE(i);
	if (!word_of(arg, p, &value, &behind)) {
		take_memory(a, i, arg, p, t);
		return;
	}
	t->known |= 1u << i;
	call->arg[i] = value;
	if (i + 1 < row->args && row->arg[i + 1].kind == DESC_HIGH)
		call->arg[i + 1] = value >> 32;
	if (arg->kind == DESC_FD || arg->kind == DESC_DIRFD)
		add_file(t, value, &behind, false);
}

static void take_all(struct text_args *a, struct call *call, const struct desc_call *row,
		     struct grammar_part rest)
{
	struct grammar_part p;
	int next = 0, place = 0;

	a->used = a->pieces.count = 0;
	call->text->known = 0;
	call->text->file_count = 0;
	for (int i = 0; i < DESC_ARGS; i++)
		call->arg[i] = NOWHERE(i);
	for (; place < DESC_ARGS && grammar_next(&rest, &p); place++) {
		size_t name = grammar_name(p);
		int i = name ? by_argument_name(row, p.at, name) : -1;

		while (next < row->args &&
		       (row->arg[next].kind == DESC_HIGH || row->arg[next].kind == DESC_UNUSED))
			next++;
		if (i < 0)
			i = next;
		next++;
		name += name > 0;
		call->text->place[place] = (int8_t)(i < row->args ? i : -1);
		if (i < row->args)
			take_one(a, call, row, i,
				 (struct grammar_part){ p.at + name, p.size - name });
	}
}

/* 3</etc/passwd>: what the call has opened. */
static void take_result(struct call *call)
{
	struct grammar_behind behind;
	struct grammar_part p;
	uint64_t fd;
	size_t n;

	p.size = call_text_result(call->text, &p.at);
	n = p.size ? grammar_number(p, &fd) : 0;
	if (n && grammar_behind((struct grammar_part){ p.at + n, p.size - n }, &behind))
		add_file(call->text, fd, &behind, true);
}

void text_args_take(struct text_args *a, struct call *call)
{
	const struct desc_call *row = call->row;
	struct grammar_part all;
	size_t room;

	call->text->words = false;
	if (!row)
		return;
	all.size = call_text_args(call->text, &all.at);
	room = all.size + (size_t)DESC_ARGS * PIECE_SPARE;
	if (room > a->room_size) {
		free(a->room);
		a->room_size = 2 * room;
		a->room = malloc(a->room_size);
		if (!a->room) {
			a->room_size = 0;
			return;
		}
	}
	a->pieces.state = PIECES_FOUND;
	a->pieces.files = false;
	take_all(a, call, row, all);
	if (row->next_variant)
		call->desc = desc_variant(row, call->arg);
	if (call->desc != row)
		take_all(a, call, call->desc, all);
	call->args = call->desc->args;
	if (call->text->ended)
		take_result(call);
	call->pieces = &a->pieces;
	call->text->words = true;
}
