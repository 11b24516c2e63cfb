// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_attach.h"

#include "tracer/perf_event/perf_open.h"
#include "tracer/system/tracepoint.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int refused(const struct bpf_loaded *program, int error, struct tape_error *why)
{
	snprintf(why->text, sizeof(why->text), "cannot attach the program %s: %s", program->name,
		 strerror(-error));
	return error;
}

static unsigned int event_id(const char *root, const char *event)
{
	unsigned int id = 0;
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/events/%s/id", root, event);
	file = fopen(path, "re");
	if (file) {
		if (fscanf(file, "%u", &id) != 1)
			id = 0;
		fclose(file);
	}
	return id;
}

/* The program runs on every CPU, whichever the event is for, and whether or not that is enabled: an
 * event that counts nothing. */
static int attach_event(const struct bpf_loaded *program, struct tape_error *why)
{
	struct perf_how how = { .cpu = sched_getcpu(), .output = -1 };
	struct tracepoint tp = { .id = 0 };
	const char *root;
	bool mounted;
	int fd, error;

	root = tracepoint_root(&mounted, why);
	if (!root)
		return -ENOENT;
	tp.id = event_id(root, program->event);
	if (!tp.id)
		return refused(program, -ENOENT, why);
	fd = perf_open(&tp, &how);
	if (fd < 0) {
		perf_refused("the whole machine", fd, why);
		return fd;
	}
	if (!ioctl(fd, PERF_EVENT_IOC_SET_BPF, program->fd))
		return fd;
	error = -errno;
	close(fd);
	return refused(program, error, why);
}

int bpf_attach(const struct bpf_loaded *program, struct tape_error *why)
{
	int link;

	if (program->event)
		return attach_event(program, why);
	link = bpf_raw_tracepoint_open(NULL, program->fd);
	return link < 0 ? refused(program, link, why) : link;
}

uint64_t bpf_attach_misses(const struct bpf_loaded *program)
{
	struct bpf_prog_info info;
	uint32_t size = sizeof(info);

	memset(&info, 0, sizeof(info));
	return bpf_obj_get_info_by_fd(program->fd, &info, &size) ? 0 : info.recursion_misses;
}
