/* SPDX-License-Identifier: GPL-2.0-or-later */
/* json_probe: the values of a probe that was hit. For renderers. */
#ifndef SYSTAPE_JSON_PROBE_H
#define SYSTAPE_JSON_PROBE_H

#include "decode/json/json_values.h"

/* An object whose one member is "values"; json_values_end follows. */
void json_probe_values(struct show *show, const struct note *note);

#endif
