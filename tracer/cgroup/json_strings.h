/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_strings: the strings of a JSON text that somebody else has written. Used by container_state.
 */
#ifndef SYSTAPE_JSON_STRINGS_H
#define SYSTAPE_JSON_STRINGS_H

#include <stdbool.h>
#include <stddef.h>

/* `path` is the way there: names and numbers of elements with slashes between them, like
 * "Config/Hostname" or "0/names/1". Escaped characters that are not ASCII are a `?` in both. */
typedef void json_strings_each(void *context, const char *path, const char *value);

/* Strings and paths that are too long are left out; false: from somewhere on it is not JSON, or too
 * deep. */
bool json_strings(const char *text, size_t size, json_strings_each *each, void *context);

#endif
