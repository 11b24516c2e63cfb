// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/events/last_call.h"

#include "call_numbers.h"

#include <sys/wait.h>

/* The first argument says whom, and this one what. */
static const struct sender {
	uint8_t arch;
	uint16_t nr;
	uint8_t signal;
} senders[] = {
#define SENDERS(arch_)                                                                             \
	{ TRACE_##arch_, NR_##arch_##_kill, 1 }, { TRACE_##arch_, NR_##arch_##_tkill, 1 },         \
		{ TRACE_##arch_, NR_##arch_##_tgkill, 2 },                                         \
		{ TRACE_##arch_, NR_##arch_##_rt_sigqueueinfo, 1 },                                \
	{                                                                                          \
		TRACE_##arch_, NR_##arch_##_rt_tgsigqueueinfo, 2                                   \
	}
	SENDERS(X86_64),
	SENDERS(I386),
	SENDERS(AARCH64),
	{ TRACE_X32, NR_X86_64_kill, 1 },
	{ TRACE_X32, NR_X86_64_tkill, 1 },
	{ TRACE_X32, NR_X86_64_tgkill, 2 },
	{ TRACE_X32, NR_X32_rt_sigqueueinfo, 1 },
	{ TRACE_X32, NR_X32_rt_tgsigqueueinfo, 2 },
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
