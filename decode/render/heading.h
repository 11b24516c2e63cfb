/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * heading: the line before each capture where several are shown as text one after another, as head
 * and tail have it before files: `==> HOST, TIME <==`, the time at which it began, RFC 3339 in UTC.
 * For renderers whose lines do not name the host.
 */
#ifndef SYSTAPE_HEADING_H
#define SYSTAPE_HEADING_H

#include "decode/stream/renderer.h"

/* The host of the capture at hand, or words that it is not known. The tape's bytes: to be escaped.
 */
const char *heading_host(const struct render *render);
/* The line, to render->out; nothing where there is one capture, or where headers are not wanted. */
void heading_put(struct render *render);

#endif
