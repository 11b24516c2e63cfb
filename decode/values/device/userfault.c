// SPDX-License-Identifier: GPL-2.0-or-later
/* show: what ioctl says to userfaultfd (linux/userfaultfd.h). */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/ioctl.h>
#include <linux/userfaultfd.h>

/* What userfaultfd's commands answer stands behind what they are given, if they succeed. */
struct fault {
	uint32_t code;
	uint8_t words; /* 64 bits wide, before the answer */
	const char *names[4];
	const char *mode; /* the table of the last of them */
	const char *answer, *answer_table;
	bool decimal;
};

static const struct fault faults[] = {
	{ UFFDIO_API,
	  2,
	  { "api", "features" },
	  "uffd_api_features",
	  "ioctls",
	  "uffd_api_flags",
	  false },
	{ UFFDIO_REGISTER,
	  3,
	  { "start", "len", "mode" },
	  "uffd_register_mode_flags",
	  "ioctls",
	  "uffd_register_ioctl_flags",
	  false },
	{ UFFDIO_COPY, 4, { "dst", "src", "len", "mode" }, "uffd_copy_flags", "copy", NULL, false },
	{ UFFDIO_ZEROPAGE,
	  3,
	  { "start", "len", "mode" },
	  "uffd_zeropage_flags",
	  "zeropage",
	  NULL,
	  false },
	{ UFFDIO_WRITEPROTECT,
	  3,
	  { "start", "len", "mode" },
	  "uffd_writeprotect_mode_flags",
	  NULL,
	  NULL,
	  false },
	{ UFFDIO_CONTINUE,
	  3,
	  { "start", "len", "mode" },
	  "uffd_continue_mode_flags",
	  "mapped",
	  NULL,
	  true },
	{ _IOWR(UFFDIO, 8, uint64_t[4]),
	  3,
	  { "start", "len", "mode" },
	  "uffd_poison_mode_flags",
	  "updated",
	  NULL,
	  true },
};

static void fault_answer(struct show *s, const struct fault *f, uint64_t value)
{
	value_field(s, f->answer);
	if (f->answer_table)
		show_flags(s, f->answer_table, value);
	else if (f->decimal)
		value_unsigned(s, value);
	else
		value_hex(s, value);
}

static void fault_fields(struct show *s, const struct fault *f, const uint64_t *words)
{
	bool range = !strcmp(f->names[0], "start");

	value_struct(s);
	if (range) {
		value_field(s, "range");
		value_struct(s);
	}
	for (int i = 0; i < f->words; i++) {
		value_field(s, f->names[i]);
		if (i == f->words - 1)
			show_flags(s, f->mode, words[i]);
		else
			value_hex(s, words[i]);
		if (range && i == 1)
			value_struct_end(s);
	}
}

bool show_userfault_command(struct show *s, uint32_t code, uint64_t address)
{
	const struct fault *f = NULL;
	uint64_t words[4], answer;

	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++)
		if (faults[i].code == code)
			f = &faults[i];
	if (!f)
		return false;
	if (!address || !show_read(s, address, words, f->words * sizeof(*words))) {
		value_address(s, address);
		return true;
	}
	fault_fields(s, f, words);
	if (f->answer)
		show_at_exit(s);
	if (f->answer && show_succeeded(s) &&
	    show_read(s, address + f->words * sizeof(*words), &answer, sizeof(answer)))
		fault_answer(s, f, answer);
	value_struct_end(s);
	return true;
}
