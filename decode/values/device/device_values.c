// SPDX-License-Identifier: GPL-2.0-or-later
/* show: the memory behind an ioctl's pointer, and values that several drivers have. */
#include "decode/values/device/device.h"
#include "decode/values/values.h"

#include <linux/ioctl.h>
#include <stdio.h>

enum { MOST_CAPTURED = 4096 };

static const void *find(struct show *s, uint64_t address, size_t size)
{
	const void *data;

	return address && show_find(s, address, size, &data) >= size ? data : NULL;
}

/* All that the command's number says must be there: most drivers take all of it or nothing. */
static size_t whole_size(const struct show *s, size_t size)
{
	size_t whole = _IOC_SIZE((uint32_t)s->call->arg[1]);

	whole = whole < MOST_CAPTURED ? whole : MOST_CAPTURED;
	return size > whole ? size : whole;
}

/* Some numbers claim that the memory is written, which is only read: it was kept at the end. */
const void *device_part(struct show *s, uint64_t address, size_t size)
{
	const void *data = find(s, address, size);
	bool was = s->exit;

	s->exit = true;
	if (!data)
		data = find(s, address, size);
	s->exit = was;
	return data;
}

const void *device_given(struct show *s, uint64_t address, size_t size)
{
	return device_part(s, address, whole_size(s, size));
}

const void *device_answer(struct show *s, uint64_t address, size_t size)
{
	show_at_exit(s);
	return show_succeeded(s) ? find(s, address, whole_size(s, size)) : NULL;
}

void device_bytes(struct show *s, uint64_t address, uint64_t size)
{
	uint64_t shown = value_wanted(s, size);
	const void *data = "";

	if (!address || show_find(s, address, shown, &data) < shown ||
	    (size && !shown && show_ends(s, address)))
		value_address(s, address);
	else
		value_hex_bytes(s, data, shown, size);
}

void device_uuid(struct show *s, const void *data, size_t size)
{
	const unsigned char *byte = data;
	char words[40];
	size_t used = 0;

	for (size_t i = 0; i < size && i < 16; i++) {
		const bool hyphen = i == 4 || i == 6 || i == 8 || i == 10;

		used += (size_t)snprintf(words + used, sizeof(words) - used,
					 hyphen ? "-%02x" : "%02x", byte[i]);
	}
	value_text(s, words);
}

void device_fourcc(struct show *s, const void *data, size_t size)
{
	unsigned char code[4];
	uint32_t number;
	char words[8];

	(void)size;
	memcpy(code, data, sizeof(code));
	memcpy(&number, data, sizeof(number));
	if (!value_macro(s, "v4l2_fourcc", number, BASE_HEX))
		return;
	for (int i = 0; i < 4; i++) {
		bool plain = code[i] >= ' ' && code[i] < 127 && code[i] != '\'' && code[i] != '\\';

		snprintf(words, sizeof(words), plain ? "'%c'" : "'\\x%02x'", code[i]);
		value_element(s);
		value_words(s, code[i], words);
	}
	value_macro_end(s);
}

void device_fraction(struct show *s, const void *data, size_t size)
{
	uint32_t part[2];

	(void)size;
	memcpy(part, data, sizeof(part));
	value_mix(s, part[0], BASE_NONE);
	value_part(s);
	value_unsigned(s, part[0]);
	value_say(s, "/");
	value_unsigned(s, part[1]);
	value_mix_end(s);
}

void device_time(struct show *s, const struct show_field *fields, const void *data, size_t size)
{
	uint32_t fraction;
	int64_t seconds;

	memcpy(&seconds, data, sizeof(seconds));
	memcpy(&fraction, (const unsigned char *)data + 8, sizeof(fraction));
	show_fields(s, fields, data, size);
	show_date(s, seconds, fraction, 9);
}
