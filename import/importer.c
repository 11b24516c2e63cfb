// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/importer.h"

#include "import/importer_state.h"
#include "import/log_dress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	ATTACHED_MOST = 256, /* of the beginning of a text */
};

struct importer *importer_new(struct tape_writer *writer, uint64_t date, bool date_given)
{
	struct importer *im = calloc(1, sizeof(*im));

	if (!im)
		return NULL;
	im->words = log_words_new();
	im->names = call_names_new();
	log_time_begin(&im->time, date, date_given);
	if (im->words && im->names && log_threads_open(&im->threads) &&
	    tape_records_open(&im->records, writer))
		return im;
	importer_free(im);
	return NULL;
}

void importer_free(struct importer *im)
{
	if (!im)
		return;
	log_words_free(im->words);
	call_names_free(im->names);
	log_threads_close(&im->threads);
	tape_records_close(&im->records);
	free(im->plain.data);
	free(im->cut.whole.data);
	free(im->cut.text.data);
	free(im);
}

void importer_on_report(struct importer *im, import_report *report, void *context)
{
	im->report = report;
	im->context = context;
}

const struct import_counts *importer_counts(const struct importer *im)
{
	return &im->counts;
}

/* The journal has lines of others, too: strace's are those of whoever has told of an event first.
 */
static bool is_tracer(struct importer *im, const char *tag, size_t tag_size, const char *text,
		      size_t size)
{
	struct log_line l;

	if (!im->tag_size && tag_size <= TAG_MOST) {
		log_line_parse(&l, im->words, text, size);
		if (l.kind == LOG_TEXT || l.kind == LOG_BESIDE)
			return false;
		memcpy(im->tag, tag, tag_size);
		im->tag_size = tag_size;
	}
	return tag_size == im->tag_size && !memcmp(tag, im->tag, tag_size);
}

/* What of the line is strace's, to *text. */
static size_t undress(struct importer *im, const char *line, size_t size, const char **text)
{
	const char *tag;
	size_t tag_size, n = size && *line >= 'A' && *line <= 'Z'
				     ? log_dress_journal(line, size, &tag, &tag_size)
				     : 0;

	if (n && is_tracer(im, tag, tag_size, line + n, size - n)) {
		line += n;
		size -= n;
	}
	*text = line;
	if (!memchr(line, '\033', size))
		return size;
	im->plain.used = 0;
	if (!bytes_put(&im->plain, line, size))
		return size;
	*text = im->plain.data;
	return log_dress_plain(line, size, im->plain.data);
}

/* The first line with [pid N] of a thread that nobody has attached since the beginning. */
static bool find_main(struct importer *im, const struct log_line *l, uint32_t *attached,
		      unsigned int *count)
{
	uint32_t other;

	log_dress_message(l->text, l->size, &other);
	if (l->kind == LOG_NOTE && other && !*count && !im->main) {
		im->main = other; /* by -p */
		return true;
	}
	if (l->has_tid) {
		for (unsigned int i = 0; i < *count; i++)
			if (attached[i] == l->tid)
				return false;
		im->main = l->tid;
		return true;
	}
	if (other && *count < ATTACHED_MOST)
		attached[(*count)++] = other;
	return *count == ATTACHED_MOST;
}

void importer_begin(struct importer *im, const char *text, size_t size)
{
	uint32_t attached[ATTACHED_MOST];
	unsigned int count = 0;
	const char *end = text + size, *newline;
	bool any = false;

	for (; (newline = memchr(text, '\n', end - text)); text = newline + 1) {
		struct log_line l;
		const char *from;
		size_t n = undress(im, text, newline - text, &from);

		log_line_parse(&l, im->words, from, n);
		if (l.kind == LOG_TEXT || l.kind == LOG_BESIDE)
			continue;
		if (any && l.kind == LOG_NOTE)
			l.kind = LOG_TEXT; /* a child's, not of -p */
		any |= l.kind != LOG_NOTE && l.kind != LOG_TEXT;
		if (find_main(im, &l, attached, &count))
			break;
	}
}

bool importer_sees_closes(const char *text, size_t size)
{
	static const char close[] = "close(";
	const char *at = text, *end = text + size;

	while ((at = memmem(at, end - at, close, sizeof(close) - 1)) && at > text &&
	       at[-1] != ' ' && at[-1] != '\n')
		at++;
	return at;
}

bool importer_line(struct importer *im, const char *line, size_t size, bool newline, uint32_t tid)
{
	struct piece p = { line, size, newline, tid };
	const char *text;
	size_t n;
	struct log_line l;

	im->counts.lines++;
	n = undress(im, line, size, &text);
	if (size + (text == im->plain.data ? n : 0) > RECORDS_LINE_MOST) {
		importer_cut_end(im);
		l = (struct log_line){ .text = line, .size = size };
		importer_text(im, &l, &p, "the line is too long");
		return !im->records.error;
	}
	log_line_parse(&l, im->words, text, n);
	if (!(im->cut.open || l.kind == LOG_CUT) || !importer_cut(im, &l, &p))
		importer_event(im, &l, &p);
	return !im->records.error;
}

int importer_end(struct importer *im)
{
	importer_cut_end(im);
	for (const struct log_thread *t = im->threads.newest; t; t = t->older)
		im->counts.open += t->pending;
	im->counts.timed = im->time.any;
	im->counts.dated = im->time.dated;
	return tape_records_flush(&im->records);
}
