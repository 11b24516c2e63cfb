// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_rings.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FIRST = 1 << 20 }; /* bytes of a ring that are mapped at once */

/* See `rings` in bpf_maps.h. */
static int make_map(const struct bpf_rings *r)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE);

	return bpf_map_create(BPF_MAP_TYPE_ARRAY, "rings", sizeof(uint32_t), r->stride, r->cpus,
			      &opts);
}

/* Twice as much as before, at least. Not for children: fork would copy an entry for each page, and
 * execve remove them. */
int bpf_rings_reach(struct bpf_rings *r, int cpu, size_t size)
{
	size_t from = r->mapped[cpu], to = from ? 2 * from : FIRST, begin = cpu * r->stride;
	char *at = r->at + begin + from;

	if (size <= from)
		return 0;
	to = to > size ? to : size;
	to = to < r->stride ? (to + FIRST - 1) & ~(size_t)(FIRST - 1) : r->stride;
	to = to < r->stride ? to : r->stride;
	if (mmap(at, to - from, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, r->fd,
		 (off_t)(begin + from)) == MAP_FAILED ||
	    madvise(at, to - from, MADV_DONTFORK))
		return -errno;
	r->mapped[cpu] = to;
	return 0;
}

/* The kernel takes a microsecond for a few pages, and again at the end: only their place is kept,
 * and they follow as they are needed. */
static int map_first(struct bpf_rings *r)
{
	int error = 0;

	r->mapped = calloc(r->cpus, sizeof(*r->mapped));
	if (!r->mapped)
		return -ENOMEM;
	r->at = mmap(NULL, r->stride * r->cpus, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (r->at == MAP_FAILED) {
		r->at = NULL;
		return -errno;
	}
	for (int cpu = 0; cpu < r->cpus && !error; cpu++)
		error = bpf_rings_reach(r, cpu, 1);
	return error;
}

static void *run(void *context)
{
	struct bpf_rings *r = context;

	r->fd = make_map(r);
	sem_post(&r->made);
	r->error = r->fd < 0 ? r->fd : map_first(r);
	return NULL;
}

void bpf_rings_begin(struct bpf_rings *r, size_t stride, int cpus)
{
	*r = (struct bpf_rings){ .stride = stride, .cpus = cpus, .fd = -1 };
	sem_init(&r->made, 0, 0);
	r->waits = !pthread_create(&r->thread, NULL, run, r);
	if (!r->waits)
		run(r);
}

int bpf_rings_map(struct bpf_rings *r)
{
	while (sem_wait(&r->made) && errno == EINTR)
		;
	sem_post(&r->made); /* for who asks again */
	return r->fd;
}

int bpf_rings_wait(struct bpf_rings *r)
{
	if (r->waits)
		pthread_join(r->thread, NULL);
	r->waits = false;
	return r->error;
}

void bpf_rings_close(struct bpf_rings *r)
{
	if (!r->stride)
		return;
	bpf_rings_wait(r);
	if (r->at)
		munmap(r->at, r->stride * r->cpus);
	if (r->fd >= 0)
		close(r->fd);
	free(r->mapped);
	sem_destroy(&r->made);
	r->stride = 0;
}
