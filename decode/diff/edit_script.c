// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/edit_script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What is between the common beginning and the common end of both sides. */
struct search {
	edit_number number;
	const void *context;
	size_t from, count[2];
	ptrdiff_t *reach; /* for each step, the furthest of side 0 on its 2 * step + 1 diagonals */
};

static bool equal(const struct search *s, size_t a, size_t b)
{
	return s->number(s->context, 0, s->from + a) == s->number(s->context, 1, s->from + b);
}

/* Where the row of a step begins: all before it have 1, 3, 5, ... places. */
static ptrdiff_t *row_of(const struct search *s, ptrdiff_t step)
{
	return s->reach + step * step + step; /* its middle */
}

/* The furthest on a diagonal from where the step before has come. */
static ptrdiff_t furthest(const struct search *s, ptrdiff_t step, ptrdiff_t diagonal, bool *down)
{
	const ptrdiff_t *before = row_of(s, step - 1);

	*down = diagonal == -step ||
		(diagonal != step && before[diagonal - 1] < before[diagonal + 1]);
	return *down ? before[diagonal + 1] : before[diagonal - 1] + 1;
}

/* Steps until both ends are reached; -1: more than `most`. */
static ptrdiff_t find_path(struct search *s, ptrdiff_t most)
{
	ptrdiff_t width = (ptrdiff_t)s->count[0], height = (ptrdiff_t)s->count[1];

	for (ptrdiff_t step = 0; step <= most; step++) {
		ptrdiff_t *row = row_of(s, step);

		for (ptrdiff_t k = -step; k <= step; k += 2) {
			bool down;
			ptrdiff_t a = step ? furthest(s, step, k, &down) : 0, b = a - k;

			while (a < width && b < height && b >= 0 && equal(s, (size_t)a, (size_t)b))
				a++, b++;
			row[k] = a;
			if (k == width - height && a >= width)
				return step;
		}
	}
	return -1;
}

/* Back from both ends, marking what each step has skipped. */
static void mark(const struct search *s, ptrdiff_t steps, struct edit_script *script)
{
	ptrdiff_t k = (ptrdiff_t)s->count[0] - (ptrdiff_t)s->count[1];

	for (ptrdiff_t step = steps; step > 0; step--) {
		bool down;
		ptrdiff_t a = furthest(s, step, k, &down), b = a - k;

		if (down && b - 1 >= 0 && (size_t)(b - 1) < s->count[1])
			script->changed[1][s->from + (size_t)(b - 1)] = true;
		else if (!down && a - 1 >= 0 && (size_t)(a - 1) < s->count[0])
			script->changed[0][s->from + (size_t)(a - 1)] = true;
		k += down ? 1 : -1;
	}
}

static void mark_all(const struct search *s, struct edit_script *script)
{
	for (int side = 0; side < 2; side++)
		memset(script->changed[side] + s->from, true, s->count[side]);
}

/* Leaves out what both sides begin and end with. */
static void trim(struct search *s, const size_t count[2])
{
	s->count[0] = count[0];
	s->count[1] = count[1];
	while (s->count[0] && s->count[1] && equal(s, 0, 0)) {
		s->from++;
		s->count[0]--;
		s->count[1]--;
	}
	while (s->count[0] && s->count[1] && equal(s, s->count[0] - 1, s->count[1] - 1)) {
		s->count[0]--;
		s->count[1]--;
	}
}

int edit_script_make(struct edit_script *script, const size_t count[2], edit_number number,
		     const void *context, size_t most)
{
	struct search s = { number, context, 0, { 0, 0 }, NULL };
	ptrdiff_t steps;

	*script = (struct edit_script){ 0 };
	for (int side = 0; side < 2; side++) {
		script->changed[side] = calloc(count[side] + 1, 1);
		if (!script->changed[side])
			return -ENOMEM;
	}
	trim(&s, count);
	if (!s.count[0] || !s.count[1]) {
		mark_all(&s, script);
		return 0;
	}
	most = most < s.count[0] + s.count[1] ? most : s.count[0] + s.count[1];
	s.reach = malloc((most + 1) * (most + 1) * sizeof(*s.reach));
	if (!s.reach)
		return -ENOMEM;
	steps = find_path(&s, (ptrdiff_t)most);
	script->rough = steps < 0;
	if (script->rough)
		mark_all(&s, script);
	else
		mark(&s, steps, script);
	free(s.reach);
	return 0;
}

void edit_script_free(struct edit_script *script)
{
	free(script->changed[0]);
	free(script->changed[1]);
}
