// SPDX-License-Identifier: GPL-2.0-or-later
/* show: siginfo: what came with a signal (asm-generic/siginfo.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/calls/desc.h"
#include "format/flags/flags.h"

#include <signal.h>

enum {
	WHOLE = 48, /* bytes: what the kernel keeps of it (struct kernel_siginfo) */
};

/* The union behind si_signo, si_errno, si_code begins at a word's boundary, and its members' places
 * follow from a word's size. */
struct info {
	const unsigned char *data;
	size_t word, base;
	int32_t signo, error, code;
};

static uint64_t number(const struct info *i, size_t at, size_t width)
{
	uint64_t value = 0;

	memcpy(&value, i->data + i->base + at, width);
	return value;
}

static void show_source(struct show *s, const struct info *i)
{
	value_field(s, "si_pid");
	show_pid(s, number(i, 0, 4));
	value_field(s, "si_uid");
	show_uid(s, number(i, 4, 4));
}

static uint64_t sigval(const struct info *i)
{
	return number(i, 8, i->word);
}

static void show_sigval(struct show *s, const struct info *i)
{
	value_field(s, "si_int");
	show_int(s, sigval(i));
	field_address(s, "si_ptr", sigval(i));
}

static void show_band(struct show *s, const struct info *i)
{
	uint64_t band = number(i, 0, i->word);

	field_signed(s, "si_band", i->word == 4 ? (int32_t)band : (int64_t)band);
	value_field(s, "si_fd");
	show_fd(s, number(i, i->word, 4));
}

static void show_sent(struct show *s, const struct info *i)
{
	switch (i->code) {
	case SI_USER:
	case SI_TKILL: show_source(s, i); break;
	case SI_TIMER:
		field_hex(s, "si_timerid", number(i, 0, 4));
		value_field(s, "si_overrun");
		show_int(s, number(i, 4, 4));
		show_sigval(s, i);
		break;
	case SI_SIGIO: show_band(s, i); break;
	default:
		show_source(s, i);
		if (sigval(i))
			show_sigval(s, i);
	}
}

static void show_child(struct show *s, const struct info *i)
{
	size_t times = i->word == 4 ? 12 : 16;

	show_source(s, i);
	value_field(s, "si_status");
	if (i->code == CLD_EXITED)
		show_int(s, number(i, 8, 4));
	else
		show_signal(s, number(i, 8, 4));
	value_field(s, "si_utime");
	show_clock_t(s, number(i, times, i->word));
	value_field(s, "si_stime");
	show_clock_t(s, number(i, times + i->word, i->word));
}

static void show_fault(struct show *s, const struct info *i)
{
	field_address(s, "si_addr", number(i, 0, i->word));
	if (i->signo == SIGBUS && (i->code == BUS_MCEERR_AR || i->code == BUS_MCEERR_AO)) {
		field_hex(s, "si_addr_lsb", number(i, i->word, 2));
	} else if (i->signo == SIGSEGV && i->code == SEGV_BNDERR) {
		field_address(s, "si_lower", number(i, 2 * i->word, i->word));
		field_address(s, "si_upper", number(i, 3 * i->word, i->word));
	} else if (i->signo == SIGSEGV && i->code == SEGV_PKUERR) {
		value_field(s, "si_pkey");
		show_uint(s, number(i, 2 * i->word, 4));
	} else if (i->signo == SIGTRAP && i->code == 6 /* TRAP_PERF, Linux 5.13 */) {
		field_hex(s, "si_perf_data", number(i, i->word, i->word));
		field_enum(s, "si_perf_type", "perf_type_id", number(i, 2 * i->word, 4));
		field_flags(s, "si_perf_flags", "sigtrap_perf_flags",
			    number(i, 2 * i->word + 4, 4));
	}
}

static void show_bad_call(struct show *s, const struct info *i)
{
	field_address(s, "si_call_addr", number(i, 0, i->word));
	value_field(s, "si_syscall");
	show_call_number(s, number(i, i->word, 4), number(i, i->word + 4, 4));
	field_enum(s, "si_arch", "audit_arch", number(i, i->word + 4, 4));
}

static void show_raised(struct show *s, const struct info *i)
{
	switch (i->signo) {
	case SIGCHLD: show_child(s, i); break;
	case SIGILL:
	case SIGFPE:
	case SIGBUS:
	case SIGSEGV:
	case SIGTRAP: show_fault(s, i); break;
	case SIGIO:
		if (i->code >= POLL_IN && i->code <= POLL_HUP)
			show_band(s, i);
		break;
	case SIGSYS: show_bad_call(s, i); break;
	default:
		if (number(i, 0, 8))
			show_source(s, i);
		if (sigval(i))
			show_sigval(s, i);
	}
}

static void show_code(struct show *s, const struct info *i)
{
	static const char *const tables[] = {
		[SIGTRAP] = "sigtrap_codes", [SIGCHLD] = "sigchld_codes",
		[SIGIO] = "sigpoll_codes",   [SIGILL] = "sigill_codes",
		[SIGFPE] = "sigfpe_codes",   [SIGSEGV] = "sigsegv_codes",
		[SIGBUS] = "sigbus_codes",   [SIGSYS] = "sigsys_codes",
	};
	const struct flag_table *t = show_table(s, "siginfo_codes");
	const char *name = t ? flag_name(t, (uint32_t)i->code) : NULL;

	value_field(s, "si_code");
	if (!name && (uint32_t)i->signo < sizeof(tables) / sizeof(*tables) && tables[i->signo]) {
		t = show_table(s, tables[i->signo]);
		name = t ? flag_name(t, (uint32_t)i->code) : NULL;
	}
	value_constant(s, (uint32_t)i->code, BASE_HEX, name, NULL);
}

/* Where the kernel's events have no more: the code, and maybe who sent it. */
static void show_part(struct show *s, const struct info *i, size_t size)
{
	if (size >= i->base + 4) {
		value_field(s, "si_pid");
		show_int(s, number(i, 0, 4));
	}
	value_more(s);
}

static void show_siginfo(struct show *s, const void *data, size_t size)
{
	struct info i = { .data = data, .word = show_word(s), .base = s->compat ? 12 : 16 };

	memcpy(&i.signo, data, 4);
	memcpy(&i.error, i.data + 4, 4);
	memcpy(&i.code, i.data + 8, 4);
	value_struct(s);
	if (i.signo) {
		value_field(s, "si_signo");
		show_signal(s, i.signo);
		show_code(s, &i);
		if (i.error) {
			value_field(s, "si_errno");
			value_constant(s, (uint32_t)i.error, BASE_UNSIGNED,
				       flag_errno_name(i.error), NULL);
		}
		if (size < WHOLE)
			show_part(s, &i, size);
		else if (i.code <= 0)
			show_sent(s, &i);
		else
			show_raised(s, &i);
	}
	value_struct_end(s);
}

static const struct show_struct structs[] = {
	{ "siginfo", show_siginfo },
	{ NULL, NULL },
};

const struct show_family show_family_siginfo = { .structs = structs };
