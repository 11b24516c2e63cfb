// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/perf_event/perf_ring.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
	RECORD_MOST = 1 << 16, /* a record's size has 16 bits */
	FULL = 8192,	       /* bytes left: few records are larger */
};

int perf_ring_open(struct perf_ring *r, int fd, uint64_t size)
{
	size_t page = sysconf(_SC_PAGESIZE);
	void *at;

	memset(r, 0, sizeof(*r));
	r->whole = malloc(RECORD_MOST);
	if (!r->whole)
		return -ENOMEM;
	at = mmap(NULL, page + size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED) {
		free(r->whole);
		r->whole = NULL;
		return -errno;
	}
	r->fd = fd;
	r->page = at;
	r->data = (char *)at + page;
	r->size = size;
	return 0;
}

void perf_ring_close(struct perf_ring *r)
{
	if (r->page)
		munmap(r->page, r->data - (char *)r->page + r->size);
	free(r->whole);
	memset(r, 0, sizeof(*r));
}

const struct perf_event_header *perf_ring_next(struct perf_ring *r)
{
	const struct perf_event_header *header;
	uint64_t offset, left, tail;

	if (!r->page)
		return NULL;
	tail = r->page->data_tail; /* as the kernel knew it while it filled the ring */
	/* What was taken is given back in larger parts: the kernel's cache line is left in peace.
	 */
	if (r->at == r->head || r->at - tail > r->size / 16)
		__atomic_store_n(&r->page->data_tail, r->at, __ATOMIC_RELEASE);
	if (r->at == r->head) {
		r->head = __atomic_load_n(&r->page->data_head, __ATOMIC_ACQUIRE);
		r->full |= r->head - tail + FULL > r->size;
	}
	if (r->at == r->head)
		return NULL;
	offset = r->at & (r->size - 1);
	left = r->size - offset;
	header = (const void *)(r->data + offset); /* 8-byte aligned: never split itself */
	r->at += header->size;
	if (header->size <= left)
		return header;
	memcpy(r->whole, header, left);
	memcpy(r->whole + left, r->data, header->size - left);
	return (const void *)r->whole;
}
