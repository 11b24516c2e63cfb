/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * judge: what the fuzz targets demand of outputs alike. What is refused ends the program with a
 * sentence and the place, which libFuzzer takes for a finding.
 */
#ifndef SYSTAPE_JUDGE_H
#define SYSTAPE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

void __attribute__((noreturn)) refuse(const char *why, const char *line, size_t size);
/* Where the line of printable ASCII ends; `returns`: with a carriage return before its end. */
const char *judge_line(const char *at, const char *end, bool returns);
/* A line is an object of strict JSON, for a parser of others (json-c). */
void judge_json(const char *line, size_t size);

#endif
