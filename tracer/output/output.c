// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/output.h"

#include "format/standard_streams.h"
#include "tracer/options/option_view.h"
#include "tracer/output/tape_file.h"
#include "tracer/system/clock.h"
#include "tracer/system/message.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATIENCE = 3000, /* ms without progress, once the capture is to end */
	PIPE_ROOM = 1 << 20,
	HOUR = 3600000,
	WAIT_STEP = 20, /* ms between two looks at a process that is to end */
	ENDING = 200,	/* ms from when a pipe breaks until who has read it has ended */
};

struct output {
	struct tape_sink sink;
	int fd, stop;
	bool is_pipe, stuck;
	uint64_t until; /* ms: when the capture is to end, 0: not by the clock */
	pid_t decoder, command;
	const char *pipe;	    /* the command, as -o says */
	bool command_ended, killed; /* killed: by us */
	int command_status;
	bool as_strace, breaks;
	const char *name;      /* of a file, as -o says */
	struct tape_room room; /* of a regular file */
	uint64_t size;	       /* written to it */
	uint64_t most;	       /* that this process may write to a file (ulimit -f) */
};

/* How long to wait for a reader, in ms; -1: until it reads, or somebody asks to end. */
static int patience(const struct output *o, bool ending)
{
	uint64_t now = clock_ms();

	if (ending)
		return PATIENCE;
	return !o->until	 ? -1
	       : o->until <= now ? 0
				 : (int)(o->until - now < HOUR ? o->until - now : HOUR);
}

/* A pipe takes 4096 bytes without waiting whenever poll says that it takes any. */
static int output_write(struct tape_sink *sink, const void *data, size_t size)
{
	struct output *o = (void *)sink;
	const char *at = data;
	bool ending = false;

	while (size) {
		struct pollfd p[2] = { { .fd = o->fd, .events = POLLOUT },
				       { .fd = ending ? -1 : o->stop, .events = POLLIN } };
		size_t part = o->is_pipe && size > PIPE_BUF ? PIPE_BUF : size;
		ssize_t n;

		if (o->is_pipe) {
			n = poll(p, 2, patience(o, ending));
			if (n < 0 && errno == EINTR)
				continue;
			if (ending && !n) {
				o->stuck = true;
				return -ETIMEDOUT;
			}
			if (!p[0].revents) {
				ending = p[1].revents || (o->until && clock_ms() >= o->until);
				continue;
			}
		}
		n = write(o->fd, at, part);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return n < 0 ? -errno : -EIO;
		at += n;
		size -= n;
		o->size += n;
	}
	return 0;
}

/* A file: room for the end of the tape is kept free, so that a full disk does not leave half a
 * tape. */
static int file_write(struct tape_sink *sink, const void *data, size_t size)
{
	struct output *o = (void *)sink;
	uint64_t end = o->size + size + sink->reserve;
	int error = sink->ending ? 0 : end > o->most ? -EFBIG : tape_room_keep(&o->room, end);

	return error ? error : output_write(sink, data, size);
}

static int file_cut(struct tape_sink *sink, uint64_t size)
{
	struct output *o = (void *)sink;

	if (lseek(o->fd, size, SEEK_SET) < 0)
		return -errno;
	if (ftruncate(o->fd, size)) /* part of the failed write may be behind it */
		return -errno;
	o->size = o->room.kept = size; /* what was kept behind it is gone as well */
	return 0;
}

static void use_descriptor(struct output *o, int fd)
{
	struct stat st;
	bool regular = !fstat(fd, &st) && S_ISREG(st.st_mode);
	struct rlimit limit;

	o->fd = fd;
	o->size = 0;
	o->most = getrlimit(RLIMIT_FSIZE, &limit) ? UINT64_MAX : limit.rlim_cur;
	o->room = (struct tape_room){ .fd = fd };
	o->is_pipe = !regular && !S_ISBLK(st.st_mode);
	o->sink.write = output_write;
	o->sink.cut = NULL;
	o->sink.ending = false;
	/* Only in a file that we opened do we know where we are. */
	if (regular && o->name) {
		o->sink.write = file_write;
		o->sink.cut = file_cut;
	}
}

/* `kept`: one more descriptor that it gets, under the number it has; -1: none. */
static pid_t spawn(char *const argv[], const struct startup_state *started, int in, int out,
		   int kept)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	/* The terminal's Ctrl-C is for the recorder, which ends what it feeds by closing the pipe.
	 */
	signal(SIGINT, SIG_IGN);
	startup_state_restore(started);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(in, 0) < 0 || (out >= 0 && dup2(out, 1) < 0) ||
	    (kept >= 0 && fcntl(kept, F_SETFD, 0)))
		_exit(127);
	execvp(argv[0], argv);
	tracer_say("cannot run %s: %s", argv[0], strerror(errno));
	_exit(127);
}

/* Puts a command behind a pipe: the pipe's writing end, or -1. */
static int pipe_to(char *const argv[], const struct startup_state *started, int out, int kept,
		   pid_t *pid)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_ROOM);
	*pid = spawn(argv, started, ends[0], out, kept);
	close(ends[0]);
	if (*pid >= 0)
		return ends[1];
	close(ends[1]);
	return -1;
}

/* The decoder beside this program, else the one in PATH. */
static char *decoder_path(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash, *path;

	if (n > 0) {
		self[n] = '\0';
		slash = strrchr(self, '/');
		if (slash &&
		    asprintf(&path, "%.*s/systape-decode", (int)(slash - self), self) > 0) {
			if (!access(path, X_OK))
				return path;
			free(path);
		}
	}
	return strdup("systape-decode");
}

/* The decoder says when it has taken its options; what it refuses, it says, and the command is not
 * started. */
static bool decoder_takes(int ready, pid_t *decoder)
{
	int status = 0;
	ssize_t n;
	char byte;

	do
		n = read(ready, &byte, 1);
	while (n < 0 && errno == EINTR);
	if (n == 1)
		return true;
	while (waitpid(*decoder, &status, 0) < 0 && errno == EINTR)
		;
	*decoder = 0;
	errno = WIFEXITED(status) && WEXITSTATUS(status) == 127 ? ENOENT : EINVAL;
	return false;
}

static int start_decoder(struct output *o, const struct options *options,
			 const struct startup_state *started, int out)
{
	bool given = options->decode && *options->decode;
	int ready[2] = { -1, -1 }, fd = -1, error = 0;
	char *path = decoder_path(), word[32];
	const char **argv = NULL;

	if (path && (!given || !pipe2(ready, O_CLOEXEC))) {
		snprintf(word, sizeof(word), "--ready=%d", ready[1]);
		argv = option_view_words(options, path, given ? word : NULL);
	}
	if (argv)
		fd = pipe_to((char *const *)(void *)argv, started, out, ready[1], &o->decoder);
	if (ready[1] >= 0)
		close(ready[1]);
	if (fd >= 0 && given && !decoder_takes(ready[0], &o->decoder)) {
		error = errno;
		close(fd);
		fd = -1;
	}
	if (ready[0] >= 0)
		close(ready[0]);
	free(argv);
	free(path);
	errno = error ? error : errno;
	return fd;
}

/* A file of -o. A pipe of ours that nobody reads yet is waited for, until somebody asks to end. */
static int open_named(struct output *o, const struct options *options, struct tape_error *why)
{
	struct pollfd p = { .fd = o->stop, .events = POLLIN };
	int fd;

	do {
		*why->text = '\0';
		fd = output_file_open(options->output, OUTPUT_OVER, &options->storage.rules, why);
	} while (fd == -ENXIO && !poll(&p, 1, WAIT_STEP));
	return fd;
}

static int open_target(struct output *o, const struct options *options, int file,
		       const struct startup_state *started, struct tape_error *why)
{
	const char *to = options->output;
	int fd = file;

	if (file >= 0) {
		o->name = options->output;
		return file;
	}
	if (!to)
		to = (*options->command || options->to_stderr) && !options->binary ? NULL : "-";
	if (to && !strcmp(to, "-") && !option_decoder_opens(options) &&
	    standard_streams_closed(STDOUT_FILENO)) {
		snprintf(why->text, sizeof(why->text),
			 "cannot write to standard output: it is closed; name a file with -o");
	} else if (!to || !strcmp(to, "-") || option_decoder_opens(options)) {
		fd = fcntl(to ? 1 : 2, F_DUPFD_CLOEXEC, 3);
	} else if (*to == '|') {
		const char *argv[] = { "/bin/sh", "-c", to + 1, NULL };

		o->pipe = to;
		o->as_strace = options->reraise;
		o->breaks = options->reraise && !options->patient;
		fd = pipe_to((char *const *)argv, started, -1, -1, &o->command);
	} else {
		fd = open_named(o, options, why);
		o->name = options->output;
	}
	if (fd < 0 && !*why->text)
		snprintf(why->text, sizeof(why->text), "cannot write to %.100s: %s",
			 to ? to : "standard error", strerror(errno));
	else if (fd >= 0 && options->binary && isatty(fd))
		snprintf(why->text, sizeof(why->text),
			 "the binary format does not go to a terminal; name a file with -o, or a "
			 "format with -l");
	return fd;
}

struct output *output_open(const struct options *options, int file,
			   const struct startup_state *started, int stop, struct tape_error *why)
{
	struct output *o = calloc(1, sizeof(*o));
	int target;

	if (!o)
		return NULL;
	o->sink = (struct tape_sink){ .write = output_write };
	o->stop = stop;
	o->fd = -1;
	target = open_target(o, options, file, started, why);
	if (*why->text) {
		if (target >= 0)
			close(target);
		output_close(o);
		return NULL;
	}
	o->fd = target;
	if (!options->binary) {
		o->fd = start_decoder(o, options, started, target);
		close(target);
		if (o->fd < 0) {
			snprintf(why->text, sizeof(why->text), "cannot start systape-decode: %s",
				 errno == EINVAL ? "it refuses the options for it"
						 : strerror(errno));
			output_close(o);
			return NULL;
		}
	}
	use_descriptor(o, o->fd);
	return o;
}

/* Closes the descriptor; what a failing disk says only now is an error as well. */
static int close_target(struct output *o)
{
	int fd = o->fd;

	if (fd < 0)
		return 0;
	if (o->sink.cut)
		tape_room_release(&o->room, o->size);
	o->fd = -1;
	return close(fd) ? -errno : 0;
}

void output_next(struct output *o, int fd)
{
	close_target(o);
	use_descriptor(o, fd);
}

struct tape_sink *output_sink(struct output *o)
{
	return &o->sink;
}

void output_until(struct output *o, uint64_t ms)
{
	o->until = ms;
}

size_t output_processes(const struct output *o, pid_t pids[2])
{
	size_t n = 0;

	if (o->decoder > 0)
		pids[n++] = o->decoder;
	if (o->command > 0)
		pids[n++] = o->command;
	return n;
}

int output_descriptor(const struct output *o)
{
	return o->fd;
}

bool output_breaks(const struct output *o)
{
	return o->breaks;
}

const char *output_name(const struct output *o)
{
	return o->name;
}

/* Whether the command has ended, or does so within so many ms. */
static bool command_ended(struct output *o, int ms)
{
	for (; o->command > 0 && !o->command_ended; ms -= WAIT_STEP) {
		pid_t got = waitpid(o->command, &o->command_status, WNOHANG);

		o->command_ended = got == o->command;
		if (got || ms <= 0)
			break;
		poll(NULL, 0, WAIT_STEP);
	}
	return o->command_ended;
}

/*
 * Waits for a process that was started here: its wait status. One that does not end by itself is
 * told to when the person asks once more, or at once if it had stopped reading. One that does not
 * listen is left behind.
 */
static int wait_for(struct output *o, pid_t pid)
{
	struct pollfd p = { .fd = o->stop, .events = POLLIN };
	uint64_t told = 0;
	int status;
	pid_t got;

	if (pid <= 0)
		return 0;
	o->killed = false;
	while ((got = waitpid(pid, &status, WNOHANG)) <= 0) {
		if ((got < 0 && errno != EINTR) || (told && clock_ms() - told >= PATIENCE))
			return 0;
		if (!told && (o->stuck || poll(&p, 1, 0) > 0)) {
			o->killed = !kill(pid, SIGTERM);
			told = clock_ms();
		}
		poll(NULL, 0, WAIT_STEP);
	}
	return status;
}

/* What became of the command, in a sentence if it has not read all that there was, or says that it
 * has failed: the status. strace is silent about the latter. */
static int say_command(const struct output *o, bool early)
{
	int status = o->command_status;

	if (o->as_strace) {
		if (early)
			tracer_say("%s: %s", o->pipe, strerror(EPIPE));
		return 0;
	}
	if (WIFSIGNALED(status) && !o->killed)
		tracer_say("the command of -o '%s' was ended by SIG%s: what it has not read is "
			   "lost",
			   o->pipe, sigabbrev_np(WTERMSIG(status)) ?: "???");
	else if (WIFEXITED(status) && WEXITSTATUS(status))
		tracer_say("the command of -o '%s' ended with status %d%s", o->pipe,
			   WEXITSTATUS(status), early ? ": what it has not read is lost" : "");
	return WIFEXITED(status) ? WEXITSTATUS(status) : !o->killed;
}

int output_close(struct output *o)
{
	int worst = 0, status;
	bool early;

	if (!o)
		return 0;
	early = command_ended(o, 0);
	if (close_target(o))
		worst = 1;
	status = wait_for(o, o->decoder);
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
	worst = status > worst ? status : worst;
	if (o->command > 0) {
		early |= status == 1 && command_ended(o, ENDING);
		if (!o->command_ended)
			o->command_status = wait_for(o, o->command);
		status = say_command(o, early);
		worst = status > worst ? status : worst;
		if (o->as_strace && early)
			worst = o->breaks ? OUTPUT_BROKEN : 0;
	}
	free(o);
	return worst;
}
