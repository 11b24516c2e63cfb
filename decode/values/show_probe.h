/* SPDX-License-Identifier: GPL-2.0-or-later */
/* show_probe: a hit of a probe as text: name(value, ...). The renderers call it. */
#ifndef SYSTAPE_SHOW_PROBE_H
#define SYSTAPE_SHOW_PROBE_H

#include "decode/events/event.h"
#include "decode/text/text.h"

/* `kprobe:vfs_read(count=100, name="x")` */
void show_probe(struct text *out, const struct note *note, enum text_quoting quoting);
/* One value: a number, [1, 2], "text". */
void show_probe_value(struct text *out, const struct probe_value *value, enum text_quoting quoting);
/* The same for the hex formats: 16 digits (several with commas between), or text that is escaped.
 */
void show_probe_hex(struct text *out, const struct probe_value *value, const char *separator);

#endif
