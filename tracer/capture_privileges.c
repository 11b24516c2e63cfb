// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/capture_privileges.h"

#include "tracer/perf_event/perf_open.h"

#include <string.h>

struct privileges_needs capture_privileges(const char *backend, const struct storage *k,
					   bool other_user)
{
	bool files = k->rotate_ms || k->rotate_size || k->flight;

	return (struct privileges_needs){
		.maps = strcmp(backend, "ftrace") && strcmp(backend, "perf"),
		.events = strcmp(backend, "ftrace") && strcmp(backend, "bpf"),
		.admin = perf_needs_admin(),
		.files = files,
		.snapshots = files,
		.group = files && k->rules.group != (gid_t)-1,
		.kills = other_user,
	};
}

bool capture_privileges_drop(const struct backend_settings *settings, const char *backend,
			     const struct storage *storage, bool other_user, struct tape_error *why)
{
	struct privileges_needs needs = capture_privileges(backend, storage, other_user);
	uint64_t left;

	if (privileges_drop(&needs, &left, why))
		return false;
	backend_debug(settings, "privileges dropped; capabilities left: %#llx",
		      (unsigned long long)left);
	return true;
}
