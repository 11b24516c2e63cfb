/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tid_table: finds what somebody knows of a thread by its tid: a hash table whose entries are the
 * first member of the caller's structure, which the caller allocates and frees. Used by the stream
 * of the decoders and the assembler of the recorder.
 */
#ifndef SYSTAPE_TID_TABLE_H
#define SYSTAPE_TID_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct tid_entry {
	struct tid_entry *next; /* in its bucket */
	uint32_t tid;
};

struct tid_table {
	struct tid_entry **buckets;
	struct tid_entry *last; /* found most recently: often asked for again */
	size_t mask, count;	/* of buckets, of entries */
};

/* 0 or -ENOMEM. */
int tid_table_init(struct tid_table *table);
/* Frees the table, not the entries; one that is zero, too. */
void tid_table_end(struct tid_table *table);
/* The entry, or NULL. */
struct tid_entry *tid_table_find(struct tid_table *table, uint32_t tid);
/* Adds an entry; none with this tid may be there. */
void tid_table_add(struct tid_table *table, struct tid_entry *entry, uint32_t tid);
/* Takes an entry out: it is the caller's. NULL if there is none. */
struct tid_entry *tid_table_take(struct tid_table *table, uint32_t tid);
/* The entry behind this one, or the first one for NULL; NULL if there is no other. */
struct tid_entry *tid_table_next(const struct tid_table *table, const struct tid_entry *entry);

#endif
