// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/log_words.h"

#include "format/flags/flags.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	ERRORS = 600,	/* the kernel's own end at 530 */
	SLOTS = 1024,	/* a power of two */
	SIGNAL_RT = 32, /* the kernel's first real-time signal */
};

struct log_words {
	uint16_t error[SLOTS]; /* by the hash of its name, 0: none */
};

static uint32_t hash(const char *name, size_t size)
{
	uint32_t h = 0;

	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)name[i]) * 0x01000193u;
	return h ^ h >> 15;
}

/* A name in a text may have any bytes in it. */
static bool is(const char *known, const char *name, size_t size)
{
	return strlen(known) == size && !memcmp(known, name, size);
}

struct log_words *log_words_new(void)
{
	struct log_words *w = calloc(1, sizeof(*w));

	for (uint32_t error = 1; w && error < ERRORS; error++) {
		const char *name = flag_errno_name(error);
		uint32_t at = name ? hash(name, strlen(name)) : 0;

		while (name && w->error[at % SLOTS])
			at++;
		if (name)
			w->error[at % SLOTS] = (uint16_t)error;
	}
	return w;
}

void log_words_free(struct log_words *w)
{
	free(w);
}

int log_words_error(const struct log_words *w, const char *name, size_t size)
{
	for (uint32_t at = hash(name, size); w->error[at % SLOTS]; at++) {
		const char *known = flag_errno_name(w->error[at % SLOTS]);

		if (is(known, name, size))
			return w->error[at % SLOTS];
	}
	return 0;
}

int log_words_signal(const struct log_words *w, const char *name, size_t size)
{
	char digits[8] = "";

	(void)w;
	for (int signal = 1; signal < SIGNAL_RT; signal++) {
		const char *known = flag_signal_name(signal);

		if (known && is(known, name, size))
			return signal;
	}
	if (size == 8 && !memcmp(name, "SIGRTMIN", 8))
		return SIGNAL_RT;
	if (size < 7 || size > 8 || memcmp(name, "SIGRT_", 6) != 0)
		return 0;
	memcpy(digits, name + 6, size - 6);
	return SIGNAL_RT + (atoi(digits) & 31);
}
