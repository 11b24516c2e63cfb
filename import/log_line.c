// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_line.h"

void log_line_parse(struct log_line *l, const struct log_words *words, const char *text,
		    size_t size)
{
	*l = (struct log_line){ .text = text, .size = size, .latency = TRACE_NO_LATENCY };
	log_lead_parse(l);
	log_body_parse(l, words);
}
