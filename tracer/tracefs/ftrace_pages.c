// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/tracefs/ftrace_pages.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* include/uapi/linux/trace_mmap.h, Linux 6.10 */
struct ring_meta {
	uint32_t meta_page_size, meta_struct_len, subbuf_size, nr_subbufs;
	struct {
		uint64_t lost_events;
		uint32_t id, read;
	} reader;
	uint64_t flags, entries, overrun, read;
};

#define GET_READER _IO('R', 0x20)

enum {
	PAGE_HEADER = 16, /* timestamp and commit; the events follow */
	COMMIT_SIZE = (1 << 27) - 1,
	MISSED_STORED = 1 << 30, /* how many stands behind the last event */
	TYPE_PADDING = 29,
	TYPE_TIME_EXTEND = 30,
	TYPE_TIME_STAMP = 31,
	TYPE_BITS = 5,
	DELTA_BITS = 27,
	EXTEND = 8,	   /* bytes of a time extend */
	NUMBER = 8,	   /* and of the number of missing events */
	META_PAGES = 4096, /* to be mapped before its real size is known */
};

#define MISSED_EVENTS (1u << 31)

struct ftrace_pages {
	int fd, stats;
	struct ring_meta *meta; /* NULL: pages are read */
	size_t meta_size, data_size, page_size;
	char *data;	  /* the mapped sub-buffers, or the one that is read into */
	const char *page; /* the current one, NULL at first */
	uint32_t id;	  /* of the current sub-buffer */
	size_t at, end;	  /* within the page's events */
	size_t used;   /* bytes that were taken of the sub-buffer, by this read and earlier ones */
	size_t length; /* of the last event with its header */
	bool alike;    /* all are of this length */
	uint64_t time;
	uint64_t lost;	  /* before the next event */
	uint64_t told;	  /* lost events that have been told of */
	bool ahead;	  /* maybe more than were lost before the page */
	uint64_t skipped; /* told besides: see turn() */
};

static void map(struct ftrace_pages *p)
{
	struct ring_meta *meta = mmap(NULL, META_PAGES, PROT_READ, MAP_SHARED, p->fd, 0);

	if (meta == MAP_FAILED)
		return;
	p->meta_size = meta->meta_page_size;
	p->page_size = meta->subbuf_size;
	p->data_size = (size_t)meta->subbuf_size * meta->nr_subbufs;
	munmap(meta, META_PAGES);
	meta = mmap(NULL, p->meta_size, PROT_READ, MAP_SHARED, p->fd, 0);
	if (meta == MAP_FAILED)
		return;
	p->data = mmap(NULL, p->data_size, PROT_READ, MAP_SHARED, p->fd, p->meta_size);
	if (p->data == MAP_FAILED) {
		munmap(meta, p->meta_size);
		p->data = NULL;
		return;
	}
	p->meta = meta;
}

static size_t subbuffer_size(const char *directory)
{
	char path[256];
	unsigned int kb = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/buffer_subbuf_size_kb", directory);
	file = fopen(path, "re");
	if (file) {
		if (fscanf(file, "%u", &kb) != 1)
			kb = 0;
		fclose(file);
	}
	return kb ? (size_t)kb << 10 : (size_t)sysconf(_SC_PAGESIZE);
}

static int open_file(const char *directory, uint32_t cpu, const char *name, struct tape_error *why)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/per_cpu/cpu%u/%s", directory, cpu, name);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		snprintf(why->text, sizeof(why->text), "cannot open %.150s: %s", path,
			 strerror(errno));
	return fd;
}

struct ftrace_pages *ftrace_pages_open(const char *directory, uint32_t cpu, bool alike,
				       struct tape_error *why)
{
	struct ftrace_pages *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->alike = alike;
	p->fd = open_file(directory, cpu, "trace_pipe_raw", why);
	p->stats = p->fd < 0 ? -1 : open_file(directory, cpu, "stats", why);
	if (p->stats < 0) {
		ftrace_pages_close(p);
		return NULL;
	}
	map(p);
	if (!p->meta) {
		p->page_size = subbuffer_size(directory);
		p->data = malloc(p->page_size);
	}
	if (p->data)
		return p;
	snprintf(why->text, sizeof(why->text), "out of memory");
	ftrace_pages_close(p);
	return NULL;
}

void ftrace_pages_close(struct ftrace_pages *p)
{
	if (!p)
		return;
	if (p->meta) {
		munmap(p->data, p->data_size);
		munmap(p->meta, p->meta_size);
	} else {
		free(p->data);
	}
	if (p->fd >= 0)
		close(p->fd);
	if (p->stats >= 0)
		close(p->stats);
	free(p);
}

void ftrace_pages_watch(const struct ftrace_pages *p, int epoll)
{
	struct epoll_event event = { .events = EPOLLIN };
	struct pollfd now = { .fd = p->fd, .events = POLLIN };

	if (poll(&now, 1, 0) < 0 || !(now.revents & POLLERR))
		epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &event);
}

bool ftrace_pages_mapped(const struct ftrace_pages *p)
{
	return p->meta;
}

static uint64_t time_of(const char *page)
{
	uint64_t time;

	memcpy(&time, page, sizeof(time));
	return time;
}

static uint64_t beyond(uint64_t number, uint64_t known)
{
	return number > known ? number - known : 0;
}

/* The sum of some numbers of a CPU's stats file: events. False if they cannot be read. */
static bool count(const struct ftrace_pages *p, const char *const *names, size_t n, uint64_t *sum)
{
	char text[512] = "\n";
	const char *at;

	*sum = 0;
	if (pread(p->stats, text + 1, sizeof(text) - 2, 0) <= 0)
		return false;
	for (size_t i = 0; i < n; i++)
		if ((at = strstr(text, names[i])))
			*sum += strtoull(at + strlen(names[i]), NULL, 10);
	return true;
}

/* What was lost for want of room and has not been told, `unread` if that cannot be read. */
static uint64_t untold(const struct ftrace_pages *p, uint64_t unread)
{
	static const char *const names[] = { "\noverrun: ", "\ncommit overrun: ",
					     "\ndropped events: " };
	uint64_t lost;

	return count(p, names, sizeof(names) / sizeof(*names), &lost) ? beyond(lost, p->told)
								      : unread;
}

/* At the end that is also what the kernel has written and no read has brought: what was skipped,
 * and an event that was being written. */
uint64_t ftrace_pages_lost_at_end(struct ftrace_pages *p)
{
	static const char *const entries = "\nentries: ";
	uint64_t full = untold(p, 0), left, lost;

	if (!count(p, &entries, 1, &left))
		left = p->skipped;
	lost = beyond(full + left, p->skipped);
	p->told += full;
	p->skipped = left;
	return lost;
}

uint64_t ftrace_pages_skipped(const struct ftrace_pages *p)
{
	return p->skipped;
}

static uint64_t commit_of(const char *page)
{
	return __atomic_load_n((const uint64_t *)(page + 8), __ATOMIC_ACQUIRE);
}

/*
 * How many events are missing before a page that says so. Where it had no room for the number, all
 * are taken that are gone by now: they may be from behind the page, and then the number of a later
 * page would tell of them once more.
 */
static uint64_t missing(struct ftrace_pages *p, uint64_t commit, const char *page)
{
	uint64_t lost, most;

	if (!(commit & MISSED_STORED)) {
		p->ahead = true;
		return p->meta ? beyond(p->meta->overrun, p->told) : untold(p, 1);
	}
	memcpy(&lost, page + PAGE_HEADER + (commit & COMMIT_SIZE), sizeof(lost));
	most = p->ahead ? untold(p, lost) : lost;
	return lost < most ? lost : most;
}

/*
 * The reader goes on to another sub-buffer, having taken all that it found on this one. To see that
 * the writer has left this one is another look of the kernel's (rb_get_reader_page(), seen on 6.1):
 * what is written here between the two, if this CPU, a virtual one, stands still there, no reader
 * ever gets. The writer leaves no more room than is too little for an event, with a time extend if
 * that came late.
 */
static void turn(struct ftrace_pages *p, const char *page)
{
	size_t rest = p->page_size - PAGE_HEADER - p->used, events;

	if (p->alike && p->used && p->length) {
		if ((time_of(page) - p->time) >> DELTA_BITS)
			rest -= rest < EXTEND ? rest : EXTEND;
		events = rest / p->length;
		p->skipped += events;
		p->lost += events;
	}
	p->used = 0;
}

static void load(struct ftrace_pages *p, const char *page)
{
	uint64_t commit = commit_of(page), lost;

	p->page = page;
	p->at = 0;
	p->end = commit & COMMIT_SIZE;
	p->time = time_of(page);
	if (!(commit & MISSED_EVENTS))
		return;
	lost = missing(p, commit, page);
	p->told += lost;
	p->lost += lost;
}

/* One GET_READER: it takes as read what the page held before, or, if that was read already, goes on
 * to the next page. */
static bool get_reader(struct ftrace_pages *p)
{
	const char *page;

	if (ioctl(p->fd, GET_READER))
		return false;
	page = p->data + (size_t)p->meta->reader.id * p->page_size;
	if (!p->page || p->meta->reader.id != p->id) {
		turn(p, page);
		p->id = p->meta->reader.id;
		load(p, page);
	} else {
		p->end = commit_of(page) & COMMIT_SIZE;
	}
	p->used = p->end;
	return p->at < p->end;
}

/* What came into the page between two looks has been taken without the kernel's knowing: only the
 * second one goes on. */
static bool more_mapped(struct ftrace_pages *p)
{
	return get_reader(p) || get_reader(p);
}

/*
 * Whether what was read is from another sub-buffer than the last: before that, events are missing,
 * or it has more than there was room for, or it does not go on at the time of the last event, but
 * begins at that of its own first one.
 */
static bool begins_another(const struct ftrace_pages *p, const char *page)
{
	uint64_t commit = commit_of(page);
	size_t size = commit & COMMIT_SIZE;
	uint32_t first = size ? *(const uint32_t *)(page + PAGE_HEADER) : 0;

	return commit & MISSED_EVENTS || p->used + size > p->page_size - PAGE_HEADER ||
	       (size && !(first >> TYPE_BITS) && time_of(page) != p->time);
}

static bool more_read(struct ftrace_pages *p)
{
	/* Once a number had no room, pages are read so that it has: a full one in two pieces. What
	 * lies behind each comes as a read of its own. */
	size_t size = p->page_size - (p->ahead ? NUMBER : 0);
	ssize_t n;

	do
		n = read(p->fd, p->data, size);
	while ((n < 0 && errno == EINTR) || n == NUMBER);
	if (n < PAGE_HEADER)
		return false;
	if (begins_another(p, p->data))
		turn(p, p->data);
	load(p, p->data);
	p->used += p->end;
	return p->at < p->end;
}

/* One entry of the page: true if it is an event. */
static bool step(struct ftrace_pages *p, struct ftrace_event *event)
{
	const uint32_t *entry = (const void *)(p->page + PAGE_HEADER + p->at);
	uint32_t type = *entry & ((1 << TYPE_BITS) - 1), size;
	uint64_t delta = *entry >> TYPE_BITS;

	if (type == TYPE_TIME_EXTEND) {
		p->time += (uint64_t)entry[1] << DELTA_BITS | delta;
		p->at += 8;
		return false;
	}
	if (type == TYPE_TIME_STAMP) { /* absolute, in 59 bits */
		p->time =
			(p->time & ~((1ull << 59) - 1)) | (uint64_t)entry[1] << DELTA_BITS | delta;
		p->at += 8;
		return false;
	}
	p->time += delta;
	if (type == TYPE_PADDING) {
		p->at = delta ? p->at + 4 + ((entry[1] + 3) & ~3u) : p->end;
		return false;
	}
	size = type ? type * 4 : ((entry[1] + 3) & ~3u) - 4;
	event->data = entry + (type ? 1 : 2);
	event->size = size;
	event->time = p->time;
	p->length = size + (type ? 4 : 8);
	p->at += p->length;
	return true;
}

bool ftrace_pages_next(struct ftrace_pages *p, struct ftrace_event *event)
{
	for (;;) {
		while (p->at < p->end) {
			if (!step(p, event))
				continue;
			event->lost = p->lost;
			p->lost = 0;
			return true;
		}
		if (!(p->meta ? more_mapped(p) : more_read(p)))
			return false;
	}
}
