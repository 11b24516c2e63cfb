// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/sender.h"

#include <stdio.h>

#if HAVE_CURL
#include "decode/message.h"
#include "decode/otlp/delivery.h"
#include "decode/otlp/environment.h"
#include "decode/sandbox.h"
#include "decode/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* False at the end, or where not all came. */
static bool read_all(void *to, size_t size)
{
	ssize_t got = 1;

	for (char *at = to; size && got > 0; at += got, size -= (size_t)got) {
		do
			got = read(STDIN_FILENO, at, size);
		while (got < 0 && errno == EINTR);
		if (got <= 0)
			break;
	}
	return !size;
}

/* What comes is from a process that may have been taken over by a tape: it is measured. */
static bool send_batches(struct delivery *d, void *message)
{
	struct otlp_frame frame;

	while (read_all(&frame, sizeof(frame)))
		if (frame.size > OTLP_BATCH_MOST || !read_all(message, frame.size) ||
		    !delivery_send(d, &frame, message))
			return false;
	return true;
}

/* Whether all was taken. */
static bool report(const struct delivery *d, bool quiet)
{
	static const char *const names[] = { [OTLP_TRACES] = "span", [OTLP_LOGS] = "log record" };
	bool whole = true;

	for (int i = 0; i < OTLP_SIGNALS; i++) {
		const struct delivery_counts *c = delivery_counts(d, (enum otlp_signal)i);
		const char *where = delivery_target(d, (enum otlp_signal)i);
		char work[80];

		snprintf(work, sizeof(work), "%" PRIu64 " %s, %" PRIu64 " %s", c->batches,
			 c->batches == 1 ? "batch" : "batches", c->again,
			 c->again == 1 ? "retry" : "retries");
		if (c->taken != c->records)
			decode_say("%" PRIu64 " of %" PRIu64 " %ss were not taken by %s: %s (%s)",
				   c->records - c->taken, c->records, names[i], where, c->why.text,
				   work);
		else if (c->records && !quiet)
			decode_say("%" PRIu64 " %s%s sent to %s (%s)", c->records, names[i],
				   c->records == 1 ? "" : "s", where, work);
		whole &= c->taken == c->records;
	}
	return whole;
}

/* Nothing but the network is needed from here on. */
static void close_off(bool debug)
{
	const struct sandbox_needs needs = { .folder = -1, .network = true };
	const char *why_not;
	bool confined;

	if (!sandbox_give_up_root(&needs) && debug)
		decode_say("the sender cannot give up root: %s", strerror(errno));
	why_not = sandbox_enter(&needs, &confined);
	if (debug)
		decode_say(why_not ? "no sandbox for the sender: %s"
				   : "the sender is in a seccomp sandbox: no file or program is "
				     "within reach%s",
			   why_not ? why_not : "");
}

static int wait_end(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void __attribute__((noreturn))
send_all(const struct decode_options *o, unsigned int signals, pid_t child)
{
	void *message = malloc(OTLP_BATCH_MOST);
	struct tape_error why = { "" };
	struct delivery *d = delivery_new(signals, o->render.otlp.retry, &why);
	bool good;
	int status;

	if (!d || !message) {
		decode_say("%s", d ? "out of memory" : why.text);
		_exit(1); /* ends the other one */
	}
	close_off(o->debug);
	good = write(STDIN_FILENO, "", 1) == 1 && !shutdown(STDIN_FILENO, SHUT_WR) &&
	       send_batches(d, message);
	shutdown(STDIN_FILENO, SHUT_RD); /* who would go on writing to nobody ends */
	status = wait_end(child);
	if (!good)
		decode_say("what was to be sent is no batch");
	good &= report(d, o->quiet);
	free(message);
	delivery_free(d);
	supervisor_end_as(status, !good);
}

/* It sees no tape: none stays open. */
static void become_sender(int channel)
{
	int nowhere = open("/dev/null", O_RDWR);

	if (dup2(channel, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
		_exit(1);
	syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0);
}

static void become_decoder(int channel, pid_t parent)
{
	char ready;

	supervisor_bind();
	if (getppid() != parent)
		_exit(1);
	environment_forget();
	if (dup2(channel, STDOUT_FILENO) < 0 || read(STDOUT_FILENO, &ready, 1) != 1)
		_exit(1); /* the sender has said why */
}

bool sender_start(const struct decode_options *o, struct tape_error *why)
{
	unsigned int signals = (o->render.otlp.spans != OTLP_NO_SPANS ? 1u << OTLP_TRACES : 0) |
			       (o->render.otlp.logs ? 1u << OTLP_LOGS : 0);
	int channel[2] = { -1, -1 };
	pid_t parent = getpid(), child = -1;

	if (!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel))
		child = fork();
	if (child < 0) {
		snprintf(why->text, sizeof(why->text), "cannot start a process: %s",
			 strerror(errno));
		return false;
	}
	if (child) {
		become_sender(channel[0]);
		send_all(o, signals, child);
	}
	become_decoder(channel[1], parent);
	close(channel[0]);
	close(channel[1]);
	return true;
}

#else

bool sender_start(const struct decode_options *options, struct tape_error *why)
{
	(void)options;
	snprintf(why->text, sizeof(why->text),
		 "this program was built without libcurl: -o FILE writes what would be sent");
	return false;
}

#endif
