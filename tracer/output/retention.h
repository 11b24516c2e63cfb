/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * retention: the numbered files of a rotation, or of the dumps of a flight recorder: makes the next
 * one, removes the oldest. The folder is held from the beginning: whoever puts another one in its
 * place later gets no tape. The recording calls it.
 */
#ifndef SYSTAPE_RETENTION_H
#define SYSTAPE_RETENTION_H

#include "format/output/output_file.h"
#include "format/tape/tape_writer.h"

struct retention;

/* For files PATH.000000 and so on, the newest `keep` of which stay (0: all), those that are there
 * already among them. `path` and `rules` stay the caller's. NULL with a sentence. */
struct retention *retention_open(const char *path, uint64_t keep, const struct output_rules *rules,
				 struct tape_error *why);
/* NULL accepted; the files stay. */
void retention_close(struct retention *retention);

/* Makes the next file: a descriptor, or a negative errno with a sentence. */
int retention_begin(struct retention *retention, struct tape_error *why);
/* Removes the file that was made last. */
void retention_undo(struct retention *retention);
/* Removes old ones until `more` new ones have room. */
void retention_trim(struct retention *retention, uint64_t more);

/* What is in the file that was made last, whose tape is finished; and what is in all that were made
 * here and kept. */
void retention_count(struct retention *retention, const struct tape_totals *totals);
struct tape_totals retention_kept(const struct retention *retention);

/* The path of the file that was made last, `back` files before it; to be freed. NULL without one.
 */
char *retention_path(const struct retention *retention, size_t back);
/* The files that were made here and kept, and the path itself if `whole`, as text to be freed; NULL
 * without any. */
char *retention_where(const struct retention *retention, bool whole);

#endif
