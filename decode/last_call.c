// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/last_call.h"

#include <sys/wait.h>

/* The first argument says whom, and this one what. */
static const struct sender {
	uint8_t arch;
	uint16_t nr;
	uint8_t signal;
} senders[] = {
	{ TRACE_X86_64, 62, 1 },  /* kill */
	{ TRACE_X86_64, 200, 1 }, /* tkill */
	{ TRACE_X86_64, 234, 2 }, /* tgkill */
	{ TRACE_X86_64, 129, 1 }, /* rt_sigqueueinfo */
	{ TRACE_X86_64, 297, 2 }, /* rt_tgsigqueueinfo */
	{ TRACE_I386, 37, 1 },	   { TRACE_I386, 238, 1 },    { TRACE_I386, 270, 2 },
	{ TRACE_I386, 178, 1 },	   { TRACE_I386, 335, 2 },    { TRACE_AARCH64, 129, 1 },
	{ TRACE_AARCH64, 130, 1 }, { TRACE_AARCH64, 131, 2 }, { TRACE_AARCH64, 138, 1 },
	{ TRACE_AARCH64, 240, 2 }, { TRACE_X32, 62, 1 },      { TRACE_X32, 200, 1 },
	{ TRACE_X32, 234, 2 },
};

bool last_call_kills_own(const struct trace_call *record, struct threads *threads)
{
	const struct sender *s = senders, *end = senders + sizeof(senders) / sizeof(*senders);
	const struct thread *other;
	int32_t target;

	while (s < end && (s->nr != record->nr || s->arch != record->arch))
		s++;
	if (s == end || record->args <= s->signal || (uint32_t)record->arg[s->signal] != SIGKILL)
		return false;
	target = record->arg[0];
	if (target <= 0)
		return true;
	other = threads_find(threads, target);
	return !other || other->tgid == record->record.tgid;
}

bool last_call_ended(int64_t result, int32_t status)
{
	return last_call_restarts(result) || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}
