/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plan_nested: memory behind pointers within structures: which structures have some, where the
 * pointer stands, and what says how long it is. For plan.c.
 */
#ifndef SYSTAPE_PLAN_NESTED_H
#define SYSTAPE_PLAN_NESTED_H

#include "tracer/plan/plan.h"

/* Adds what the structure that argument `nr` points to points to. */
void plan_behind_argument(struct plan_call *plan, const struct desc_call *call, int nr,
			  const struct plan_wishes *wishes, enum desc_arch arch);

/* Adds what only this call's structures point to. */
void plan_behind_call(struct plan_call *plan, const char *name, const struct plan_wishes *wishes);

#endif
