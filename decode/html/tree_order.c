// SPDX-License-Identifier: GPL-2.0-or-later
/* process_tree: which processes are shown, and in what order. */
#include "decode/html/process_tree.h"

#include <stdlib.h>
#include <sys/wait.h>

enum {
	ENDED_MOST = 100,  /* shown for how they ended */
	CALLERS_MOST = 300 /* shown for their calls */
};

static struct tree_node *at(const void *a)
{
	return *(struct tree_node *const *)a;
}

static int compare(uint64_t one, uint64_t other)
{
	return one < other ? -1 : one > other;
}

static int by_age(const void *a, const void *b)
{
	const struct tree_node *x = at(a), *y = at(b);
	int order = compare(x->host, y->host);

	order = order ? order : compare(x->begun, y->begun);
	order = order ? order : compare(x->pid, y->pid);
	return order ? order : compare(x->entry.tid, y->entry.tid);
}

static int by_calls(const void *a, const void *b)
{
	int order = compare(at(b)->sums.calls, at(a)->sums.calls);

	return order ? order : by_age(a, b);
}

static bool ended_badly(const struct tree_node *n)
{
	return n->ended && n->status >= 0 && WIFSIGNALED(n->status);
}

/* With all that are above it, as far as there is room. */
static void show(struct process_tree *t, struct tree_node *node)
{
	for (; node && !node->shown && t->shown < TREE_SHOWN; node = node->parent) {
		node->shown = true;
		t->shown++;
	}
}

/* Puts it in front of those that have the same parent. */
static void link_node(struct process_tree *t, struct tree_node *node)
{
	bool below = node->parent && node->parent->shown;
	struct tree_node **first = below ? &node->parent->child : &t->first;

	node->next = *first;
	*first = node;
}

void process_tree_choose(struct process_tree *t)
{
	size_t badly = 0;

	if (!t->count)
		return;
	qsort(t->all, t->count, sizeof(*t->all), by_calls);
	for (size_t i = 0; i < t->count && badly < ENDED_MOST; i++) {
		if (!ended_badly(t->all[i]))
			continue;
		show(t, t->all[i]);
		badly++;
	}
	for (size_t i = 0; i < t->count && i < CALLERS_MOST && t->all[i]->sums.calls; i++)
		show(t, t->all[i]);
	qsort(t->all, t->count, sizeof(*t->all), by_age);
	for (size_t i = t->count; i--;)
		if (t->all[i]->shown)
			link_node(t, t->all[i]);
}
