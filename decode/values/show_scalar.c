// SPDX-License-Identifier: GPL-2.0-or-later
/* show: numbers and their names. */
#include "decode/events/pid_names.h"
#include "decode/values/values.h"

#include <stdio.h>
#include <sys/sysmacros.h>

void show_address(struct show *s, uint64_t address)
{
	value_address(s, address);
}

void show_int(struct show *s, uint64_t value)
{
	value_signed(s, (int32_t)value);
}

void show_uint(struct show *s, uint64_t value)
{
	value_unsigned(s, (uint32_t)value);
}

void show_uid(struct show *s, uint64_t id)
{
	if ((uint32_t)id == UINT32_MAX)
		value_signed(s, -1);
	else
		value_unsigned(s, (uint32_t)id);
}

void show_mode(struct show *s, uint64_t mode)
{
	value_octal(s, mode);
}

/* The three bits above the permissions. */
static void mode_bits(struct show *s, uint64_t mode)
{
	static const struct {
		uint16_t bit;
		const char *name;
	} bits[] = { { 04000, "S_ISUID" }, { 02000, "S_ISGID" }, { 01000, "S_ISVTX" } };

	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++) {
		if (!(mode & bits[i].bit))
			continue;
		value_part(s);
		value_words(s, bits[i].bit, bits[i].name);
	}
}

void show_file_mode(struct show *s, uint64_t mode)
{
	const struct flag_table *types = mode & 0170000 ? show_table(s, "modetypes") : NULL;
	const char *type = types ? flag_name(types, mode & 0170000) : NULL;

	if (mode & 0170000 && !type) {
		value_octal(s, mode);
	} else if (value_mix(s, mode, BASE_OCTAL)) {
		if (type) {
			value_part(s);
			value_words(s, mode & 0170000, type);
		}
		mode_bits(s, mode);
		value_part(s);
		value_octal(s, mode & ~UINT64_C(0177000));
		value_mix_end(s);
	}
}

void show_dev32(struct show *s, uint64_t dev)
{
	show_dev(s, (uint32_t)dev);
}

void show_dev(struct show *s, uint64_t dev)
{
	if (!value_macro(s, "makedev", dev, BASE_HEX))
		return;
	value_element(s);
	value_hex(s, major(dev));
	value_element(s);
	value_hex(s, minor(dev));
	value_macro_end(s);
}

/* SIGCHLD, SIGRTMIN, SIGRT_3; NULL for a number that is no signal. */
const char *show_signal_name(uint32_t signal, char *buffer, size_t size)
{
	const char *name = flag_signal_name(signal);

	if (name)
		return name;
	if (signal == 32)
		return "SIGRTMIN";
	if (signal < 32 || signal > 64)
		return NULL;
	snprintf(buffer, size, "SIGRT_%u", signal - 32);
	return buffer;
}

void show_signal(struct show *s, uint64_t signal)
{
	char buffer[16];

	value_constant(s, (uint64_t)(int32_t)signal, BASE_SIGNED,
		       show_signal_name((uint32_t)signal, buffer, sizeof(buffer)), NULL);
}

void show_signal_words(struct show *s, uint64_t signal)
{
	char buffer[16];
	const char *name = show_signal_name((uint32_t)signal, buffer, sizeof(buffer));

	if (name)
		value_words(s, signal, name);
	else
		value_unsigned(s, signal);
}

void show_errno(struct show *s, uint64_t error)
{
	value_constant(s, (uint64_t)(int32_t)error, BASE_SIGNED,
		       flag_errno_name((unsigned int)error), NULL);
}

void show_call_number(struct show *s, uint64_t nr, uint32_t audit)
{
	/* Architectures as the kernel's audit numbers them (linux/audit.h). */
	static const uint32_t audits[DESC_ARCHES] = {
		[DESC_X86_64] = 0xc000003e,
		[DESC_I386] = 0x40000003,
		[DESC_AARCH64] = 0xc00000b7,
	};
	enum desc_arch own = s->call->arch == TRACE_I386      ? DESC_I386
			     : s->call->arch == TRACE_AARCH64 ? DESC_AARCH64
							      : DESC_X86_64;
	const struct desc_call *call = NULL;
	int arch = 0;
	char name[96];

	while (arch < DESC_ARCHES && audits[arch] != audit)
		arch++;
	if (arch < DESC_ARCHES)
		call = desc_table_call(s->facts->tables[arch], nr);
	if (call && arch == (int)own) {
		snprintf(name, sizeof(name), "__NR_%s", call->name);
		value_constant(s, nr, BASE_UNSIGNED, name, NULL);
		return;
	}
	value_unsigned(s, nr);
	if (call && !value_numbers(s))
		value_remark(s, call->name);
}

void show_clockid(struct show *s, uint64_t clock)
{
	show_enum(s, "clocknames", (uint32_t)clock);
}

/* [INT TERM]; a set with more members than not is shown by what it lacks. */
void show_sigset(struct show *s, const void *bits, size_t size)
{
	const unsigned char *bytes = bits;
	unsigned int count = 0, signals = size * 8;
	size_t prefix = s->writer ? 0 : strlen("SIG"); /* strace leaves it out */
	enum value_group group;
	char buffer[16];
	bool invert;

	for (size_t i = 0; i < size; i++)
		count += __builtin_popcount(bytes[i]);
	invert = signals && count >= signals * 2 / 3;
	group = invert ? GROUP_ALL_BUT : GROUP_SET;
	value_begin(s, group);
	for (unsigned int i = 0; i < signals; i++) {
		unsigned char byte = bytes[i / 8] ^ (invert ? 0xff : 0);
		const char *name;

		if (!(byte >> i % 8)) {
			i |= 7; /* nothing more in this byte */
			continue;
		}
		if (!(byte >> i % 8 & 1))
			continue;
		value_member(s);
		name = show_signal_name(i + 1, buffer, sizeof(buffer));
		value_constant(s, i + 1, BASE_UNSIGNED, name ? name + prefix : NULL, NULL);
	}
	value_end(s, group);
}

void show_sigset_at(struct show *s, uint64_t address, uint64_t size)
{
	unsigned char bits[8];

	/* Sizes that the kernel refuses tell of no set. */
	if (!address || !size || size > sizeof(bits) || size % show_word(s) ||
	    !show_read(s, address, bits, size))
		show_address(s, address);
	else
		show_sigset(s, bits, size);
}

void show_flag_words(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	if (t)
		value_flag_words(s, t, value);
	else
		value_hex(s, value);
}

void show_flags(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	if (t)
		value_flags(s, t, value);
	else
		value_hex(s, value);
}

void show_enum(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	value_constant(s, value, BASE_HEX, t ? flag_name(t, value) : NULL, t ? t->unknown : NULL);
}

/* The number is one of the thread's own pid namespace, names of processes go by the recorder's. */
void show_pid(struct show *s, uint64_t pid)
{
	const struct thread *thread = NULL;
	struct threads *all = s->facts->threads;
	uint32_t tid = 0;

	if ((s->options->comms || s->options->pids_translated) && all && (int32_t)pid > 0)
		tid = pid_names_find(threads_names(all), threads_find(all, s->call->tid), pid);
	if (tid)
		thread = threads_find(all, tid);
	show_int(s, pid);
	if (thread && s->options->comms && *thread->comm)
		value_beside(s, "comm", thread->comm, strlen(thread->comm));
	if (thread && s->options->pids_translated && tid != (uint32_t)pid)
		value_remarkf(s, "%u in strace's PID NS", tid);
}
