// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/plan/plan_op.h"

#include "format/tape/record.h"

#include <string.h>

enum {
	ARRAY_ELEMENTS = 32, /* strace's default limit of arrays */
	STRINGS_MOST = 4096, /* arguments, and as many variables, where all are wanted */
	ARRAY_MOST = 65536,  /* bytes of an array, where all elements are wanted */
	STRUCT_MOST = 4096,  /* of a structure whose size an argument says */
	SOCKADDR_MOST = 128, /* sizeof(struct sockaddr_storage) */
	ROOM_LEAST = 65536,  /* that the longest record may take, whatever the ring is */
	ROOM_SPARE = 64,
	FILE_ROOM = 4096, /* of one descriptor: bpf_files.h */
};

static uint32_t elements(const struct plan_wishes *wishes)
{
	uint32_t least = wishes->arrays ? PLAN_ELEMENTS : ARRAY_ELEMENTS;

	return wishes->string_size > least ? wishes->string_size : least;
}

static bool is_narrow(enum desc_kind kind)
{
	return kind == DESC_INT || kind == DESC_UINT || kind == DESC_FLAGS || kind == DESC_ENUM;
}

/* Kinds whose memory says itself how long it is: the operation that copies them. */
static const uint8_t by_kind[DESC_KINDS] = {
	[DESC_PATH] = PLAN_STRING,     [DESC_STR] = PLAN_STRING,  [DESC_STRV] = PLAN_STRINGS,
	[DESC_ENVP] = PLAN_STRINGS,    [DESC_IOVEC] = PLAN_IOVEC, [DESC_MSGHDR] = PLAN_MSGHDR,
	[DESC_MMSGHDR] = PLAN_MMSGHDR,
};

/* Kinds with a length rule: the bytes of one unit, with the limit set. */
static uint32_t unit_of(struct plan_op *op, const struct desc_arg *arg,
			const struct plan_wishes *wishes, enum desc_arch arch)
{
	uint32_t element = 1;

	switch (arg->kind) {
	case DESC_STRUCT: op->limit = STRUCT_MOST; break;
	case DESC_FDSET:
		op->limit = 8192;
		op->divide = 64;
		element = 8;
		break;
	case DESC_BUF:
		if (!strcmp(arg->ref, "msgbuf")) /* a type, and one text */
			op->limit += sizeof(uint64_t);
		else if (*arg->ref) /* a sequence of structures: cut, it could not be told how many
				     */
			op->limit = PLAN_PIECE_MAX & ~7u;
		break;
	case DESC_ARRAY:
		element = desc_struct_size(arg->ref, arch);
		op->limit = wishes->arrays ? ARRAY_MOST : element * op->count;
		break;
	case DESC_SOCKADDR: op->limit = SOCKADDR_MOST; break;
	case DESC_SIGSET: op->limit = 128; break;
	}
	return element;
}

static bool op_by_rule(struct plan_op *op, const struct desc_arg *arg,
		       const struct plan_wishes *wishes, enum desc_arch arch)
{
	static const uint8_t by_rule[] = {
		[DESC_LEN_ARG] = PLAN_BY_ARG,
		[DESC_LEN_POINTED] = PLAN_BY_POINTER,
		[DESC_LEN_RESULT] = PLAN_BY_RESULT,
		[DESC_LEN_CONST] = PLAN_FIXED,
	};
	uint32_t element = unit_of(op, arg, wishes, arch);

	op->kind = by_rule[arg->length_rule];
	op->size = element * (arg->multiply ? arg->multiply : 1);
	op->add = arg->add + (arg->add_long ? arch == DESC_I386 ? 4 : 8 : 0);
	if (op->kind == PLAN_FIXED)
		op->size = element * arg->length;
	return op->size;
}

bool plan_op_of(struct plan_op *op, const struct desc_call *call, int nr,
		const struct plan_wishes *wishes, enum desc_arch arch)
{
	const struct desc_arg *arg = &call->arg[nr];

	if (arg->length_rule == DESC_LEN_ARG)
		op->narrow = is_narrow(call->arg[arg->length_arg].kind);
	else if (arg->length_rule == DESC_LEN_POINTED)
		op->narrow = arg->length_at;
	op->netlink = arg->kind == DESC_BUF &&
		      (!strcmp(call->name, "sendto") || !strcmp(call->name, "recvfrom"));
	op->length_arg = arg->length_arg;
	op->divide = arg->divide ? arg->divide : 1;
	op->count = elements(wishes);
	op->limit = wishes->string_size;
	if (by_kind[arg->kind]) {
		op->kind = by_kind[arg->kind];
		if (arg->kind == DESC_PATH)
			op->limit = wishes->path_size;
		if (arg->kind == DESC_ENVP && !wishes->environment)
			op->count = 0;
		else if (op->kind == PLAN_STRINGS && wishes->environment)
			op->count = STRINGS_MOST;
		return true;
	}
	if (!strcmp(arg->ref, "iocb_ptr")) {
		op->kind = PLAN_IOCBS;
		return true;
	}
	if (arg->length_rule)
		return op_by_rule(op, arg, wishes, arch);
	op->kind = arg->kind == DESC_STRUCT ? PLAN_FIXED : PLAN_NONE;
	op->size = desc_struct_size(arg->ref, arch);
	op->limit = op->size;
	return op->kind && op->size;
}

/* The most that the operation takes of a record; the record has a limit of its own. */
static uint64_t op_room(const struct plan_op *op)
{
	uint64_t each = sizeof(struct trace_piece) + sizeof(struct trace_nested) + 24 + op->limit;
	bool few = op->count <= ARRAY_ELEMENTS && op->limit <= ARRAY_ELEMENTS;

	if (each > PLAN_PIECE_MAX)
		each = PLAN_PIECE_MAX;
	if (op->netlink)
		return PLAN_NETLINK_MOST + 64;
	switch (op->kind) {
	case PLAN_STRINGS: return (op->count + 1) * 8 + 64 + op->count * each;
	case PLAN_IOVEC: return op->count * 16 + 64 + op->count * each;
	case PLAN_IOCBS: return op->count * (112 + each) + 4096;
	case PLAN_MSGHDR:
	case PLAN_MMSGHDR: return few ? ROOM_LEAST : PLAN_RECORD_MAX;
	case PLAN_FILE:
		return (op->size == PLAN_FILE_RIGHTS ? FILE_RIGHTS
			: op->size == PLAN_FILE_PAIR ? 2
						     : 1) *
		       FILE_ROOM;
	}
	return each;
}

void plan_add_op(struct plan_call *plan, struct plan_op *op, uint8_t arg, uint8_t when)
{
	uint64_t room;

	if (plan->ops >= PLAN_OPS)
		return;
	op->arg = arg;
	op->when = when;
	plan->op[plan->ops++] = *op;
	plan->flags |= PLAN_PIECES | (when == PLAN_AT_ENTER ? PLAN_ENTER : 0);
	room = plan->room + op_room(op);
	plan->room = room < PLAN_RECORD_MAX ? room : PLAN_RECORD_MAX;
}

uint32_t plan_room_most(const struct plan_wishes *wishes)
{
	uint32_t room =
		wishes->room && wishes->room < PLAN_RECORD_MAX ? wishes->room : PLAN_RECORD_MAX;

	return (room > ROOM_LEAST ? room : ROOM_LEAST) - ROOM_SPARE;
}
