// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/call_names.h"

#include "format/calls/desc_rows.h"
#include "format/tape/record.h"

#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 4096, /* a power of two, several times as many as there are calls */
};

struct call_names {
	uint16_t slot[SLOTS]; /* number of the row + 1, 0: none */
};

/* Calls of other architectures, and older spellings. */
static const char *const others[] = {
	"_exit",
	"_sysctl",
	"arm_fadvise64_64",
	"arm_sync_file_range",
	"breakpoint",
	"cacheflush",
	"clone2",
	"get_tls",
	"getdtablesize",
	"getpagesize",
	"getxpid",
	"getxgid",
	"getxuid",
	"old_getrlimit",
	"old_mmap",
	"old_select",
	"oldumount",
	"open_tree_attr",
	"osf_wait4",
	"recv",
	"riscv_hwprobe",
	"riscv_flush_icache",
	"rtas",
	"send",
	"set_tls",
	"setxpid",
	"sram_alloc",
	"sram_free",
	"swapcontext",
	"sync_file_range2",
	"syscall",
	"sys_debug_setcontext",
	"umount2",
	"usr26",
	"usr32",
	"uretprobe",
};

static uint32_t hash(const char *name, size_t size)
{
	uint32_t h = (uint32_t)size;

	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)name[i]) * 0x01000193u;
	return h ^ h >> 13;
}

struct call_names *call_names_new(void)
{
	struct call_names *n = calloc(1, sizeof(*n));

	for (size_t i = 0; n && i < desc_rows_calls_count && i < SLOTS / 2; i++) {
		const char *name = desc_rows_calls[i].name;
		uint32_t at = hash(name, strlen(name));

		while (n->slot[at % SLOTS])
			at++;
		n->slot[at % SLOTS] = (uint16_t)(i + 1);
	}
	return n;
}

void call_names_free(struct call_names *n)
{
	free(n);
}

static const struct desc_rows_call *find(const struct call_names *n, const char *name, size_t size)
{
	for (uint32_t at = hash(name, size); n->slot[at % SLOTS]; at++) {
		const struct desc_rows_call *row = &desc_rows_calls[n->slot[at % SLOTS] - 1];

		if (strlen(row->name) == size && !memcmp(row->name, name, size))
			return row;
	}
	return NULL;
}

static bool begins(const char *name, size_t size, const char *with)
{
	return size > strlen(with) && !memcmp(name, with, strlen(with));
}

static bool is_other(const char *name, size_t size)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strlen(others[i]) == size && !memcmp(others[i], name, size))
			return true;
	return begins(name, size, "syscall_") || begins(name, size, "SYS_") ||
	       (size == 3 && !memcmp(name, "???", 3));
}

struct call_name call_names_find(const struct call_names *n, const char *name, size_t size,
				 bool compat)
{
	const struct desc_rows_call *row = find(n, name, size);
	struct call_name found = { .nr = TRACE_NO_NUMBER, .arch = TRACE_X86_64 };
	int arch;

	if (row) {
		arch = row->nr[DESC_I386] >= 0 && (compat || row->nr[DESC_X86_64] < 0)
			       ? DESC_I386
			       : DESC_X86_64;
		found.known = true;
		if (row->nr[arch] >= 0) {
			found.nr = (uint32_t)row->nr[arch];
			found.arch = arch == DESC_I386 ? TRACE_I386 : TRACE_X86_64;
		}
		return found;
	}
	found.known = is_other(name, size);
	for (size_t i = 1; !found.known && i + 2 < size; i++)
		found.doubtful |= find(n, name + i, size - i) != NULL;
	return found;
}
