// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/targets/in_flight.h"

#include "tracer/assembler/thread_table.h"
#include "tracer/proc/proc_read.h"
#include "tracer/proc/thread_match.h"
#include "tracer/system/clock.h"
#include "tracer/targets/self_exclude.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	X32_BIT = 0x40000000,
	RECORD_SIZE = sizeof(struct trace_call) + 6 * sizeof(uint64_t),
	TEXT_SIZE = 256,
	BATCH = 2048, /* records that are delivered together */
	REST = 20,    /* ms between two turns of others */
};

struct in_flight {
	const struct backend_settings *settings;
	const struct self_threads *out;
	const struct in_flight_taker *taker;
	uint64_t rested; /* ms: when others had their turn */
	char *records;
	size_t size;
	pid_t pid;
	uint8_t arch; /* of its program */
	bool one_thread;
	bool ended; /* nothing more is wanted */
	int error;
};

static bool wanted(const struct backend_settings *settings, uint32_t nr, uint8_t arch, pid_t tid)
{
	uint32_t row = nr >= PLAN_CALLS	    ? 2 * PLAN_CALLS
		       : arch == TRACE_I386 ? nr + PLAN_CALLS
					    : nr;
	struct thread_match_facts facts = { .user = 0 };

	if (!(settings->plan->calls[row].flags & PLAN_TRACED) || settings->cpus)
		return false;
	return !thread_match_needed(settings) || (!thread_match_read(settings, tid, &facts) &&
						  thread_match_matches(settings, &facts));
}

/* "running", or the number (-1: none) with arguments, stack pointer and program counter
 * (proc_pid_syscall(5)). */
static bool read_text(char *text, size_t size, pid_t pid, pid_t tid)
{
	return proc_read(text, size, "/proc/%d/task/%d/syscall", pid, tid) > 0 &&
	       isdigit((unsigned char)*text);
}

/*
 * Fills in the call that a thread waits in. A look at /proc takes a while, in which the thread may
 * go on: what two looks agree on was so at the time between them. Returns false if they do not.
 */
static bool look(pid_t pid, pid_t tid, struct trace_call *c)
{
	char text[TEXT_SIZE], again[TEXT_SIZE];
	uint64_t *a = c->arg;

	if (!read_text(text, sizeof(text), pid, tid))
		return false;
	memset(c, 0, RECORD_SIZE);
	c->record.time = clock_ns();
	return read_text(again, sizeof(again), pid, tid) && !strcmp(text, again) &&
	       sscanf(text,
		      "%" SCNu32 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64
		      " %" SCNx64,
		      &c->nr, &a[0], &a[1], &a[2], &a[3], &a[4], &a[5]) == 7;
}

static bool read_call(const struct backend_settings *settings, pid_t pid, pid_t tid, uint8_t arch,
		      struct trace_call *c)
{
	if (!look(pid, tid, c))
		return false;
	if (arch != TRACE_I386 && c->nr & X32_BIT) {
		arch = TRACE_X32;
		c->nr &= ~X32_BIT;
	}
	if (!wanted(settings, c->nr, arch, tid))
		return false;
	c->record.length = RECORD_SIZE;
	c->record.type = TRACE_ENTER;
	c->record.flags = TRACE_F_IN_FLIGHT;
	c->record.tid = tid;
	c->record.tgid = pid;
	c->arch = arch;
	c->args = 6;
	return true;
}

static int flush(struct in_flight *f)
{
	if (f->size && !f->error)
		f->error = f->taker->deliver(f->taker->to, TRACE_NO_CPU, f->records, f->size, 0);
	f->size = 0;
	return f->error;
}

/* Whoever is captured has made the threads: looking at all of them can take a while. */
static bool rest(struct in_flight *f)
{
	if (clock_ms() - f->rested < REST)
		return true;
	if (!f->error && f->taker->meanwhile(f->taker->waits) == SNAPSHOT_END)
		f->ended = true;
	f->rested = clock_ms();
	return !f->ended;
}

static int take_thread(void *context, pid_t tid)
{
	struct in_flight *f = context;

	if (!rest(f))
		return 1;
	if (self_is_excluded(f->out, tid) ||
	    !read_call(f->settings, f->pid, tid, f->arch, (void *)(f->records + f->size)))
		return 0;
	f->size += RECORD_SIZE;
	return f->size == BATCH * RECORD_SIZE ? flush(f) : 0;
}

static int take_process(void *context, pid_t pid)
{
	struct in_flight *f = context;

	f->pid = pid;
	f->arch = thread_table_program_arch(pid);
	if (f->one_thread)
		take_thread(f, pid);
	else
		proc_each_thread(pid, take_thread, f);
	return f->ended ? 1 : f->error;
}

int in_flight_write(const struct backend_settings *settings, const struct self_threads *out,
		    const pid_t *pids, size_t count, bool one_thread,
		    const struct in_flight_taker *taker)
{
	struct in_flight f = {
		.settings = settings,
		.out = out,
		.taker = taker,
		.rested = clock_ms(),
		.one_thread = one_thread,
	};

	f.records = malloc(BATCH * RECORD_SIZE);
	if (!f.records)
		return -ENOMEM;
	if (!count)
		proc_each(take_process, &f);
	for (size_t i = 0; i < count && !f.ended; i++)
		take_process(&f, pids[i]);
	flush(&f);
	free(f.records);
	return f.error;
}
