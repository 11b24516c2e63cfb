// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_rings.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* See `rings` in bpf_maps.h. */
static int make(struct bpf_rings *r)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = BPF_F_MMAPABLE);
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "rings", sizeof(uint32_t), r->stride, r->cpus,
				&opts);

	if (fd < 0)
		return fd;
	r->fd = fd;
	r->at = mmap(NULL, r->stride * r->cpus, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (r->at != MAP_FAILED)
		return 0;
	r->at = NULL;
	return -errno;
}

static void *run(void *context)
{
	struct bpf_rings *r = context;

	r->error = make(r);
	return NULL;
}

void bpf_rings_begin(struct bpf_rings *r, size_t stride, int cpus)
{
	*r = (struct bpf_rings){ .stride = stride, .cpus = cpus, .fd = -1 };
	r->waits = !pthread_create(&r->thread, NULL, run, r);
	if (!r->waits)
		run(r);
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
	r->stride = 0;
}
