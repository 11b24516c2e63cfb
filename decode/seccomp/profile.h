/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * profile: calls as a seccomp profile that allows them and refuses all others, in the three forms
 * of -l seccomp. Sources: config-linux.md of the OCI runtime specification, systemd.exec(5),
 * seccomp_rule_add(3). Called by seccomp.
 */
#ifndef SYSTAPE_PROFILE_H
#define SYSTAPE_PROFILE_H

#include "decode/seccomp/program_calls.h"
#include "decode/stream/renderer.h"

/* `remark`: what a reader of the profile should know, plain words of our own; "": nothing. 0 or
 * -ENOMEM. */
int profile_write(struct text *out, enum profile_form form, const struct program_calls *calls,
		  const char *remark);

#endif
