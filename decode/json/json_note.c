// SPDX-License-Identifier: GPL-2.0-or-later
/* The JSON renderer: lines that are no calls: the tape's own, processes, signals, probes, losses.
 */
#include "decode/json/json_note.h"

#include "decode/json/json_line.h"
#include "decode/json/json_probe.h"
#include "decode/json/json_process.h"
#include "decode/render/call_outcome.h"
#include "decode/stream/stream.h"

#include <sys/wait.h>

/* null where the tape does not say. */
static void put_fact(struct text *out, const char *name, const char *value)
{
	text_put(out, ",\"");
	text_put(out, name);
	text_put(out, "\":");
	if (*value)
		json_any_string(out, value, strlen(value));
	else
		json_put(out, "null");
}

void json_tape(struct render *r)
{
	const struct trace_header *h = r->facts->header;
	const char *arch = call_outcome_arch(h->arch);
	struct text *out = r->out;

	json_line(r, "tape", h->start);
	json_number(out, "schema", JSON_SCHEMA);
	put_fact(out, "systape", r->facts->recorder);
	put_fact(out, "backend", r->facts->backend);
	put_fact(out, "host", r->facts->host);
	put_fact(out, "kernel", r->facts->kernel);
	put_fact(out, "arch", arch ? arch : "");
	put_fact(out, "clock", h->clock == 1 ? "monotonic" : "");
	put_fact(out, "command", r->facts->command);
	json_number(out, "cpus", h->cpus);
	json_number(out, "page_size", h->page_size);
	json_number(out, "recorder_pid", h->recorder);
	json_name(out, "capture");
	text_char(out, '"');
	json_hex_digits(out, h->capture, sizeof(h->capture));
	text_char(out, '"');
	json_number(out, "part", h->part);
	json_put(out, "}\n");
}

static void put_lost(struct render *r, uint64_t calls, uint64_t enters, uint64_t events)
{
	bool safe = r->options->json_safe;

	json_name(r->out, "calls");
	json_integer(r->out, calls, false, safe);
	json_name(r->out, "enters");
	json_integer(r->out, enters, false, safe);
	json_name(r->out, "events");
	json_integer(r->out, events, false, safe);
}

/* What stands on the tape, of which filters may have left out some. */
static void put_tape_counts(struct render *r, const struct stream_counts *c)
{
	json_name(r->out, "calls_on_tape");
	json_integer(r->out, c->calls, false, r->options->json_safe);
	json_name(r->out, "complete");
	text_put(r->out, c->whole && !c->limited ? "true" : "false");
}

void json_counts(struct render *r)
{
	const struct json *j = r->state;
	const struct json_counts *c = &j->counts;
	bool safe = r->options->json_safe;
	struct text *out = r->out;

	json_put(out, "{\"type\":\"end\"");
	json_number(out, "calls", c->calls);
	json_number(out, "failed", c->failed);
	json_number(out, "unfinished", c->unfinished);
	json_number(out, "signals", c->signals);
	json_number(out, "processes", c->processes);
	json_number(out, "probes", c->probes);
	json_number(out, "losses", c->losses);
	json_name(out, "lost_calls");
	json_integer(out, c->lost_calls, false, safe);
	json_name(out, "lost_enters");
	json_integer(out, c->lost_enters, false, safe);
	json_name(out, "lost_events");
	json_integer(out, c->lost_events, false, safe);
	json_name(out, "missing_records");
	json_integer(out, c->missing_records, false, safe);
	json_name(out, "missing_parts");
	json_integer(out, c->missing_parts, false, safe);
	if (r->counts)
		put_tape_counts(r, r->counts);
	json_put(out, "}\n");
}

static void put_owners(struct text *out, const char *data, size_t size)
{
	struct trace_owners owners;

	if (size < sizeof(owners))
		return;
	memcpy(&owners, data, sizeof(owners));
	json_name(out, "uids");
	json_process_ids(out, owners.uid);
	json_name(out, "gids");
	json_process_ids(out, owners.gid);
}

/* Each kind of piece once, but for descriptors, which are an array of their own. */
static void put_piece(struct text *out, const struct tape_piece *p)
{
	const char *data = p->data;
	size_t size = p->piece.length;

	switch (p->piece.arg) {
	case TRACE_P_EXE: json_bytes(out, "path", data, size); break;
	case TRACE_P_CWD: json_bytes(out, "cwd", data, size); break;
	case TRACE_P_CGROUP: json_bytes(out, "cgroup", data, size); break;
	case TRACE_P_CMDLINE:
		json_name(out, "argv");
		json_strings(out, data, size);
		break;
	case TRACE_P_ENVIRONMENT:
		json_number(out, "envc", p->piece.offset);
		if (!size)
			break;
		json_name(out, "env");
		json_strings(out, data, size);
		break;
	case TRACE_P_NUMBERS:
		json_name(out, "numbers");
		json_process_numbers(out, data, size);
		break;
	case TRACE_P_OWNERS: put_owners(out, data, size); break;
	}
}

static void put_pieces(struct text *out, const struct trace_process *p)
{
	struct tape_piece piece;
	size_t at = sizeof(*p);
	uint32_t seen = 1u << TRACE_P_FD | 1u << TRACE_P_FD_FILE;

	for (int i = 0; i < p->pieces && tape_piece_next(&p->record, &at, &piece); i++) {
		if (piece.piece.arg > TRACE_P_OWNERS || seen >> piece.piece.arg & 1)
			continue;
		seen |= 1u << piece.piece.arg;
		put_piece(out, &piece);
	}
	if (json_process_has_fds(p)) {
		json_name(out, "fds");
		json_process_fds(out, p);
	}
}

/* A constant's name, as strace has it; null if it has none. */
static void put_signal(struct render *r, const char *key, uint64_t signal)
{
	struct json *j = r->state;

	json_values_begin(&j->show);
	value_argument(&j->show, key);
	show_signal(&j->show, signal);
	json_values_member(r);
}

static void put_end(struct render *r, const struct trace_process *p)
{
	struct text *out = r->out;

	if (p->record.flags & TRACE_F_NO_ARGS) {
		json_put(out, ",\"exit_code\":null");
	} else if (WIFSIGNALED(p->code)) {
		json_put(out, ",\"exit_code\":null");
		put_signal(r, "signal", WTERMSIG(p->code));
		text_put(out, WCOREDUMP(p->code) ? ",\"core\":true" : ",\"core\":false");
	} else {
		json_number(out, "exit_code", (uint64_t)WEXITSTATUS(p->code));
	}
	if (p->record.flags & TRACE_F_LEADER)
		json_put(out, ",\"last\":true");
}

/* What there was when the capture began. */
static void put_existing(struct render *r, const struct trace_process *p)
{
	if (p->parent)
		json_number(r->out, "ppid", p->parent);
	if (p->uid != UINT32_MAX)
		json_number(r->out, "uid", p->uid);
	if (p->record.flags & TRACE_F_STOPPED)
		put_signal(r, "stopped", (uint64_t)p->code);
}

static const char *event_of(const struct trace_process *p)
{
	switch (p->record.type) {
	case TRACE_FORK: return p->other_tgid == p->record.tgid ? "thread" : "fork";
	case TRACE_EXEC: return "exec";
	case TRACE_COMM: return "comm";
	case TRACE_END: return "exit";
	default: return "existing";
	}
}

static void on_process(struct render *r, const struct note *note)
{
	const struct trace_process *p = note->process;
	struct text *out = r->out;

	json_line(r, "process", note->time);
	json_name(out, "event");
	text_printf(out, "\"%s\"", event_of(p));
	json_thread(r, p->record.tgid, p->record.tid, note->thread ? note->thread->comm : "");
	switch (p->record.type) {
	case TRACE_FORK:
		json_number(out, "child_pid", p->other_tgid);
		json_number(out, "child_tid", p->other_tid);
		break;
	case TRACE_EXEC:
		if (p->other_tid != p->record.tid)
			json_number(out, "former_tid", p->other_tid);
		if (p->code & TRACE_EXEC_SCRIPT)
			json_put(out, ",\"script\":true");
		break;
	case TRACE_END: put_end(r, p); break;
	case TRACE_EXISTING: put_existing(r, p); break;
	}
	put_pieces(out, p);
	json_put(out, "}\n");
}

static void on_signal(struct render *r, const struct note *note)
{
	const struct call none = { .fds = note->thread ? note->thread->fds : NULL };
	const struct trace_signal *s = note->signal;
	struct json *j = r->state;

	json_line(r, "signal", note->time);
	json_thread(r, s->record.tgid, s->record.tid, note->thread ? note->thread->comm : "");
	put_signal(r, "signal", s->signal);
	if (s->size) {
		j->show.compat = false; /* the kernel's own copy, whatever the program is */
		j->show.call = &none;
		json_values_begin(&j->show);
		value_argument(&j->show, "info");
		show_struct_data(&j->show, "siginfo", s->info, s->size);
		j->show.call = NULL;
		json_values_member(r);
	}
	json_put(r->out, "}\n");
}

static void on_probe(struct render *r, const struct note *note)
{
	struct json *j = r->state;

	json_line(r, "probe", note->time);
	json_thread(r, note->hit->record.tgid, note->hit->record.tid, note->thread->comm);
	json_cpu(r, note->cpu);
	json_bytes(r->out, "name", note->format->name, strlen(note->format->name));
	json_probe_values(&j->show, note);
	json_values_member(r);
	json_put(r->out, "}\n");
}

/* null where it is not known. */
static void put_time(struct render *r, const char *name, uint64_t time)
{
	text_printf(r->out, ",\"%s\":", name);
	if (time)
		json_integer(r->out, tape_time(r->facts, time), false, r->options->json_safe);
	else
		json_put(r->out, "null");
}

static void on_lost(struct render *r, const struct note *note)
{
	struct json *j = r->state;

	json_line(r, "lost", note->time);
	json_cpu(r, note->cpu);
	json_name(r->out, "reason");
	text_printf(r->out, "\"%s\"", call_outcome_reason(note->lost));
	put_lost(r, note->lost->calls, note->lost->enters, note->lost->events);
	put_time(r, "first", note->lost->first);
	put_time(r, "last", note->lost->last);
	json_put(r->out, "}\n");
	j->counts.lost_calls += note->lost->calls;
	j->counts.lost_enters += note->lost->enters;
	j->counts.lost_events += note->lost->events;
}

/* What the tape lacks, or the capture. */
static void on_missing(struct render *r, const struct note *note)
{
	struct json *j = r->state;
	bool parts = note->kind == NOTE_PARTS;

	json_line(r, "lost", note->time);
	json_cpu(r, note->cpu);
	if (parts) {
		json_put(r->out, ",\"reason\":\"parts\"");
		json_number(r->out, "first_part", note->part);
		json_name(r->out, "parts");
		j->counts.missing_parts += note->missing;
	} else {
		json_put(r->out, ",\"reason\":\"damage\",\"records\":");
		j->counts.missing_records += note->missing;
	}
	json_integer(r->out, note->missing, false, r->options->json_safe);
	json_put(r->out, "}\n");
}

/* A line of strace's text that is no event. */
static void on_text(struct render *r, const struct note *note)
{
	json_line(r, "text", note->time);
	json_bytes(r->out, "text", text_record_line(note->text), note->text->line);
	json_put(r->out, "}\n");
}

void json_note(struct render *r, const struct note *note)
{
	struct json *j = r->state;

	if (note->unasked)
		return;
	switch (note->kind) {
	case NOTE_PROCESS:
		j->counts.processes++;
		on_process(r, note);
		break;
	case NOTE_SIGNAL:
		j->counts.signals++;
		on_signal(r, note);
		break;
	case NOTE_PROBE:
		j->counts.probes++;
		on_probe(r, note);
		break;
	case NOTE_TEXT: on_text(r, note); break;
	case NOTE_LOST:
		j->counts.losses++;
		on_lost(r, note);
		break;
	case NOTE_MISSING:
	case NOTE_PARTS:
		j->counts.losses++;
		on_missing(r, note);
		break;
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
}
