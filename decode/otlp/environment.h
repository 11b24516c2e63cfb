/* SPDX-License-Identifier: GPL-2.0-or-later */
/* environment: the variables OTEL_..., which exporters of OpenTelemetry have in common. Called by
 * resource and delivery. */
#ifndef SYSTAPE_OTLP_ENVIRONMENT_H
#define SYSTAPE_OTLP_ENVIRONMENT_H

#include "decode/otlp/frame.h"

#include <stdbool.h>
#include <stddef.h>

/* OTEL_EXPORTER_OTLP_TRACES_NAME (or LOGS), else OTEL_EXPORTER_OTLP_NAME; NULL: neither is set, or
 * both are empty. *own tells that it is the first one; may be NULL. */
const char *environment_setting(enum otlp_signal signal, const char *name, bool *own);
/* The variable, NULL if it is not set or empty. */
const char *environment_value(const char *variable);

/*
 * `key=value,key=value`, bytes of the values as %HH: hands each to `take`, which may refuse. False
 * if that did, or the list is none; what came before has been handed over then.
 */
bool environment_list(const char *list,
		      bool (*take)(void *context, const char *key, const char *value),
		      void *context);
/* Overwrites what a process that decodes tapes is not to have: headers may be secrets. */
void environment_forget(void);

#endif
