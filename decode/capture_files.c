// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/capture_files.h"

#include "decode/message.h"
#include "format/standard_streams.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A capture of days has more files than a shell allows by default. */
static void allow_many(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files))
		return;
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
}

bool capture_files_open(struct capture_files *f, char *const *names, size_t count)
{
	*f = (struct capture_files){ .at = calloc(count, sizeof(*f->at)) };
	if (!f->at)
		return decode_say("out of memory"), false;
	if (count > 1)
		allow_many();
	for (; f->count < count; f->count++) {
		struct capture_file *file = &f->at[f->count];

		file->name = names[f->count];
		file->fd = strcmp(file->name, "-") ? open(file->name, O_RDONLY | O_CLOEXEC)
						   : STDIN_FILENO;
		if (file->fd == STDIN_FILENO && standard_streams_closed(file->fd))
			decode_say("cannot read standard input: it is closed; name a tape");
		else if (file->fd < 0)
			decode_say("cannot open %s: %s", file->name, strerror(errno));
		else
			continue;
		return false;
	}
	return true;
}

/* The same file with the same place in it, which is another one's from here on. */
static bool open_again(int fd)
{
	char name[sizeof("/proc/self/fd/") + 10];
	off_t at = lseek(fd, 0, SEEK_CUR);
	bool done = false;
	struct stat st;
	int other;

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	if (at < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return false;
	other = open(name, O_RDONLY | O_CLOEXEC);
	if (other >= 0) {
		done = lseek(other, at, SEEK_SET) == at && dup3(other, fd, O_CLOEXEC) == fd;
		close(other);
	}
	return done;
}

bool capture_files_again(const struct capture_files *f)
{
	for (size_t i = 0; i < f->count; i++)
		if (!open_again(f->at[i].fd))
			return false;
	return true;
}

static const struct trace_header *header_of(const struct capture_file *file)
{
	return tape_reader_header(file->reader);
}

static int by_part(const void *a, const void *b)
{
	const struct trace_header *x = header_of(a), *y = header_of(b);
	int64_t one = ((const struct capture_file *)a)->begins,
		other = ((const struct capture_file *)b)->begins;
	int order = one < other ? -1 : one > other;

	if (!order)
		order = memcmp(x->capture, y->capture, sizeof(x->capture));
	return order ? order : x->part < y->part ? -1 : x->part > y->part;
}

static bool no_capture(const struct trace_header *header)
{
	static const uint8_t none[sizeof(header->capture)];

	return !memcmp(header->capture, none, sizeof(none));
}

/* Whether they are what a rotation has written, each once. */
static bool belong_together(const struct capture_files *f, bool several)
{
	for (size_t i = 0; f->count > 1 && i < f->count; i++) {
		const struct capture_file *file = &f->at[i], *before = &f->at[i ? i - 1 : 0];
		const struct trace_header *h = header_of(file), *last = header_of(before);

		if (no_capture(h)) {
			decode_say("%s does not say which capture it belongs to, its header is "
				   "damaged: show it alone",
				   file->name);
			return false;
		}
		if (!several && memcmp(h->capture, last->capture, sizeof(h->capture)) != 0) {
			decode_say("%s and %s are of different captures: only the files of one "
				   "rotated capture can be shown together",
				   before->name, file->name);
			return false;
		}
	}
	return true;
}

bool capture_files_same(const struct capture_files *f, size_t one, size_t other)
{
	const struct trace_header *x = header_of(&f->at[one]), *y = header_of(&f->at[other]);

	return !memcmp(x->capture, y->capture, sizeof(x->capture));
}

static int64_t began(const struct capture_file *file)
{
	/* Of a damaged header they may be anything. */
	return (int64_t)(header_of(file)->start + (uint64_t)header_of(file)->realtime);
}

/* The captures stand together already, by their random numbers. */
static void find_beginnings(struct capture_files *f)
{
	for (size_t i = 0, end; i < f->count; i = end) {
		int64_t least = began(&f->at[i]);

		for (end = i + 1; end < f->count && capture_files_same(f, i, end); end++)
			least = began(&f->at[end]) < least ? began(&f->at[end]) : least;
		for (size_t k = i; k < end; k++)
			f->at[k].begins = least;
	}
}

static bool are_in_order(const struct capture_files *f)
{
	for (size_t i = 1; i < f->count; i++) {
		const struct capture_file *file = &f->at[i], *before = &f->at[i - 1];

		if (!capture_files_same(f, i - 1, i))
			continue;
		if (header_of(file)->part == header_of(before)->part) {
			decode_say("%s and %s are the same part of the capture: give each once",
				   before->name, file->name);
			return false;
		}
		/* Each file of a rotation has looked at the clocks, the dumps have not. */
		if (header_of(file)->start == header_of(before)->start) {
			decode_say("%s and %s are dumps of a flight recorder, which can hold the "
				   "same calls: show one at a time",
				   before->name, file->name);
			return false;
		}
	}
	return true;
}

bool capture_files_read(struct capture_files *f, bool several)
{
	struct tape_error why = { "out of memory" };

	for (size_t i = 0; i < f->count; i++) {
		struct capture_file *file = &f->at[i];

		file->source = tape_source_fd(file->fd);
		file->reader = file->source ? tape_reader_open(file->source, &why) : NULL;
		if (!file->reader) {
			decode_say("cannot read %s: %s", file->name, why.text);
			return false;
		}
	}
	if (!belong_together(f, several))
		return false;
	qsort(f->at, f->count, sizeof(*f->at), by_part);
	find_beginnings(f);
	qsort(f->at, f->count, sizeof(*f->at), by_part);
	return are_in_order(f);
}

bool capture_files_gaps(const struct capture_files *f)
{
	bool any = false;

	for (size_t i = 1; i < f->count; i++) {
		const struct capture_file *file = &f->at[i], *before = &f->at[i - 1];
		uint32_t first = header_of(before)->part + 1, next = header_of(file)->part;

		if (next == first || !capture_files_same(f, i - 1, i))
			continue;
		any = true;
		if (next == first + 1)
			decode_say("part %" PRIu32 " of the capture is missing, between %s and %s; "
				   "the rest is shown",
				   first, before->name, file->name);
		else
			decode_say("parts %" PRIu32 " to %" PRIu32
				   " of the capture are missing, between %s and %s; the rest is "
				   "shown",
				   first, next - 1, before->name, file->name);
	}
	return any;
}

uint64_t capture_files_size(const struct capture_files *f)
{
	struct stat st;
	uint64_t size = 0;

	for (size_t i = 0; i < f->count; i++) {
		if (fstat(f->at[i].fd, &st) || !S_ISREG(st.st_mode))
			return 0;
		size += st.st_size;
	}
	return size;
}

void capture_files_close(struct capture_files *f)
{
	for (size_t i = 0; i < f->count; i++) {
		tape_reader_free(f->at[i].reader);
		if (f->at[i].source)
			f->at[i].source->close(f->at[i].source);
	}
	free(f->at);
	*f = (struct capture_files){ 0 };
}
