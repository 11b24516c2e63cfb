// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/backend/backend.h"

#include "tracer/system/memory_available.h"
#include "tracer/system/message.h"

#include <stdarg.h>
#include <unistd.h>

void backend_debug(const struct backend_settings *settings, const char *format, ...)
{
	va_list args;

	if (!settings->debug)
		return;
	va_start(args, format);
	tracer_vsay(format, args);
	va_end(args);
}

uint64_t backend_default_buffer(void)
{
	uint64_t memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
	uint64_t share = memory / 32 / sysconf(_SC_NPROCESSORS_CONF), size = 32 << 20;

	while (size > share && size > 1 << 20)
		size /= 2;
	return size;
}

uint64_t backend_possible_buffer(uint64_t wanted)
{
	uint64_t share = memory_available() / 2 / sysconf(_SC_NPROCESSORS_CONF);

	while (wanted > share && wanted > 64 << 10)
		wanted /= 2;
	return wanted;
}
