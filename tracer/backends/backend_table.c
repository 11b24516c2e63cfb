// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backends/backend_table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if HAVE_BPF
extern const struct backend bpf_backend;
#endif
#if HAVE_TRACEFS
extern const struct backend ftrace_backend;
#endif
extern const struct backend perf_backend;

const struct backend *const *backend_all(void)
{
	static const struct backend *const all[] = {
#if HAVE_BPF
		&bpf_backend,
#endif
#if HAVE_TRACEFS
		&ftrace_backend,
#endif
		&perf_backend,
		NULL,
	};

	return all;
}

const struct backend *backend_by_name(const char *name)
{
	for (const struct backend *const *b = backend_all(); *b; b++)
		if (!strcmp((*b)->name, name))
			return *b;
	return NULL;
}

/* What keeps the first from running is what to mend; but an ordinary user can mend only what is in
 * the way of a backend for ordinary users. */
const struct backend *backend_choose(const struct backend_settings *settings,
				     struct tape_error *why)
{
	*why->text = '\0';
	for (const struct backend *const *b = backend_all(); *b; b++) {
		struct tape_error reason = { "" };

		if ((*b)->available(&reason)) {
			*why->text = '\0';
			backend_debug(settings, "backend %s: %s", (*b)->name, (*b)->help);
			return *b;
		}
		if (!*why->text || (geteuid() && !strcmp((*b)->feature(FEATURE_ORDINARY), "yes")))
			*why = reason;
		backend_debug(settings, "backend %s: %s", (*b)->name, reason.text);
	}
	if (!*why->text)
		snprintf(why->text, sizeof(why->text),
			 "this build has no backend; install libbpf and clang, and build again");
	return NULL;
}
