/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * event: what renderers get: calls that are already paired, named and filtered, and notes on
 * everything else. The stream makes them; all pointers are valid only during the call of the
 * renderer.
 */
#ifndef SYSTAPE_EVENT_H
#define SYSTAPE_EVENT_H

#include "decode/events/call_text.h"
#include "decode/events/probe.h"
#include "decode/events/threads.h"
#include "format/calls/carried.h"
#include "format/calls/desc.h"
#include "format/tape/tape_reader.h"

enum call_state {
	CALL_DONE,	 /* has a result */
	CALL_BEGUN,	 /* no result yet: CALL_DONE or CALL_UNFINISHED follows */
	CALL_NO_RETURN,	 /* never has one: exit_group */
	CALL_UNFINISHED, /* the thread ended within it */
	CALL_DETACHED,	 /* the tape ended within it */
	CALL_LOST_EXIT,	 /* its end was lost: counted as lost */
};

/* Which descriptors of a call are known to be open on what the tables say when it begins. */
enum call_fds {
	CALL_FDS_ALL,	   /* the tape has every call that could have changed that */
	CALL_FDS_TOLD,	   /* those among its arguments: the kernel was asked */
	CALL_FDS_MESSAGES, /* the same, of calls that send or receive messages */
	CALL_FDS_NONE,
};

/* A descriptor that a call has made. */
struct call_file {
	int fd;
	bool cloexec;
	bool seen; /* in the kernel, at the call's end; else it follows from the arguments */
	struct fd_file *file;
};

/* The pieces of a call, found once for all who look for one, by the first who does. */
struct call_pieces {
	enum { PIECES_UNSOUGHT, PIECES_FOUND, PIECES_MANY } state; /* too many: as if NULL */
	size_t count;
	bool files; /* one of them tells what a descriptor is open on */
	struct tape_piece piece[64];
};

/* A new field is set in call_pairing_fill, which clears nothing else. */
struct call {
	enum call_state state;
	enum call_fds known_fds;
	uint64_t sequence; /* number of this event, from 1 */
	uint32_t cpu, tid, tgid, nr;
	uint8_t arch;	 /* enum trace_arch */
	bool begun;	 /* the renderer was told of CALL_BEGUN before */
	bool enter_lost; /* its enter side was lost */
	bool args_known;
	bool failed;		     /* the result is an errno, negative */
	const char *name;	     /* syscall_0x... where there is no row */
	const char *comm;	     /* 16 bytes and a NUL, as are the next */
	const char *comm_begun;	     /* when it began */
	const struct thread *thread; /* as it was before this call ended */
	const struct desc_call
		*desc; /* the row or variant for these arguments; NULL where there is none */
	const struct desc_call *row; /* the same without variants */
	uint8_t args;		     /* how many there are to show */
	uint64_t arg[6];
	/* What the call at hand is carried by has `nr`, and its arguments are in `given`. NULL: it
	 * is none of those. */
	const struct carried_call *carried;
	uint64_t given[6];
	int64_t result;
	uint64_t enter, exit;  /* ns on the tape's clock; 0 where not known */
	const struct fds *fds; /* what its process had open when it began; NULL: nothing is known */
	const struct call_file *opened; /* what it opened, if it is done */
	size_t opened_count;
	/* The records that the pieces are in; either may be NULL. */
	const struct trace_call *enter_record, *exit_record;
	/* Of an execve that has succeeded: the TRACE_EXEC with what the kernel tells of the new
	 * program; NULL: nothing. */
	const struct trace_process *program;
	struct call_pieces *pieces; /* NULL: they are looked for in the records */
	struct call_text *text;	    /* of a tape made of strace's text, else NULL */
};

/* When it began, or the best that is known: when it ended, or when it was seen. */
static inline uint64_t call_time(const struct call *call)
{
	if (call->enter || call->exit)
		return call->enter ? call->enter : call->exit;
	return call->enter_record ? call->enter_record->record.time : 0;
}

enum note_kind {
	NOTE_PROCESS,
	NOTE_SIGNAL,
	NOTE_LOST,
	NOTE_MISSING,
	NOTE_PARTS,
	NOTE_PROBE,
	NOTE_TEXT, /* of a tape made of strace's text: a line that is no event */
	/* These two only for renderers that show what a tracer sees. */
	NOTE_RENAMED, /* `thread` executes a program as another: process->record.tid; NOTE_PROCESS
			 follows */
	NOTE_ARCH,    /* `thread` makes calls of another ABI from here on */
};

/* Everything that is not a call. */
struct note {
	enum note_kind kind;
	uint32_t cpu;
	uint64_t time;
	const struct thread *thread;	     /* whose it is, NULL for losses */
	const struct trace_process *process; /* NOTE_PROCESS, NOTE_RENAMED */
	const struct trace_signal *signal;   /* NOTE_SIGNAL */
	const struct trace_lost *lost;	     /* NOTE_LOST */
	bool unasked;			     /* not to be shown: only what was chosen is */
	uint64_t missing;		     /* NOTE_MISSING: records that a damaged tape lacks;
						NOTE_PARTS: parts of the capture that are not there */
	uint32_t part;			     /* NOTE_PARTS: number of the first of them */
	const struct trace_probe *hit;	     /* NOTE_PROBE */
	const struct probe_format *format;   /* NOTE_PROBE */
	const struct trace_text *text;	     /* NOTE_TEXT */
};

/* A network interface, as the recorder saw them at the start. */
struct tape_interface {
	const struct tape_interface *next;
	uint32_t index;
	char name[16];
};

/* What is known before the first event, and of the time of day. */
struct tape_facts {
	const struct trace_header *header;
	const struct trace_clock *clocks; /* changes of header->realtime, in order */
	size_t clock_count;
	const char *command, *host, *kernel, *recorder,
		*backend;			 /* "" where the tape does not say */
	struct desc_table *const *tables;	 /* the calls of each enum desc_arch */
	const struct tape_interface *interfaces; /* NULL ends the list */
	uint64_t first;		 /* the time of the tape's first event, 0 before it is known */
	struct threads *threads; /* no fact: as they are at the event at hand; NULL: none are */
};

/* The time of day, in nanoseconds since 1970. */
static inline uint64_t tape_time(const struct tape_facts *facts, uint64_t time)
{
	int64_t realtime = facts->header->realtime;

	for (size_t i = 0; i < facts->clock_count && facts->clocks[i].from <= time; i++)
		realtime = facts->clocks[i].realtime;
	return time + realtime;
}

/* Whether there are arguments to be shown. */
static inline bool call_has_args(const struct call *call)
{
	return call->args_known || call->text;
}

/* Whether call->arg has what is known of them: recorded, or told by text. */
static inline bool call_has_words(const struct call *call)
{
	return call->args_known || (call->text && call->text->words);
}

/* Finds all pieces of a call whose records are known. */
void call_find_pieces(const struct call *call);
/* All pieces of a call; NULL where they have to be looked for in the records. */
static inline const struct call_pieces *call_pieces(const struct call *call)
{
	if (call->pieces && call->pieces->state == PIECES_UNSOUGHT)
		call_find_pieces(call);
	return call->pieces && call->pieces->state == PIECES_FOUND ? call->pieces : NULL;
}

bool call_piece_walk(const struct call *call, int *part, size_t *at, struct tape_piece *piece);
/*
 * Walks a call's pieces, those of its beginning first: start with *at = 0 and *part = 0; false at
 * the end.
 */
static inline bool call_piece_next(const struct call *call, int *part, size_t *at,
				   struct tape_piece *piece)
{
	const struct call_pieces *pieces = call_pieces(call);

	if (!pieces)
		return call_piece_walk(call, part, at, piece);
	if (*at >= pieces->count)
		return false;
	*piece = pieces->piece[(*at)++];
	return true;
}

/* The first piece that is directly behind argument `arg`, read at the end of the call if `exit`:
 * false if there is none. */
bool call_piece(const struct call *call, int arg, bool exit, struct tape_piece *piece);

/* Whether `data`, of a piece of the call's beginning, was read at its end only: its page was not
 * there before. */
bool call_read_late(const struct call *call, const void *data);

/* Where a piece of the call has its memory. */
uint64_t call_piece_base(const struct call *call, const struct tape_piece *piece);
/* The string that begins at `address`, as far as it is on the tape; false if nothing is known of
 * it.
 */
bool call_string(const struct call *call, uint64_t address, struct tape_piece *piece);

/* Whether `data`, of a piece, was on the tape when the call began: part of its beginning's record.
 */
static inline bool call_had(const struct call *call, const void *data)
{
	const struct trace_call *enter = call->enter_record;
	size_t at = (const char *)data - (const char *)enter;

	return enter && at <= enter->record.length;
}

/* The captured bytes of the traced memory from `address` on, at most `size`, as they were at the
 * call's end or beginning. */
size_t call_find(const struct call *call, uint64_t address, size_t size, bool exit,
		 const void **data);

/* What --state has recorded at the call's end or beginning; false: nothing. */
bool call_state_at(const struct call *call, bool exit, struct trace_state *state);
/* The program's instruction pointer, 0 if it is not known. */
uint64_t call_ip(const struct call *call);
/* How long a call that is done was on a CPU: false if it is not known. */
bool call_cpu_time(const struct call *call, uint64_t *ns);

#endif
