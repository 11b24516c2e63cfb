// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_plan_load.h"

#include "format/tape/record.h"
#include "tracer/bpf/bpf_rings.h"
#include "tracer/plan/plan.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* All in one call: there are a thousand. */
static int load_variants(int map, const struct plan *plan)
{
	uint32_t count = plan->variant_count;
	const struct plan_variant *variant = plan->variants;
	struct plan_variant_key *keys = calloc(count, sizeof(*keys));
	struct plan_call *calls = calloc(count, sizeof(*calls));
	int error = keys && calls ? 0 : -ENOMEM;

	for (size_t i = 0; !error && i < count; i++) {
		keys[i] = variant[i].key;
		calls[i] = variant[i].call;
	}
	if (!error && bpf_map_update_batch(map, keys, calls, &count, NULL))
		error = -errno;
	free(keys);
	free(calls);
	return error;
}

/* Of i386 none is: its arguments lie in other registers. */
static bool is_simple(const struct plan_call *call, size_t row)
{
	const uint8_t others =
		PLAN_ENTER | PLAN_MAY_ENTER | PLAN_NO_RETURN | PLAN_EXEC | PLAN_SELECTS;
	const struct plan_op *op = &call->op[0];
	size_t room = sizeof(struct trace_call) + DESC_ARGS * sizeof(uint64_t) +
		      sizeof(struct trace_piece) + op->limit + 3 * sizeof(uint64_t);

	return row < PLAN_CALLS && call->flags & PLAN_PIECES && !(call->flags & others) &&
	       call->ops == 1 && !op->netlink && !(op->when & PLAN_AT_ENTER) &&
	       (op->kind == PLAN_STRING || op->kind == PLAN_FIXED || op->kind == PLAN_BY_ARG ||
		op->kind == PLAN_BY_RESULT) &&
	       op->limit <= PLAN_SIMPLE_MOST && room + PLAN_STATE_SIZE <= call->room;
}

/* Each CPU has its own copy, beside what else a call needs. */
static void load_rows(struct bpf_ring *r, const struct plan *plan)
{
	for (size_t row = 0; row < sizeof(r->rows) / sizeof(*r->rows); row++) {
		const struct plan_call *call = &plan->calls[row];

		r->marks[row] = plan->marks[row];
		r->rows[row] = call->flags | call->args << PLAN_ARGS_SHIFT |
			       (r->marks[row] & ~PLAN_MARK_MOVE ? PLAN_MARKED : 0) |
			       (r->marks[row] & PLAN_MARK_MOVE ? PLAN_MOVES : 0) |
			       (is_simple(call, row) ? PLAN_SIMPLE : 0);
	}
}

int bpf_plan_load(struct bpf_object *object, const struct bpf_rings *rings, const struct plan *plan)
{
	int plans = bpf_object__find_map_fd_by_name(object, "plans");
	int variants = bpf_object__find_map_fd_by_name(object, "variants");
	uint32_t rows[sizeof(plan->calls) / sizeof(*plan->calls)],
		count = sizeof(rows) / sizeof(*rows);

	for (uint32_t row = 0; row < count; row++)
		rows[row] = row;
	for (int cpu = 0; cpu < rings->cpus; cpu++)
		load_rows((void *)(rings->at + cpu * rings->stride), plan);
	if (bpf_map_update_batch(plans, rows, plan->calls, &count, NULL))
		return -errno;
	return plan->variant_count ? load_variants(variants, plan) : 0;
}
