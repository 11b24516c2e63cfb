/* SPDX-License-Identifier: GPL-2.0-or-later */
/* perf_ring: the buffer that the kernel shares with the readers of a perf event, record by record.
 * Used by the perf backend, and for notes on new threads. */
#ifndef SYSTAPE_PERF_RING_H
#define SYSTAPE_PERF_RING_H

#include <linux/perf_event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* PERF_RECORD_FORK and PERF_RECORD_LOST, as include/uapi/linux/perf_event.h has them in words only;
 * what sample_id_all adds follows. */
struct perf_fork_record {
	struct perf_event_header header;
	uint32_t tgid, parent_tgid, tid, parent_tid;
	uint64_t time;
};

struct perf_lost_record {
	struct perf_event_header header;
	uint64_t id, lost;
};

struct perf_ring {
	int fd; /* of the event that it belongs to; the owner's */
	struct perf_event_mmap_page *page;
	char *data;
	uint64_t size, at; /* at: bytes ever taken */
	uint64_t head;	   /* the kernel's, as it was seen last */
	char *whole;	   /* a record that runs over the end, put together */
	bool full;	   /* it was found so: the kernel may have had no room for more */
};

/* Maps `size` bytes (a power of two) of the event: 0 or a negative errno. */
int perf_ring_open(struct perf_ring *ring, int fd, uint64_t size);
void perf_ring_close(struct perf_ring *ring);

/* The next record, valid until the next call; NULL if there is none by now, or no ring. */
const struct perf_event_header *perf_ring_next(struct perf_ring *ring);

#endif
