/* SPDX-License-Identifier: GPL-2.0-or-later */
/* strace_lead: what stands before a line of the strace renderer: pid, times, number of the call.
 * Only strace*.c use it. */
#ifndef SYSTAPE_STRACE_LEAD_H
#define SYSTAPE_STRACE_LEAD_H

#include "decode/stream/renderer.h"

struct strace_lead {
	uint64_t last;	  /* time of the line before, 0 if there was none */
	uint64_t ip;	  /* for -i: of the call whose line it is, 0 if not known */
	bool compat;	  /* of 32 bits */
	const char *comm; /* for -Y, NULL if not known */
	uint32_t threads; /* that are there, as far as is known; 0: none was counted yet */
	uint32_t tid;	  /* of the line before, and its digits: often the next line's, too */
	uint8_t tid_size;
	char tid_text[10];
};

/* `time` on the tape's clock, `nr` of the thread's last call. */
void strace_lead(struct strace_lead *lead, const struct render *render, struct text *out,
		 uint32_t tid, uint64_t time, uint32_t nr);
/* Seconds with so many digits behind the point: 1.000012. */
void strace_seconds(struct text *out, uint64_t ns, int digits);

#endif
