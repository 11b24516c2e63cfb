/* SPDX-License-Identifier: GPL-2.0-or-later */
/* values TAPE: of each call a line: its name, its arguments as JSON, what stands behind the result
 * as JSON, and its arguments as strace's text; between TABs. cc -I. values.c build/libdecode.a
 * build/libformat.a ... */
#include "decode/json/json_values.h"
#include "decode/stream/stream.h"
#include "decode/values/show_families.h"

#include <fcntl.h>
#include <stdio.h>

struct both {
	struct show text, json;
	struct text words;
	struct json_values values;
};

static int begin(struct render *r, struct tape_error *why)
{
	struct both *b = r->state;

	(void)why;
	return text_open(&b->words, -1) ||
	       show_init(&b->text, &b->words, r->options, r->facts, show_families, NULL) ||
	       show_init(&b->json, &b->words, r->options, r->facts, show_families, NULL) ||
	       json_values_open(&b->values, &b->json, false);
}

static void put(const struct text *t)
{
	printf("\t%.*s", (int)t->used, t->data);
}

static void call(struct render *r, const struct call *c)
{
	struct both *b = r->state;

	json_values_begin(&b->json);
	show_call_args(&b->json, c);
	json_values_end(&b->json);
	printf("%s", c->name);
	put(&b->values.text);
	put(&b->values.details);
	b->words.used = 0;
	show_call_args(&b->text, c);
	put(&b->words);
	printf("\t%s\n", c->state == CALL_DONE ? "done" : "");
}

static void end(struct render *r)
{
	struct both *b = r->state;

	show_done(&b->text);
	show_done(&b->json);
	json_values_close(&b->values);
	text_close(&b->words);
}

int main(int argc, char **argv)
{
	const struct render_options options = {
		.verbose = true, .string_size = 32, .descriptors = SHOW_DETAILS, .comms = true
	};
	const struct renderer renderer = {
		.name = "values", .descriptors = true, .begin = begin, .call = call, .end = end
	};
	static const struct stream_filter all;
	struct both both = { 0 };
	struct tape_error why = { "" };
	struct tape_reader *reader;
	struct stream *stream;
	struct text nowhere;
	int status;

	reader = argc == 2 ? tape_reader_open(tape_source_fd(open(argv[1], O_RDONLY)), &why) : NULL;
	if (!reader || text_open(&nowhere, -1))
		return fprintf(stderr, "values: %s\n", why.text), 1;
	stream = stream_new(reader, &all);
	status = stream_run(stream, &renderer,
			    &(struct render){ .out = &nowhere,
					      .options = &options,
					      .facts = stream_facts(stream),
					      .state = &both },
			    &why);
	stream_free(stream);
	tape_reader_free(reader);
	text_close(&nowhere);
	return status < 0;
}
