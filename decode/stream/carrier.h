/* SPDX-License-Identifier: GPL-2.0-or-later */
/* carrier: puts the call that i386's socketcall, ipc or old select carries in place of them, as
 * tracers show it. Part of the stream. */
#ifndef SYSTAPE_CARRIER_H
#define SYSTAPE_CARRIER_H

#include "decode/events/tape_facts.h"

/* The records of the call must be there. Nothing changes where the arguments were not captured. */
void carrier_open(struct facts *facts, struct call *call);

#endif
