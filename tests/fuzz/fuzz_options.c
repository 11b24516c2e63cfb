// SPDX-License-Identifier: GPL-2.0-or-later
/* Command lines: words between NULs or newlines; the first byte chooses the program. What they
 * print goes nowhere. */
#include "decode/options.h"
#include "tests/fuzz/tape_mutator.h"
#include "tracer/options/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS = 32,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *argv[WORDS + 2] = { (char *)"systape" }, *text, *save = NULL;
	int argc = 1;

	if (!size || size > 400)
		return 0;
	text = strndup((const char *)bytes + 1, size - 1);
	for (char *w = strtok_r(text, "\n", &save); w && argc <= WORDS;
	     w = strtok_r(NULL, "\n", &save))
		argv[argc++] = w;
	optind = 0; /* getopt begins anew */
	if (*bytes & 1) {
		struct decode_options o;

		decode_options_parse(&o, argc, argv);
		decode_options_free(&o);
	} else {
		struct options o;

		options_parse(&o, argc, argv);
		options_free(&o);
	}
	program_invocation_name = (char *)"systape"; /* an option may have said what it is */
	free(text);
	return 0;
}
