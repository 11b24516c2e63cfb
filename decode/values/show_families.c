// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/show_families.h"

#include <stddef.h>

/* One line each: what is behind show_family_NAME. */
#define FAMILIES(F)                                                                                \
	F(stat)                                                                                    \
	F(files)                                                                                   \
	F(filetimes)                                                                               \
	F(fcntl)                                                                                   \
	F(mapping)                                                                                 \
	F(poll)                                                                                    \
	F(console)                                                                                 \
	F(disk)                                                                                    \
	F(termios)                                                                                 \
	F(ioctl)                                                                                   \
	F(fsctl)                                                                                   \
	F(statmount)                                                                               \
	F(mount)                                                                                   \
	F(handles)                                                                                 \
	F(quota)                                                                                   \
	F(aio)                                                                                     \
	F(uring)                                                                                   \
	F(lsm)                                                                                     \
	F(time)                                                                                    \
	F(signal)                                                                                  \
	F(siginfo)                                                                                 \
	F(process)                                                                                 \
	F(limits)                                                                                  \
	F(rseq)                                                                                    \
	F(futex)                                                                                   \
	F(sched)                                                                                   \
	F(creds)                                                                                   \
	F(numa)                                                                                    \
	F(socket)                                                                                  \
	F(message)                                                                                 \
	F(sockopt)                                                                                 \
	F(filter)                                                                                  \
	F(ipc)                                                                                     \
	F(keys)                                                                                    \
	F(bpf)                                                                                     \
	F(perf)                                                                                    \
	F(ptrace)                                                                                  \
	F(prctl)                                                                                   \
	F(system)

#define DECLARE(name) extern const struct show_family show_family_##name;
FAMILIES(DECLARE)

#define ADDRESS(name) &show_family_##name,
const struct show_family *const show_families[] = {
	FAMILIES(ADDRESS) NULL,
};
