// SPDX-License-Identifier: GPL-2.0-or-later
/* The hex renderers: a line of columns for each call, for awk. The columns never change; see
 * systape-decode(1). */
#include "decode/address.h"
#include "decode/renderer.h"
#include "decode/show_probe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	PIECE = 255, /* bytes of a string on one line of `hex`: NAME_MAX */
	COLUMNS_MOST = 16,
	NUMBERS = 10, /* columns of 16 digits in a line without further columns */
};

struct hex {
	bool single_line;
	uint64_t first; /* time of the first event */
	void (*extra[COLUMNS_MOST])(struct render *render, const struct call *call);
	int extras;
	const char *separator;
	size_t separator_size;
	struct tape_piece strings[6];
	char comm[17]; /* the name that was escaped last, and how that looks */
	char comm_text[4 * 16 + 1];
	size_t comm_size;
};

/* Room for all numbers of a line, their separators, and a short name: what follows needs no look at
 * it. */
static bool reserve(struct render *r)
{
	struct hex *h = r->state;

	return text_room(r->out, NUMBERS * (16 + h->separator_size) + 6 * h->separator_size);
}

/* Both write to where room is reserved, and return where they end. */
static inline char *add16(char *to, uint64_t value)
{
	text_digits16(to, value);
	return to + 16;
}

static inline char *add_separator(const struct hex *h, char *to)
{
	if (h->separator_size == 1)
		*to = *h->separator;
	else
		memcpy(to, h->separator, h->separator_size);
	return to + h->separator_size;
}

/* A thread's name does not change often. */
static void add_comm(struct render *r, const char *comm)
{
	struct hex *h = r->state;

	if (strcmp(h->comm, comm) || !h->comm_size) {
		struct text kept = { .data = h->comm_text, .room = sizeof(h->comm_text), .fd = -1 };

		strncpy(h->comm, comm, sizeof(h->comm) - 1);
		text_escaped(&kept, h->comm, strlen(h->comm), h->separator);
		h->comm_size = kept.used;
	}
	text_bytes(r->out, h->comm_text, h->comm_size);
}

static void column_tid(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->tid);
}
static void column_tgid(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->tgid);
}
static void column_cpu(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->cpu);
}
static void column_seq(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->sequence);
}
static void column_nr(struct render *r, const struct call *call)
{
	text_hex16(r->out, call->nr);
}

static void column_dur(struct render *r, const struct call *call)
{
	if (call->enter && call->exit)
		text_hex16(r->out, call->exit - call->enter);
}

static void column_start(struct render *r, const struct call *call)
{
	if (call->enter)
		text_hex16(r->out, tape_time(r->facts, call->enter));
}

static void column_addr(struct render *r, const struct call *call)
{
	char text[ADDRESS_MAX];

	text_escaped(r->out, text, address_of_call(call, text), r->options->separator);
}

/* Two descriptors as one number, the first in its upper half. */
static void column_fds(struct render *r, const struct call *call)
{
	uint32_t fds[2];

	if (address_descriptors(call, fds))
		text_hex16(r->out, (uint64_t)fds[0] << 32 | fds[1]);
}

static const struct {
	const char *name;
	void (*print)(struct render *render, const struct call *call);
} columns[] = {
	{ "TID", column_tid },	   { "TGID", column_tgid },
	{ "CPU", column_cpu },	   { "DUR", column_dur }, /* nanoseconds */
	{ "SEQ", column_seq },	   { "NR", column_nr },
	{ "START", column_start }, /* nanoseconds since 1970 */
	{ "ADDR", column_addr },   /* of a socket: 10.0.0.1:80, unix:PATH */
	{ "FDS", column_fds },	   /* that pipe or socketpair made */
};

static int add_columns(struct hex *h, const char *list, struct tape_error *why)
{
	while (list && *list) {
		size_t n = strcspn(list, ","), i;

		for (i = 0; i < sizeof(columns) / sizeof(*columns); i++)
			if (strlen(columns[i].name) == n && !strncmp(columns[i].name, list, n))
				break;
		if (i == sizeof(columns) / sizeof(*columns) || h->extras == COLUMNS_MOST) {
			snprintf(why->text, sizeof(why->text),
				 "there is no column '%.*s'; there are TID TGID CPU DUR SEQ NR "
				 "START ADDR FDS",
				 (int)n, list);
			return -EINVAL;
		}
		h->extra[h->extras++] = columns[i].print;
		list += n + (list[n] == ',');
	}
	return 0;
}

static void print_header(struct render *r)
{
	static const char *const fixed[] = { "ERR",  "RES",  "SYSCALL", "ARG1", "ARG2",
					     "ARG3", "ARG4", "ARG5",	"ARG6", "AUX_DATA" };
	const char *sep = r->options->separator;

	text_escaped(r->out, r->facts->command, strlen(r->facts->command), NULL);
	text_put(r->out, "\nPID");
	if (r->options->time) {
		text_put(r->out, sep);
		text_put(r->out, "TIME(usec)");
	}
	for (size_t i = 0; i < sizeof(fixed) / sizeof(*fixed); i++) {
		text_put(r->out, sep);
		text_put(r->out, fixed[i]);
	}
	if (r->options->columns) {
		char *names = strdup(r->options->columns), *save = NULL;

		for (char *n = names ? strtok_r(names, ",", &save) : NULL; n;
		     n = strtok_r(NULL, ",", &save)) {
			text_put(r->out, sep);
			text_put(r->out, n);
		}
		free(names);
	}
	text_char(r->out, '\n');
}

static int hex_begin(struct render *r, struct tape_error *why)
{
	struct hex *h = calloc(1, sizeof(*h));
	int error;

	if (!h)
		return -ENOMEM;
	r->state = h;
	h->separator = r->options->separator;
	h->separator_size = strlen(h->separator);
	error = add_columns(h, r->options->columns, why);
	if (!error && r->options->header)
		print_header(r);
	return error;
}

static int hex_sl_begin(struct render *r, struct tape_error *why)
{
	int error = hex_begin(r, why);

	if (r->state)
		((struct hex *)r->state)->single_line = true;
	return error;
}

static void hex_end(struct render *r)
{
	free(r->state);
}

static void print_time(struct render *r, const struct call *call)
{
	struct hex *h = r->state;
	uint64_t time = call->enter ? call->enter : call->exit;

	if (!h->first)
		h->first = time;
	text_hex16(r->out, time > h->first ? (time - h->first) / 1000 : 0);
}

static bool has_pieces(const struct call *call)
{
	return (call->enter_record && call->enter_record->pieces) ||
	       (call->exit_record && call->exit_record->pieces);
}

/* The piece of a string argument; false where the argument is shown as a number. */
static bool string_of(const struct call *call, int i, struct tape_piece *piece)
{
	enum desc_kind kind = call->desc ? call->desc->arg[i].kind : DESC_HEX;

	if ((kind != DESC_PATH && kind != DESC_STR) || !has_pieces(call))
		return false;
	if (!call_piece(call, i, false, piece) && !call_piece(call, i, true, piece))
		return false;
	return piece->piece.length || !(piece->piece.flags & TRACE_P_UNREADABLE);
}

/* All arguments where none is shown as a string; room is reserved. */
static char *add_numbers(const struct hex *h, const struct call *call, char *to)
{
	int shown = call->args_known ? call->args : 0;

	for (int i = 0; i < 6; i++) {
		to = add_separator(h, to);
		if (i < shown)
			to = add16(to, call->arg[i]);
	}
	return to;
}

/* The same with strings; called, and left, with room reserved. */
static void print_args(struct render *r, struct hex *h, const struct call *call)
{
	struct text *out = r->out;

	for (int i = 0; i < 6; i++) {
		struct tape_piece *p = &h->strings[i];
		char *to = add_separator(h, out->data + out->used);
		bool number = i < call->args && call->args_known;
		size_t length;

		p->data = NULL;
		if (number && string_of(call, i, p)) {
			out->used = to - out->data;
			length = p->piece.length;
			if (!h->single_line && length > PIECE)
				length = PIECE;
			text_escaped(out, p->data, length, h->separator);
			if (!reserve(r))
				return;
			continue;
		}
		p->data = NULL;
		if (number)
			to = add16(to, call->arg[i]);
		out->used = to - out->data;
	}
}

/* Strings longer than one line's share go on, each in its own column. */
static void print_continuation(struct render *r, struct hex *h, const struct call *call)
{
	const char *sep = r->options->separator;
	bool more = true;

	for (size_t from = PIECE; more; from += PIECE) {
		more = false;
		for (int i = 0; i < 6; i++)
			more |= h->strings[i].data && h->strings[i].piece.length > from;
		if (!more)
			return;
		text_hex16(r->out, call->tid);
		if (r->options->time) {
			text_put(r->out, sep);
			print_time(r, call);
		}
		for (int i = 0; i < 3; i++)
			text_put(r->out, sep);
		text_put(r->out, call->name);
		for (int i = 0; i < 6; i++) {
			size_t length = h->strings[i].data ? h->strings[i].piece.length : 0;

			text_put(r->out, sep);
			if (length > from)
				text_escaped(r->out, (const char *)h->strings[i].data + from,
					     length - from > PIECE ? PIECE : length - from, sep);
		}
		for (int i = 0; i <= h->extras; i++)
			text_put(r->out, sep);
		text_char(r->out, '\n');
	}
}

/* The columns before the call's name; room is reserved. */
static void print_numbers(struct render *r, const struct hex *h, const struct call *call)
{
	struct text *out = r->out;
	bool done = call->state == CALL_DONE;
	char *to = add16(out->data + out->used, call->tid);

	if (r->options->time) {
		to = add_separator(h, to);
		out->used = to - out->data;
		print_time(r, call);
		to = out->data + out->used;
	}
	to = add_separator(h, to);
	if (done)
		to = add16(to, call->failed ? -call->result : 0);
	to = add_separator(h, to);
	if (done)
		to = add16(to, call->failed ? UINT64_MAX : (uint64_t)call->result);
	out->used = add_separator(h, to) - out->data;
}

static void hex_call(struct render *r, const struct call *call)
{
	struct hex *h = r->state;
	struct text *out = r->out;
	bool strings = has_pieces(call);

	if (call->state == CALL_LOST_EXIT || !reserve(r))
		return;
	print_numbers(r, h, call);
	text_put(out, call->name);
	if (!reserve(r))
		return;
	if (strings)
		print_args(r, h, call);
	else
		out->used = add_numbers(h, call, out->data + out->used) - out->data;
	out->used = add_separator(h, out->data + out->used) - out->data;
	add_comm(r, call->comm);
	for (int i = 0; i < h->extras; i++) {
		text_put(out, h->separator);
		h->extra[i](r, call);
	}
	text_char(out, '\n');
	if (strings && !h->single_line)
		print_continuation(r, h, call);
}

/* What one line has no columns for: by name, behind the comm. */
static void print_further(struct render *r, const struct note *note)
{
	const struct probe_format *format = note->format;
	const char *sep = r->options->separator;
	struct probe_value value;

	for (size_t i = 6; i < format->count; i++) {
		if (!probe_value(format, i, note->hit, &value))
			continue;
		text_char(r->out, ' ');
		text_escaped(r->out, value.field->name, strlen(value.field->name), sep);
		text_char(r->out, '=');
		show_probe_hex(r->out, &value, sep);
	}
}

/* One line of a hit: six values from the `from`th on. */
static void print_hit(struct render *r, const struct note *note, struct call *call, size_t from)
{
	const char *sep = r->options->separator;
	struct hex *h = r->state;
	struct probe_value value;

	text_hex16(r->out, call->tid);
	if (r->options->time) {
		text_put(r->out, sep);
		print_time(r, call);
	}
	for (int i = 0; i < 3; i++)
		text_put(r->out, sep);
	text_escaped(r->out, call->name, strlen(call->name), sep);
	for (size_t i = from; i < from + 6; i++) {
		text_put(r->out, sep);
		if (i < note->format->count && probe_value(note->format, i, note->hit, &value))
			show_probe_hex(r->out, &value, sep);
	}
	text_put(r->out, sep);
	text_escaped(r->out, call->comm, strlen(call->comm), sep);
	if (h->single_line)
		print_further(r, note);
	for (int i = 0; i < h->extras; i++) {
		text_put(r->out, sep);
		h->extra[i](r, call);
	}
	text_char(r->out, '\n');
}

/* SYSCALL is the probe's name and ARG1... its values; more than six go on in further lines of
 * `hex`, and in AUX_DATA of `hex_sl`. */
static void hex_hit(struct render *r, const struct note *note)
{
	struct hex *h = r->state;
	struct call call = {
		.state = CALL_UNFINISHED,
		.cpu = note->cpu,
		.tid = note->hit->record.tid,
		.tgid = note->hit->record.tgid,
		.name = note->format->name,
		.comm = note->thread->comm,
		.enter = note->time,
	};
	size_t from = 0;

	do {
		print_hit(r, note, &call, from);
		from += 6;
	} while (from < note->format->count && !h->single_line);
}

/* A loss stands where it happened: SYSCALL says LOST, RES how many calls. */
static void hex_note(struct render *r, const struct note *note)
{
	const char *sep = r->options->separator;
	struct hex *h = r->state;
	uint64_t count = note->kind == NOTE_LOST ? note->lost->calls : note->missing;

	if (note->kind == NOTE_PROBE)
		hex_hit(r, note);
	if ((note->kind != NOTE_LOST && note->kind != NOTE_MISSING) || !count)
		return;
	for (int i = r->options->time ? 3 : 2; i; i--)
		text_put(r->out, sep);
	text_hex16(r->out, count);
	text_put(r->out, sep);
	text_put(r->out, "LOST");
	for (int i = 0; i < 7; i++)
		text_put(r->out, sep);
	for (int i = 0; i < h->extras; i++) {
		text_put(r->out, sep);
		if (h->extra[i] == column_cpu)
			text_hex16(r->out, note->cpu);
	}
	text_char(r->out, '\n');
}

const struct renderer hex_renderer = {
	.name = "hex",
	.alias = "hex_raw",
	.help = "columns in hexadecimal for awk; long strings continue on further lines",
	.begin = hex_begin,
	.call = hex_call,
	.note = hex_note,
	.end = hex_end,
};

const struct renderer hex_sl_renderer = {
	.name = "hex_sl",
	.help = "the same, one line for each call",
	.begin = hex_sl_begin,
	.call = hex_call,
	.note = hex_note,
	.end = hex_end,
};
