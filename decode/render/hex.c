// SPDX-License-Identifier: GPL-2.0-or-later
/* The hex renderers: a line of columns for each call, for awk. The columns never change; see
 * systape-decode(1). */
#include "decode/render/heading.h"
#include "decode/render/hex_columns.h"
#include "decode/stream/renderer.h"
#include "decode/values/show_probe.h"

#include <errno.h>
#include <stdlib.h>

enum {
	PIECE = 255,   /* bytes of a string on one line of `hex`: NAME_MAX */
	NUMBERS = 10,  /* columns of 16 digits in a line without further columns */
	NAME = 40,     /* bytes of a call's name, at most */
	COMM = 4 * 16, /* of a thread's name, escaped */
};

/* What stands between two columns: `word` is its first bytes, written at once. */
struct separator {
	const char *text;
	size_t size;
	uint64_t word;
};

struct hex {
	bool single_line;
	hex_column *extra[COLUMNS_MOST];
	int extras;
	struct separator separator;
	size_t line; /* bytes of a line without strings and further columns, at most */
	struct tape_piece strings[6];
	char comm[17]; /* the name that was escaped last, and how that looks */
	char comm_text[COMM + 1];
	size_t comm_size;
};

/* Room for a line without strings: what follows needs no look at it. */
static bool reserve(struct render *r)
{
	struct hex *h = r->state;

	return text_room(r->out, h->line);
}

/* Both write to where room is reserved, and return where they end. */
static inline char *add16(char *to, uint64_t value)
{
	text_digits16(to, value);
	return to + 16;
}

static inline char *add_separator(struct separator s, char *to)
{
	if (s.size <= sizeof(s.word))
		memcpy(to, &s.word, sizeof(s.word));
	else
		memcpy(to, s.text, s.size);
	return to + s.size;
}

/* Short bytes of which 16 can be read and written, whatever `size` is. */
static inline char *add_short(char *to, const char *bytes, size_t size)
{
	memcpy(to, bytes, 16);
	if (size > 16)
		memcpy(to + 16, bytes + 16, size - 16);
	return to + size;
}

static void escape_comm(struct hex *h, const char *comm)
{
	struct text kept = { .data = h->comm_text, .room = sizeof(h->comm_text), .fd = -1 };

	memcpy(h->comm, comm, sizeof(h->comm));
	text_escaped(&kept, h->comm, strlen(h->comm), h->separator.text);
	h->comm_size = kept.used;
}

/* A thread's name does not change often. */
static inline char *add_comm(struct hex *h, char *to, const char *comm)
{
	if (memcmp(h->comm, comm, 16) || !h->comm_size)
		escape_comm(h, comm);
	return add_short(to, h->comm_text, h->comm_size);
}

static inline char *add_name(char *to, const struct call *call)
{
	if (call->desc)
		return add_short(to, call->desc->name, call->desc->name_size);
	return stpcpy(to, call->name);
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

	if (!h)
		return -ENOMEM;
	r->state = h;
	h->separator.text = r->options->separator;
	h->separator.size = strlen(h->separator.text);
	memcpy(&h->separator.word, h->separator.text,
	       h->separator.size < 8 ? h->separator.size : 8);
	h->line = NUMBERS * 16 + (NUMBERS + 6) * h->separator.size + NAME + COMM + 16;
	h->extras = hex_columns_parse(r->options->columns, h->extra, COLUMNS_MOST, why);
	if (h->extras < 0)
		return h->extras;
	heading_put(r);
	if (r->options->header)
		print_header(r);
	return 0;
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
	uint64_t time = call_time(call), first = r->facts->first;

	text_hex16(r->out, time > first ? (time - first) / 1000 : 0);
}

static bool has_pieces(const struct call *call)
{
	return (call->enter_record && call->enter_record->pieces) ||
	       (call->exit_record && call->exit_record->pieces);
}

/* Whether the piece tells more of its argument than another one: what the call was given, and of
 * two tries the longer one. */
static bool better(const struct trace_piece *piece, const struct trace_piece *other)
{
	if ((piece->flags ^ other->flags) & TRACE_P_EXIT)
		return other->flags & TRACE_P_EXIT;
	return piece->length > other->length;
}

/* The pieces of the arguments that are strings; data is NULL where one is shown as a number. */
static void find_strings(struct hex *h, const struct call *call)
{
	struct tape_piece piece;
	size_t at = 0;
	int part = 0;

	for (int i = 0; i < 6; i++)
		h->strings[i].data = NULL;
	while (call_piece_walk(call, &part, &at, &piece)) {
		struct tape_piece *best = &h->strings[piece.piece.arg % 6];

		if (piece.piece.arg < 6 && call->desc->strings >> piece.piece.arg & 1 &&
		    !(piece.piece.flags & TRACE_P_NESTED) &&
		    (!best->data || better(&piece.piece, &best->piece)))
			*best = piece;
	}
	for (int i = 0; i < 6; i++)
		if (!h->strings[i].piece.length && h->strings[i].piece.flags & TRACE_P_UNREADABLE)
			h->strings[i].data = NULL;
}

/* All arguments where none is shown as a string; room is reserved. */
static inline char *add_numbers(struct separator s, const struct call *call, char *to)
{
	int shown = call->args_known ? call->args : 0;

	for (int i = 0; i < 6; i++) {
		to = add_separator(s, to);
		if (i < shown)
			to = add16(to, call->arg[i]);
	}
	return to;
}

/* The same with strings; called with room reserved, NULL where there is no more. *longer: one of
 * the strings goes on in a further line. */
static char *add_args(struct render *r, struct hex *h, const struct call *call, char *to,
		      bool *longer)
{
	const struct separator s = h->separator;
	struct text *out = r->out;
	int shown = call->args_known ? call->args : 0;

	find_strings(h, call);
	for (int i = 0; i < 6; i++) {
		struct tape_piece *p = &h->strings[i];
		size_t length = p->piece.length;

		to = add_separator(s, to);
		if (i >= shown) {
			p->data = NULL;
			continue;
		}
		if (!p->data) {
			to = add16(to, call->arg[i]);
			continue;
		}
		out->used = to - out->data;
		if (!h->single_line && length > PIECE) {
			length = PIECE;
			*longer = true;
		}
		text_escaped(out, p->data, length, s.text);
		if (!reserve(r))
			return NULL;
		to = out->data + out->used;
	}
	return to;
}

/* A line that is not a call's own: the columns before the name, those of results empty. */
static void begin_line(struct render *r, const struct call *call)
{
	const char *sep = r->options->separator;

	text_hex16(r->out, call->tid);
	if (r->options->time) {
		text_put(r->out, sep);
		print_time(r, call);
	}
	for (int i = 0; i < 3; i++)
		text_put(r->out, sep);
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
		begin_line(r, call);
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
static inline char *add_front(struct render *r, const struct hex *h, const struct call *call,
			      char *to)
{
	const struct separator s = h->separator;
	struct text *out = r->out;
	bool done = call->state == CALL_DONE;

	to = add16(to, call->tid);
	if (r->options->time) {
		out->used = add_separator(s, to) - out->data;
		print_time(r, call);
		to = out->data + out->used;
	}
	to = add_separator(s, to);
	if (done)
		to = add16(to, call->failed ? -call->result : 0);
	to = add_separator(s, to);
	if (done)
		to = add16(to, call->failed ? UINT64_MAX : (uint64_t)call->result);
	return add_separator(s, to);
}

static void hex_call(struct render *r, const struct call *call)
{
	struct hex *h = r->state;
	struct text *out = r->out;
	bool longer = false;
	char *to;

	if (call->state == CALL_LOST_EXIT || !reserve(r))
		return;
	to = add_front(r, h, call, out->data + out->used);
	to = add_name(to, call);
	if (call->desc && call->desc->strings && has_pieces(call))
		to = add_args(r, h, call, to, &longer);
	else
		to = add_numbers(h->separator, call, to);
	if (!to)
		return;
	to = add_comm(h, add_separator(h->separator, to), call->comm);
	if (!h->extras)
		*to++ = '\n';
	out->used = to - out->data;
	for (int i = 0; i < h->extras; i++) {
		text_put(out, h->separator.text);
		h->extra[i](r, call);
	}
	if (h->extras)
		text_char(out, '\n');
	if (longer)
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

	begin_line(r, call);
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
		if (h->extra[i] == hex_column_cpu)
			text_hex16(r->out, note->cpu);
	}
	text_char(r->out, '\n');
}

const struct renderer hex_renderer = {
	.name = "hex",
	.alias = "hex_raw",
	.captures = true,
	.help = "columns in hexadecimal for awk; long strings continue on further lines",
	.begin = hex_begin,
	.call = hex_call,
	.note = hex_note,
	.end = hex_end,
};

const struct renderer hex_sl_renderer = {
	.name = "hex_sl",
	.captures = true,
	.help = "the same, one line for each call",
	.begin = hex_sl_begin,
	.call = hex_call,
	.note = hex_note,
	.end = hex_end,
};
