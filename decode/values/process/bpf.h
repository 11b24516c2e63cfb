/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf: which fields each command of bpf has in the structure that all share. bpf.c prints
 * them.
 */
#ifndef SYSTAPE_BPF_H
#define SYSTAPE_BPF_H

#include <stdint.h>

enum bpf_form {
	UNSIGNED,
	HEX,
	POINTER,
	FD,
	FLAGS, /* of `table` */
	ENUM,
	INTERFACE,
	NAME,	 /* 16 characters */
	TEXT,	 /* a pointer to a string */
	LOG,	 /* the same, as it was before the call */
	VERSION, /* of the kernel */
	CODE,	 /* a pointer to instructions; the field before it says how many */
	BYTES,	 /* a pointer to so many bytes as `table` stands for: the field btf_size */
	NEXT,	 /* a number that the call finds */
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
