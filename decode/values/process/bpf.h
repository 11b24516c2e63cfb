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
	FORM_INTERFACE = FORM_OTHER + 1,
	FORM_STRING,  /* a pointer to one */
	FORM_LOG,     /* the same, as it was before the call */
	FORM_VERSION, /* of the kernel */
	FORM_CODE,    /* a pointer to instructions: as many as the field insn_cnt says */
	FORM_BYTES,   /* a pointer to bytes: as many as the field btf_size says */
	FORM_NEXT,    /* a number that the call finds */
};

struct bpf_field {
	const char *name;
	uint16_t at;
	uint8_t size, form;
	const char *table;
	uint32_t needs; /* bits of map_flags or of flags without which it says nothing */
};

struct bpf_command {
	uint32_t number;
	const char *wrapper; /* the structure within, if it has a name */
	uint16_t least;	     /* fields before this are always shown */
	const struct bpf_field *fields;
};

/* NULL for others than those that are known. */
const struct bpf_command *bpf_command(uint32_t number);

#endif
