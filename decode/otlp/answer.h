/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answer: what a server says of a batch in the body of its answer. The bytes are anybody's. */
#ifndef SYSTAPE_OTLP_ANSWER_H
#define SYSTAPE_OTLP_ANSWER_H

#include <stddef.h>
#include <stdint.h>

struct answer {
	uint64_t rejected;   /* records, of a batch that has been taken otherwise */
	const char *message; /* NULL: it says nothing; into the bytes, without a NUL */
	size_t size;
};

/* Of a batch that has been taken: an ExportTraceServiceResponse, or that of logs. What is none says
 * nothing. */
struct answer answer_of_success(const void *body, size_t size);
/* Of another one: a google.rpc.Status, or text. */
struct answer answer_of_failure(const void *body, size_t size);

#endif
