/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bpf_image: the bytes of the object with the program, in whose code the settings stand as numbers.
 * In a map they would be known to the verifier as well, which removes what cannot happen, but not
 * the load: each call would read lines of memory for nothing. Used by bpf_object.
 */
#ifndef SYSTAPE_BPF_IMAGE_H
#define SYSTAPE_BPF_IMAGE_H

#include "format/tape/tape_reader.h"
#include "tracer/plan/bpf_plan.h"

#include <stddef.h>

struct bpf_image {
	unsigned char *at;
	size_t size;
};

/* Of the object in this file, or (NULL) the one that is built in. 0, or a negative errno and why.
 */
int bpf_image_open(struct bpf_image *image, const char *file, const struct bpf_settings *settings,
		   struct tape_error *why);

void bpf_image_close(struct bpf_image *image);

#endif
