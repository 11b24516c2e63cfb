// SPDX-License-Identifier: GPL-2.0-or-later
/* Source: the specification of OTLP 1.x, "OTLP/HTTP": what is sent again, and what never. */
#include "decode/otlp/delivery.h"

#include "decode/otlp/answer.h"
#include "decode/otlp/target.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum {
	BODY_MOST = 64 << 10, /* bytes of an answer that are kept */
	SHOWN = 160,	      /* of its message */
	FIRST_WAIT = 1000,    /* ms */
	LONGEST_WAIT = 30000,
	GZIP = 16, /* what zlib wants added to the window's bits */
	WINDOW = 15,
};

struct delivery {
	struct curl_library library;
	struct target target[OTLP_SIGNALS];
	struct delivery_counts counts[OTLP_SIGNALS];
	uint64_t retry;
	bool away; /* the last batch was not taken for as long as that: the next one is sent once */
	uint64_t random;
	char *body; /* of the answer at hand */
	size_t size;
	void *packed;
	size_t packed_size, packed_room;
};

struct outcome {
	bool taken, again;
	uint64_t wait; /* ms, at least; 0: the server does not say */
};

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static size_t take_body(char *bytes, size_t one, size_t count, void *context)
{
	struct delivery *d = context;
	size_t size = one * count, room = BODY_MOST - d->size;

	memcpy(d->body + d->size, bytes, size < room ? size : room);
	d->size += size < room ? size : room;
	return size;
}

static bool open_target(struct delivery *d, enum otlp_signal signal, struct tape_error *why)
{
	const struct curl_library *l = &d->library;
	struct target *t = &d->target[signal];

	if (!target_open(t, l, signal, why))
		return false;
	return !l->easy_setopt(t->handle, CURLOPT_WRITEFUNCTION, take_body) &&
	       !l->easy_setopt(t->handle, CURLOPT_WRITEDATA, d);
}

struct delivery *delivery_new(unsigned int signals, uint64_t retry, struct tape_error *why)
{
	struct delivery *d = calloc(1, sizeof(*d));
	bool good = d && (d->body = malloc(BODY_MOST)) && curl_library_load(&d->library, why) &&
		    !d->library.global_init(CURL_GLOBAL_DEFAULT);

	for (int i = 0; good && i < OTLP_SIGNALS; i++)
		good = !(signals >> i & 1) || open_target(d, (enum otlp_signal)i, why);
	if (!good) {
		if (!*why->text)
			snprintf(why->text, sizeof(why->text), "out of memory");
		delivery_free(d);
		return NULL;
	}
	d->retry = retry;
	d->random = now() | 1;
	return d;
}

void delivery_free(struct delivery *d)
{
	if (!d)
		return;
	for (int i = 0; i < OTLP_SIGNALS; i++)
		target_close(&d->target[i], &d->library);
	free(d->body);
	free(d->packed);
	free(d);
}

static bool pack(struct delivery *d, const void *message, size_t size)
{
	z_stream z = { .next_in = (void *)message, .avail_in = (uInt)size };
	void *more;

	if (deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, WINDOW + GZIP, 8, Z_DEFAULT_STRATEGY) !=
	    Z_OK)
		return false;
	d->packed_size = deflateBound(&z, size);
	if (d->packed_size > d->packed_room) {
		more = realloc(d->packed, d->packed_size);
		d->packed = more ? more : d->packed;
		d->packed_room = more ? d->packed_size : d->packed_room;
	}
	z.next_out = d->packed;
	z.avail_out = (uInt)d->packed_room;
	deflate(&z, Z_FINISH);
	d->packed_size = z.total_out;
	return deflateEnd(&z) == Z_OK;
}

/* Why records were not taken; the first reason stands for all. */
static void __attribute__((format(printf, 3, 4)))
blame(struct delivery_counts *c, const struct answer *answer, const char *format, ...)
{
	size_t size = answer && answer->message ? answer->size : 0;
	char *text = c->why.text;
	va_list args;
	int used;

	if (*text)
		return;
	va_start(args, format);
	used = vsnprintf(text, sizeof(c->why.text), format, args);
	va_end(args);
	if (size && used >= 0 && (size_t)used < sizeof(c->why.text))
		snprintf(text + used, sizeof(c->why.text) - (size_t)used, " (%.*s)",
			 (int)(size < SHOWN ? size : SHOWN), answer->message);
}

static bool may_pass(long status)
{
	return status == 429 || status == 502 || status == 503 || status == 504;
}

/* The connection was lost, or there was none: whether the server has the batch is not known. */
static bool is_lost(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_GOT_NOTHING:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM: return true;
	default: return false;
	}
}

/* An answer has come, with this status. */
static struct outcome judge(struct delivery *d, const struct otlp_frame *frame, long status)
{
	struct target *t = &d->target[frame->signal];
	struct delivery_counts *c = &d->counts[frame->signal];
	bool good = status >= 200 && status < 300;
	struct answer answer =
		good ? answer_of_success(d->body, d->size) : answer_of_failure(d->body, d->size);
	struct outcome outcome = { .taken = good, .again = may_pass(status) };
	curl_off_t after = 0;

	if (good) {
		answer.rejected =
			answer.rejected > frame->records ? frame->records : answer.rejected;
		c->taken += frame->records - answer.rejected;
		if (answer.rejected)
			blame(c, &answer, "the server has rejected them");
		return outcome;
	}
	if (outcome.again && !d->library.easy_getinfo(t->handle, CURLINFO_RETRY_AFTER, &after) &&
	    after > 0)
		outcome.wait = (uint64_t)after < UINT32_MAX ? (uint64_t)after * 1000 : UINT64_MAX;
	if (!outcome.again)
		blame(c, &answer, "the server has answered %ld", status);
	return outcome;
}

static struct outcome send_once(struct delivery *d, const struct otlp_frame *frame,
				const void *bytes, size_t size, struct tape_error *last)
{
	const struct curl_library *l = &d->library;
	struct target *t = &d->target[frame->signal];
	struct delivery_counts *c = &d->counts[frame->signal];
	struct outcome outcome = { false, false, 0 };
	long status = 0;
	CURLcode code;

	d->size = 0;
	*t->error = 0;
	l->easy_setopt(t->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
	l->easy_setopt(t->handle, CURLOPT_POSTFIELDS, bytes);
	code = l->easy_perform(t->handle);
	if (!code)
		l->easy_getinfo(t->handle, CURLINFO_RESPONSE_CODE, &status);
	if (!code) {
		outcome = judge(d, frame, status);
		snprintf(last->text, sizeof(last->text), "the server has answered %ld", status);
		return outcome;
	}
	snprintf(last->text, sizeof(last->text), "%s",
		 *t->error ? t->error : l->easy_strerror(code));
	outcome.again = is_lost(code);
	if (!outcome.again)
		blame(c, NULL, "%s", last->text);
	return outcome;
}

/* Between half of it and all, so that many senders do not come back at the same time. */
static uint64_t jitter(struct delivery *d, uint64_t wait)
{
	d->random ^= d->random << 13;
	d->random ^= d->random >> 7;
	d->random ^= d->random << 17;
	return wait / 2 + d->random % (wait / 2 + 1);
}

static void sleep_ms(uint64_t ms)
{
	struct timespec t = { .tv_sec = (time_t)(ms / 1000),
			      .tv_nsec = (long)(ms % 1000) * 1000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, 0, &t, &t) == EINTR)
		;
}

static void send_until(struct delivery *d, const struct otlp_frame *frame, const void *bytes,
		       size_t size)
{
	struct delivery_counts *c = &d->counts[frame->signal];
	uint64_t begun = now(), wait, next = FIRST_WAIT, most = d->away ? 0 : d->retry;
	struct tape_error last = { "" };
	struct outcome outcome;

	for (;;) {
		outcome = send_once(d, frame, bytes, size, &last);
		d->away = outcome.again;
		if (!outcome.again)
			return;
		wait = outcome.wait ? outcome.wait : jitter(d, next);
		if (wait > most / 1000000 || now() - begun + wait * 1000000 > most)
			break;
		sleep_ms(wait);
		next = 2 * next < LONGEST_WAIT ? 2 * next : LONGEST_WAIT;
		c->again++;
	}
	if (outcome.wait)
		blame(c, NULL, "%s, and asks to wait %" PRIu64 " s", last.text, wait / 1000);
	else
		blame(c, NULL, "%s, and that for %" PRIu64 " s", last.text,
		      (now() - begun) / 1000000000);
}

bool delivery_send(struct delivery *d, const struct otlp_frame *frame, const void *message)
{
	struct delivery_counts *c;

	if (frame->signal >= OTLP_SIGNALS || !d->target[frame->signal].handle)
		return false;
	c = &d->counts[frame->signal];
	c->batches++;
	c->records += frame->records;
	if (!d->target[frame->signal].gzip)
		send_until(d, frame, message, frame->size);
	else if (pack(d, message, frame->size))
		send_until(d, frame, d->packed, d->packed_size);
	else
		blame(c, NULL, "out of memory");
	return true;
}

const struct delivery_counts *delivery_counts(const struct delivery *d, enum otlp_signal signal)
{
	return &d->counts[signal];
}

const char *delivery_target(const struct delivery *d, enum otlp_signal signal)
{
	return d->target[signal].shown;
}
