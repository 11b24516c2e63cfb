// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/capture_settings.h"

void capture_settings_fill(struct backend_settings *settings, const struct options *options)
{
	settings->everything = !options->pid_count && !*options->command;
	settings->follow = options->follow;
	settings->failed_only = options->failed_only;
	settings->successful_only = options->successful_only;
	settings->by_user = options->by_user;
	settings->user = options->uid;
	settings->comm = options->comm;
	settings->cgroups = options->cgroups;
	settings->attaches = options->pid_count || options->storage.delay_ms;
	settings->cpus = options->by_cpu ? options->cpus : NULL;
	settings->enter_time = !options->fast;
	settings->state = options->state;
	settings->bpf_object = options->bpf_object;
	settings->adopt = options->adopt;
}
