/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_strings: the strings of a JSON text that somebody else has written, read by json-c. Used by
 * container_state. */
#ifndef SYSTAPE_JSON_STRINGS_H
#define SYSTAPE_JSON_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

/* `path` is the way there: names and numbers of elements with slashes between them, like
 * "Config/Hostname" or "0/names/1". */
typedef void json_strings_each(void *context, const char *path, const char *value);

/* Whether this build can; else json_each_string finds none. */
bool json_strings_available(void);

/* In the order in which they stand; those with a NUL or too long a path are left out. `text` has a
 * NUL behind its `size` bytes. False, and none found: it is not JSON, or too deep. */
bool json_each_string(const char *text, size_t size, json_strings_each *each, void *context);

#endif
