/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sender: the process that brings batches to a server. Who decodes a tape has no network; who has
 * it sees no byte of a tape but in finished batches, which it does not look into, and has no file,
 * no program and no privilege. Started by tape_session for formats that send.
 */
#ifndef SYSTAPE_DECODE_SENDER_H
#define SYSTAPE_DECODE_SENDER_H

#include "decode/options.h"

/*
 * From here on there are two processes: this returns in the one that is to decode, whose standard
 * output takes batches (decode/otlp/frame.h), once the server's address is known. The other one
 * ends as it does, or with status 1 if something was not taken, and says so. False with a sentence.
 */
bool sender_start(const struct decode_options *options, struct tape_error *why);

#endif
