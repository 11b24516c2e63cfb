/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ftrace_pages: the raw pages of one CPU's ring buffer of one instance, event by event: mapped
 * where the kernel can (6.10), else read. The layout is that of the kernel's ring_buffer.c, which
 * header_page and header_event in tracefs describe. libtraceevent's kbuffer is not used: it cannot
 * go on in a page that has grown since it was loaded.
 */
#ifndef SYSTAPE_FTRACE_PAGES_H
#define SYSTAPE_FTRACE_PAGES_H

#include "format/tape/tape_reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ftrace_pages;

struct ftrace_event {
	uint64_t time, lost; /* lost: events that are missing before this one */
	const void *data;    /* valid until the next call */
	uint32_t size;
};

/* `directory`: of the instance; `alike`: its events are all of one size, and nobody else reads
 * them. NULL with a sentence. */
struct ftrace_pages *ftrace_pages_open(const char *directory, uint32_t cpu, bool alike,
				       struct tape_error *why);
void ftrace_pages_close(struct ftrace_pages *pages);

/* The next event: false if there is none by now. */
bool ftrace_pages_next(struct ftrace_pages *pages, struct ftrace_event *event);
/* Events that were lost and that no page has told of; only after tracing was turned off and
 * everything was taken. */
uint64_t ftrace_pages_lost_at_end(struct ftrace_pages *pages);
/* Of the events that were told as lost, those that the kernel had room for and gave no reader. */
uint64_t ftrace_pages_skipped(const struct ftrace_pages *pages);
/*
 * Has them wake who waits on `epoll`, if this CPU has any: the buffer of one that has never been up
 * does not exist, and would seem to be ready all the time. To be called again when it comes up.
 */
void ftrace_pages_watch(const struct ftrace_pages *pages, int epoll);
/* Whether the pages are mapped; else they are read. */
bool ftrace_pages_mapped(const struct ftrace_pages *pages);

#endif
