// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/perf_open.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef CAP_PERFMON
#define CAP_PERFMON 38 /* since Linux 5.8 */
#endif

static int open_event(struct perf_event_attr *attr, pid_t tid, int cpu, enum perf_follow follow,
		      uint32_t wake)
{
	int fd;

	attr->size = sizeof(*attr);
	attr->sample_period = 1;
	attr->disabled = 1;
	attr->use_clockid = 1;
	attr->clockid = CLOCK_MONOTONIC;
	attr->watermark = 1;
	attr->wakeup_watermark = wake;
	attr->inherit = follow >= PERF_TASK_THREADS;
	attr->inherit_thread = follow == PERF_TASK_THREADS;
	fd = syscall(SYS_perf_event_open, attr, follow == PERF_WHOLE_CPU ? -1 : tid, cpu, -1,
		     PERF_FLAG_FD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

int perf_open(const struct tracepoint *tp, pid_t tid, int cpu, enum perf_follow follow,
	      uint32_t wake)
{
	struct perf_event_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.type = PERF_TYPE_TRACEPOINT;
	attr.config = tp->id;
	attr.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_RAW;
	return open_event(&attr, tid, cpu, follow, wake);
}

int perf_open_tasks(pid_t tid, int cpu, enum perf_follow follow, uint32_t wake)
{
	struct perf_event_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.type = PERF_TYPE_SOFTWARE;
	attr.config = PERF_COUNT_SW_DUMMY;
	attr.sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME;
	attr.sample_id_all = 1;
	attr.exclude_kernel = 1;
	attr.task = attr.comm = attr.comm_exec = 1;
	return open_event(&attr, tid, cpu, follow, wake);
}

bool perf_privileged(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	return !syscall(SYS_capget, &header, data) && (data[0].effective >> CAP_SYS_ADMIN & 1 ||
						       data[1].effective >> (CAP_PERFMON - 32) & 1);
}

static int paranoid(void)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_paranoid", "re");
	int level = -2;

	if (!file)
		return level;
	if (fscanf(file, "%d", &level) != 1)
		level = -2;
	fclose(file);
	return level;
}

uint64_t perf_room(uint64_t wanted, int cpus)
{
	FILE *file = fopen("/proc/sys/kernel/perf_event_mlock_kb", "re");
	uint64_t room = 0, size = 4096;
	struct rlimit limit = { .rlim_cur = 0 };
	unsigned int kb = 0;

	if (file) {
		if (fscanf(file, "%u", &kb) != 1)
			kb = 0;
		fclose(file);
	}
	getrlimit(RLIMIT_MEMLOCK, &limit);
	if (!geteuid() || paranoid() < 0 || limit.rlim_cur == RLIM_INFINITY)
		return wanted;
	room = ((uint64_t)kb << 10) + limit.rlim_cur / cpus;
	while (2 * size <= room && size < wanted)
		size *= 2;
	return size;
}

void perf_refused(const char *what, int error, struct tape_error *why)
{
	if (error == -EACCES || error == -EPERM)
		snprintf(why->text, sizeof(why->text),
			 "not permitted to trace %s with perf events while "
			 "kernel.perf_event_paranoid is %d; run as root, or "
			 "'sysctl kernel.perf_event_paranoid=%d'",
			 what, paranoid(), strcmp(what, "the whole machine") ? 1 : -1);
	else if (error == -EMFILE)
		snprintf(why->text, sizeof(why->text),
			 "too many open files for the events of %s; raise 'ulimit -n'", what);
	else if (error == -ENOSYS)
		snprintf(why->text, sizeof(why->text),
			 "this kernel has no perf events (CONFIG_PERF_EVENTS)");
	else
		snprintf(why->text, sizeof(why->text), "cannot open the perf events of %s: %s",
			 what, strerror(-error));
}
