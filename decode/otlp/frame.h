/* SPDX-License-Identifier: GPL-2.0-or-later */
/* frame: what stands before each batch on its way from the process that decodes to the one that
 * sends. Written by batch, read by sender. */
#ifndef SYSTAPE_OTLP_FRAME_H
#define SYSTAPE_OTLP_FRAME_H

#include <stdint.h>

enum otlp_signal { OTLP_TRACES, OTLP_LOGS, OTLP_SIGNALS };

enum {
	/* Servers take 4 MiB; the rest is for what may be put around a batch on its way. */
	OTLP_BATCH_MOST = (4 << 20) - (64 << 10),
};

struct otlp_frame {
	uint32_t signal; /* enum otlp_signal */
	uint32_t records;
	uint32_t size; /* bytes of the message that follows */
};

#endif
