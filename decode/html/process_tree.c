// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/process_tree.h"

#include "decode/events/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	COMMAND_MOST = 120, /* bytes of a command line that are kept */
	CLIMB_MOST = 256,   /* parents above a process that was there before */
};

int process_tree_init(struct process_tree *t)
{
	return tid_table_init(&t->table);
}

static void free_node(struct tree_node *node)
{
	free(node->command);
	free(node);
}

void process_tree_free(struct process_tree *t)
{
	for (size_t i = 0; i < t->count; i++)
		free_node(t->all[i]);
	free(t->all);
	tid_table_end(&t->table);
}

static uint64_t life(const struct tree_node *n)
{
	return n->ended > n->begun ? n->ended - n->begun : 0;
}

static int by_life(const void *a, const void *b)
{
	const struct tree_node *one = *(struct tree_node *const *)a,
			       *other = *(struct tree_node *const *)b;

	if (life(one) != life(other))
		return life(one) < life(other) ? -1 : 1;
	return one->entry.tid < other->entry.tid ? -1 : one->entry.tid > other->entry.tid;
}

/* The shortest lives make room: of those that have ended, and have started nobody that is known. */
static void forget(struct process_tree *t)
{
	struct tree_node **gone = calloc(t->count, sizeof(struct tree_node *));
	size_t kept = t->here, count = 0, most = (t->count - t->here) / 2;

	for (size_t i = t->here; gone && i < t->count; i++)
		if (t->all[i]->ended && !t->all[i]->children)
			gone[count++] = t->all[i];
	if (count)
		qsort(gone, count, sizeof(*gone), by_life);
	count = count < most ? count : most;
	for (size_t i = 0; i < count; i++)
		gone[i]->shown = true; /* a mark, for the next loop */
	for (size_t i = t->here; gone && i < t->count; i++) {
		struct tree_node *node = t->all[i];

		if (!node->shown) {
			t->all[kept++] = node;
			continue;
		}
		if (node->parent)
			node->parent->children--;
		tid_table_take(&t->table, node->entry.tid);
		free_node(node);
	}
	t->count = gone ? kept : t->count;
	t->forgotten += count;
	free(gone);
}

static struct tree_node *find(struct process_tree *t, const struct process *process)
{
	return (struct tree_node *)tid_table_find(&t->table, process->number);
}

/* NULL where there is no room. */
static struct tree_node *add(struct process_tree *t, uint32_t number, uint32_t pid, size_t host)
{
	struct tree_node *node;

	if (t->count >= TREE_MOST)
		forget(t);
	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 64;
		struct tree_node **more = reallocarray(t->all, room, sizeof(*more));

		if (!more)
			return NULL;
		t->all = more;
		t->room = room;
	}
	node = t->count < TREE_MOST ? calloc(1, sizeof(*node)) : NULL;
	if (!node) {
		t->forgotten++;
		return NULL;
	}
	node->pid = pid;
	node->status = -1;
	node->host = host;
	node->sums.shortest = UINT64_MAX;
	t->all[t->count++] = node;
	tid_table_add(&t->table, &node->entry, number);
	return node;
}

static struct tree_node *node_of(struct process_tree *t, const struct process *process,
				 uint32_t pid, size_t host)
{
	struct tree_node *node = process ? find(t, process) : NULL;

	return node || !process ? node : add(t, process->number, pid, host);
}

static struct process *process_of(const struct tape_facts *facts, struct thread *thread)
{
	return facts->threads && thread ? thread_process(facts->threads, thread) : NULL;
}

static void set_comm(struct tree_node *node, const struct trace_process *p)
{
	memcpy(node->comm, p->comm, sizeof(p->comm));
	node->comm[sizeof(p->comm)] = '\0';
}

/* The command line; its words, each with its NUL behind it, become one text. */
static void take_command(struct tree_node *node, const struct trace_process *p)
{
	struct tape_piece piece;
	size_t at = sizeof(*p), size;
	char *text;

	for (int i = 0; i < p->pieces && tape_piece_next(&p->record, &at, &piece); i++) {
		if (piece.piece.arg != TRACE_P_CMDLINE || !piece.piece.length)
			continue;
		size = piece.piece.length < COMMAND_MOST ? piece.piece.length : COMMAND_MOST;
		text = malloc(size);
		if (!text)
			return;
		memcpy(text, piece.data, size);
		while (size && !text[size - 1])
			size--;
		for (size_t n = 0; n < size; n++)
			text[n] = (char)(text[n] ? text[n] : ' ');
		free(node->command);
		node->command = text;
		node->command_size = size;
	}
}

static void on_fork(struct process_tree *t, const struct tape_facts *facts, const struct note *note,
		    size_t host)
{
	const struct trace_process *p = note->process;
	struct thread *child = facts->threads ? threads_find(facts->threads, p->other_tid) : NULL;
	struct tree_node *parent, *node;
	const struct process *of = process_of(facts, child);

	if (p->other_tgid == p->record.tgid || !of || find(t, of))
		return;
	node = node_of(t, of, p->other_tgid, host);
	parent = node ? node_of(t, process_of(facts, (struct thread *)note->thread), p->record.tgid,
				host)
		      : NULL;
	if (!node)
		return;
	/* Making room for the parent may have taken away the child: it has begun, it has not ended.
	 */
	node->begun = tape_time(facts, note->time);
	node->parent_pid = p->record.tgid;
	node->parent = parent;
	if (parent)
		parent->children++;
	set_comm(node, p);
}

static void on_program(struct tree_node *node, const struct note *note)
{
	const struct trace_process *p = note->process;

	if (p->record.type == TRACE_EXISTING)
		node->parent_pid = p->parent;
	set_comm(node, p);
	take_command(node, p);
}

void process_tree_note(struct process_tree *t, const struct tape_facts *facts,
		       const struct note *note, size_t host)
{
	const struct trace_process *p = note->process;
	struct thread *thread = (struct thread *)note->thread; /* the stream's own */
	bool leader = p->record.tid == p->record.tgid;
	struct tree_node *node = NULL;

	if (p->record.type == TRACE_FORK) {
		on_fork(t, facts, note, host);
		return;
	}
	if (p->record.type == TRACE_EXEC || (leader && p->record.type == TRACE_EXISTING))
		node = node_of(t, process_of(facts, thread), p->record.tgid, host);
	else if (thread && thread->process)
		node = find(t, thread->process);
	if (!node)
		return;
	if (p->record.type == TRACE_EXEC || p->record.type == TRACE_EXISTING)
		on_program(node, note);
	else if (p->record.type == TRACE_COMM && leader)
		set_comm(node, p);
	else if (p->record.type == TRACE_END && p->record.flags & TRACE_F_LEADER) {
		node->ended = tape_time(facts, note->time);
		node->status = p->record.flags & TRACE_F_NO_ARGS ? -1 : p->code;
	}
}

static int by_pid(const void *a, const void *b)
{
	const struct tree_node *one = *(struct tree_node *const *)a,
			       *other = *(struct tree_node *const *)b;

	return one->pid < other->pid ? -1 : one->pid > other->pid;
}

/* A tape may say anything: nobody is among those above himself. */
static bool is_above(const struct tree_node *node, const struct tree_node *up)
{
	for (int i = 0; up && up != node && i < CLIMB_MOST; i++)
		up = up->parent;
	return up;
}

/* Processes that were there when the capture began have their parents by those numbers. */
static void find_parents(struct process_tree *t)
{
	struct tree_node **old = calloc(t->count - t->here + 1, sizeof(struct tree_node *));
	size_t count = 0;

	for (size_t i = t->here; old && i < t->count; i++)
		if (!t->all[i]->begun)
			old[count++] = t->all[i];
	if (count)
		qsort(old, count, sizeof(*old), by_pid);
	for (size_t i = 0; i < count; i++) {
		struct tree_node key = { .pid = old[i]->parent_pid }, *at = &key, **found, *parent;

		found = bsearch(&at, old, count, sizeof(struct tree_node *), by_pid);
		parent = found ? *found : NULL;
		if (old[i]->parent || !key.pid || !parent || is_above(old[i], parent))
			continue;
		old[i]->parent = parent;
		parent->children++;
	}
	free(old);
}

/* Those that no record tells of are known by their calls. */
static void add_callers(struct process_tree *t, const struct stat_collect *collect, size_t host)
{
	size_t count;
	struct stat_row **rows = stat_table_rows(collect->table, &count);
	uint64_t again = t->forgotten - t->forgotten_before; /* may be among the rows */

	for (size_t i = 0; rows && i < count; i++) {
		uint32_t number = (uint32_t)rows[i]->key[0],
			 pid = (uint32_t)(rows[i]->key[0] >> 32);
		const struct stat_life *l = rows[i]->life;
		struct tree_node *node = (struct tree_node *)tid_table_find(&t->table, number);

		if (!node && again) {
			again--;
			t->forgotten--;
		}
		if (!node && t->count >= TREE_MOST) {
			t->forgotten++;
		} else if (!node) {
			node = add(t, number, pid, host);
			if (node && l) {
				memcpy(node->comm, l->comm, sizeof(node->comm));
				node->begun = l->begun;
				node->ended = l->ended;
				node->status = l->ended ? l->status : -1;
			}
		}
		if (node)
			stat_sums_merge(&node->sums, &rows[i]->sums);
	}
	free(rows);
}

void process_tree_end(struct process_tree *t, const struct stat_collect *collect, size_t host)
{
	add_callers(t, collect, host);
	t->cut |= stat_table_cut(collect->table).calls > 0;
	find_parents(t);
	for (size_t i = t->here; i < t->count; i++)
		tid_table_take(&t->table, t->all[i]->entry.tid);
	t->here = t->count;
	t->forgotten_before = t->forgotten;
	t->begin = t->begin && t->begin < collect->begin ? t->begin : collect->begin;
	t->end = t->end > collect->end ? t->end : collect->end;
}
