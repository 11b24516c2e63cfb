// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_image.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 64 << 20 }; /* bytes of an object */

static const unsigned char built_in[] __attribute__((aligned(8))) = {
#include "systape_bpf.h"
};

static int read_all(int fd, struct bpf_image *image)
{
	size_t done = 0;

	while (done < image->size) {
		ssize_t n = read(fd, image->at + done, image->size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n < 0 ? -errno : -EIO;
		done += (size_t)n;
	}
	return 0;
}

static int read_file(struct bpf_image *image, const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC), error;
	struct stat st;

	if (fd < 0)
		return -errno;
	error = fstat(fd, &st) ? -errno : st.st_size <= 0 || st.st_size > MOST ? -EINVAL : 0;
	if (!error) {
		image->size = (size_t)st.st_size;
		image->at = malloc(image->size);
		error = image->at ? read_all(fd, image) : -ENOMEM;
	}
	close(fd);
	return error;
}

static int copy_built_in(struct bpf_image *image)
{
	image->size = sizeof(built_in);
	image->at = malloc(image->size);
	if (!image->at)
		return -ENOMEM;
	memcpy(image->at, built_in, image->size);
	return 0;
}

/* The setting that a constant of the program's asks for; false: it asks for none. */
static bool find_setting(const struct bpf_settings *settings, uint32_t which, uint64_t *value)
{
	size_t at = which & 0xffff, size = which >> 16;

	*value = 0;
	if (!size || size > sizeof(*value) || at + size > sizeof(*settings))
		return false;
	memcpy(value, (const char *)settings + at, size);
	return true;
}

/* See `setting` in bpf_maps.h: a load of a 64-bit constant, two instructions long. Sections of code
 * are aligned. How many there were. */
static size_t place_settings(struct bpf_image *image, const struct bpf_settings *settings)
{
	struct bpf_insn two[2];
	size_t count = 0;
	uint64_t value;

	for (size_t at = 0; at + sizeof(two) <= image->size; at += sizeof(*two)) {
		memcpy(two, image->at + at, sizeof(two));
		if (two[0].code != (BPF_LD | BPF_IMM | BPF_DW) || two[0].src_reg || two[0].off ||
		    two[1].code || two[1].imm != PLAN_SETTING ||
		    !find_setting(settings, (uint32_t)two[0].imm, &value))
			continue;
		two[0].imm = (int32_t)(uint32_t)value;
		two[1].imm = (int32_t)(uint32_t)(value >> 32);
		memcpy(image->at + at, two, sizeof(two));
		count++;
	}
	return count;
}

int bpf_image_open(struct bpf_image *image, const char *file, const struct bpf_settings *settings,
		   struct tape_error *why)
{
	int error;

	*image = (struct bpf_image){ .at = NULL };
	error = file ? read_file(image, file) : copy_built_in(image);
	if (error)
		snprintf(why->text, sizeof(why->text), "cannot open the BPF object %s: %s",
			 file ? file : "(built in)", strerror(-error));
	else if (!place_settings(image, settings)) {
		error = -EINVAL;
		snprintf(why->text, sizeof(why->text), "the BPF object %s is not systape's",
			 file ? file : "(built in)");
	}
	return error;
}

void bpf_image_close(struct bpf_image *image)
{
	free(image->at);
	image->at = NULL;
}
