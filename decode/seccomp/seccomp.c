// SPDX-License-Identifier: GPL-2.0-or-later
/* The seccomp renderer: a profile that allows a program the calls that it makes, and no others. */
#include "decode/seccomp/profile.h"
#include "decode/seccomp/program_calls.h"
#include "decode/stream/stream.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct seccomp {
	struct program_calls calls;
	uint64_t lost, events, missing;
	bool partial; /* a tape has no end, or only some calls */
};

static int seccomp_begin(struct render *r, struct tape_error *why)
{
	struct seccomp *s = r->state;
	uint64_t optional = r->facts->header->optional;

	(void)why;
	if (!s) {
		r->state = s = calloc(1, sizeof(*s));
		if (!s || program_calls_init(&s->calls, r->options->program))
			return -ENOMEM;
	}
	s->partial |=
		(optional & (TRACE_O_CHOSEN | TRACE_O_FAILED_ONLY | TRACE_O_SUCCESSFUL_ONLY)) != 0;
	return 0;
}

static void keep_error(struct render *r)
{
	const struct seccomp *s = r->state;

	if (s->calls.full && !r->out->error)
		r->out->error = -ENOMEM;
}

static void seccomp_call(struct render *r, const struct call *call)
{
	struct seccomp *s = r->state;

	program_calls_add(&s->calls, call);
	keep_error(r);
}

static void seccomp_note(struct render *r, const struct note *note)
{
	struct seccomp *s = r->state;

	switch (note->kind) {
	case NOTE_PROCESS: program_calls_process(&s->calls, note); break;
	case NOTE_LOST:
		s->lost += note->lost->calls;
		s->events += note->lost->events;
		break;
	case NOTE_MISSING: s->missing += note->missing; break;
	case NOTE_PARTS: s->partial = true; break;
	case NOTE_SIGNAL:
	case NOTE_PROBE:
	case NOTE_TEXT:
	case NOTE_RENAMED:
	case NOTE_ARCH: break;
	}
	keep_error(r);
}

static void seccomp_end(struct render *r)
{
	struct seccomp *s = r->state;

	if (!s)
		return;
	s->partial |= r->counts && !r->counts->whole && !r->counts->limited;
	program_calls_settle(&s->calls);
}

/* Why the program may make calls that the profile lacks; "" if there is no reason. */
static void doubt(const struct seccomp *s, char *text, size_t size)
{
	size_t used = 0;

	*text = '\0';
	if (s->lost || s->events)
		used += (size_t)snprintf(text + used, size - used,
					 "%" PRIu64 " calls and %" PRIu64
					 " other events were lost, ",
					 s->lost, s->events);
	if (s->missing)
		used += (size_t)snprintf(text + used, size - used,
					 "%" PRIu64 " records cannot be read, ", s->missing);
	if (s->partial)
		used += (size_t)snprintf(text + used, size - used, "the tape is not whole, ");
	if (s->calls.unnamed)
		used += (size_t)snprintf(text + used, size - used,
					 "%" PRIu64 " calls have no name, ", s->calls.unnamed);
	if (used)
		snprintf(text + used, size - used, "so the profile may lack calls");
}

static bool is_empty(const struct call_set *set)
{
	for (int arch = 0; arch < PROGRAM_ARCHES; arch++)
		for (int i = 0; i < PROGRAM_CALLS / 64; i++)
			if (set->word[arch][i])
				return false;
	return true;
}

static int seccomp_finish(struct render *r, bool whole, struct tape_error *why)
{
	struct seccomp *s = r->state;
	int error = 0;

	if (!s)
		return 0;
	doubt(s, r->remark.text, sizeof(r->remark.text));
	if (whole && is_empty(&s->calls.seen)) {
		if (s->calls.program && !s->calls.executed)
			snprintf(why->text, sizeof(why->text),
				 "no process on the tape executes %.100s: there is no profile",
				 s->calls.program);
		else
			snprintf(why->text, sizeof(why->text),
				 "there are no calls to allow: there is no profile");
	} else if (whole) {
		error = profile_write(r->out, r->options->profile, &s->calls, r->remark.text);
		text_flush(r->out);
		error = error ? error : r->out->error;
	}
	program_calls_done(&s->calls);
	free(s);
	r->state = NULL;
	return error;
}

/* Nothing can be seen before the end. */
static void seccomp_flush(struct render *r)
{
	(void)r;
}

const struct renderer seccomp_renderer = {
	.name = "seccomp",
	.help = "a profile of the calls that a program makes; --profile oci, systemd or c",
	.one = true,
	.captures = true,
	.begin = seccomp_begin,
	.call = seccomp_call,
	.note = seccomp_note,
	.flush = seccomp_flush,
	.end = seccomp_end,
	.finish = seccomp_finish,
};
