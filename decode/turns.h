/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * turns: several processes read the same tapes, and by turns each shows a share of what is on them:
 * the output is that of one, in the tape's order. Each pairs all calls and follows all descriptors
 * for itself, which a renderer costs several times; nothing but whose turn it is goes from one to
 * the next, in a ring of pipes. For renderers that are `divisible`, from files into one output.
 */
#ifndef SYSTAPE_DECODE_TURNS_H
#define SYSTAPE_DECODE_TURNS_H

#include "decode/capture_files.h"
#include "decode/stream/renderer.h"

struct turns;

/*
 * From here on there are `count` processes (2 to 64), which go on alike; the files are open in each
 * for itself. Before threads are started and the sandbox is entered. NULL: there is one, as before,
 * because a file is a pipe or something else that cannot be opened again, or for want of resources.
 */
struct turns *turns_start(unsigned int count, const struct capture_files *files);
/* Whether this one speaks for all, and ends last. */
bool turns_speaks(const struct turns *turns);
/* What has the renderer show the share of this process. `render`, whose `out` is open, is bound to
 * it; the result lives as long as `turns`. */
const struct renderer *turns_renderer(struct turns *turns, const struct renderer *inner,
				      struct render *render);
/*
 * Behind the last event, with the error of this process, a negative errno or 0: the other processes
 * end here, in the one that speaks it returns the first error of any, or 0, and `why` may take a
 * sentence.
 */
int turns_finish(struct turns *turns, struct render *render, int error, struct tape_error *why);
void turns_free(struct turns *turns);

#endif
