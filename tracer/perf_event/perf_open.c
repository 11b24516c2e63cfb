// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/perf_event/perf_open.h"

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

static int open_event(struct perf_event_attr *attr, pid_t tid, int cpu, int output)
{
	unsigned long flags = PERF_FLAG_FD_CLOEXEC;
	int fd;

	attr->size = sizeof(*attr);
	attr->use_clockid = 1;
	attr->clockid = CLOCK_MONOTONIC;
	attr->watermark = 1;
	if (output >= 0)
		flags |= PERF_FLAG_FD_OUTPUT | PERF_FLAG_FD_NO_GROUP;
	fd = syscall(SYS_perf_event_open, attr, tid, cpu, output, flags);
	return fd < 0 ? -errno : fd;
}

static int open_how(struct perf_event_attr *attr, const struct perf_how *how)
{
	attr->sample_period = 1;
	attr->sample_type |= PERF_SAMPLE_TID | PERF_SAMPLE_TIME | (how->ids ? PERF_SAMPLE_ID : 0);
	attr->disabled = !how->on;
	attr->wakeup_watermark = how->wake;
	attr->inherit = how->follow >= PERF_TASK_THREADS;
	attr->inherit_thread = how->follow == PERF_TASK_THREADS;
	return open_event(attr, how->follow == PERF_WHOLE_CPU ? -1 : how->tid, how->cpu,
			  how->output);
}

int perf_open(const struct tracepoint *tp, const struct perf_how *how)
{
	struct perf_event_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.type = PERF_TYPE_TRACEPOINT;
	attr.config = tp->id;
	attr.sample_type = PERF_SAMPLE_RAW;
	return open_how(&attr, how);
}

static void set_dummy(struct perf_event_attr *attr)
{
	memset(attr, 0, sizeof(*attr));
	attr->type = PERF_TYPE_SOFTWARE;
	attr->config = PERF_COUNT_SW_DUMMY;
	attr->exclude_kernel = 1;
}

int perf_open_tasks(const struct perf_how *how)
{
	struct perf_event_attr attr;

	set_dummy(&attr);
	attr.sample_id_all = 1;
	attr.task = attr.comm = attr.comm_exec = 1;
	return open_how(&attr, how);
}

int perf_open_owner(int cpu, bool whole, uint32_t wake)
{
	struct perf_event_attr attr;

	set_dummy(&attr);
	attr.disabled = 1;
	attr.wakeup_watermark = wake;
	return open_event(&attr, whole ? -1 : 0, cpu, -1);
}

int perf_may_open(pid_t tid)
{
	struct perf_event_attr attr;
	int fd;

	set_dummy(&attr);
	attr.disabled = 1;
	fd = open_event(&attr, tid, -1, -1);
	if (fd < 0)
		return fd;
	close(fd);
	return 0;
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

bool perf_needs_admin(void)
{
	return paranoid() > 2;
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
