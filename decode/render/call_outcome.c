// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/call_outcome.h"

#include "format/flags/flags.h"

enum {
	RESTARTS = 512, /* the first of the kernel's own errors: the program sees none of them */
};

static bool is_unsigned(const struct desc_call *desc)
{
	return desc && (desc->result == DESC_HEX || desc->result == DESC_PTR ||
			desc->result == DESC_FLAGS || desc->result == DESC_FLAGS64);
}

struct call_outcome call_outcome_of(const struct call *call)
{
	struct call_outcome o = { .returned = call->state == CALL_DONE };

	if (!o.returned)
		return o;
	o.timed = call->enter && call->exit >= call->enter;
	o.latency = o.timed ? call->exit - call->enter : 0;
	if (!call->failed) {
		o.value = (uint64_t)call->result;
		o.is_unsigned = is_unsigned(call->desc);
		return o;
	}
	o.value = UINT64_MAX;
	o.error = -(uint64_t)call->result;
	o.name = flag_errno_name(o.error);
	o.returned = o.error < RESTARTS || !o.name;
	return o;
}

const char *call_outcome_state(enum call_state state)
{
	static const char *const states[] = {
		[CALL_DONE] = "done",		[CALL_BEGUN] = "unfinished",
		[CALL_NO_RETURN] = "no_return", [CALL_UNFINISHED] = "unfinished",
		[CALL_DETACHED] = "detached",	[CALL_LOST_EXIT] = "exit_lost",
	};

	return states[state];
}

const char *call_outcome_arch(unsigned int arch)
{
	static const char *const arches[] = { "x86_64", "i386", "aarch64", "x32" };

	return arch < sizeof(arches) / sizeof(*arches) ? arches[arch] : NULL;
}

const char *call_outcome_reason(const struct trace_lost *lost)
{
	static const char *const reasons[] = { "ring", "kernel", "output", "damage" };

	return lost->reason < sizeof(reasons) / sizeof(*reasons) ? reasons[lost->reason]
								 : "unknown";
}
