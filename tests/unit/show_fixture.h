/* SPDX-License-Identifier: GPL-2.0-or-later */
/* show_fixture: a call without arguments and what a struct show needs beside it, for tests of the
 * writers. A fixture has one as its member `of`. */
#ifndef SYSTAPE_TESTS_SHOW_FIXTURE_H
#define SYSTAPE_TESTS_SHOW_FIXTURE_H

#include "decode/events/tape_facts.h"
#include "decode/values/show_families.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct show_fixture {
	struct facts facts;
	struct trace_header header;
	struct render_options options;
	struct call call;
	struct text words;
};

static inline void show_fixture_open(struct show_fixture *f)
{
	f->call = (struct call){ .name = "none", .args_known = true, .state = CALL_DONE };
	f->options = (struct render_options){ .string_size = 32 };
	assert_true(tape_facts_init(&f->facts, &f->header));
	assert_int_equal(text_open(&f->words, -1), 0);
}

static inline void show_fixture_show(struct show_fixture *f, struct show *show)
{
	assert_int_equal(
		show_init(show, &f->words, &f->options, &f->facts.public, show_families, NULL), 0);
	show->call = &f->call;
}

static inline void show_fixture_close(struct show_fixture *f)
{
	text_close(&f->words);
	tape_facts_free(&f->facts);
}

#endif
