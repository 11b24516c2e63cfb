// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The perf backend: perf events on the tracepoints, a ring per CPU and lane. It needs the least
 * privileges of all: where the process tracepoints are refused, perf's own notes on forks and ends
 * stand in for them.
 */
#include "tracer/backend.h"
#include "tracer/clock.h"
#include "tracer/event_filter.h"
#include "tracer/ftrace_names.h"
#include "tracer/ftrace_tidy.h"
#include "tracer/guardian.h"
#include "tracer/mill.h"
#include "tracer/perf_open.h"
#include "tracer/perf_source.h"
#include "tracer/tracepoint.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	MARGIN = 20000,		/* ns: events older than this are in the rings */
	EVENTS_LEAST = 1 << 20, /* bytes of a ring for the events of processes, with privileges */
	SMALLEST = 16 << 10,	/* bytes of a ring */
};

struct perf_fd {
	int fd, cpu;
	enum tracepoint_kind kind; /* TP_KINDS: notes on tasks */
};

struct capture {
	const struct backend_settings *settings;
	struct tracepoints points;
	struct mill *mill;
	struct ftrace_names *names;
	struct perf_source *sources; /* [cpu * MILL_LANES + lane] */
	struct perf_fd *fds;
	size_t fd_count;
	char *left_out;	  /* a filter expression */
	char *filters[2]; /* of beginnings and of ends, NULL: none */
	int cpus, bell;
	uint64_t room; /* bytes of rings per CPU */
	bool notes;    /* in place of process tracepoints */
	bool started;
};

static bool perf_probe(struct tape_error *why)
{
	struct tracepoints points;
	bool mounted;
	const char *root = tracepoint_root(&mounted, why);
	int fd;

	if (!root || tracepoints_load(&points, root, why))
		return false;
	if (perf_privileged()) /* closing one for a trial takes the kernel as long as an attach */
		return true;
	fd = perf_open(&points.at[TP_EXIT], getpid(), -1, PERF_TASK, 0);
	if (fd < 0)
		perf_refused("a process", fd, why);
	else
		close(fd);
	return fd >= 0;
}

static bool is_event(const void *context, int fd)
{
	const struct capture *c = context;

	for (size_t i = 0; i < c->fd_count; i++)
		if (c->fds[i].fd == fd)
			return true;
	return false;
}

/* Those that every call of the machine passes go first. */
static void close_events(const void *context)
{
	const struct capture *c = context;

	for (size_t i = 0; i < c->fd_count; i++)
		if (c->fds[i].kind <= TP_EXIT)
			close(c->fds[i].fd);
}

/*
 * For the last event of a tracepoint the kernel waits until no CPU can be in it any more, one
 * tracepoint after the other (perf_trace_event_unreg): a third of a second in all. Turned off they
 * have long been: the waiting is left to a guardian, whose copies are the last.
 */
static void close_all(struct capture *c)
{
	struct guardian_work work = { close_events, is_event, c };

	if (c->fd_count)
		guardian_start(&work);
	for (size_t i = 0; i < c->fd_count; i++)
		close(c->fds[i].fd);
}

static void perf_close(struct capture *c)
{
	if (!c)
		return;
	ftrace_names_close(c->names);
	for (int i = 0; c->sources && i < c->cpus * MILL_LANES; i++)
		perf_ring_close(&c->sources[i].ring);
	close_all(c);
	if (c->bell >= 0)
		close(c->bell);
	mill_free(c->mill);
	free(c->sources);
	free(c->fds);
	free(c->left_out);
	free(c->filters[TP_ENTER]);
	free(c->filters[TP_EXIT]);
	free(c);
}

/* Sizes in the proportion of the events' own, powers of two. */
static uint64_t ring_size(const struct capture *c, enum mill_lane lane)
{
	uint64_t size = c->room / (lane == MILL_ENTERS ? 2 : lane == MILL_EXITS ? 4 : 16);

	/* Losing one event of a process would break the thread of all the others. */
	if (lane == MILL_EVENTS && !c->notes && size < EVENTS_LEAST)
		return EVENTS_LEAST;
	return size < SMALLEST ? SMALLEST : size;
}

/* The first event of a CPU and lane owns the ring, the others write into it. */
static int share_ring(struct capture *c, int fd, int cpu, enum mill_lane lane)
{
	struct perf_source *s = &c->sources[cpu * MILL_LANES + lane];
	struct epoll_event event = { .events = EPOLLIN };
	uint64_t size = ring_size(c, lane);
	int error;

	if (s->ring.page)
		return ioctl(fd, PERF_EVENT_IOC_SET_OUTPUT, s->ring.fd) ? -errno : 0;
	while ((error = perf_ring_open(&s->ring, fd, size)) && size > SMALLEST) {
		backend_debug(c->settings, "perf: no ring of %llu bytes (%s), trying half of it",
			      (unsigned long long)size, strerror(-error));
		size /= 2;
	}
	if (error)
		return error;
	perf_source_init(s, cpu, lane, &c->points);
	epoll_ctl(c->bell, EPOLL_CTL_ADD, fd, &event);
	return mill_add(c->mill, &s->source);
}

static int enable(const struct perf_fd *f, const char *const filters[2])
{
	if (f->kind <= TP_EXIT && filters[f->kind] &&
	    ioctl(f->fd, PERF_EVENT_IOC_SET_FILTER, filters[f->kind]))
		return errno == EINVAL ? 1 : -errno;
	return ioctl(f->fd, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

static int add_event(struct capture *c, enum tracepoint_kind kind, pid_t tid, int cpu,
		     enum perf_follow follow)
{
	enum mill_lane lane = kind < TP_KINDS ? mill_lane_of(kind) : MILL_EVENTS;
	uint32_t wake = ring_size(c, lane) / 4;
	struct perf_fd *more;
	int fd, error;

	fd = kind < TP_KINDS ? perf_open(&c->points.at[kind], tid, cpu, follow, wake)
			     : perf_open_tasks(tid, cpu, follow, wake);
	if (fd < 0)
		return fd;
	more = reallocarray(c->fds, c->fd_count + 1, sizeof(*more));
	error = more ? share_ring(c, fd, cpu, lane) : -ENOMEM;
	if (more)
		c->fds = more;
	if (error) {
		close(fd);
		return error;
	}
	c->fds[c->fd_count++] = (struct perf_fd){ fd, cpu, kind };
	return c->started ? enable(&c->fds[c->fd_count - 1], (const char *const *)c->filters) : 0;
}

/* One event on every CPU there is; CPUs that are offline are left out. */
static int add_everywhere(struct capture *c, enum tracepoint_kind kind, pid_t tid,
			  enum perf_follow follow)
{
	int error = 0;

	if (kind < TP_KINDS && !c->points.at[kind].id)
		return 0;
	for (int cpu = 0; cpu < c->cpus && !error; cpu++) {
		if (kind <= TP_EXIT && c->settings->cpus &&
		    !(c->settings->cpus[cpu / 64 & 15] >> (cpu & 63) & 1))
			continue;
		error = add_event(c, kind, tid, cpu, follow);
		if (error == -ENODEV)
			error = 0;
	}
	return error;
}

/* As many descriptors as the limits allow: a target of many threads on many CPUs takes them. */
static void raise_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool open_all(struct capture *c, struct tape_error *why)
{
	const char *root;
	bool mounted;
	int error = 0;

	root = tracepoint_root(&mounted, why);
	if (!root || tracepoints_load(&c->points, root, why))
		return false;
	if (mounted)
		backend_debug(c->settings, "mounted tracefs on %s", root);
	c->cpus = sysconf(_SC_NPROCESSORS_CONF);
	c->room = perf_room(c->settings->buffer, c->cpus);
	if (c->room < c->settings->buffer)
		backend_debug(c->settings,
			      "perf: rings of %llu KiB per CPU: an ordinary user may not lock more "
			      "memory",
			      (unsigned long long)c->room >> 10);
	c->mill = mill_new(c->settings, &c->points, c->cpus);
	c->sources = calloc((size_t)c->cpus * MILL_LANES, sizeof(*c->sources));
	c->bell = epoll_create1(EPOLL_CLOEXEC);
	if (!c->mill || !c->sources || c->bell < 0) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return false;
	}
	raise_limit();
	c->names = ftrace_names_open(c->settings, c->mill);
	ftrace_names_watch(c->names, c->bell);
	for (int kind = TP_EXIT + 1; kind < TP_KINDS && !error; kind++)
		error = add_everywhere(c, kind, -1, PERF_WHOLE_CPU);
	if (error && !c->settings->everything) {
		backend_debug(c->settings,
			      "perf: no process tracepoints (%s): perf's own notes on tasks in "
			      "their place, no signals",
			      strerror(-error));
		c->notes = true;
		perf_source_use_notes(&c->points);
		return true;
	}
	if (!error && c->settings->everything) {
		error = add_everywhere(c, TP_EXIT, -1, PERF_WHOLE_CPU);
		error = error ? error : add_everywhere(c, TP_ENTER, -1, PERF_WHOLE_CPU);
		mill_scan(c->mill);
	}
	if (error)
		perf_refused(c->settings->everything ? "the whole machine" : "processes", error,
			     why);
	return !error;
}

static struct capture *perf_open_capture(const struct backend_settings *settings,
					 struct tape_error *why)
{
	struct capture *c = calloc(1, sizeof(*c));

	if (!c) {
		snprintf(why->text, sizeof(why->text), "out of memory");
		return NULL;
	}
	c->settings = settings;
	c->bell = -1;
	if (open_all(c, why))
		return c;
	perf_close(c);
	return NULL;
}

static int leave_out(struct capture *c, pid_t tid)
{
	char *more;

	if (asprintf(&more, "%s%scommon_pid != %d", c->left_out ? c->left_out : "",
		     c->left_out ? " && " : "", tid) < 0)
		return -ENOMEM;
	free(c->left_out);
	c->left_out = more;
	return 0;
}

static int perf_target(struct capture *c, pid_t tid, enum backend_target how)
{
	enum perf_follow follow = c->settings->follow ? PERF_TASK_CHILDREN : PERF_TASK_THREADS;
	int error = mill_target(c->mill, tid, how);

	ftrace_names_target(c->names, tid, how);
	if (!error && how == BACKEND_LEAVE_OUT)
		return leave_out(c, tid);
	if (error || c->settings->everything)
		return error;
	if (how == BACKEND_THREAD && !c->settings->follow)
		follow = PERF_TASK;
	error = c->notes ? add_everywhere(c, TP_KINDS, tid, follow) : 0;
	error = error ? error : add_everywhere(c, TP_EXIT, tid, follow);
	error = error ? error : add_everywhere(c, TP_ENTER, tid, follow);
	return error == -ESRCH ? 0 : error; /* it has ended in the meantime */
}

static int perf_start(struct capture *c, struct tape_error *why)
{
	c->filters[TP_ENTER] = event_filter(c->settings, false, c->left_out);
	c->filters[TP_EXIT] = event_filter(c->settings, true, c->left_out);
	ftrace_names_start(c->names);
	for (size_t i = 0; i < c->fd_count; i++) {
		int error = enable(&c->fds[i], (const char *const *)c->filters);

		if (error > 0) {
			backend_debug(c->settings, "perf: the kernel refuses the filter of calls: "
						   "it is left to the recorder");
			free(c->filters[c->fds[i].kind]);
			c->filters[c->fds[i--].kind] = NULL;
		} else if (error) {
			snprintf(why->text, sizeof(why->text), "cannot enable perf events: %s",
				 strerror(-error));
			return error;
		}
	}
	c->started = true;
	return 0;
}

/* What the kernel counted and no ring brought has been lost at the very end, behind the last note
 * of a loss. */
static void count_hits(struct capture *c)
{
	for (size_t i = 0; i < c->fd_count; i++) {
		struct perf_fd *f = &c->fds[i];
		enum mill_lane lane = f->kind < TP_KINDS ? mill_lane_of(f->kind) : MILL_EVENTS;
		uint64_t hits;

		if (f->kind < TP_KINDS && read(f->fd, &hits, sizeof(hits)) == sizeof(hits))
			c->sources[f->cpu * MILL_LANES + lane].hits += hits;
	}
}

static void perf_stop(struct capture *c)
{
	mill_stop(c->mill);
	ftrace_names_stop(c->names);
	for (size_t i = 0; i < c->fd_count; i++)
		ioctl(c->fds[i].fd, PERF_EVENT_IOC_DISABLE, 0);
	count_hits(c);
}

static int perf_count(struct capture *c)
{
	return mill_count(c->mill);
}

static int perf_wake_fd(struct capture *c)
{
	return c->bell;
}

static int perf_drain(struct capture *c, bool last, backend_deliver *deliver, void *context)
{
	return mill_drain(c->mill, clock_ns() - (last ? 0 : MARGIN), last, deliver, context);
}

static void perf_stats(struct capture *c, struct backend_stats *stats)
{
	stats->ring = 0;
	for (int lane = 0; lane < MILL_LANES; lane++)
		stats->ring += c->sources[lane].ring.size;
	mill_stats(c->mill, stats);
}

static const char *perf_feature(enum backend_feature feature)
{
	switch (feature) {
	case FEATURE_MEMORY: return "these events carry numbers only";
	case FEATURE_SIGINFO: return "the event has si_errno and si_code only";
	case FEATURE_STATUS:
		return "no event tells: the status follows from calls and signals, without the "
		       "core dump";
	case FEATURE_USER:
	case FEATURE_CGROUP: return "left to the recorder, which follows what each thread is";
	case FEATURE_COMPAT:
		return "an event does not say which table its number belongs to: that of the "
		       "program is taken";
	default: return "yes";
	}
}

const struct backend perf_backend = {
	.name = "perf",
	.help = "perf events on the tracepoints; numbers only, for ordinary users too where the "
		"kernel lets them",
	.probe = perf_probe,
	.feature = perf_feature,
	.open = perf_open_capture,
	.target = perf_target,
	.start = perf_start,
	.count = perf_count,
	.wake_fd = perf_wake_fd,
	.drain = perf_drain,
	.stop = perf_stop,
	.stats = perf_stats,
	.close = perf_close,
	.tidy = ftrace_tidy,
};
