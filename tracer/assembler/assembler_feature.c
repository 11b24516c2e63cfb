// SPDX-License-Identifier: GPL-2.0-or-later
/* What the assembler's backends do not offer, in the words of systape --probe. */
#include "tracer/assembler/event_assembler.h"

const char *assembler_feature(enum backend_feature feature)
{
	switch (feature) {
	case FEATURE_MEMORY: return "these events carry numbers only";
	case FEATURE_SIGINFO:
		return "the events have si_signo, si_errno, si_code, and who called kill or tgkill";
	case FEATURE_STATUS:
		return "no event tells: the status follows from calls and signals, and the core "
		       "dump from the word to the parent";
	case FEATURE_USER:
	case FEATURE_CGROUP: return "left to the recorder, which follows what each thread is";
	case FEATURE_COMPAT:
		return "an event does not say which table its number belongs to: that of the "
		       "program is taken";
	default: return "yes";
	}
}
