/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device: ioctl commands whose number says how long their argument is: the recorder keeps it
 * without a row of calls.tbl, and a line of a table here says what it is. Called by ioctl.c.
 */
#ifndef SYSTAPE_DEVICE_H
#define SYSTAPE_DEVICE_H

#include "decode/values/show_fields.h"

enum device_way {
	WAY_IN,	     /* what it is given */
	WAY_OUT,     /* what it answers */
	WAY_CHANGED, /* what it is given => what it answers */
	WAY_GROWN,   /* what it is given, and in the same braces what it answers */
};

/* What the argument is. */
enum device_kind {
	DEVICE_VALUE,  /* a number itself */
	DEVICE_NUMBER, /* a pointer to one: [3] */
	DEVICE_BARE,   /* the same, which strace writes without brackets */
	DEVICE_PAIR,   /* to two of 32 bits: [1, 2] */
	DEVICE_FIELDS, /* to a structure */
	DEVICE_OTHER,  /* `print` does it */
};

struct device_command {
	uint32_t code;
	uint8_t way, kind;
	uint8_t size, form; /* of a number, in bytes, and as show_fields.h has forms */
	union {
		const char *table; /* of FORM_FLAGS, FORM_ENUM, and the second of a pair */
		const struct show_field *fields;
		void (*print)(struct show *s, uint64_t address);
	};
	const struct show_field *answer; /* of WAY_CHANGED, WAY_GROWN */
};

enum { ANY_TYPE = -1 };

/* The commands of one driver: all have the same type (_IOC_TYPE). */
struct device_commands {
	int16_t type; /* or ANY_TYPE */
	uint16_t count;
	const struct device_command *commands;
};

#define DEVICE_COMMANDS(type_, commands_)                                                          \
	{                                                                                          \
		.type = (type_), .count = sizeof(commands_) / sizeof(*(commands_)),                \
		.commands = (commands_)                                                            \
	}

#define NUMBER(code_, way_, size_, form_)                                                          \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_NUMBER, .size = (size_),        \
		.form = FORM_##form_                                                               \
	}
#define NAMED(code_, way_, form_, table_) NAMED_SIZED(code_, way_, 4, form_, table_)
#define NAMED_SIZED(code_, way_, size_, form_, table_)                                             \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_NUMBER, .size = (size_),        \
		.form = FORM_##form_, .table = (table_)                                            \
	}
#define VALUE(code_, size_, form_)                                                                 \
	{                                                                                          \
		.code = (code_), .kind = DEVICE_VALUE, .size = (size_), .form = FORM_##form_       \
	}
#define NAMED_VALUE(code_, size_, form_, table_)                                                   \
	{                                                                                          \
		.code = (code_), .kind = DEVICE_VALUE, .size = (size_), .form = FORM_##form_,      \
		.table = (table_)                                                                  \
	}
#define BARE(code_, way_, size_, form_, table_)                                                    \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_BARE, .size = (size_),          \
		.form = FORM_##form_, .table = (table_)                                            \
	}
#define PAIR(code_, way_, table_)                                                                  \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_PAIR, .size = 8,                \
		.table = (table_)                                                                  \
	}
#define FIELDS(code_, way_, fields_)                                                               \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_FIELDS, .fields = (fields_)     \
	}
#define ANSWERED(code_, way_, fields_, answer_)                                                    \
	{                                                                                          \
		.code = (code_), .way = WAY_##way_, .kind = DEVICE_FIELDS, .fields = (fields_),    \
		.answer = (answer_)                                                                \
	}
#define OTHER(code_, print_)                                                                       \
	{                                                                                          \
		.code = (code_), .kind = DEVICE_OTHER, .print = (print_)                           \
	}

extern const struct device_commands device_several, device_video, device_btrfs, device_btrfs_volume,
	device_ptp, device_gpio, device_tee, device_mtd, device_ubi, device_ubi_volume,
	device_console, device_scsi, device_block, device_disk, device_mapper, device_machine,
	device_input, device_listener, device_file;
/* All of them, and NULL. */
extern const struct device_commands *const device_drivers[];

/* The bytes behind a pointer, of the beginning or of the end of the call; NULL where they were not
 * captured, or the call did not write them. */
const void *device_given(struct show *show, uint64_t address, size_t size);
const void *device_answer(struct show *show, uint64_t address, size_t size);
/* The same of the beginning where only so much of what the number says is needed. */
const void *device_part(struct show *show, uint64_t address, size_t size);
/* Fields that many drivers have: sixteen bytes as a UUID, four characters of a pixel format, a/b.
 */
void device_uuid(struct show *show, const void *data, size_t size);
void device_fourcc(struct show *show, const void *data, size_t size);
void device_fraction(struct show *show, const void *data, size_t size);
/* A time by its fields, seconds of 8 bytes before nanoseconds of 4, and the date it is. */
void device_time(struct show *show, const struct show_field *fields, const void *data, size_t size);
/* Prints the argument of command `code`; false if it is none of these. */
bool show_device_command(struct show *show, uint32_t code, uint64_t address);
/* The same for those of userfaultfd, of pidfds, and of input devices that have a number of their
 * own within. */
bool show_userfault_command(struct show *show, uint32_t command, uint64_t address);
bool show_pidfd_command(struct show *show, uint32_t command, uint64_t address);
bool show_input_command(struct show *show, uint32_t command, uint64_t address);
/* So many bytes as \xhh, as far as -s goes; the address where they are not there. */
void device_bytes(struct show *show, uint64_t address, uint64_t size);

#endif
