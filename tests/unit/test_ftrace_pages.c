// SPDX-License-Identifier: GPL-2.0-or-later
/* Pages of ftrace, from a folder that looks like an instance's: how many events are told to be
 * lost, and before which, whatever the kernel has written on the pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#if HAVE_TRACEFS
#include "tracer/tracefs/ftrace_pages.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PAGE = 4096,
	HEADER = 16,
	ROOM = PAGE - HEADER,
	EVENT = 24, /* with its header of 4 */
	STORED = 1 << 30,
};

#define MISSED (1u << 31)

struct fixture {
	char directory[64], cpu[96], stats[112], pipe[128];
	int writer;
	struct ftrace_pages *pages;
};

static void write_stats(const struct fixture *f, unsigned int entries, unsigned int overrun,
			unsigned int commit_overrun)
{
	FILE *file = fopen(f->stats, "w");

	assert_non_null(file);
	fprintf(file,
		"entries: %u\noverrun: %u\ncommit overrun: %u\nbytes: 0\ndropped events: 0\nread "
		"events: 7\n",
		entries, overrun, commit_overrun);
	fclose(file);
}

static int open_pages(void **state, bool alike)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct tape_error why = { "" };

	strcpy(f->directory, "/tmp/systape-pages.XXXXXX");
	assert_non_null(mkdtemp(f->directory));
	snprintf(f->pipe, sizeof(f->pipe), "%s/per_cpu", f->directory);
	assert_int_equal(mkdir(f->pipe, 0700), 0);
	snprintf(f->cpu, sizeof(f->cpu), "%s/per_cpu/cpu0", f->directory);
	assert_int_equal(mkdir(f->cpu, 0700), 0);
	snprintf(f->stats, sizeof(f->stats), "%s/stats", f->cpu);
	snprintf(f->pipe, sizeof(f->pipe), "%s/trace_pipe_raw", f->cpu);
	assert_int_equal(mkfifo(f->pipe, 0600), 0);
	write_stats(f, 0, 0, 0);
	f->pages = ftrace_pages_open(f->directory, 0, alike, &why);
	assert_non_null(f->pages);
	f->writer = open(f->pipe, O_WRONLY | O_CLOEXEC);
	*state = f;
	return 0;
}

static int setup(void **state)
{
	return open_pages(state, false);
}

static int setup_alike(void **state)
{
	return open_pages(state, true);
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	ftrace_pages_close(f->pages);
	close(f->writer);
	unlink(f->stats);
	unlink(f->pipe);
	rmdir(f->cpu);
	snprintf(f->cpu, sizeof(f->cpu), "%s/per_cpu", f->directory);
	rmdir(f->cpu);
	rmdir(f->directory);
	free(f);
	return 0;
}

/* Events of one time on a page that is read, which may be only some of those of the kernel's; a
 * stored number stands behind them. */
static void write_events(const struct fixture *f, uint64_t time, unsigned int events,
			 uint32_t flags, uint64_t lost)
{
	char page[PAGE] = { 0 };
	uint64_t commit = events * EVENT | flags;
	uint32_t head = (EVENT - 4) / 4; /* its length in words, and no time since the last */

	memcpy(page, &time, sizeof(time));
	memcpy(page + 8, &commit, sizeof(commit));
	for (unsigned int i = 0; i < events; i++)
		memcpy(page + HEADER + i * EVENT, &head, sizeof(head));
	if (flags & STORED)
		memcpy(page + HEADER + events * EVENT, &lost, sizeof(lost));
	assert_int_equal(write(f->writer, page, PAGE), PAGE);
}

static void write_page(const struct fixture *f, unsigned int events, uint32_t flags, uint64_t lost)
{
	write_events(f, 1000, events, flags, lost);
}

/* The events of all pages that are there; what is lost before the first. */
static uint64_t lost_before(const struct fixture *f, unsigned int events)
{
	struct ftrace_event e;
	uint64_t lost = 0;

	for (unsigned int i = 0; i < events; i++) {
		assert_true(ftrace_pages_next(f->pages, &e));
		assert_int_equal(e.size, EVENT - 4);
		assert_true(!i || !e.lost);
		lost += e.lost;
	}
	assert_false(ftrace_pages_next(f->pages, &e));
	return lost;
}

static void test_whole(void **state)
{
	const struct fixture *f = *state;

	write_page(f, 3, 0, 0);
	assert_int_equal(lost_before(f, 3), 0);
	write_stats(f, 0, 40, 0);
	write_page(f, 100, MISSED | STORED, 40);
	assert_int_equal(lost_before(f, 100), 40);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 0);
}

/* No page tells of the events that an interrupt had no room for, nor of one that is being written.
 */
static void test_end(void **state)
{
	const struct fixture *f = *state;

	write_stats(f, 2, 40, 3);
	write_page(f, 5, MISSED | STORED, 30);
	assert_int_equal(lost_before(f, 5), 30);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 15);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 0);
}

/* A full page has no room for the number, and more is lost before the counters are read: that is
 * told once, though the next page tells of it again. */
static void test_no_room(void **state)
{
	const struct fixture *f = *state;

	write_stats(f, 0, 250, 0);
	write_page(f, ROOM / EVENT, MISSED, 0);
	assert_int_equal(lost_before(f, ROOM / EVENT), 250);
	write_page(f, 10, MISSED | STORED, 150);
	assert_int_equal(lost_before(f, 10), 0);
	write_page(f, ROOM / EVENT, MISSED, 0);
	assert_int_equal(lost_before(f, ROOM / EVENT), 0);
	write_stats(f, 0, 300, 0);
	write_page(f, 10, MISSED | STORED, 50);
	assert_int_equal(lost_before(f, 10), 50);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 0);
}

/* What is written on a page while the reader leaves it is in no read, but the kernel has it among
 * its entries. It belongs before the next page, which is one that says that events are missing, has
 * more than there was room for on the page, or begins anew with the time. */
static void test_skipped(void **state)
{
	const struct fixture *f = *state;
	unsigned int full = ROOM / EVENT;

	write_events(f, 1000, 100, 0, 0); /* a page in two reads */
	assert_int_equal(lost_before(f, 100), 0);
	write_events(f, 1000, full - 100, 0, 0);
	assert_int_equal(lost_before(f, full - 100), 0);
	write_events(f, 2000, 50, 0, 0);
	assert_int_equal(lost_before(f, 50), 0);
	write_events(f, 3000, 20, 0, 0);
	assert_int_equal(lost_before(f, 20), full - 50);
	write_events(f, 3000, full - 19, 0, 0);
	assert_int_equal(lost_before(f, full - 19), full - 20);
	/* time extends may have had their part of the room */
	write_events(f, 1ull << 28, 60, 0, 0);
	assert_int_equal(lost_before(f, 60), 18);
	write_stats(f, 2 * full - 70 + 18 + full - 60 + 2, 300, 0);
	write_events(f, 1ull << 28, 1, MISSED | STORED, 300);
	assert_int_equal(lost_before(f, 1), 300 + full - 60);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 2);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 0);
	assert_int_equal(ftrace_pages_skipped(f->pages), 2 * full - 70 + 18 + full - 60 + 2);
}

/* Without the counters, what the pages say is still told: that there is loss, if not how much. */
static void test_no_stats(void **state)
{
	const struct fixture *f = *state;

	write_page(f, 3, MISSED | STORED, 9);
	assert_int_equal(lost_before(f, 3), 9);
	assert_int_equal(truncate(f->stats, 0), 0);
	write_page(f, ROOM / EVENT, MISSED, 0);
	assert_int_equal(lost_before(f, ROOM / EVENT), 1);
	assert_int_equal(ftrace_pages_lost_at_end(f->pages), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(test_end, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
		cmocka_unit_test_setup_teardown(test_skipped, setup_alike, teardown),
		cmocka_unit_test_setup_teardown(test_no_stats, setup, teardown),
	};

	return cmocka_run_group_tests_name("ftrace_pages", tests, NULL, NULL);
}
#else
static void has_no_tracefs(void **state)
{
	(void)state;
	skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(has_no_tracefs) };

	return cmocka_run_group_tests_name("ftrace_pages", tests, NULL, NULL);
}
#endif
