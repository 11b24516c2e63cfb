/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sink, source: where a tape goes to and comes from. Two small interfaces, each with a descriptor
 * (file, pipe, socket) and a memory instance; the tape's writer and reader know nothing else.
 */
#ifndef SYSTAPE_SINK_H
#define SYSTAPE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct tape_sink {
	/* Writes all of `size` bytes: 0, or a negative errno, after which nothing more is written.
	 */
	int (*write)(struct tape_sink *sink, const void *data, size_t size);
	/*
	 * Takes back what was written behind the first `size` bytes, after a write that failed: 0,
	 * or a negative errno. NULL where that cannot be (a pipe): then a failed write is the end.
	 */
	int (*cut)(struct tape_sink *sink, uint64_t size);
	/* Told by the writer: how many bytes the end of the tape will take, and that it comes now.
	 * A file keeps them free. */
	uint64_t reserve;
	bool ending;
	void (*close)(struct tape_sink *sink); /* frees the sink */
};

/* Writes to `fd`, which stays the caller's. NULL without memory. */
struct tape_sink *tape_sink_fd(int fd);
/* Grows `*data` (free it with free()) as it is written to; both must outlive the sink. */
struct tape_sink *tape_sink_memory(void **data, size_t *size);

struct tape_source {
	/* Up to `size` bytes; short only at the end. Bytes read, or a negative errno. */
	ssize_t (*read)(struct tape_source *source, void *data, size_t size);
	/* The same at an absolute offset, without moving; NULL where the source cannot (a pipe). */
	ssize_t (*read_at)(struct tape_source *source, void *data, size_t size, uint64_t offset);
	/* Moves forward by `size` bytes: 0 or a negative errno; moving past the end is seen at the
	 * next read. */
	int (*skip)(struct tape_source *source, uint64_t size);
	/* True if a read would still wait for its writer after so many ns; for live streams. NULL:
	 * never. */
	bool (*would_wait)(struct tape_source *source, uint64_t ns);
	void (*close)(struct tape_source *source);
};

/* Reads from `fd`, which stays the caller's. */
struct tape_source *tape_source_fd(int fd);
/* Reads `size` bytes at `data`, which must outlive it. */
struct tape_source *tape_source_memory(const void *data, size_t size);

#endif
