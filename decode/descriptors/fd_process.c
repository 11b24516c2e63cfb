// SPDX-License-Identifier: GPL-2.0-or-later
/* fd_tracking: what new threads, forks and programs do to descriptors, and what the recorder saw
 * open. */
#include "decode/descriptors/fd_file.h"
#include "decode/descriptors/fd_tracking.h"
#include "decode/events/fds.h"

#include <fcntl.h>
#include <string.h>

void fd_tracking_thread(struct threads *threads, struct thread *thread)
{
	struct thread *leader;

	if (thread->fds)
		return;
	/* One table for all threads of a process, even if its first one never makes a call. */
	leader = thread->tgid != thread->entry.tid ? threads_get(threads, thread->tgid) : NULL;
	if (leader && !leader->fds)
		leader->fds = fds_new(threads_fds(threads));
	thread->fds = leader ? fds_ref(leader->fds) : fds_new(threads_fds(threads));
}

/* Comes behind the descriptor's name. */
static void more(struct thread *thread, const struct tape_piece *piece)
{
	struct fd_file *named = fds_find(thread->fds, piece->piece.offset),
		       *file = named ? fd_tracking_file_existing(named, piece) : NULL;

	if (file != named)
		fds_set(thread->fds, piece->piece.offset, file, false);
}

static void existing(struct thread *thread, const struct trace_process *record)
{
	struct tape_piece piece;
	size_t at = sizeof(*record);

	for (int i = 0; i < record->pieces && tape_piece_next(&record->record, &at, &piece); i++) {
		if (piece.piece.arg == TRACE_P_FD)
			fds_set(thread->fds, piece.piece.offset,
				fd_file_path(piece.data, piece.piece.length), false);
		else if (piece.piece.arg == TRACE_P_FD_FILE)
			more(thread, &piece);
		else if (piece.piece.arg == TRACE_P_CWD)
			fds_set_cwd(thread->fds, fd_file_path(piece.data, piece.piece.length));
		else if (piece.piece.arg == TRACE_P_ROOT)
			fds_set_root(thread->fds, fd_file_path(piece.data, piece.piece.length));
	}
}

void fd_tracking_process(struct threads *threads, struct thread *thread, struct thread *child,
			 const struct trace_process *record)
{
	struct fds *own;

	fd_tracking_thread(threads, thread);
	switch (record->record.type) {
	case TRACE_FORK:
		if (!child || child == thread) /* a tape may say anything */
			break;
		fds_unref(child->fds);
		child->fds =
			child->tgid == thread->tgid ? fds_ref(thread->fds) : fds_copy(thread->fds);
		break;
	case TRACE_EXEC:
		own = fds_copy(thread->fds); /* no longer shared with whoever else has the table */
		fds_unref(thread->fds);
		thread->fds = own;
		fds_exec(own);
		break;
	case TRACE_EXISTING: existing(thread, record); break;
	}
}

/* Of what is no socket the recorder may tell no name, where it was asked about sockets alone: then
 * what calls have told is better. Takes over the reference to `now`. */
static struct fd_file *better(struct fd_file *had, struct fd_file *now)
{
	if (!had || !now || had->socket || now->socket || *now->path)
		return fd_file_first(had, now);
	fd_file_unref(now);
	return fd_file_ref(had);
}

void fd_tracking_told(struct thread *thread, const struct trace_call *record)
{
	size_t at = sizeof(*record) + record->args * sizeof(uint64_t);
	struct tape_piece piece;

	for (int i = 0; i < record->pieces && tape_piece_next(&record->record, &at, &piece); i++) {
		int fd = (int32_t)piece.address;
		struct fd_file *file;

		if (!(piece.piece.flags & TRACE_P_FILE))
			continue;
		file = fd_tracking_file_of(&piece);
		if (fd == AT_FDCWD)
			fds_set_cwd(thread->fds, file);
		else
			fds_set(thread->fds, fd, better(fds_find(thread->fds, fd), file),
				fds_cloexec(thread->fds, fd));
	}
}
