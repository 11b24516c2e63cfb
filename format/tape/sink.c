// SPDX-License-Identifier: GPL-2.0-or-later
#include "format/tape/sink.h"

#include "format/tape/descriptor_status.h"
#include "format/tape/descriptor_write.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct fd_sink {
	struct tape_sink sink;
	int fd;
};

static int fd_write(struct tape_sink *sink, const void *data, size_t size)
{
	return descriptor_write(((struct fd_sink *)sink)->fd, data, size);
}

static void free_sink(struct tape_sink *sink)
{
	free(sink);
}

struct tape_sink *tape_sink_fd(int fd)
{
	struct fd_sink *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->sink = (struct tape_sink){ .write = fd_write, .close = free_sink };
	s->fd = fd;
	return &s->sink;
}

struct memory_sink {
	struct tape_sink sink;
	void **data;
	size_t *size, room;
};

static int memory_write(struct tape_sink *sink, const void *data, size_t size)
{
	struct memory_sink *s = (void *)sink;

	if (*s->size + size > s->room) {
		size_t room = (*s->size + size) * 2;
		void *bigger = realloc(*s->data, room);

		if (!bigger)
			return -ENOMEM;
		*s->data = bigger;
		s->room = room;
	}
	memcpy((char *)*s->data + *s->size, data, size);
	*s->size += size;
	return 0;
}

struct tape_sink *tape_sink_memory(void **data, size_t *size)
{
	struct memory_sink *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->sink = (struct tape_sink){ .write = memory_write, .close = free_sink };
	s->data = data;
	s->size = size;
	*data = NULL;
	*size = 0;
	return &s->sink;
}

struct fd_source {
	struct tape_source source;
	int fd;
};

/* From `*offset` on, or, without, from where the descriptor stands. */
static ssize_t read_whole(int fd, char *data, size_t size, const uint64_t *offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t n = offset ? pread(fd, data + done, size - done, *offset + done)
				   : read(fd, data + done, size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		done += n;
	}
	return done;
}

static ssize_t fd_read(struct tape_source *source, void *data, size_t size)
{
	return read_whole(((struct fd_source *)source)->fd, data, size, NULL);
}

static ssize_t fd_read_at(struct tape_source *source, void *data, size_t size, uint64_t offset)
{
	return read_whole(((struct fd_source *)source)->fd, data, size, &offset);
}

static int read_and_drop(struct tape_source *source, uint64_t size)
{
	char buffer[16384];

	while (size) {
		size_t want = size < sizeof(buffer) ? size : sizeof(buffer);
		ssize_t n = source->read(source, buffer, want);

		if (n < 0)
			return n;
		if ((size_t)n < want)
			break;
		size -= n;
	}
	return 0;
}

static int fd_seek(struct tape_source *source, uint64_t size)
{
	if (size > INT64_MAX)
		return -EINVAL;
	return lseek(((struct fd_source *)source)->fd, size, SEEK_CUR) < 0 ? -errno : 0;
}

static bool fd_would_wait(struct tape_source *source, uint64_t ns)
{
	struct pollfd p = { .fd = ((struct fd_source *)source)->fd, .events = POLLIN };
	struct timespec most = { .tv_sec = (time_t)(ns / 1000000000),
				 .tv_nsec = (long)(ns % 1000000000) };

	return ppoll(&p, 1, &most, NULL) == 0;
}

static void free_source(struct tape_source *source)
{
	free(source);
}

struct tape_source *tape_source_fd(int fd)
{
	struct fd_source *s = calloc(1, sizeof(*s));
	struct stat st;
	bool file = !descriptor_status(fd, &st) && (S_ISREG(st.st_mode) || S_ISBLK(st.st_mode));

	if (!s)
		return NULL;
	s->source = (struct tape_source){
		.read = fd_read,
		.read_at = file ? fd_read_at : NULL,
		.skip = file ? fd_seek : read_and_drop,
		.would_wait = file ? NULL : fd_would_wait,
		.close = free_source,
	};
	s->fd = fd;
	return &s->source;
}

struct memory_source {
	struct tape_source source;
	const char *data;
	uint64_t size, at;
};

static ssize_t memory_read_at(struct tape_source *source, void *data, size_t size, uint64_t offset)
{
	struct memory_source *s = (void *)source;
	uint64_t left = offset < s->size ? s->size - offset : 0;
	size_t n = size < left ? size : left;

	if (n)
		memcpy(data, s->data + offset, n);
	return n;
}

static ssize_t memory_read(struct tape_source *source, void *data, size_t size)
{
	struct memory_source *s = (void *)source;
	ssize_t n = memory_read_at(source, data, size, s->at);

	s->at += n;
	return n;
}

static int memory_skip(struct tape_source *source, uint64_t size)
{
	struct memory_source *s = (void *)source;

	s->at = size > UINT64_MAX - s->at ? UINT64_MAX : s->at + size;
	return 0;
}

struct tape_source *tape_source_memory(const void *data, size_t size)
{
	struct memory_source *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->source = (struct tape_source){
		.read = memory_read,
		.read_at = memory_read_at,
		.skip = memory_skip,
		.close = free_source,
	};
	s->data = data;
	s->size = size;
	return &s->source;
}
