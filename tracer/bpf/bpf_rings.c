// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_rings.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* See `rings` in bpf_maps.h. */
static int make_map(const struct bpf_rings *r)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE);

	return bpf_map_create(BPF_MAP_TYPE_ARRAY, "rings", sizeof(uint32_t), r->stride, r->cpus,
			      &opts);
}

/* Not for children: fork would copy an entry for each page, and execve remove them. */
static int map_it(struct bpf_rings *r)
{
	size_t size = r->stride * r->cpus;

	r->at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
	if (r->at != MAP_FAILED && !madvise(r->at, size, MADV_DONTFORK))
		return 0;
	r->at = r->at == MAP_FAILED ? NULL : r->at;
	return -errno;
}

static void *run(void *context)
{
	struct bpf_rings *r = context;

	r->fd = make_map(r);
	sem_post(&r->made);
	r->error = r->fd < 0 ? r->fd : map_it(r);
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
	sem_destroy(&r->made);
	r->stride = 0;
}
