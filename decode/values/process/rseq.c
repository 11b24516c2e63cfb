// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the area of restartable sequences that a thread shares with the kernel (linux/rseq.h). */
#include "decode/values/show_families.h"
#include "decode/values/values.h"

enum { AREA_ALIGN = 32, AREA_FIRST = 32 /* the first size that there was */ };

struct area {
	uint32_t cpu_id_start, cpu_id;
	uint64_t rseq_cs;
	uint32_t flags, node_id, mm_cid;
	uint8_t request, granted;
	uint16_t slice_reserved;
	uint8_t reserved;
} __attribute__((packed));

static void show_cpu_id(struct show *s, const char *field, uint32_t id)
{
	value_field(s, field);
	if (id == UINT32_MAX)
		value_constant(s, (uint64_t)-1, BASE_SIGNED, "RSEQ_CPU_ID_UNINITIALIZED", NULL);
	else if (id == UINT32_MAX - 1)
		value_constant(s, (uint64_t)-2, BASE_SIGNED, "RSEQ_CPU_ID_REGISTRATION_FAILED",
			       NULL);
	else
		value_unsigned(s, id);
}

static void show_area(struct show *s, const struct area *a)
{
	value_struct(s);
	show_cpu_id(s, "cpu_id_start", a->cpu_id_start);
	show_cpu_id(s, "cpu_id", a->cpu_id);
	field_address(s, "rseq_cs", a->rseq_cs);
	field_flags(s, "flags", "rseq_cs_flags", a->flags);
	field_unsigned(s, "node_id", a->node_id);
	field_unsigned(s, "mm_cid", a->mm_cid);
	value_field(s, "slice_ctrl");
	value_struct(s);
	field_unsigned(s, "request", a->request);
	field_unsigned(s, "granted", a->granted);
	field_hex(s, "__reserved", a->slice_reserved);
	value_struct_end(s);
	field_hex(s, "__reserved", a->reserved);
	value_struct_end(s);
}

static void rseq_args(struct show *s)
{
	uint64_t address = s->call->arg[0];
	uint32_t size = (uint32_t)s->call->arg[1];
	struct area a = { 0 };

	show_argument_name(s, 0);
	if (address % AREA_ALIGN || size < AREA_FIRST ||
	    !show_read(s, address, &a, size < sizeof(a) ? size : sizeof(a)))
		value_address(s, address);
	else
		show_area(s, &a);
	for (int i = 1; i < 4; i++)
		show_argument(s, i);
}

static const struct show_call calls[] = {
	{ "rseq", rseq_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_rseq = { .calls = calls };
