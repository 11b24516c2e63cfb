// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/input/workers.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MOST = 64 };

struct workers {
	pthread_mutex_t lock; /* of all below, and of each work's state */
	pthread_cond_t more, done;
	struct work *first, **last;
	bool stop;
	unsigned int count, running;
	pthread_t threads[THREADS_MOST];
};

static struct work *take_first(struct workers *w)
{
	struct work *work;

	while (!w->first && !w->stop)
		pthread_cond_wait(&w->more, &w->lock);
	work = w->first;
	if (!work)
		return NULL;
	w->first = work->next;
	if (!w->first)
		w->last = &w->first;
	work->state = WORK_RUNS;
	return work;
}

static void *work_on(void *context)
{
	struct workers *w = context;
	struct tape_unpackers unpackers = { .columns = NULL };
	struct work *work;

	pthread_mutex_lock(&w->lock);
	w->running++;
	pthread_cond_broadcast(&w->done);
	while ((work = take_first(w))) {
		pthread_mutex_unlock(&w->lock);
		work->run(work, &unpackers);
		pthread_mutex_lock(&w->lock);
		work->state = WORK_DONE;
		pthread_cond_broadcast(&w->done);
	}
	pthread_mutex_unlock(&w->lock);
	tape_unpackers_free(&unpackers);
	return NULL;
}

struct workers *workers_start(unsigned int count)
{
	struct workers *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->last = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	pthread_cond_init(&w->done, NULL);
	while (w->count < count && w->count < THREADS_MOST &&
	       !pthread_create(&w->threads[w->count], NULL, work_on, w))
		w->count++;
	if (!w->count) {
		workers_stop(w);
		return NULL;
	}
	pthread_mutex_lock(&w->lock);
	while (w->running < w->count)
		pthread_cond_wait(&w->done, &w->lock);
	pthread_mutex_unlock(&w->lock);
	return w;
}

void workers_stop(struct workers *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->stop = true;
	pthread_cond_broadcast(&w->more);
	pthread_mutex_unlock(&w->lock);
	for (unsigned int i = 0; i < w->count; i++)
		pthread_join(w->threads[i], NULL);
	pthread_cond_destroy(&w->done);
	pthread_cond_destroy(&w->more);
	pthread_mutex_destroy(&w->lock);
	free(w);
}

void workers_give(struct workers *w, struct work *work)
{
	work->next = NULL;
	pthread_mutex_lock(&w->lock);
	work->state = WORK_WAITS;
	*w->last = work;
	w->last = &work->next;
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
}

static void take_out(struct workers *w, struct work *work)
{
	struct work **at = &w->first;

	while (*at && *at != work)
		at = &(*at)->next;
	if (!*at)
		return;
	*at = work->next;
	if (w->last == &work->next)
		w->last = at;
}

bool workers_take_back(struct workers *w, struct work *work)
{
	bool begun;

	pthread_mutex_lock(&w->lock);
	begun = work->state != WORK_WAITS;
	if (!begun)
		take_out(w, work);
	while (begun && work->state != WORK_DONE)
		pthread_cond_wait(&w->done, &w->lock);
	pthread_mutex_unlock(&w->lock);
	return begun;
}
