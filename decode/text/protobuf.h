/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * protobuf: writes messages of Protocol Buffers into a text that is kept: numbers as varints,
 * bytes, and messages within messages, whose length is filled in when they are closed.
 */
#ifndef SYSTAPE_PROTOBUF_H
#define SYSTAPE_PROTOBUF_H

#include "decode/text/text.h"

/* The field's number, and its value. */
void protobuf_number(struct text *text, uint32_t field, uint64_t value);
void protobuf_fixed64(struct text *text, uint32_t field, uint64_t value);
void protobuf_bytes(struct text *text, uint32_t field, const void *bytes, size_t size);
/* Bytes of a tape in a field that has to be UTF-8: what is not becomes \xHH. */
void protobuf_string(struct text *text, uint32_t field, const char *bytes, size_t size);
/* A message, or a string that is written behind it: what protobuf_close is given. */
size_t protobuf_open(struct text *text, uint32_t field);
void protobuf_close(struct text *text, size_t opened);

#endif
