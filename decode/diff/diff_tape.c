// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/diff/diff_tape.h"

#include "decode/diff/normal_text.h"
#include "format/flags/flags.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

/* The file that a call is about, by its name without what differs from run to run. */
static uint64_t word_file(struct stat_source *s, const struct call *call)
{
	uint64_t word = stat_key_find("file", 4)->word(s, call);
	char normal[NORMAL_TEXT_ROOM];
	const char *text;
	size_t size;

	if (!word)
		return 0;
	text = stat_strings_text(s->strings, (uint32_t)word, &size);
	size = normal_text(text, size, normal);
	return stat_strings_number(s->strings, normal, size);
}

static const struct stat_key file_key = { "file", "FILE",    "file", true, true,
					  false,  word_file, NULL,   NULL };

int diff_tape_init(struct diff_tape *t, int side, const struct diff_tape_options *options,
		   struct stat_strings *strings, struct temporary_names *names)
{
	*t = (struct diff_tape){
		.options = options,
		.strings = strings,
		.names = names,
		.side = side,
		.stat = { .keys = DIFF_KEYS, .memory = options->memory },
	};
	t->stat.key[DIFF_CALL] = stat_key_find("call", 4);
	t->stat.key[DIFF_ERROR] = stat_key_find("errno", 5);
	t->stat.key[DIFF_FILE] = &file_key;
	t->collect = stat_collect_new(&t->stat);
	return t->collect ? tid_table_init(&t->current) : -ENOMEM;
}

void diff_tape_free(struct diff_tape *t)
{
	for (size_t i = 0; i < t->thread_count; i++) {
		free(t->threads[i]->events);
		free(t->threads[i]);
	}
	free(t->threads);
	tid_table_end(&t->current);
	stat_collect_free(t->collect);
}

static struct diff_thread *add_thread(struct diff_tape *t, uint32_t tid)
{
	struct diff_thread *thread = calloc(1, sizeof(*thread));

	if (t->thread_count == t->thread_room) {
		size_t room = t->thread_room ? 2 * t->thread_room : 64;
		struct diff_thread **more = reallocarray(t->threads, room, sizeof(*more));

		if (!more) {
			free(thread);
			return NULL;
		}
		t->threads = more;
		t->thread_room = room;
	}
	if (!thread)
		return NULL;
	thread->order = t->thread_count;
	t->threads[t->thread_count++] = thread;
	tid_table_take(&t->current, tid);
	tid_table_add(&t->current, &thread->entry, tid);
	return thread;
}

/* Whoever has the tid now; made if need be. */
static struct diff_thread *by_tid(struct diff_tape *t, uint32_t tid)
{
	struct tid_entry *entry = tid_table_find(&t->current, tid);

	return entry ? (struct diff_thread *)entry : add_thread(t, tid);
}

static struct diff_thread *thread_of(struct diff_tape *t, const struct thread *from)
{
	struct diff_thread *thread = by_tid(t, from->entry.tid);

	if (thread && thread->number && thread->number != from->number)
		thread = add_thread(t, from->entry.tid);
	if (!thread || thread->number)
		return thread;
	thread->number = from->number;
	thread->tgid = from->tgid;
	thread->born = from->born;
	if (from->parent && from->parent != from->entry.tid && from->born)
		thread->parent = by_tid(t, from->parent);
	return thread;
}

/* A name without the numbers that kernel threads and pools have in theirs. */
static uint32_t label_of(struct diff_tape *t, const char *comm)
{
	size_t size = strnlen(comm, 16);

	while (size && ((comm[size - 1] >= '0' && comm[size - 1] <= '9') || comm[size - 1] == ':'))
		size--;
	return size ? stat_strings_number(t->strings, comm, size) : 0;
}

static void add_event(struct diff_tape *t, struct diff_thread *thread, const struct text *line,
		      uint32_t name, uint64_t time)
{
	uint32_t number;

	if (t->events >= t->options->most || stat_strings_size(t->strings) > t->options->memory) {
		t->left_out++;
		return;
	}
	if (thread->count == thread->room) {
		size_t room = thread->room ? 2 * thread->room : 32;
		struct diff_event *more = reallocarray(thread->events, room, sizeof(*more));

		if (!more) {
			t->error = -ENOMEM;
			return;
		}
		thread->events = more;
		thread->room = room;
	}
	number = stat_strings_number(t->strings, line->data, line->used);
	if (!number) {
		t->error = -ENOMEM;
		return;
	}
	stat_strings_ref(t->strings, number);
	thread->events[thread->count++] = (struct diff_event){ number, name, time };
	t->events++;
}

static void tell_label(struct diff_tape *t, struct diff_thread *thread, const char *comm)
{
	uint32_t label = label_of(t, comm);

	if (!label || label == thread->label)
		return;
	stat_strings_ref(t->strings, label); /* kept: there are few */
	thread->label = label;
}

static int diff_begin(struct render *r, struct tape_error *why)
{
	struct diff_tape *t = r->state;
	struct render stat = *r;

	stat.state = t->collect;
	if (diff_values_open(&t->values, &t->options->render, r->facts, t->options->ignored))
		return -ENOMEM;
	return stat_files_renderer.begin(&stat, why);
}

static void diff_call(struct render *r, const struct call *call)
{
	struct diff_tape *t = r->state;
	struct render stat = *r;
	struct diff_thread *thread;
	uint64_t time = 0;
	uint32_t name;

	stat.state = t->collect;
	stat_files_renderer.call(&stat, call);
	temporary_names_note(t->names, t->side, call);
	if (!t->options->events || !call->thread)
		return;
	thread = thread_of(t, call->thread);
	if (!thread) {
		t->error = -ENOMEM;
		return;
	}
	tell_label(t, thread, call->comm);
	diff_values_call(&t->values, call);
	if (call->state == CALL_DONE && call->enter && call->exit > call->enter)
		time = call->exit - call->enter;
	name = stat_strings_number(t->strings, call->name, strlen(call->name));
	stat_strings_ref(t->strings, name);
	add_event(t, thread, &t->values.text, name, time);
}

/* What a line is with temporary names hidden, which is looked for once: 0 without memory. */
static uint32_t hidden_line(struct diff_tape *t, uint32_t *known, uint32_t line, struct text *room)
{
	const char *text;
	size_t size;

	if (known[line])
		return known[line];
	known[line] = line;
	text = stat_strings_text(t->strings, line, &size);
	if (temporary_names_hide(t->names, text, size, room)) {
		known[line] = stat_strings_number(t->strings, room->data, room->used);
		stat_strings_ref(t->strings, known[line]);
	}
	return known[line];
}

int diff_tape_hide(struct diff_tape *t)
{
	uint32_t most = 0, *known;
	struct text room;
	bool good;

	for (size_t i = 0; i < t->thread_count; i++)
		for (size_t e = 0; e < t->threads[i]->count; e++)
			if (t->threads[i]->events[e].line > most)
				most = t->threads[i]->events[e].line;
	known = calloc(most + 1ul, sizeof(*known));
	good = known && !text_open(&room, -1);
	for (size_t i = 0; good && i < t->thread_count; i++) {
		for (size_t e = 0; good && e < t->threads[i]->count; e++) {
			uint32_t *line = &t->threads[i]->events[e].line;

			*line = hidden_line(t, known, *line, &room);
			good = *line;
		}
	}
	if (known)
		text_close(&room);
	free(known);
	return good ? 0 : -ENOMEM;
}

/* Signals and ends: as strace's lines, without what is of one run. */
static bool note_line(struct text *line, const struct note *note)
{
	const char *name;
	int code;

	line->used = 0;
	if (note->kind == NOTE_SIGNAL) {
		name = flag_signal_name(note->signal->signal);
		text_printf(line, "--- %s ---", name ? name : "signal");
		return true;
	}
	if (note->kind != NOTE_PROCESS || note->process->record.type != TRACE_END)
		return false;
	code = note->process->code;
	if (WIFSIGNALED(code)) {
		name = flag_signal_name((unsigned int)WTERMSIG(code));
		text_printf(line, "+++ killed by %s +++", name ? name : "a signal");
	} else {
		text_printf(line, "+++ exited with %d +++", WEXITSTATUS(code));
	}
	return true;
}

static void diff_note(struct render *r, const struct note *note)
{
	struct diff_tape *t = r->state;
	struct render stat = *r;
	struct diff_thread *thread;

	stat.state = t->collect;
	stat_files_renderer.note(&stat, note);
	if (!t->options->events || !note->thread || note->unasked ||
	    !note_line(&t->values.text, note))
		return;
	thread = thread_of(t, note->thread);
	if (thread)
		add_event(t, thread, &t->values.text, 0, 0);
	else
		t->error = -ENOMEM;
}

static void diff_end(struct render *r)
{
	struct diff_tape *t = r->state;
	struct render stat = *r;

	stat.state = t->collect;
	stat_files_renderer.end(&stat);
	diff_values_close(&t->values);
}

const struct renderer diff_renderer = {
	.name = "diff",
	.help = "kept for a comparison",
	.descriptors = true,
	.begin = diff_begin,
	.call = diff_call,
	.note = diff_note,
	.end = diff_end,
};
