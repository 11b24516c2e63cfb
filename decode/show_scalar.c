// SPDX-License-Identifier: GPL-2.0-or-later
/* show: numbers and their names. */
#include "decode/show.h"

#include "format/flags.h"

#include <stdio.h>
#include <sys/sysmacros.h>

void show_address(struct show *s, uint64_t address)
{
	if (address)
		text_hex(s->out, address);
	else
		text_put(s->out, "NULL");
}

void show_int(struct show *s, uint64_t value)
{
	text_signed(s->out, (int32_t)value);
}

void show_uint(struct show *s, uint64_t value)
{
	text_unsigned(s->out, (uint32_t)value);
}

void show_uid(struct show *s, uint64_t id)
{
	if ((uint32_t)id == UINT32_MAX)
		text_put(s->out, "-1");
	else
		text_unsigned(s->out, (uint32_t)id);
}

/* At least three digits, with a leading 0. */
void show_mode(struct show *s, uint64_t mode)
{
	char digits[24], *at = digits + sizeof(digits);

	do
		*--at = '0' + (mode & 7);
	while (mode >>= 3);
	while (*at != '0' || digits + sizeof(digits) - at < 3)
		*--at = '0';
	text_bytes(s->out, at, digits + sizeof(digits) - at);
}

void show_file_mode(struct show *s, uint64_t mode)
{
	const struct flag_table *types = mode & 0170000 ? show_table(s, "modetypes") : NULL;
	const char *type = types ? flag_name(types, mode & 0170000) : NULL;

	if (!type || s->options->raw_names) {
		show_mode(s, mode);
		if (!type || s->options->raw_names == 1)
			return;
		text_put(s->out, " /* ");
	}
	text_put(s->out, type);
	text_put(s->out, mode & 04000 ? "|S_ISUID" : "");
	text_put(s->out, mode & 02000 ? "|S_ISGID" : "");
	text_put(s->out, mode & 01000 ? "|S_ISVTX" : "");
	text_char(s->out, '|');
	show_mode(s, mode & 0777);
	if (s->options->raw_names)
		text_put(s->out, " */");
}

void show_dev32(struct show *s, uint64_t dev)
{
	show_dev(s, (uint32_t)dev);
}

void show_dev(struct show *s, uint64_t dev)
{
	text_put(s->out, "makedev(");
	text_hex(s->out, major(dev));
	show_comma(s);
	text_hex(s->out, minor(dev));
	text_char(s->out, ')');
}

void show_signal(struct show *s, uint64_t value)
{
	uint32_t signal = value;
	const char *name = flag_signal_name(signal);

	if (name)
		text_put(s->out, name);
	else if (signal == 32)
		text_put(s->out, "SIGRTMIN");
	else if (signal > 32 && signal <= 64)
		show_printf(s, "SIGRT_%u", signal - 32);
	else
		text_signed(s->out, (int32_t)signal);
}

void show_errno(struct show *s, uint64_t error)
{
	const char *name = flag_errno_name(error);

	if (name)
		text_put(s->out, name);
	else
		text_signed(s->out, (int32_t)error);
}

/* Architectures as the kernel's audit numbers them (linux/audit.h). */
void show_call_number(struct show *s, uint64_t nr, uint32_t audit)
{
	enum desc_arch arch = audit == 0xc000003e   ? DESC_X86_64
			      : audit == 0x40000003 ? DESC_I386
						    : DESC_AARCH64;
	const struct desc_call *call = desc_table_call(s->facts->tables[arch], nr);

	if (call) {
		show_put(s, "__NR_");
		show_put(s, call->name);
	} else {
		text_hex(s->out, nr);
		show_comment(s, "__NR_???");
	}
}

void show_clockid(struct show *s, uint64_t clock)
{
	show_enum(s, "clocknames", (uint32_t)clock);
}

static void show_member(struct show *s, unsigned int signal)
{
	const char *name = flag_signal_name(signal);

	if (name)
		text_put(s->out, name + 3);
	else if (signal == 32)
		text_put(s->out, "RTMIN");
	else
		show_printf(s, "RT_%u", signal - 32);
}

/* [INT TERM]; a set with more members than not is shown by what it lacks. */
void show_sigset(struct show *s, const void *bits, size_t size)
{
	const unsigned char *bytes = bits;
	unsigned int count = 0, signals = size * 8;
	bool invert, first = true;

	for (size_t i = 0; i < size; i++)
		count += __builtin_popcount(bytes[i]);
	invert = signals && count >= signals * 2 / 3;
	text_put(s->out, invert ? "~[" : "[");
	for (unsigned int i = 0; i < signals; i++) {
		unsigned char byte = bytes[i / 8] ^ (invert ? 0xff : 0);

		if (!(byte >> i % 8)) {
			i |= 7; /* nothing more in this byte */
			continue;
		}
		if (!(byte >> i % 8 & 1))
			continue;
		if (!first)
			text_char(s->out, ' ');
		first = false;
		show_member(s, i + 1);
	}
	text_char(s->out, ']');
}

void show_sigset_at(struct show *s, uint64_t address, uint64_t size)
{
	unsigned char bits[8];

	/* Sizes that the kernel refuses tell of no set. */
	if (!address || size > sizeof(bits) || size % show_word(s) ||
	    !show_read(s, address, bits, size))
		show_address(s, address);
	else
		show_sigset(s, bits, size);
}

static void unknown(struct show *s, const struct flag_table *table)
{
	if (table && table->unknown && *table->unknown)
		show_comment(s, table->unknown);
}

static bool raw(struct show *s, uint64_t value)
{
	if (s->options->raw_names != 1)
		return false;
	if (value)
		text_hex(s->out, value);
	else
		text_char(s->out, '0');
	return true;
}

/*
 * The names in the table's order, each once; one whose value is 0 stands only for nothing at all. A
 * masked entry is a field of the word: it is there when the field has that value, 0 included.
 */
static void flag_words(struct show *s, const struct flag_table *t, uint64_t value)
{
	uint64_t left = value, fields = 0;
	size_t start = s->out->used;

	for (size_t i = 0; i < t->count; i++) {
		const struct flag_value *f = &t->values[i];

		if (f->mask    ? fields & f->mask || (value & f->mask) != f->value
		    : f->value ? (left & f->value) != f->value
			       : left || s->out->used != start)
			continue;
		if (s->out->used != start)
			text_char(s->out, '|');
		text_put(s->out, f->name);
		fields |= f->mask;
		left &= ~f->value;
	}
	if (s->out->used == start) {
		text_hex(s->out, left);
		if (left)
			unknown(s, t);
	} else if (left) {
		text_char(s->out, '|');
		text_hex(s->out, left);
	}
}

void show_flag_words(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	if (t)
		flag_words(s, t, value);
	else
		text_hex(s->out, value);
}

void show_flags(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);

	if (raw(s, value))
		return;
	if (!t) {
		text_hex(s->out, value);
		return;
	}
	if (s->options->raw_names == 2) {
		text_hex(s->out, value);
		text_put(s->out, " /* ");
	}
	flag_words(s, t, value);
	if (s->options->raw_names == 2)
		text_put(s->out, " */");
}

void show_enum(struct show *s, const char *table, uint64_t value)
{
	const struct flag_table *t = show_table(s, table);
	const char *name = t ? flag_name(t, value) : NULL;

	if (raw(s, value))
		return;
	if (!name || s->options->raw_names == 2)
		text_hex(s->out, value);
	if (!name)
		unknown(s, t);
	else if (s->options->raw_names == 2)
		show_comment(s, name);
	else
		text_put(s->out, name);
}

void show_pid(struct show *s, uint64_t pid)
{
	const struct thread *thread = s->options->comms && s->facts->threads && (int32_t)pid > 0
					      ? threads_find(s->facts->threads, (uint32_t)pid)
					      : NULL;

	show_int(s, pid);
	if (thread && *thread->comm)
		text_angled(s->out, thread->comm, strlen(thread->comm), s->options->quoting);
}
