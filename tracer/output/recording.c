// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/recording.h"

#include "tracer/output/flight.h"
#include "tracer/output/header_file.h"
#include "tracer/output/metadata.h"
#include "tracer/output/realtime.h"
#include "tracer/output/record_scan.h"
#include "tracer/output/retention.h"
#include "tracer/output/tape_start.h"
#include "tracer/proc/snapshot.h"
#include "tracer/system/clock.h"
#include "tracer/system/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	LIMITED = 128 << 10, /* bytes of records between two looks at --max-size */
	DUMP_PAUSE = 1000,   /* ms between two dumps that failing calls ask for */
	DUMP_REST = 20,	     /* ms of a dump between two turns of others */
	RETRY = 500,	     /* ms until a file that could not be begun is tried again */
};

struct recording {
	const struct options *options;
	const struct storage *storage;
	const struct recording_facts *facts;
	struct output *output;
	struct tape_writer *writer;
	struct trace_header header;
	struct realtime wall;
	struct flight *flight;
	struct tape_totals before;	    /* of the tapes that are finished */
	struct tape_totals dumped_last;	    /* what the last dump has */
	uint64_t begun, part_begun, dumped; /* ms; the last dump */
	uint64_t sealed;		    /* every record before it has been delivered */
	struct retention *files;	    /* numbered ones; NULL: there are none */
	char *previous;			    /* of a rotation: the file before; NULL: none */
	int whole; /* of a flight recorder: -o's file, which is written at the end; -1: none */
	bool over, enough;
	bool unsealed;	    /* a snapshot is being written: no seal holds yet */
	bool between;	    /* a file of a rotation is finished, the next one not begun */
	const char *reason; /* why it is over */
	pid_t command;
	int error;
};

/* An output that fails ends the capture, unless calls may be dropped until it works again. */
static void failed(struct recording *r, int error)
{
	if (!error)
		return;
	if (!r->error)
		r->error = error;
	if (r->storage->drops && output_sink(r->output)->cut && error != -EBADMSG)
		return;
	r->over = true;
	if (r->writer && !r->flight)
		tape_writer_discard(r->writer);
}

static bool rotates(const struct recording *r)
{
	return r->storage->rotate_ms || r->storage->rotate_size;
}

static bool fill_header(struct recording *r)
{
	if (r->begun ? metadata_header_next(&r->header) : metadata_header(&r->header))
		return false;
	r->header.optional = r->facts->optional;
	realtime_begin(&r->wall, r->header.realtime);
	return true;
}

static bool open_flight(struct recording *r, struct tape_error *why)
{
	r->whole = fcntl(output_descriptor(r->output), F_DUPFD_CLOEXEC, 3);
	r->flight =
		flight_new(r->storage->flight, &r->header, r->options->codec, r->options->level);
	if (!r->flight || r->whole < 0)
		return false;
	if (r->options->redact)
		flight_edit(r->flight, redact_records, r->options->redact);
	return !r->storage->dump_on || flight_dump_on(r->flight, r->storage->dump_on, why);
}

/* The output, and for numbered files what counts them. */
static bool open_output(struct recording *r, const struct startup_state *started, int stop,
			struct tape_error *why)
{
	const struct storage *k = r->storage;
	int fd = -1;

	if (rotates(r) || k->flight) {
		r->files = retention_open(r->options->output, k->keep, &k->rules, why);
		if (!r->files)
			return false;
	}
	if (rotates(r)) {
		fd = retention_begin(r->files, why);
		if (fd < 0)
			return false;
	}
	r->output = output_open(r->options, fd, started, stop, why);
	if (!r->output)
		return false;
	if (rotates(r))
		retention_trim(r->files, 0);
	if (r->options->binary && !k->no_header)
		header_file_save(r->options->output, output_descriptor(r->output));
	return true;
}

struct recording *recording_open(const struct options *options, const struct recording_facts *facts,
				 const struct startup_state *started, int stop,
				 struct tape_error *why)
{
	struct recording *r = calloc(1, sizeof(*r));
	int error = -ENOMEM;

	if (!r)
		return NULL;
	r->whole = -1;
	r->options = options;
	r->storage = &options->storage;
	r->facts = facts;
	if (!fill_header(r) || !open_output(r, started, stop, why) ||
	    (r->storage->flight && !open_flight(r, why)))
		goto fail;
	if (!r->flight)
		r->writer = tape_start(r->options, r->facts, &r->header, output_sink(r->output),
				       &error);
	if (!r->writer && !r->flight) {
		snprintf(why->text, sizeof(why->text), "cannot write %.100s: %s",
			 output_name(r->output) ?: "the output", strerror(-error));
		goto fail;
	}
	r->begun = r->part_begun = clock_ms();
	if (r->storage->max_ms)
		output_until(r->output, r->begun + r->storage->max_ms);
	r->sealed = clock_ns(); /* what is there now is there at the start */
	return r;
fail:
	if (!*why->text)
		snprintf(why->text, sizeof(why->text), "out of memory");
	recording_close(r);
	return NULL;
}

int recording_close(struct recording *r)
{
	int status;

	if (!r)
		return 0;
	tape_writer_free(r->writer);
	flight_free(r->flight);
	retention_close(r->files);
	free(r->previous);
	if (r->whole >= 0)
		close(r->whole);
	status = output_close(r->output);
	free(r);
	return status;
}

struct output *recording_output(struct recording *r)
{
	return r->output;
}

static struct tape_writer *writer_now(const struct recording *r)
{
	return r->flight ? flight_writer(r->flight) : r->writer;
}

static int take(void *context, const void *records, size_t size)
{
	return tape_writer_records(writer_now(context), TRACE_NO_CPU, records, size, 0);
}

static enum snapshot_pace meanwhile(void *context)
{
	struct recording *r = context;
	enum snapshot_pace pace = r->facts->meanwhile(r->facts->context);

	return r->over ? SNAPSHOT_END : pace;
}

/* What is delivered meanwhile comes out behind it: nothing is sealed until all of it is there. */
void recording_snapshot(struct recording *r)
{
	const struct snapshot_taker taker = { take, meanwhile, r->options->wishes.descriptors, r };
	const struct recording_facts *f = r->facts;
	uint64_t time = r->sealed;
	int error = 0;

	r->unsealed = true;
	f->retell(f->context);
	if (f->everything || f->pid_count) /* without pids: all */
		error = snapshot_write(&taker, f->pids, f->pid_count, f->extent, time);
	if (r->command && !error)
		error = snapshot_write(&taker, &r->command, 1, f->extent, time);
	r->unsealed = false;
	failed(r, error);
}

void recording_command(struct recording *r, pid_t pid)
{
	const struct snapshot_taker taker = { take, NULL, r->options->wishes.descriptors, r };

	failed(r, snapshot_command(&taker, pid));
	r->command = pid;
}

void recording_unseal(struct recording *r, bool open)
{
	r->unsealed = open;
}

void recording_hurry(struct recording *r)
{
	tape_writer_hurry(writer_now(r));
}

/* --max-events: how much of the records still belongs to the capture. */
static size_t within_limit(struct recording *r, const char *records, size_t size)
{
	uint64_t left = r->storage->max_events - recording_totals(r).calls;
	size_t within = record_scan_within(records, size, &left);

	if (!left) {
		r->reason = "--max-events";
		r->over = r->enough = true;
	}
	return within;
}

/* --max-size: some records at a time, so that a full ring does not go far beyond it. */
static void write_limited(struct recording *r, uint32_t cpu, const char *records, size_t size,
			  uint64_t sealed)
{
	bool full = false;

	while (size && !full) {
		size_t part = tape_records_part(records, size, LIMITED);

		failed(r, tape_writer_records(r->writer, cpu, records, part,
					      part == size ? sealed : 0));
		records += part;
		size -= part;
		full = recording_totals(r).bytes >= r->storage->max_size;
	}
	if (full) {
		r->reason = "--max-size";
		r->over = r->enough = true;
	}
}

int recording_deliver(void *context, uint32_t cpu, const void *records, size_t size,
		      uint64_t sealed)
{
	struct recording *r = context;

	if (r->enough) /* the capture has ended by then */
		return 0;
	if (r->storage->max_events)
		size = within_limit(r, records, size);
	if (sealed > r->sealed && sealed != UINT64_MAX)
		r->sealed = sealed;
	sealed = r->unsealed ? 0 : sealed;
	if (r->flight)
		failed(r, flight_records(r->flight, cpu, records, size, sealed));
	else if (r->storage->max_size)
		write_limited(r, cpu, records, size, sealed);
	else
		failed(r, tape_writer_records(r->writer, cpu, records, size, sealed));
	return 0;
}

static void end_tape(struct recording *r, const char *reason)
{
	tape_writer_meta(r->writer, TRACE_META_CLOSE, 0, 0, reason, strlen(reason));
	failed(r, tape_writer_finish(r->writer));
	if (r->files && !r->flight)
		retention_count(r->files, tape_writer_totals(r->writer));
}

/* Opens the next file and writes its beginning: its writer, or NULL with an error. */
static struct tape_writer *begin_part(struct recording *r, int *error)
{
	struct tape_error why = { "" };
	struct tape_writer *writer;
	int fd = fill_header(r) ? retention_begin(r->files, &why) : -ENOMEM;

	*error = fd;
	if (fd < 0)
		return NULL;
	output_next(r->output, fd);
	writer = tape_start(r->options, r->facts, &r->header, output_sink(r->output), error);
	if (!writer)
		retention_undo(r->files); /* a beginning alone is no tape, and takes room */
	return writer;
}

/* The next file. Where it cannot be begun, the capture ends, or goes on into nothing and tries
 * again: the first file after that begins with what was lost. */
static void next_part(struct recording *r)
{
	struct tape_writer *writer;
	int error;

	if (!r->between) {
		end_tape(r, "rotated");
		tape_writer_discard(r->writer);
		r->between = true;
		r->header.part++;
		free(r->previous);
		r->previous = retention_path(r->files, 0);
		retention_trim(r->files, 1);
	}
	r->part_begun = clock_ms();
	writer = begin_part(r, &error);
	if (writer) {
		r->between = false;
		tape_writer_succeed(writer, r->writer);
		tape_totals_add(&r->before, tape_writer_totals(r->writer));
		tape_writer_free(r->writer);
		r->writer = writer;
		if (r->previous)
			failed(r, tape_writer_meta(writer, TRACE_META_PREDECESSOR, 0, 0,
						   r->previous, strlen(r->previous)));
		recording_snapshot(r);
	} else {
		failed(r, error);
	}
}

static bool part_full(const struct recording *r)
{
	const struct storage *k = r->storage;

	if (r->between)
		return clock_ms() - r->part_begun >= RETRY;
	return (k->rotate_size && tape_writer_totals(r->writer)->bytes >= k->rotate_size) ||
	       (k->rotate_ms && clock_ms() - r->part_begun >= k->rotate_ms);
}

/* The file of a dump: FILE itself the last time, which is open from the start. */
static int open_dump(struct recording *r, bool last, const char *reason)
{
	struct tape_error why = { "" };
	int fd = last ? r->whole : retention_begin(r->files, &why);
	char *name;

	if (fd < 0)
		return fd;
	output_next(r->output, fd);
	if (last)
		r->whole = -1;
	name = last || r->options->quiet ? NULL : retention_path(r->files, 0);
	if (name)
		tracer_say("%s: the newest is written to %s", reason, name);
	free(name);
	return 0;
}

/* Others have their turns, and the small tapes that they begin their snapshots. */
static void meanwhile_dumping(void *context)
{
	struct recording *r = context;

	r->facts->meanwhile(r->facts->context);
	if (flight_turn(r->flight))
		recording_snapshot(r);
}

/* What the flight recorder holds goes into numbered files, and the last time into FILE. */
static void dump(struct recording *r, bool last, const char *reason)
{
	/* At the end the capture has stopped and its rings are empty: nothing comes any more. */
	struct flight_taker taker = { NULL, last ? NULL : meanwhile_dumping, r, DUMP_REST };
	int error;

	error = open_dump(r, last, reason);
	if (!error)
		r->writer = tape_start(r->options, r->facts, &r->header, output_sink(r->output),
				       &error);
	if (!error)
		error = realtime_write(&r->wall, 0, r->writer);
	if (!error) {
		taker.writer = r->writer;
		error = flight_dump(r->flight, &taker);
		end_tape(r, reason);
		r->dumped_last = *tape_writer_totals(r->writer);
		tape_totals_add(&r->before, &r->dumped_last);
		r->header.part++;
	}
	tape_writer_free(r->writer);
	r->writer = NULL;
	r->dumped = clock_ms();
	failed(r, error);
}

static void check_limits(struct recording *r)
{
	uint64_t most = r->storage->max_size;

	if (recording_late(r))
		r->reason = "--max-time";
	else if (most && recording_totals(r).bytes >= most)
		r->reason = "--max-size";
	r->over = r->over || r->reason;
}

void recording_turn(struct recording *r)
{
	if (r->over)
		return;
	if (realtime_look(&r->wall, r->options->debug) && r->writer)
		failed(r, realtime_write(&r->wall, r->wall.count - 1, r->writer));
	if (r->flight) {
		if (flight_turn(r->flight))
			recording_snapshot(r);
		if (flight_wanted(r->flight) && clock_ms() - r->dumped >= DUMP_PAUSE)
			dump(r, false, "a call failed");
	} else if (rotates(r) && part_full(r)) {
		next_part(r);
	}
	check_limits(r);
}

void recording_signal(struct recording *r)
{
	if (r->flight)
		dump(r, false, "SIGUSR1");
	else if (rotates(r))
		next_part(r);
}

bool recording_over(const struct recording *r)
{
	return r->over;
}

uint64_t recording_late(const struct recording *r)
{
	uint64_t now = clock_ms(), end = r->begun + r->storage->max_ms;

	return r->storage->max_ms && now > end ? now - end : 0;
}

void recording_finish(struct recording *r)
{
	const char *reason = r->error ? strerror(-r->error) : r->reason ? r->reason : "the end";

	if (r->between) /* a last try, to have on a tape what was lost */
		next_part(r);
	if (r->flight)
		dump(r, true, reason);
	else if (!r->between)
		end_tape(r, reason);
}

bool recording_kept(const struct recording *r, struct tape_totals *kept)
{
	*kept = !r->flight && r->files ? retention_kept(r->files) : r->dumped_last;
	return r->storage->flight || r->storage->keep;
}

struct tape_totals recording_totals(const struct recording *r)
{
	struct tape_totals sum = r->before;

	if (r->flight)
		flight_totals(r->flight, &sum);
	else if (r->writer)
		tape_totals_add(&sum, tape_writer_totals(r->writer));
	return sum;
}

char *recording_where(const struct recording *r)
{
	if (!output_name(r->output))
		return NULL;
	return (r->files ? retention_where(r->files, r->flight) : NULL)
		       ?: strdup(r->options->output);
}

int recording_error(const struct recording *r)
{
	return r->error;
}
