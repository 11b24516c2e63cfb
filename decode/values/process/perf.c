// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what perf_event_open is asked for (linux/perf_event.h, the version of Linux 7.2). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include <linux/perf_event.h>

enum {
	ATTR_SIZE = 144,     /* PERF_ATTR_SIZE_VER9 */
	ATTR_OLD = 64,	     /* PERF_ATTR_SIZE_VER0: nothing shorter is taken */
	BREAKPOINT_MOST = 7, /* HW_BREAKPOINT_X | HW_BREAKPOINT_RW */
	TOO_BIG = 7,	     /* E2BIG */
};

/* The structure as words; what is not there is 0. */
struct attr {
	uint32_t type, size;
	uint64_t config, sample, sample_type, read_format, bits;
	uint32_t wakeup, bp_type;
	uint64_t config1, config2, branch, regs_user;
	uint32_t stack_user;
	int32_t clock;
	uint64_t regs_intr;
	uint32_t aux_watermark;
	uint16_t max_stack, reserved;
	uint32_t aux_sample, aux_bits;
	uint64_t sig_data, config3, config4;
};

/* The single bits behind read_format; precise_ip has two. */
static const char *const bit_names[] = {
	"disabled",
	"inherit",
	"pinned",
	"exclusive",
	"exclude_user",
	"exclude_kernel",
	"exclude_hv",
	"exclude_idle",
	"mmap",
	"comm",
	"freq",
	"inherit_stat",
	"enable_on_exec",
	"task",
	"watermark",
	"precise_ip",
	NULL,
	"mmap_data",
	"sample_id_all",
	"exclude_host",
	"exclude_guest",
	"exclude_callchain_kernel",
	"exclude_callchain_user",
	"mmap2",
	"comm_exec",
	"use_clockid",
	"context_switch",
	"write_backward",
	"namespaces",
	"ksymbol",
	"bpf_event",
	"aux_output",
	"cgroup",
	"text_poke",
	"build_id",
	"inherit_thread",
	"remove_on_exec",
	"sigtrap",
};

enum {
	BITS = sizeof(bit_names) / sizeof(*bit_names),
	BIT_FREQ = 10,
	BIT_WATERMARK = 14,
	BIT_PRECISE = 15,
	BIT_CLOCK = 25
};

static bool has(const struct attr *a, int bit)
{
	return a->bits >> bit & 1;
}

/* The upper half is the kind of processor that is meant; 0 for any. */
static void show_processor(struct show *s, uint64_t config)
{
	if (!(config >> 32))
		return;
	value_part(s);
	value_hex(s, config >> 32);
	value_say(s, "<<32");
}

static void show_hardware(struct show *s, uint64_t config)
{
	if (!(config >> 32)) {
		show_enum(s, "perf_hw_id", config);
		return;
	}
	value_mix(s, config, BASE_NONE);
	show_processor(s, config);
	value_part(s);
	show_enum(s, "perf_hw_id", config & UINT32_MAX);
	value_mix_end(s);
}

static void show_cache(struct show *s, uint64_t config)
{
	value_mix(s, config, BASE_NONE);
	show_processor(s, config);
	if (config >> 24 & 0xff) {
		value_part(s);
		value_hex(s, config >> 24 & 0xff);
		value_say(s, "<<24");
	}
	value_part(s);
	show_enum(s, "perf_hw_cache_op_result_id", config >> 16 & 0xff);
	value_say(s, "<<16");
	value_part(s);
	show_enum(s, "perf_hw_cache_op_id", config >> 8 & 0xff);
	value_say(s, "<<8");
	value_part(s);
	show_enum(s, "perf_hw_cache_id", config & 0xff);
	value_mix_end(s);
}

static void show_config(struct show *s, const struct attr *a)
{
	value_field(s, "config");
	switch (a->type) {
	case PERF_TYPE_HARDWARE: show_hardware(s, a->config); break;
	case PERF_TYPE_SOFTWARE: show_enum(s, "perf_sw_ids", a->config); break;
	case PERF_TYPE_TRACEPOINT: value_unsigned(s, a->config); break;
	case PERF_TYPE_HW_CACHE: show_cache(s, a->config); break;
	default: value_hex(s, a->config);
	}
}

/* Without -v only those that are set, and how precise. */
static void show_bits(struct show *s, const struct attr *a)
{
	static const char *const skids[] = {
		"arbitrary skid",
		"constant skid",
		"requested to have 0 skid",
		"must have 0 skid",
	};

	for (int i = 0; i < BITS; i++) {
		if (i == BIT_PRECISE) {
			field_unsigned(s, bit_names[i], a->bits >> i & 3);
			value_remark(s, skids[a->bits >> i & 3]);
		} else if (bit_names[i] && (has(a, i) || value_full(s))) {
			field_unsigned(s, bit_names[i], has(a, i));
		}
	}
	if (a->bits >> BITS) {
		field_hex(s, "__reserved_1", a->bits >> BITS);
		value_remark(s, "Bits 63..38");
	}
}

static void show_breakpoint(struct show *s, const struct attr *a)
{
	value_field(s, "bp_type");
	if (a->bp_type <= BREAKPOINT_MOST && a->bp_type > 4) {
		value_constant_both(s, a->bp_type, BASE_HEX, "HW_BREAKPOINT_INVALID", NULL);
	} else {
		show_enum(s, "hw_breakpoint_type", a->bp_type);
	}
	field_hex(s, "bp_addr", a->config1);
}

/* The fields that came one after another: `known` bytes of the structure are there. */
static void show_later(struct show *s, const struct attr *a, uint32_t known)
{
	if (known <= 64)
		return;
	if (a->type == PERF_TYPE_BREAKPOINT)
		field_unsigned(s, "bp_len", a->config2);
	else
		field_hex(s, "config2", a->config2);
	if (known > 72 && a->sample_type & PERF_SAMPLE_BRANCH_STACK)
		field_flags(s, "branch_sample_type", "perf_branch_sample_type", a->branch);
	if (known > 80)
		field_hex(s, "sample_regs_user", a->regs_user);
	if (known > 88 && a->sample_type & PERF_SAMPLE_STACK_USER)
		field_hex(s, "sample_stack_user", a->stack_user);
	if (known > 92 && has(a, BIT_CLOCK)) {
		value_field(s, "clockid");
		show_clockid(s, a->clock);
	}
	if (known > 96)
		field_hex(s, "sample_regs_intr", a->regs_intr);
	if (known > 104)
		field_unsigned(s, "aux_watermark", a->aux_watermark);
	if (known > 108)
		field_unsigned(s, "sample_max_stack", a->max_stack);
	if (known > 110 && a->reserved)
		value_remarkf(s, "bytes 110..111: %#x", a->reserved);
	if (known > 112)
		field_unsigned(s, "aux_sample_size", a->aux_sample);
	if (known > 116) {
		field_unsigned(s, "aux_start_paused", a->aux_bits & 1);
		field_unsigned(s, "aux_pause", a->aux_bits >> 1 & 1);
		field_unsigned(s, "aux_resume", a->aux_bits >> 2 & 1);
		if (a->aux_bits >> 3) {
			field_hex(s, "__reserved_3", a->aux_bits >> 3);
			value_remark(s, "Bits 931..959");
		}
	}
	if (known > 120)
		field_hex(s, "sig_data", a->sig_data);
	if (known > 128)
		field_hex(s, "config3", a->config3);
	if (known > 136)
		field_hex(s, "config4", a->config4);
}

static void show_attr(struct show *s, const struct attr *a, uint32_t known, uint32_t now)
{
	value_struct(s);
	field_enum(s, "type", "perf_type_id", a->type);
	field_enum(s, "size", "perf_attr_size", a->size);
	if (now != a->size) {
		value_becomes(s);
		show_enum(s, "perf_attr_size", now);
	}
	show_config(s, a);
	field_unsigned(s, has(a, BIT_FREQ) ? "sample_freq" : "sample_period", a->sample);
	field_flags(s, "sample_type", "perf_event_sample_format", a->sample_type);
	field_flags(s, "read_format", "perf_event_read_format", a->read_format);
	show_bits(s, a);
	if (!value_full(s)) {
		value_more(s);
		value_struct_end(s);
		return;
	}
	field_unsigned(s, has(a, BIT_WATERMARK) ? "wakeup_watermark" : "wakeup_events", a->wakeup);
	if (a->type == PERF_TYPE_BREAKPOINT)
		show_breakpoint(s, a);
	else
		field_hex(s, "config1", a->config1);
	show_later(s, a, known);
	if (a->size > known)
		value_more(s);
	value_struct_end(s);
}

void show_perf_attr(struct show *s, uint64_t address)
{
	struct attr a = { 0 };
	uint32_t size, now, known;

	_Static_assert(sizeof(a) == ATTR_SIZE, "layout");
	if (!address || !show_read(s, address + 4, &size, sizeof(size)) ||
	    (size && size < ATTR_OLD)) {
		value_address(s, address);
		return;
	}
	known = size ? size < ATTR_SIZE ? size : ATTR_SIZE : ATTR_OLD;
	if (!show_read(s, address, &a, known)) {
		value_address(s, address);
		return;
	}
	show_at_exit(s);
	now = size;
	if (s->call->result == -TOO_BIG)
		show_read(s, address + 4, &now, sizeof(now));
	show_attr(s, &a, known, now);
}

static void perf_event_open_args(struct show *s)
{
	show_argument_name(s, 0);
	show_perf_attr(s, s->call->arg[0]);
	for (int i = 1; i < s->call->args; i++)
		show_argument(s, i);
}

static const struct show_call calls[] = {
	{ "perf_event_open", perf_event_open_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_perf = { .calls = calls };
