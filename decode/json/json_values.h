/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * json_values: the writer that makes JSON of what families say: the arguments of a call as one
 * object, by name and in order. Integers are integers, with all 64 bits; flags
 * {"value":1,"flags":["A"]}; constants {"value":1,"name":"B"}; structures objects; arrays arrays; a
 * pointer, or memory that is not there, {"address":"0x.."}; what is known beside a value stands
 * beside its "value". Bytes that are not UTF-8 are {"bytes":"hex digits"}; of longer ones the first
 * stand in "value" or "bytes" and "size" says how many there were, null for nobody knows. No object
 * has a key twice: the second is key_2.
 */
#ifndef SYSTAPE_JSON_VALUES_H
#define SYSTAPE_JSON_VALUES_H

#include "decode/values/values.h"

enum {
	JSON_DEPTH = 48,   /* groups within each other; deeper ones are null */
	JSON_KEYS = 32,	   /* of an object that are known by their hashes */
	JSON_MEMBERS = 16, /* of the arguments' object, whose places are kept */
};

struct json_level {
	size_t start;		 /* of the value in the slot at hand */
	uint16_t closing;	 /* braces that this value needs at its end */
	bool open;		 /* the slot waits for its value */
	bool named;		 /* there has been a slot */
	bool beside;		 /* the value is an object that takes what is beside it */
	bool mix;		 /* parts of a number, most of them names */
	size_t begins;		 /* where the first of them, or the first key, is */
	uint8_t end;		 /* what closes the group, 0 for nothing */
	uint64_t seen;		 /* a bit of each of their hashes */
	uint8_t keys;		 /* that the object has; from JSON_KEYS on, there may be others */
	uint32_t key[JSON_KEYS]; /* their hashes */
};

struct json_values {
	struct text text;    /* the JSON: an object of the arguments */
	struct text details; /* an object of what is told behind the result; may be empty */
	size_t details_from; /* of `text`, while they are written */
	struct text stray;   /* what was written as plain text past the writer: {"text":...} */
	bool safe;	     /* integers that a double cannot hold are strings */
	size_t member[JSON_MEMBERS]; /* of `text`: where the keys of the outermost object are */
	unsigned int members;	     /* may be more than are kept */
	int depth, skipped;	     /* levels in use; groups that are too deep to be shown */
	struct json_level level[JSON_DEPTH];
};

/* Makes `show` write JSON, into json->text; 0 or -ENOMEM. `show` is prepared already. `safe`: for
 * readers whose numbers are doubles, integers beyond 2^53 are strings. */
int json_values_open(struct json_values *json, struct show *show, bool safe);
void json_values_close(struct json_values *json);
/* A level without keys, whose value begins at `start`; the hashes are none of its business. */
static inline void json_level_begin(struct json_level *level, size_t start, char end, bool open)
{
	level->start = level->begins = start;
	level->closing = 0;
	level->open = open;
	level->named = level->beside = level->mix = false;
	level->end = (uint8_t)end;
	level->seen = 0;
	level->keys = 0;
}

/* Begins anew, with the object that takes arguments; ends it. */
void json_values_begin(struct show *show);
void json_values_end(struct show *show);

#endif
