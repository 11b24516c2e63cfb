// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/session.h"

#include "format/tape/tape_writer.h"
#include "tracer/announce.h"
#include "tracer/backend/guardian.h"
#include "tracer/backends/backend_table.h"
#include "tracer/capture_bits.h"
#include "tracer/capture_privileges.h"
#include "tracer/capture_settings.h"
#include "tracer/drain.h"
#include "tracer/failed_command.h"
#include "tracer/ftrace/boot_buffer.h"
#include "tracer/ftrace/probe_merge.h"
#include "tracer/output/recording.h"
#include "tracer/perf_event/perf_open.h"
#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/requests.h"
#include "tracer/summary.h"
#include "tracer/system/clock.h"
#include "tracer/system/inherited_fds.h"
#include "tracer/system/message.h"
#include "tracer/system/notify.h"
#include "tracer/targets/attach.h"
#include "tracer/targets/in_flight.h"
#include "tracer/targets/launch.h"
#include "tracer/targets/self_exclude.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LIVE_PERIOD = 40, /* ms between two looks at the rings when somebody watches */
	PATIENCE = 250, /* ms after a signal for a snapshot, or what is in the rings, to be whole */
	FILE_PERIOD = 250, /* ms otherwise: a killed recorder has lost no more than this */
};

struct session {
	const struct options *options;
	const struct backend *backend;
	struct backend_settings settings;
	struct capture *capture;
	struct self_threads out;
	struct desc_table *native, *compat;
	struct plan *plan;
	struct recording *recording;
	struct recording_facts facts;
	struct launch launch;
	struct attach *attach; /* NULL: nothing that runs already is a target */
	pid_t guardian;	       /* 0: none */
	struct startup_state started;
	struct requests requests;
	struct drain drain;
	bool recorded; /* it has been started */
	bool left;     /* nobody reads any more, and how the command ends is its own */
	struct tape_error why;
};

static bool fail(struct session *s, const char *text)
{
	if (text)
		snprintf(s->why.text, sizeof(s->why.text), "%s", text);
	tracer_say("%s", s->why.text);
	return false;
}

static bool choose_backend(struct session *s)
{
	s->backend = s->options->adopt ? boot_buffer_backend() : s->options->backend;
	if (s->options->adopt && !s->backend)
		return fail(s, "cannot adopt a buffer: this build has no libtracefs; install it "
			       "and build again");
	if (s->backend ? !s->backend->available(&s->why)
		       : !(s->backend = backend_choose(&s->settings, &s->why)))
		return fail(s, NULL);
	if (!s->options->state || s->backend->state)
		return true;
	fail(s, "cannot record instruction pointers and CPU times: only the bpf backend can");
	/* What auto finds does what it can; who has named a backend wanted all of it. */
	return !s->options->backend && !s->options->adopt;
}

/* With probes, the backend is one made of the chosen one and of them. */
static bool add_probes(struct session *s)
{
	if (!s->options->probe_count)
		return true;
	s->settings.probes = s->options->probes;
	s->settings.probe_count = s->options->probe_count;
	s->settings.calls = s->backend;
	s->backend = probe_merge_backend();
	return s->backend ||
	       fail(s,
		    "cannot use probes: this build has no libtracefs; install it and build again");
}

static const char *backend_name(const struct session *s)
{
	return s->settings.calls ? s->settings.calls->name : s->backend->name;
}

/* Ordinary users may not ask, and need not: perf tells them the numbers of their own namespace. */
static bool know_numbers(struct session *s)
{
	if (!s->backend->first_numbers || !pid_namespace_own())
		return true;
	s->settings.numbers = pid_numbers_open(&s->why);
	return s->settings.numbers || !perf_privileged() || fail(s, NULL);
}

static bool open_capture(struct session *s)
{
	const struct options *o = s->options;
	struct plan_wishes wishes = o->wishes;

	s->settings.buffer =
		backend_possible_buffer(o->buffer ? o->buffer : backend_default_buffer());
	wishes.room = s->settings.buffer / 4; /* at most 1 GiB */
	if (!add_probes(s))
		return false;
	if (s->backend->begin)
		s->capture = s->settings.begun = s->backend->begin(&s->settings);
	s->native = desc_table_new(DESC_X86_64);
	s->compat = desc_table_new(DESC_I386);
	s->plan = s->native && s->compat ? plan_new(s->native, s->compat, &wishes) : NULL;
	if (!(s->settings.plan = s->plan))
		return fail(s, "out of memory");
	capture_settings_fill(&s->settings, o);
	if (!know_numbers(s))
		return false;
	s->guardian = guardian_for(s->backend);
	s->settings.guarded = s->guardian > 0;
	if (s->settings.buffer < 2 * (uint64_t)s->plan->room)
		return fail(s, "--buffer is too small; give more, or --capture numbers");
	s->capture = s->backend->open(&s->settings, &s->why);
	return s->capture || fail(s, NULL);
}

/* Who has asked for the next file has waited long enough for what this one is still to have. */
static bool overdue(const struct session *s)
{
	return s->requests.asked && clock_ms() - s->requests.asked >= PATIENCE;
}

/* While /proc is read. A command that waits to be let go hears what it is sent when it runs. */
static enum snapshot_pace meanwhile(void *context)
{
	struct session *s = context;

	requests_look(&s->requests);
	if (s->launch.gate < 0)
		requests_read(&s->requests, &s->launch);
	drain_some(&s->drain);
	if (requests_age(&s->requests) >= PATIENCE || recording_late(s->recording) >= PATIENCE)
		return SNAPSHOT_END;
	return overdue(s) ? SNAPSHOT_BRIEF : SNAPSHOT_WHOLE;
}

/* The calls that threads are inside of. */
static void write_in_flight(struct session *s)
{
	const struct in_flight_taker taker = { recording_deliver, s->recording, meanwhile, s };
	const struct options *o = s->options;

	recording_unseal(s->recording, true);
	in_flight_write(&s->settings, &s->out, o->pids, o->pid_count, o->one_thread, &taker);
	recording_unseal(s->recording, false);
}

static int describe(void *context, struct tape_writer *writer)
{
	struct session *s = context;

	return s->backend->describe(s->capture, writer);
}

static void retell(void *context)
{
	struct session *s = context;

	if (s->backend->retell)
		s->backend->retell(s->capture);
}

static bool open_tape(struct session *s)
{
	const struct options *o = s->options;

	s->facts = (struct recording_facts){
		.argc = s->facts.argc,
		.argv = s->facts.argv,
		.backend = backend_name(s),
		.native = s->native,
		.compat = s->compat,
		.everything = s->settings.everything,
		.pids = o->pids,
		.pid_count = o->pid_count,
		.extent = o->one_thread ? SNAPSHOT_THREAD
			  : o->follow	? SNAPSHOT_TREE
					: SNAPSHOT_PROCESS,
		.describe = s->backend->describe ? describe : NULL,
		.retell = retell,
		.meanwhile = meanwhile,
		.context = s,
		.optional = capture_bits(
			o, &s->settings, s->plan, s->attach && attach_count(s->attach) > 1,
			(s->settings.calls ? s->settings.calls : s->backend)->tells),
	};
	s->recording = recording_open(o, &s->facts, &s->started, s->requests.stop, &s->why);
	s->drain = (struct drain){ s->backend, s->capture, s->recording, 0 };
	return s->recording || fail(s, *s->why.text ? NULL : "out of memory");
}

static bool add_pids(struct session *s)
{
	if (!s->settings.attaches)
		return true;
	s->attach = attach_new(s->backend, s->capture, s->options->one_thread);
	if (!s->attach)
		return fail(s, "out of memory");
	for (size_t i = 0; i < s->options->pid_count; i++) {
		pid_t pid = s->options->pids[i];
		int error = attach_process(s->attach, pid);

		if (!error)
			continue;
		snprintf(s->why.text, sizeof(s->why.text), "cannot attach to process %d: %s", pid,
			 error == -ESRCH ? "there is no such process" : strerror(-error));
		return fail(s, NULL);
	}
	return true;
}

/* Before any output is opened: a command or process that is not there costs one sentence and
 * nothing else. */
static bool set_targets(struct session *s)
{
	const struct options *o = s->options;
	struct launch_how how = { o->environment, o->user, o->argv0, &s->started };

	if (*o->command) {
		if (!o->where && launch_start(&s->launch, o->command, &how, &s->why))
			return fail(s, NULL); /* else it waits already */
		if (s->backend->target(s->capture, s->launch.pid, BACKEND_AT_EXEC))
			return fail(s, "cannot trace the command");
	}
	return add_pids(s);
}

static void leave_out_own(struct session *s)
{
	pid_t own[4];
	size_t count;

	if (!s->settings.everything || s->options->self)
		return;
	count = output_processes(recording_output(s->recording), own);
	own[count++] = getpid();
	own[count++] = s->guardian;
	self_exclude(s->backend, s->capture, own, count, &s->out);
}

/* A recorder that is not the command's parent: before anything is open. */
static bool go_below(struct session *s)
{
	const struct options *o = s->options;
	struct launch_how how = { o->environment, o->user, o->argv0, &s->started };

	return !o->where || !launch_below(&s->launch, o->command, &how, o->where, &s->why) ||
	       fail(s, NULL);
}

static bool open_signals(struct session *s)
{
	return requests_open(&s->requests) || fail(s, "cannot open a signalfd");
}

static bool targets_gone(struct session *s)
{
	if (s->requests.deadline && clock_ms() >= s->requests.deadline)
		return true;
	if (s->launch.pid > 0 && !s->launch.done)
		return false;
	if (s->settings.everything)
		return s->launch.pid > 0;
	return (s->launch.pid > 0 && !s->settings.follow && !s->options->pid_count) ||
	       s->backend->count(s->capture) == 0;
}

/* What is still in the rings was made before SIGUSR1, which asks for it. Whether all is drained. */
static bool turn(struct session *s)
{
	bool all = drain_some(&s->drain);

	if (s->requests.asked && (all || overdue(s))) {
		s->requests.asked = 0;
		recording_signal(s->recording);
	}
	recording_turn(s->recording);
	return all;
}

static void record(struct session *s)
{
	struct output *out = recording_output(s->recording);
	int period = s->options->binary && output_name(out) ? FILE_PERIOD : LIVE_PERIOD;
	bool all = true;

	while (!s->requests.ending && !recording_over(s->recording) && !targets_gone(s)) {
		struct pollfd p[4] = { { .fd = s->requests.signals, .events = POLLIN },
				       { .fd = s->backend->wake_fd(s->capture), .events = POLLIN },
				       { .fd = s->launch.done ? -1 : s->launch.pidfd,
					 .events = POLLIN },
				       { .fd = s->options->leave ? output_descriptor(out) : -1 } };

		poll(p, 4, all ? period : 0);
		if (p[0].revents)
			requests_read(&s->requests, &s->launch);
		if (p[2].revents)
			launch_reap(&s->launch);
		s->requests.ending |= p[3].revents; /* its reader is gone */
		all = turn(s);
	}
	s->backend->stop(s->capture);
	drain_rest(&s->drain);
	recording_finish(s->recording);
}

/* A reader that went away (`| head`) is no fault; a full disk is. */
static int report_error(struct session *s)
{
	int error = recording_error(s->recording);

	if (error == -EPIPE && output_breaks(recording_output(s->recording)) && !s->requests.signal)
		s->requests.signal = launch_break(&s->launch);
	if (!error || error == -EPIPE)
		return 0;
	snprintf(s->why.text, sizeof(s->why.text), "cannot write %.100s: %s; %s",
		 s->options->output ? s->options->output : "the output",
		 error == -ETIMEDOUT ? "its reader has stopped reading" : strerror(-error),
		 s->options->storage.drops ? "what did not fit is counted" : "the tape ends early");
	fail(s, NULL);
	return 1;
}

/* Once started, the capture goes on while the program is read, from a disk that may not answer. */
static bool while_executing(void *context)
{
	struct session *s = context;

	requests_read(&s->requests, &s->launch);
	if (s->recorded)
		drain_some(&s->drain);
	return !s->requests.ending && requests_age(&s->requests) < PATIENCE;
}

/* Lets the command go: 0, or 1 with a sentence. */
static int go(struct session *s)
{
	int error = s->launch.pid > 0 ? launch_go(&s->launch, while_executing, s) : 0;

	if (!error)
		return 0;
	announce_failed(s->options, -error);
	failed_command_end(s->backend, s->options->storage.delay_ms ? NULL : s->capture, &s->launch,
			   recording_deliver, s->recording);
	return 1;
}

/* --delay: the command runs, the capture does not yet. */
static int wait_before(struct session *s)
{
	uint64_t until = clock_ms() + s->options->storage.delay_ms, now;
	int status = go(s);

	while (!s->requests.ending && !s->launch.done && (now = clock_ms()) < until) {
		struct pollfd p = { .fd = s->requests.signals, .events = POLLIN };

		if (poll(&p, 1, until - now) > 0)
			requests_read(&s->requests, &s->launch);
		launch_reap(&s->launch);
	}
	if (s->launch.pid > 0 && !s->launch.done)
		attach_process(s->attach, s->launch.pid);
	return status;
}

static int run(struct session *s)
{
	struct backend_stats stats = { .hits = 0 };
	struct summary_tape tape;
	bool delayed = s->options->storage.delay_ms;
	int status = delayed ? wait_before(s) : 0, closed, error;

	if (s->backend->start(s->capture, &s->why)) {
		fail(s, NULL);
		return 1;
	}
	s->recorded = true;
	error = s->attach ? attach_rest(s->attach) : 0;
	if (error) {
		tracer_say("cannot attach to all threads: %s", strerror(-error));
		return 1;
	}
	s->backend->stats(s->capture, &stats);
	summary_rings(s->options, &stats);
	backend_debug(&s->settings, "recording");
	announce_attached(s->options);
	recording_snapshot(s->recording);
	if (s->settings.everything || s->options->pid_count)
		write_in_flight(s);
	if (s->launch.pid > 0 && !delayed)
		recording_command(s->recording, s->launch.pid);
	if (!capture_privileges_drop(&s->settings, s->backend->name, &s->options->storage,
				     s->options->user || !s->options->binary, &s->why) &&
	    !fail(s, NULL))
		return 1;
	if (!delayed)
		status = go(s);
	notify_ready();
	record(s);
	notify_stopping();
	status = report_error(s) ? 1 : status;
	s->left = s->options->leave && recording_error(s->recording) == -EPIPE;
	s->backend->stats(s->capture, &stats);
	if (!s->requests.signal && !s->left) /* it outlives a capture whose output failed */
		requests_wait(&s->requests, &s->launch);
	tape.totals = recording_totals(s->recording);
	tape.part = recording_kept(s->recording, &tape.kept);
	if (recording_error(s->recording) != -EPIPE) /* a reader that left wanted no more */
		summary_unwritten(&stats, &tape.totals);
	tape.where = recording_where(s->recording);
	closed = recording_close(s->recording);
	s->recording = NULL;
	if (closed == OUTPUT_BROKEN)
		s->requests.signal = SIGPIPE;
	s->left |= closed == OUTPUT_LEFT;
	status = status ?: closed && !s->left;
	summary_print(s->options, &tape, &stats, backend_name(s));
	free(tape.where);
	if (s->options->fail_on_loss && stats.lost_calls + stats.lost_enters + stats.lost_events)
		status = 3;
	return s->left ? status : launch_exit_status(&s->launch, s->requests.signal, status);
}

int session_run(const struct options *options, int argc, char **argv)
{
	static bool (*const steps[])(struct session *) = {
		go_below, open_signals, choose_backend, open_capture, set_targets, open_tape, NULL
	};
	struct session s = { .options = options,
			     .facts = { .argc = argc, .argv = argv },
			     .requests = { -1, -1, .patient = options->patient },
			     .launch = { .gate = -1, .report = -1, .pidfd = -1 } };
	struct inherited_fds inherited;
	size_t step = 0;
	int status = 1;

	s.settings.debug = options->debug;
	inherited_fds_note(&inherited);
	startup_state_note(&s.started);
	startup_state_raise(&s.started);
	startup_state_see_children();
	while (steps[step] && steps[step](&s))
		step++;
	if (!steps[step]) {
		leave_out_own(&s);
		inherited_fds_close(&inherited); /* the command has them, and -o has been opened */
		status = run(&s);
		announce_farewell(options);
	}
	inherited_fds_close(&inherited);
	attach_free(s.attach);
	launch_cancel(&s.launch);
	s.settings.guarded = s.settings.guarded && guardian_lives(s.guardian);
	if (s.capture)
		s.backend->close(s.capture);
	pid_numbers_close(s.settings.numbers);
	recording_close(s.recording);
	plan_free(s.plan);
	desc_table_free(s.native);
	desc_table_free(s.compat);
	requests_close(&s.requests);
	if (options->reraise && !s.left)
		launch_end_as(launch_signal(&s.launch) ?: s.requests.signal);
	return status;
}
