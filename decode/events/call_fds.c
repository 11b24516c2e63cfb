// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/call_fds.h"

#include "decode/events/event.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

static bool is_fd(const struct desc_arg *arg)
{
	return arg->kind == DESC_FD || arg->kind == DESC_DIRFD;
}

/* Whether strace's text has said it. */
static bool is_in_text(const struct call_text *text, int fd)
{
	for (size_t i = 0; text->words && i < text->file_count; i++)
		if (text->files[i].fd == fd)
			return true;
	return false;
}

/* Whether the recorder has asked for this descriptor when the call began (tracer/plan/plan.c). */
static bool is_told(const struct call *call, int fd)
{
	const struct desc_call *row = call->row;
	bool relative = false;

	if (call->text)
		return is_in_text(call->text, fd);
	if (!row || call->known_fds == CALL_FDS_NONE ||
	    (call->known_fds == CALL_FDS_MESSAGES && strncmp(row->name, "send", 4) &&
	     strncmp(row->name, "recv", 4)))
		return false;
	for (int i = 0; i < row->args; i++) {
		if (is_fd(&row->arg[i]) && (int)call->arg[i] == fd)
			return true;
		if (row->arg[i].kind == DESC_PATH && !relative && fd == AT_FDCWD)
			return true;
		relative = row->arg[i].kind == DESC_DIRFD;
	}
	return false;
}

/* What was there before the call began is in the tables, with or without the call. */
static bool in_flight(const struct call *call)
{
	return call->enter_record && call->enter_record->record.flags & TRACE_F_IN_FLIGHT;
}

static bool is_known(const struct call *call, int fd, const struct fd_file *file)
{
	return call->known_fds == CALL_FDS_ALL || in_flight(call) ||
	       (file && file->told && is_told(call, fd));
}

struct fd_file *fds_of_call(const struct call *call, int fd, bool after)
{
	struct fd_file *file;

	for (size_t i = call->opened_count; after && i; i--)
		if (call->opened[i - 1].fd == fd)
			return call->opened[i - 1].file;
	file = fds_find(call->fds, fd);
	return is_known(call, fd, file) ? file : NULL;
}

const char *fds_cwd_of_call(const struct call *call)
{
	const char *cwd = fds_cwd(call->fds);

	return cwd && is_known(call, AT_FDCWD, fds_cwd_file(call->fds)) ? cwd : NULL;
}

int fds_netlink(const struct call *call, int fd)
{
	const struct fd_file *file = fds_of_call(call, fd, false);

	return file && file->socket && file->family == AF_NETLINK ? file->protocol : -1;
}
