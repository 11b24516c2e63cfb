/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_rings: the map of the rings, and where it is in this process. The kernel clears tens of
 * megabytes: a thread of its own waits for that while the program is prepared, and loaded from when
 * the map is there. What nothing has been written to yet is not mapped here. Used by bpf_backend
 * and bpf_object.
 */
#ifndef SYSTAPE_BPF_RINGS_H
#define SYSTAPE_BPF_RINGS_H

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stddef.h>

struct bpf_rings {
	size_t stride; /* bytes from one CPU's ring to the next */
	int cpus;
	int fd;	  /* from bpf_rings_map on */
	char *at; /* from bpf_rings_wait on, as the next two: the beginning of each is mapped */
	int error;
	size_t *mapped; /* bytes, of each CPU's */
	pthread_t thread;
	sem_t made; /* the map, or there will be none */
	bool waits;
};

/* Begins to make rings for as many CPUs, of so many bytes each. */
void bpf_rings_begin(struct bpf_rings *rings, size_t stride, int cpus);

/* Until the map is there: its descriptor, or a negative errno, -ENOMEM among them. */
int bpf_rings_map(struct bpf_rings *rings);

/* Until it is in this process, too: 0, or a negative errno as before. */
int bpf_rings_wait(struct bpf_rings *rings);

/* From here on the first `size` bytes of one CPU's are mapped, too: 0, or a negative errno. */
int bpf_rings_reach(struct bpf_rings *rings, int cpu, size_t size);

/* Also where they have not come to be, or never were begun and are all zero. */
void bpf_rings_close(struct bpf_rings *rings);

#endif
