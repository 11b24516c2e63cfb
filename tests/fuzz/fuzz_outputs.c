// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The outputs for programs. -l json, with a parser of others (json-c) as judge: every line of
 * whatever tape is an object of strict JSON without a key twice, the first is the tape's, the last
 * is the end's, and counts those before it. -l csv: every row has all columns. -l chrome: one
 * object. -l ctf: packets that fill their files. -l seccomp: nothing, or one object of plain names.
 * -l html: its own tags alone. The header's process id chooses options, so that the mutator can
 * change them.
 */
#include "decode/render/renderer_table.h"
#include "decode/stream/stream.h"
#include "format/output/output_file.h"
#include "tests/fuzz/judge.h"
#include "tests/fuzz/one_tape.h"

#include <dirent.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH = 256 };

/* Counts of the lines, in the order of the names. */
static const char *const kinds[] = { "call", "signal", "process", "probe", "lost" };
static const char *const counts[] = { "calls", "signals", "processes", "probes", "losses" };
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* Keys as they stand in the text: strings with a colon behind. */
static size_t keys_written(const char *line, size_t size)
{
	size_t keys = 0;

	for (size_t i = 0; i < size; i++) {
		if (line[i] != '"')
			continue;
		for (i++; i < size && line[i] != '"'; i++)
			i += line[i] == '\\';
		keys += i + 1 < size && line[i + 1] == ':';
	}
	return keys;
}

/* Keys as the parser has kept them: of two that are the same, one. */
static size_t keys_kept(struct json_object *value)
{
	size_t keys = 0;

	if (json_object_is_type(value, json_type_array))
		for (size_t i = 0; i < json_object_array_length(value); i++)
			keys += keys_kept(json_object_array_get_idx(value, i));
	if (json_object_is_type(value, json_type_object)) {
		json_object_object_foreach(value, key, member)
		{
			keys += 1 + (key ? keys_kept(member) : 0);
		}
	}
	return keys;
}

static struct json_object *parse(struct json_tokener *tokener, const char *line, size_t size)
{
	struct json_object *value;

	json_tokener_reset(tokener);
	value = json_tokener_parse_ex(tokener, line, (int)size);
	if (json_tokener_get_error(tokener) != json_tokener_success ||
	    json_tokener_get_parse_end(tokener) != size ||
	    !json_object_is_type(value, json_type_object))
		refuse(json_tokener_error_desc(json_tokener_get_error(tokener)), line, size);
	if (keys_written(line, size) != keys_kept(value))
		refuse("a key twice", line, size);
	return value;
}

static const char *type_of(struct json_object *line)
{
	const char *type = json_object_get_string(json_object_object_get(line, "type"));

	return type ? type : "";
}

static void check_end(struct json_object *end, const int64_t seen[KINDS], const char *line,
		      size_t size)
{
	for (int i = 0; i < KINDS; i++)
		if (json_object_get_int64(json_object_object_get(end, counts[i])) != seen[i])
			refuse("a wrong count", line, size);
}

/* RFC 4180: fields plain or quoted, quotes doubled, CRLF behind each row. */
static void judge_csv(const struct text *out)
{
	enum { COLUMNS = 17 };
	const char *at = out->data, *end = out->data + out->used, *row = at;
	int columns = 1;

	while (at < end) {
		bool quoted = *at == '"';

		if (quoted)
			for (at++; at < end && !(*at == '"' && (at + 1 == end || at[1] != '"'));
			     at++)
				at += *at == '"';
		at += quoted;
		for (; at < end && *at != ',' && *at != '\r'; at++)
			if (*at == '"' || quoted || *at < ' ' || *at > '~')
				refuse("a wrong field", row, (size_t)(end - row));
		if (at >= end)
			refuse("no end of a row", row, (size_t)(end - row));
		if (*at++ == ',') {
			columns++;
			continue;
		}
		if (columns != COLUMNS || at == end || *at++ != '\n')
			refuse("a wrong row", row, (size_t)(end - row));
		columns = 1;
		row = at;
	}
}

static void judge_lines(const struct text *out)
{
	struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
	const char *at = out->data, *end = out->data + out->used;
	int64_t seen[KINDS] = { 0 };
	bool first = true, ended = false;

	if (!tokener)
		abort();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	for (const char *next; at < end; at = next) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((stop ? stop : end) - at);
		struct json_object *line;

		for (size_t i = 0; i < size; i++)
			if (at[i] < ' ' || at[i] > '~')
				refuse("a byte that is not ASCII", at, size);
		if (!stop || ended)
			refuse("more behind the end", at, size);
		line = parse(tokener, at, size);
		if (first != !strcmp(type_of(line), "tape"))
			refuse("a tape's line elsewhere", at, size);
		for (int i = 0; i < KINDS; i++)
			seen[i] += !strcmp(type_of(line), kinds[i]);
		ended = !strcmp(type_of(line), "end");
		if (ended)
			check_end(line, seen, at, size);
		first = false;
		json_object_put(line);
		next = stop + 1;
	}
	if (out->used && !ended)
		refuse("no end", out->data, out->used);
	json_tokener_free(tokener);
}

static void judge_chrome(const struct text *out)
{
	struct json_tokener *tokener = json_tokener_new_ex(DEPTH);

	if (!tokener)
		abort();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	if (out->used)
		json_object_put(parse(tokener, out->data, out->used - 1));
	json_tokener_free(tokener);
}

static char trace_place[] = "/tmp/systape-fuzz.XXXXXX";

static void remove_place(void)
{
	rmdir(trace_place);
}

/* A folder for the trace's files, emptied after each. */
static struct output_folder *trace_folder(void)
{
	static struct output_folder *folder;
	char path[sizeof(trace_place) + sizeof("/trace")];
	struct tape_error why;

	if (folder)
		return folder;
	if (!mkdtemp(trace_place) || atexit(remove_place))
		abort();
	snprintf(path, sizeof(path), "%s/trace", trace_place);
	folder = output_folder_open(path, &why);
	if (!folder)
		abort();
	return folder;
}

/* Packets that fill the file, each as long as it says. */
static void judge_stream(int fd)
{
	enum { HEAD = 76, SIZE = 48 };
	char head[HEAD];
	uint64_t size;
	uint32_t magic;
	off_t at = 0, end = lseek(fd, 0, SEEK_END);

	while (at < end) {
		if (pread(fd, head, HEAD, at) != HEAD)
			refuse("a packet that is cut", "", 0);
		memcpy(&magic, head, sizeof(magic));
		memcpy(&size, head + SIZE, sizeof(size));
		if (magic != 0xc1fc1fc1 || size < 8 * HEAD || size % 8 ||
		    size / 8 > (uint64_t)(end - at))
			refuse("a packet of a wrong size", "", 0);
		at += (off_t)(size / 8);
	}
}

static void judge_ctf(const struct text *out)
{
	int folder = openat(output_folder_descriptor(trace_folder()), ".", O_RDONLY | O_DIRECTORY);
	DIR *list = folder >= 0 ? fdopendir(folder) : NULL;
	const struct dirent *entry;

	if (!list)
		abort();
	while ((entry = readdir(list))) {
		int fd = *entry->d_name == '.' ? -1 : openat(folder, entry->d_name, O_RDONLY);

		if (fd < 0)
			continue;
		if (strcmp(entry->d_name, "metadata") != 0)
			judge_stream(fd);
		close(fd);
		unlinkat(folder, entry->d_name, 0);
	}
	closedir(list);
	if (out->used || out->error)
		refuse("an error of the trace", strerror(-out->error), 30);
}

static void judge_seccomp(const struct text *out)
{
	struct json_tokener *tokener = json_tokener_new_ex(DEPTH);
	struct json_object *profile, *names;

	if (!tokener)
		abort();
	json_tokener_set_flags(tokener, JSON_TOKENER_STRICT);
	if (!out->used) {
		json_tokener_free(tokener);
		return;
	}
	profile = parse(tokener, out->data, out->used - 1);
	names = json_object_object_get(
		json_object_array_get_idx(json_object_object_get(profile, "syscalls"), 0), "names");
	for (size_t i = 0; i < json_object_array_length(names); i++) {
		const char *name = json_object_get_string(json_object_array_get_idx(names, i));

		if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ")])
			refuse("a strange name", name, strlen(name));
	}
	json_object_put(profile);
	json_tokener_free(tokener);
}

/* What stands behind a `<` or `</`, up to a blank or `>`. */
static void judge_tag(const char *at, const char *end)
{
	static const char tags[] = " a b bdi body code div em figcaption figure h1 h2 h3 header i "
				   "li main nav ol p path script section small span svg table "
				   "tbody td text tfoot th thead tr ul ";
	char word[16] = " ";
	size_t size = 1;

	for (at += *at == '/'; at < end && *at != ' ' && *at != '>' && size < 14; at++)
		word[size++] = *at;
	word[size] = ' ';
	if (!strstr(tags, word))
		refuse("a tag of the tape's", at, (size_t)(end - at));
}

/* A page: ASCII; between its head and its own script nothing but its own tags and references. */
static void judge_html(const struct text *out)
{
	static const char script[] = "<script>", body[] = "<body>";
	const char *end = out->data + out->used, *at, *stop;

	if (!out->used)
		return;
	for (at = out->data; at < end; at = stop + 1) {
		stop = memchr(at, '\n', (size_t)(end - at));
		if (!stop)
			refuse("no end of a line", at, (size_t)(end - at));
		for (const char *c = at; c < stop; c++)
			if ((*c < ' ' && *c != '\t') || *c > '~')
				refuse("a byte that is not ASCII", at, (size_t)(stop - at));
	}
	at = memmem(out->data, out->used, body, sizeof(body) - 1);
	stop = at ? memmem(at, (size_t)(end - at), script, sizeof(script) - 1) : NULL;
	if (!stop)
		refuse("no page", out->data, out->used);
	for (; at < stop; at++) {
		if (*at == '<')
			judge_tag(at + 1, stop);
		if (*at == '&' && !memchr(at, ';', 9))
			refuse("an open reference", at, 9);
	}
}

static const struct output {
	const char *format;
	void (*judge)(const struct text *out);
} outputs[8] = {
	{ "json", judge_lines }, { "html", judge_html },  { "chrome", judge_chrome },
	{ "csv", judge_csv },	 { "json", judge_lines }, { "seccomp", judge_seccomp },
	{ "ctf", judge_ctf },	 { "csv", judge_csv },
};

void one_tape(struct tape_reader *reader, uint32_t bits)
{
	/* Seeds have process ids that are near each other. */
	const struct output *output = &outputs[bits * 0x9e3779b1u >> 29];
	const struct renderer *renderer = renderer_by_name(output->format);
	static const unsigned int details[] = { SHOW_DETAILS, SHOW_PATHS, 0, SHOW_SOCKETS };
	static const pid_t pids[] = { 1, 2 };
	struct render_options options = {
		.descriptors = details[bits & 3],
		.string_size = bits & 4 ? bits >> 24 : UINT32_MAX,
		.json_safe = bits & 8,
		.header = true,
		.comms = bits & 16,
		.pids_translated = bits & 32,
		.program = bits & 16 && bits & 32 ? "sample" : NULL,
	};
	struct stream_filter filter = {
		.pids = pids,
		.pid_count = bits & 64 && bits & 128 ? 2 : 0,
		.failed_only = bits & 256 && bits & 512,
		.limit = bits & 1024 && bits & 2048 ? 3 : 0,
	};
	struct stream *stream = stream_new(reader, &filter);
	const struct output_rules rules = { .group = (gid_t)-1 };
	struct render r = { .options = &options, .folder = trace_folder(), .rules = &rules };
	struct tape_error why = { "" };
	struct text out;

	if (!stream || text_open(&out, -1))
		abort();
	r.out = &out;
	r.facts = stream_facts(stream);
	r.counts = stream_counts(stream);
	stream_run(stream, renderer, &r, &why);
	if (renderer->finish)
		renderer->finish(&r, !*why.text, &why);
	output->judge(&out);
	text_close(&out);
	stream_free(stream);
}
