/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sqlite_state: what the parts of the SQLite renderer have in common. */
#ifndef SYSTAPE_SQLITE_STATE_H
#define SYSTAPE_SQLITE_STATE_H

#include "decode/json/json_values.h"
#include "decode/sqlite/database.h"
#include "decode/sqlite/entities.h"
#include "decode/sqlite/row_batch.h"
#include "decode/stat/stat_keys.h"

struct sqlite {
	struct database database;
	struct entities entities;
	struct stat_strings *strings; /* of: */
	struct stat_source source;    /* which file a call is about */
	struct show show;
	struct json_values values;
	struct text bytes, more; /* for a row at hand */
	struct row_batch call_rows, argument_rows;
	bool open;	    /* a capture has begun, and has not ended: */
	sqlite3_int64 tape; /* rows so far, and of calls: */
	uint64_t calls;
	struct sqlite_counts {
		uint64_t calls, failed, unfinished, signals, processes, probes, losses;
		uint64_t lost_calls, lost_enters, lost_events, missing_records, missing_parts;
	} counts; /* of this capture's rows */
};

#endif
