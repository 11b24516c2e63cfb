// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * -l sqlite, with SQLite itself as judge: the database of whatever tape is made, is whole, refers
 * to no row that is not there, has as many rows as its row of the tape says, JSON where there
 * should be some, and views that have an end. The header's process id chooses options, so that the
 * mutator can change them.
 */
#include "decode/stream/stream.h"
#include "tests/fuzz/proportion.h"
#include "tests/fuzz/tape_mutator.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Each answers what is wrong, and nothing else. */
static const char *const questions[] = {
	"SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
	"SELECT * FROM pragma_foreign_key_check",
	"SELECT 'calls of tape ' || id FROM tapes t WHERE calls <> (SELECT count(*) FROM calls c "
	"WHERE c.tape = t.id)",
	"SELECT 'signals of tape ' || id FROM tapes t WHERE signals <> (SELECT count(*) FROM "
	"signals s WHERE s.tape = t.id)",
	"SELECT 'probes of tape ' || id FROM tapes t WHERE probes <> (SELECT count(*) FROM probes "
	"p WHERE p.tape = t.id)",
	"SELECT 'losses of tape ' || id FROM tapes t WHERE losses <> (SELECT count(*) FROM losses "
	"l WHERE l.tape = t.id)",
	"SELECT 'processes of no root' WHERE (SELECT count(*) FROM processes) <> (SELECT count(*) "
	"FROM process_tree)",
	"SELECT 'argument ' || name || ': ' || json FROM arguments WHERE json IS NOT NULL AND NOT "
	"json_valid(json)",
	"SELECT 'details: ' || details FROM calls WHERE details IS NOT NULL AND NOT "
	"json_valid(details)",
	"SELECT 'info: ' || info FROM signals WHERE info IS NOT NULL AND NOT json_valid(info)",
	"SELECT 'probe: ' || json FROM probes WHERE json IS NOT NULL AND NOT json_valid(json)",
	"SELECT 'lines of calls' WHERE (SELECT count(line) FROM call_lines) <> (SELECT count(*) "
	"FROM calls)",
	"SELECT 'totals' WHERE (SELECT sum(calls) FROM call_totals) <> (SELECT count(*) FROM calls "
	"WHERE state = 'done')",
	"SELECT 'errors' WHERE (SELECT sum(calls) FROM errors) <> (SELECT count(*) FROM calls "
	"WHERE errno IS NOT NULL)",
	"SELECT 'by file' WHERE (SELECT sum(calls) FROM files_by_process) <> "
	"(SELECT count(*) FROM calls WHERE file IS NOT NULL AND state = 'done')",
};

extern const struct renderer sqlite_renderer;

static int file = -1, scratch[RENDER_SCRATCH];

static void __attribute__((noreturn)) refuse(const char *why, const char *what)
{
	fprintf(stderr, "%s in the output: %s\n", why, what);
	abort();
}

static int told(void *question, int columns, char **values, char **names)
{
	(void)names;
	refuse(question, columns && values[0] ? values[0] : "a row");
}

static void judge(void)
{
	off_t size = lseek(file, 0, SEEK_END);
	void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, file, 0);
	char *why = NULL;
	sqlite3 *database;

	if (bytes == MAP_FAILED || sqlite3_open(":memory:", &database) ||
	    sqlite3_deserialize(database, "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY))
		refuse("no database", "");
	for (size_t i = 0; i < sizeof(questions) / sizeof(*questions); i++)
		if (sqlite3_exec(database, questions[i], told, (void *)questions[i], &why))
			refuse(questions[i], why ? why : "?");
	sqlite3_close(database);
	munmap(bytes, (size_t)size);
}

/* One capture more; the renderer's state stays from one to the next. */
static int render(const uint8_t *bytes, size_t size, struct render *r, uint32_t *bits)
{
	static const unsigned int details[] = { SHOW_DETAILS, SHOW_PATHS, 0, SHOW_SOCKETS };
	struct render_options options = { 0 };
	struct stream_filter filter = { 0 };
	struct tape_source *source = tape_source_memory(bytes, size);
	struct tape_error why = { "" };
	struct tape_reader *reader;
	struct stream *stream;
	int error = -ENODATA;

	if (size & 1)
		source->read_at = NULL; /* as from a pipe */
	reader = tape_reader_open(source, &why);
	if (reader) {
		*bits = tape_reader_header(reader)->recorder;
		options.descriptors = details[*bits & 3];
		options.string_size = *bits & 4 ? *bits >> 24 : UINT32_MAX;
		filter.failed_only = *bits & 256 && *bits & 512;
		filter.limit = *bits & 1024 && *bits & 2048 ? 3 : 0;
		stream = stream_new(reader, &filter);
		if (!stream)
			abort();
		r->options = &options;
		r->facts = stream_facts(stream);
		r->counts = stream_counts(stream);
		error = stream_run(stream, &sqlite_renderer, r, &why);
		stream_free(stream);
	}
	tape_reader_free(reader);
	source->close(source);
	return error;
}

static void empty(int *fd)
{
	if (*fd <= 0)
		*fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (*fd < 0 || ftruncate(*fd, 0))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct text out;
	struct render r = { .out = &out, .scratch = scratch };
	struct tape_error why = { "" };
	uint32_t bits = 0;
	int error, finished;

	proportion_begin();
	empty(&file);
	for (int i = 0; i < RENDER_SCRATCH; i++)
		empty(&scratch[i]);
	if (text_open(&out, file))
		abort();
	error = render(bytes, size, &r, &bits);
	if (!error && bits & 16 && bits & 32) /* two captures in one database */
		error = render(bytes, size, &r, &bits);
	finished = sqlite_renderer.finish(&r, !error, &why);
	if (finished)
		refuse("no whole database", strerror(-finished));
	if (!error)
		judge();
	text_close(&out);
	proportion_end(bytes, size);
	return 0;
}
