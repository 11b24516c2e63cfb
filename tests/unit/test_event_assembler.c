// SPDX-License-Identifier: GPL-2.0-or-later
/* The assembler, fed with events: what becomes of calls where events of threads are lost, come
 * twice, or at one moment. */
#include "format/tape/record.h"
#include "tracer/assembler/event_assembler.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
	GETPPID = 110,
	COMMAND = 1 << 30, /* thread ids that the machine has not got */
	CHILD,
	STRANGER,
	MOST = 16,
	MS = 1000000,
	CORE = 0x80, /* in a wait status */
};

/* The data of all events alike. */
struct data {
	uint64_t id, args[6], result;
	uint32_t pid;
	uint64_t flags;
};

struct feed {
	struct assembler_source source;
	struct assembler_event events[MOST];
	struct data data[MOST];
	size_t count, at;
};

struct fixture {
	struct backend_settings settings;
	struct tracepoints points;
	struct desc_table *native, *compat;
	struct plan *plan;
	struct event_assembler *assembler;
	struct feed feeds[ASSEMBLER_PROBES];
	unsigned int calls, ends, whole;
	int32_t code; /* of the last end */
	uint64_t lost;
};

static bool next(struct assembler_source *source)
{
	struct feed *feed = (void *)source;

	if (feed->at == feed->count)
		return false;
	source->head = feed->events[feed->at];
	source->head.data = &feed->data[feed->at++];
	return true;
}

static uint64_t none_lost(struct assembler_source *source)
{
	(void)source;
	return 0;
}

static struct tracepoint_field place(size_t offset, size_t size)
{
	return (struct tracepoint_field){ .offset = offset, .size = size };
}

static int setup(void **state)
{
	const struct plan_wishes wishes = { .level = PLAN_NUMBERS };
	struct fixture *f = calloc(1, sizeof(*f));
	struct tracepoint *at = f->points.at;

	f->native = desc_table_new(DESC_X86_64);
	f->compat = desc_table_new(DESC_I386);
	f->plan = plan_new(f->native, f->compat, &wishes);
	f->settings.plan = f->plan;
	f->settings.follow = UINT32_MAX;
	at[TP_ENTER].field[ENTER_ID] = place(offsetof(struct data, id), 8);
	at[TP_ENTER].field[ENTER_ARGS] = place(offsetof(struct data, args), 48);
	at[TP_EXIT].field[EXIT_ID] = place(offsetof(struct data, id), 8);
	at[TP_EXIT].field[EXIT_RESULT] = place(offsetof(struct data, result), 8);
	at[TP_DELIVER].field[DELIVER_SIGNAL] = place(offsetof(struct data, id), 8);
	at[TP_GENERATE].field[GENERATE_SIGNAL] = place(offsetof(struct data, id), 8);
	at[TP_GENERATE].field[GENERATE_CODE] = place(offsetof(struct data, result), 8);
	at[TP_NEWTASK].field[NEWTASK_PID] = place(offsetof(struct data, pid), 4);
	at[TP_NEWTASK].field[NEWTASK_FLAGS] = place(offsetof(struct data, flags), 8);
	f->assembler = assembler_new(&f->settings, &f->points, 1);
	for (int lane = 0; lane < ASSEMBLER_PROBES; lane++) {
		f->feeds[lane].source = (struct assembler_source){ .lane = lane,
								   .next = next,
								   .lost_at_end = none_lost };
		assert_int_equal(assembler_add(f->assembler, &f->feeds[lane].source), 0);
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	assembler_free(f->assembler);
	plan_free(f->plan);
	desc_table_free(f->native);
	desc_table_free(f->compat);
	free(f);
	return 0;
}

static struct assembler_event *add(struct fixture *f, uint64_t time, enum tracepoint_kind kind,
				   uint32_t tid)
{
	struct feed *feed = &f->feeds[assembler_lane_of(kind)];
	struct assembler_event *event = &feed->events[feed->count];

	feed->data[feed->count++].id = GETPPID;
	*event = (struct assembler_event){
		.time = time, .kind = kind, .tid = tid, .size = sizeof(struct data)
	};
	return event;
}

static void add_call(struct fixture *f, uint64_t time, uint32_t tid)
{
	add(f, time, TP_ENTER, tid);
	add(f, time + 1, TP_EXIT, tid);
}

static void add_thread(struct fixture *f, uint64_t time, uint32_t parent, uint32_t tid)
{
	struct feed *feed = &f->feeds[ASSEMBLER_EVENTS];

	add(f, time, TP_NEWTASK, parent);
	feed->data[feed->count - 1].pid = tid;
	feed->data[feed->count - 1].flags = 0x10000; /* CLONE_THREAD */
}

static int count(void *context, uint32_t cpu, const void *records, size_t size, uint64_t sealed)
{
	const struct trace_record *r;
	struct fixture *f = context;
	size_t at = 0;

	(void)cpu, (void)sealed;
	while ((r = tape_record_next(records, size, &at))) {
		f->calls += r->type == TRACE_CALL;
		f->whole += r->type == TRACE_CALL && !(r->flags & TRACE_F_NO_ARGS);
		f->ends += r->type == TRACE_END;
		if (r->type == TRACE_END)
			f->code = ((const struct trace_process *)r)->code;
		if (r->type == TRACE_LOST)
			f->lost += ((const struct trace_lost *)r)->events;
	}
	return 0;
}

static void drain(struct fixture *f)
{
	assert_int_equal(assembler_drain(f->assembler, 1000, true, count, f), 0);
}

static void follows_a_new_thread(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	add_thread(f, 10, COMMAND, CHILD);
	add_call(f, 20, CHILD);
	add_call(f, 30, STRANGER);
	drain(f);
	assert_int_equal(f->calls, 1);
}

static void keeps_a_thread_whose_making_was_lost(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	add(f, 40, TP_END, STRANGER + 1)->lost = 3;
	add_call(f, 20, CHILD);
	drain(f);
	assert_int_equal(f->calls, 1);
	assert_int_equal(f->lost, 3);
}

static void keeps_a_command_whose_execve_was_lost(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_AT_EXEC);
	add_call(f, 5, COMMAND);
	f->feeds[ASSEMBLER_ENTERS].data[0].id = f->feeds[ASSEMBLER_EXITS].data[0].id = 0; /* read */
	add(f, 40, TP_END, STRANGER)->lost = 1;
	add_call(f, 20, COMMAND);
	drain(f);
	assert_int_equal(f->calls, 1);
}

static void does_not_wait_for_ends_that_were_lost(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	drain(f);
	assert_int_equal(assembler_count(f->assembler), 1);
	add(f, 40, TP_END, STRANGER)->lost = 1;
	drain(f);
	drain(f);
	assert_int_equal(assembler_count(f->assembler), 0);
}

/* The parent is told long after the end where the kernel is slow to take a process apart. */
static void waits_for_the_word_on_a_core_dump(void **state)
{
	struct fixture *f = *state;
	struct feed *feed = &f->feeds[ASSEMBLER_EVENTS];

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	add(f, 10, TP_DELIVER, COMMAND);
	feed->data[0].id = SIGSEGV;
	add(f, 20, TP_END, COMMAND);
	assert_int_equal(assembler_drain(f->assembler, 300 * MS, false, count, f), 0);
	assert_int_equal(f->ends, 0);
	assert_int_equal(assembler_count(f->assembler), 1); /* the capture waits as well */
	add(f, 310 * MS, TP_GENERATE, COMMAND);
	feed->data[2].id = SIGCHLD;
	feed->data[2].result = CLD_DUMPED;
	assert_int_equal(assembler_drain(f->assembler, 320 * MS, false, count, f), 0);
	assert_int_equal(f->ends, 1);
	assert_int_equal(f->code, SIGSEGV | CORE);
	assert_int_equal(assembler_count(f->assembler), 0);
}

static void waits_no_longer_than_it_has_to(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	add(f, 10, TP_DELIVER, COMMAND);
	f->feeds[ASSEMBLER_EVENTS].data[0].id = SIGSEGV;
	add(f, 20, TP_END, COMMAND);
	assert_int_equal(assembler_drain(f->assembler, 1000 * MS, false, count, f), 0);
	assert_int_equal(f->ends, 1);
	assert_int_equal(f->code, SIGSEGV);
	assert_int_equal(assembler_count(f->assembler), 0);
}

static void forgets_a_thread_that_had_ended(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	assembler_target(f->assembler, COMMAND, BACKEND_GONE);
	add_call(f, 20, COMMAND); /* was still in the buffers */
	drain(f);
	assert_int_equal(f->calls, 1);
	assert_int_equal(assembler_count(f->assembler), 0);
}

static void keeps_a_late_thread_whoever_made_it(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, CHILD, BACKEND_LATE);
	add_thread(f, 10, STRANGER, CHILD);
	add_call(f, 20, CHILD);
	drain(f);
	assert_int_equal(f->calls, 1);
}

static void takes_one_of_two_sets_of_events(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, CHILD, BACKEND_PROCESS);
	for (uint64_t time = 10; time < 40; time += 10) {
		add(f, time, TP_ENTER, CHILD)->origin = CHILD;
		add(f, time + 1, TP_ENTER, CHILD)->origin = COMMAND;
		add(f, time + 2, TP_EXIT, CHILD)->origin = COMMAND;
		add(f, time + 3, TP_EXIT, CHILD)->origin = CHILD;
	}
	drain(f);
	assert_int_equal(f->calls, 3);
	assert_int_equal(f->whole, 3);
}

static void leaves_a_late_set_that_is_not_whole_yet(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, CHILD,
			 BACKEND_LATE); /* whole from now on: far later than these times */
	add(f, 10, TP_EXIT, CHILD)->origin = CHILD;
	add(f, 11, TP_EXIT, CHILD)->origin = COMMAND;
	add(f, 20, TP_ENTER, CHILD)->origin = COMMAND;
	add(f, 21, TP_EXIT, CHILD)->origin = CHILD;
	add(f, 22, TP_EXIT, CHILD)->origin = COMMAND;
	drain(f);
	assert_int_equal(f->calls, 2);
	assert_int_equal(f->whole, 1);
}

static void ends_a_thread_after_its_calls_of_the_moment(void **state)
{
	struct fixture *f = *state;

	assembler_target(f->assembler, COMMAND, BACKEND_PROCESS);
	add(f, 10, TP_END, COMMAND);
	add(f, 10, TP_ENTER, COMMAND);
	add(f, 10, TP_EXIT, COMMAND);
	drain(f);
	assert_int_equal(f->whole, 1);
	assert_int_equal(f->ends, 1);
	assert_int_equal(assembler_count(f->assembler), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(follows_a_new_thread, setup, teardown),
		cmocka_unit_test_setup_teardown(keeps_a_thread_whose_making_was_lost, setup,
						teardown),
		cmocka_unit_test_setup_teardown(keeps_a_command_whose_execve_was_lost, setup,
						teardown),
		cmocka_unit_test_setup_teardown(does_not_wait_for_ends_that_were_lost, setup,
						teardown),
		cmocka_unit_test_setup_teardown(waits_for_the_word_on_a_core_dump, setup, teardown),
		cmocka_unit_test_setup_teardown(waits_no_longer_than_it_has_to, setup, teardown),
		cmocka_unit_test_setup_teardown(forgets_a_thread_that_had_ended, setup, teardown),
		cmocka_unit_test_setup_teardown(keeps_a_late_thread_whoever_made_it, setup,
						teardown),
		cmocka_unit_test_setup_teardown(takes_one_of_two_sets_of_events, setup, teardown),
		cmocka_unit_test_setup_teardown(leaves_a_late_set_that_is_not_whole_yet, setup,
						teardown),
		cmocka_unit_test_setup_teardown(ends_a_thread_after_its_calls_of_the_moment, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
