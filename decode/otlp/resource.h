/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resource: what all records of a tape are of: the machine, and the service that OTEL_SERVICE_NAME
 * and OTEL_RESOURCE_ATTRIBUTES name. */
#ifndef SYSTAPE_OTLP_RESOURCE_H
#define SYSTAPE_OTLP_RESOURCE_H

#include "decode/events/event.h"
#include "decode/text/text.h"

/* A Resource into `text`, which is kept. False: OTEL_RESOURCE_ATTRIBUTES is no list of KEY=VALUE,
 * and left out. */
bool resource_put(struct text *text, const struct tape_facts *facts);

#endif
