// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/pid_names.h"

#include "decode/events/threads.h"

#include <stdlib.h>
#include <string.h>

enum {
	BUCKETS = 4096,
	NAMES_MOST = 1 << 20, /* a tape may tell of as many as it likes */
};

struct pid_name {
	struct trace_number name;
	uint32_t tid;
	struct pid_name *next;	/* in its bucket */
	struct pid_name *outer; /* of the same thread, in the namespace around this one */
};

struct pid_names {
	struct pid_name *buckets[BUCKETS];
	size_t count;
};

struct pid_names *pid_names_new(void)
{
	return calloc(1, sizeof(struct pid_names));
}

void pid_names_free(struct pid_names *n)
{
	for (size_t i = 0; n && i < BUCKETS; i++) {
		while (n->buckets[i]) {
			struct pid_name *gone = n->buckets[i];

			n->buckets[i] = gone->next;
			free(gone);
		}
	}
	free(n);
}

static size_t bucket_of(const struct trace_number *name)
{
	return (name->name_space * 31 + name->number) % BUCKETS;
}

void pid_names_forget(struct pid_names *n, struct thread *thread)
{
	while (thread->names) {
		struct pid_name *gone = thread->names, **at = &n->buckets[bucket_of(&gone->name)];

		while (*at != gone)
			at = &(*at)->next;
		*at = gone->next;
		thread->names = gone->outer;
		n->count--;
		free(gone);
	}
}

void pid_names_take(struct pid_names *n, struct thread *thread, const void *data, size_t size)
{
	size_t count = size / sizeof(struct trace_number);

	pid_names_forget(n, thread);
	if (count > TRACE_NUMBERS_MOST)
		count = TRACE_NUMBERS_MOST;
	/* The first one is the recorder's own namespace: that is the tid. */
	for (size_t i = 1; i < count && n->count < NAMES_MOST; i++) {
		struct pid_name *one = calloc(1, sizeof(*one)), **to;

		if (!one)
			return;
		memcpy(&one->name, (const char *)data + i * sizeof(one->name), sizeof(one->name));
		one->tid = thread->entry.tid;
		to = &n->buckets[bucket_of(&one->name)];
		one->next = *to;
		*to = one;
		one->outer = thread->names;
		thread->names = one;
		n->count++;
	}
}

uint32_t pid_names_find(const struct pid_names *n, const struct thread *asker, uint32_t number)
{
	struct trace_number wanted;

	if (!asker || !asker->names)
		return number;
	wanted = (struct trace_number){ asker->names->name.name_space, number };
	for (const struct pid_name *one = n->buckets[bucket_of(&wanted)]; one; one = one->next)
		if (one->name.number == number && one->name.name_space == wanted.name_space)
			return one->tid;
	return 0;
}
