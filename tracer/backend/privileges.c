// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backend/privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef CAP_BPF
#define CAP_BPF	    39 /* both since Linux 5.8 */
#define CAP_PERFMON 38
#endif

static uint64_t bit(int capability)
{
	return 1ull << capability;
}

static uint64_t kept(const struct privileges_needs *n, uint64_t have)
{
	uint64_t keep = 0;

	if (n->maps) /* before 5.19 even the use of open maps takes it; before 5.8 there is only
			CAP_SYS_ADMIN */
		keep |= have & bit(CAP_BPF) ? bit(CAP_BPF) : bit(CAP_SYS_ADMIN);
	if (n->events)
		keep |= have & bit(CAP_PERFMON) && !n->admin ? bit(CAP_PERFMON)
							     : bit(CAP_SYS_ADMIN);
	if (n->files)
		keep |= bit(CAP_DAC_OVERRIDE);
	if (n->snapshots)
		keep |= bit(CAP_SYS_PTRACE) | bit(CAP_DAC_READ_SEARCH);
	if (n->group)
		keep |= bit(CAP_CHOWN) | bit(CAP_FSETID);
	if (n->kills)
		keep |= bit(CAP_KILL);
	return keep & have;
}

static int failed(struct tape_error *why)
{
	int error = -errno;

	snprintf(why->text, sizeof(why->text), "cannot give up privileges: %s", strerror(-error));
	return error;
}

int privileges_drop(const struct privileges_needs *needs, uint64_t *left, struct tape_error *why)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	uint64_t have, keep;

	*left = 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || syscall(SYS_capget, &header, data))
		return failed(why);
	have = data[0].permitted | (uint64_t)data[1].permitted << 32;
	keep = kept(needs, have);
	for (int i = 0; i < 2; i++) {
		data[i].effective = data[i].permitted = keep >> (32 * i);
		data[i].inheritable = 0;
	}
	*left = keep;
	return syscall(SYS_capset, &header, data) ? failed(why) : 0;
}
