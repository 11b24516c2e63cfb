/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf: which fields each command of bpf has in the structure that all share. bpf.c prints
 * them.
 */
#ifndef SYSTAPE_BPF_H
#define SYSTAPE_BPF_H

#include "decode/values/show_fields.h"

/* What a field may be besides the forms of show_fields.h; FORM_TEXT: until a NUL. */
enum bpf_form {
	FORM_INTERFACE = FORM_FIELDS + 1,
	FORM_STRING, /* a pointer to one */
	FORM_LOG,  /* the same, as it was before the call, if the 32 bits at `count` give it room */
	FORM_NODE, /* of NUMA */
	FORM_VERSION, /* of the kernel */
	FORM_CODE,    /* a pointer to instructions: as many as the field insn_cnt says */
	FORM_BYTES,   /* a pointer to as many bytes as the 32 bits at `count` say */
	FORM_NEXT,    /* a number that the call finds */
	FORM_LIST,    /* a pointer to as many elements as the 32 bits at `count` say */
};

struct bpf_field {
	const char *name;
	uint16_t at;
	uint8_t size, form;
	const char *table;
	uint32_t needs; /* bits of map_flags or of flags without which it says nothing */
	uint16_t count;
	bool unless_0; /* not shown when it is 0; a log without room is an address */
	uint16_t from; /* shown if the size is beyond this: with the field before it. 0: beyond `at`
			*/
};

struct bpf_command {
	uint32_t number;
	const char *wrapper; /* the structure within, if it has a name */
	uint16_t least;	     /* fields before this are always shown */
	const struct bpf_field *fields;
};

/* What link_create has for one type of attachment, behind the fields that all have. */
struct bpf_link {
	uint32_t type, last; /* of the types from the one to the other */
	const char *name;    /* of the structure; NULL if the fields are link_create's own */
	const struct bpf_field *fields;
};

/* What a link of the type with these flags has; NULL for nothing. */
const struct bpf_link *bpf_link(uint32_t type, uint32_t flags);
/* What is attached to: an interface for some types, else `target`. */
const struct bpf_field *bpf_link_target(uint32_t type, const struct bpf_field *target);

/* What is attached before or behind, by an id for some flags, else `relative`. */
const struct bpf_field *bpf_relative(uint32_t flags, const struct bpf_field *relative);

/* NULL for others than those that are known. */
const struct bpf_command *bpf_command(uint32_t number);

#endif
