// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Probes, from both ends. Even first byte: a list of events as -e takes it, taken apart into its
 * values and conditions. Odd: up to a NUL, what a tape says of a probe; behind it, the data of a
 * hit, shown in every way.
 */
#include "decode/events/probe.h"
#include "decode/values/show_probe.h"
#include "tests/fuzz/tape_mutator.h"
#include "tracer/probes/probe_spec.h"
#include "tracer/probes/usdt_operand.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void take_apart(const char *text)
{
	static const char *const args[] = { "%di", "%si", NULL, "+0(%sp)" };
	struct probe_spec spec;
	struct tape_error why;
	char expression[100];

	if (!probe_spec_parse(&spec, text, &why)) {
		for (size_t i = 0; i < spec.fetches; i++)
			if (spec.fetch[i].expression)
				probe_spec_expression(spec.fetch[i].expression, args, 4, expression,
						      sizeof(expression));
		if (probe_spec_is_pattern(spec.place) && *spec.place != '/')
			probe_spec_matches(spec.place, "do_sys_openat2");
	} else if (!memchr(why.text, 0, sizeof(why.text))) {
		abort();
	}
	probe_spec_free(&spec);
}

/* One symbol, wherever it is asked for. */
static bool find(void *context, const char *name, uint64_t *address)
{
	(void)context;
	*address = 0x4010;
	return *name == 's';
}

/* The same text as the arguments of a static probe. */
static void read_operands(const char *text)
{
	struct usdt_program program = { .base = 0x1000, .symbol = find };
	struct usdt_operand operand;

	for (size_t length; *text; text += length + (text[length] == ' ')) {
		length = strcspn(text, " ");
		program.fixed = length & 1;
		usdt_operand_read(&operand, text, length, &program);
		if (!operand.why == !*operand.expression)
			abort();
	}
}

static void read_list(char *text)
{
	read_operands(text);
	for (size_t length; *text; text += length) {
		char *event, *other, end;

		length = probe_spec_length(text);
		end = text[length];
		text[length] = '\0';
		other = probe_spec_alias(text, length);
		event = other ? other : text;
		if (probe_spec_is(event))
			take_apart(event);
		free(other);
		text[length] = end;
		length += end == ',';
	}
}

static void check(struct text *out)
{
	for (size_t i = 0; i < out->used; i++)
		if ((out->data[i] < ' ' || out->data[i] > '~') && out->data[i] != '\n')
			abort();
	text_close(out);
}

static void show_hit(const char *text, size_t length, const uint8_t *data, size_t size)
{
	struct probe_format *format = probe_format_parse(text, length);
	struct trace_probe *hit = calloc(1, sizeof(*hit) + size);
	struct note note = { .kind = NOTE_PROBE, .format = format, .hit = hit };
	struct probe_value value;
	struct text out;

	hit->size = size;
	memcpy(hit + 1, data, size);
	text_open(&out, -1);
	if (format) {
		show_probe(&out, &note, size % 3);
		for (size_t i = 0; i < format->count; i++)
			if (probe_value(format, i, hit, &value))
				show_probe_hex(&out, &value, "|");
	}
	check(&out);
	probe_format_free(format);
	free(hit);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text;
	size_t length;

	if (!size || size > 1000)
		return 0;
	text = strndup((const char *)bytes + 1, size - 1);
	length = strlen(text);
	if (!(*bytes & 1))
		read_list(text);
	else if (length + 1 < size)
		show_hit(text, length, bytes + length + 2, size - length - 2);
	free(text);
	return 0;
}
