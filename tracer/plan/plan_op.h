/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan_op: the operation that copies the memory behind one argument, by its row: how long it is,
 * how much of it is kept, and the room that this takes. plan.c puts the operations of a call
 * together.
 */
#ifndef SYSTAPE_PLAN_OP_H
#define SYSTAPE_PLAN_OP_H

#include "tracer/plan/plan.h"

/* Fills kind, length rule and limits of the operation for argument `nr`; its `when` is the
 * caller's. False: there is nothing to copy. */
bool plan_op_of(struct plan_op *op, const struct desc_call *call, int nr,
		const struct plan_wishes *wishes, enum desc_arch arch);

/* Appends the operation, for argument `arg`, to those of the call, if there is room for one more.
 */
void plan_add_op(struct plan_call *plan, struct plan_op *op, uint8_t arg, uint8_t when);

/* The most bytes that a record of the ring can have. */
uint32_t plan_room_most(const struct plan_wishes *wishes);

#endif
