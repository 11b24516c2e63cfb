// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/html/page_text.h"

#include "decode/render/wall_time.h"

#include <inttypes.h>
#include <stdio.h>

static const uint64_t long_time = 600000000000; /* ns */

/* Characters that cannot be seen, or not told from a blank, or that order others. */
static const struct {
	uint32_t first, last;
} hidden[] = {
	{ 0, 0x1f },	       { 0x7f, 0xa0 },	   { 0xad, 0xad },	 { 0x34f, 0x34f },
	{ 0x61c, 0x61c },      { 0x115f, 0x1160 }, { 0x1680, 0x1680 },	 { 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },    { 0x2000, 0x200f }, { 0x2028, 0x202f },	 { 0x205f, 0x206f },
	{ 0x2800, 0x2800 },    { 0x3000, 0x3000 }, { 0x3164, 0x3164 },	 { 0xe000, 0xf8ff },
	{ 0xfdd0, 0xfdef },    { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },	 { 0xffa0, 0xffa0 },
	{ 0xfff0, 0xfffc },    { 0xfffe, 0xffff }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
	{ 0xe0000, 0x10ffff },
};

static bool is_hidden(uint32_t code)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (code <= hidden[i].last)
			return code >= hidden[i].first;
	return (code & 0xfffe) == 0xfffe;
}

/* A character of UTF-8, by the rules of RFC 3629: how many bytes it has, 0: it is none. */
static size_t character(const unsigned char *at, size_t size, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t bytes = *at < 0x80 ? 1 : *at < 0xc2 ? 0 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;

	if (*at > 0xf4 || !bytes || bytes > size)
		return 0;
	*code = bytes == 1 ? *at : *at & (0x7fu >> bytes);
	for (size_t i = 1; i < bytes; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (at[i] & 0x3f);
	}
	if (*code < least[bytes] || *code > 0x10ffff || (*code >= 0xd800 && *code < 0xe000))
		return 0;
	return bytes;
}

static void put_character(struct text *out, uint32_t code)
{
	switch (code) {
	case '<': text_put(out, "&lt;"); return;
	case '>': text_put(out, "&gt;"); return;
	case '&': text_put(out, "&amp;"); return;
	case '"': text_put(out, "&quot;"); return;
	case '\'': text_put(out, "&#39;"); return;
	case '\n': text_put(out, "<i>\\n</i>"); return;
	case '\t': text_put(out, "<i>\\t</i>"); return;
	case '\r': text_put(out, "<i>\\r</i>"); return;
	}
	if (code < 0x80 && code >= ' ' && code != 0x7f)
		text_char(out, (char)code);
	else if (code < 0x80)
		text_printf(out, "<i>\\x%02" PRIx32 "</i>", code);
	else if (is_hidden(code))
		text_printf(out, "<i>\\u%04" PRIx32 "</i>", code);
	else
		text_printf(out, "&#x%" PRIx32 ";", code);
}

void page_escaped(struct text *out, const void *bytes, size_t size, size_t most)
{
	const unsigned char *at = bytes;
	size_t left = size < most ? size : most;

	while (left) {
		uint32_t code = 0;
		size_t used = character(at, left, &code);

		if (used)
			put_character(out, code);
		else
			text_printf(out, "<i>\\x%02x</i>", *at);
		at += used ? used : 1;
		left -= used ? used : 1;
	}
	if (size > most)
		text_printf(out, "<i>&#8230; (%zu bytes)</i>", size);
}

void page_quote(struct text *out, const void *bytes, size_t size, size_t most)
{
	text_put(out, "<bdi class=t>");
	page_escaped(out, bytes, size < most ? size : most, most);
	text_put(out, size > most ? "&#8230;</bdi>" : "</bdi>");
}

void page_count(struct text *out, uint64_t count)
{
	char digits[24];
	int size = snprintf(digits, sizeof(digits), "%" PRIu64, count);

	for (int i = 0; i < size; i++) {
		if (i && size > 4 && (size - i) % 3 == 0)
			text_put(out, "&#8239;");
		text_char(out, digits[i]);
	}
}

void page_share(struct text *out, uint64_t part, uint64_t of)
{
	double share = of ? 100.0 * (double)part / (double)of : 0;

	if (part && share < 0.01)
		text_put(out, "&lt;0.01&#8239;%");
	else
		text_printf(out, "%.*f&#8239;%%", share < 9.995 ? 2 : 1, share);
}

/* Four digits. */
static void put_value(struct text *out, double value, const char *unit)
{
	text_printf(out, "%.*f&#8239;%s",
		    value < 9.9995   ? 3
		    : value < 99.995 ? 2
		    : value < 999.95 ? 1
				     : 0,
		    value, unit);
}

/* What nobody counts in seconds. */
static void put_long(struct text *out, uint64_t seconds)
{
	uint64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;

	if (days)
		text_printf(out, "%" PRIu64 "&#8239;d %" PRIu64 "&#8239;h", days, hours % 24);
	else if (hours)
		text_printf(out, "%" PRIu64 "&#8239;h %" PRIu64 "&#8239;min", hours, minutes % 60);
	else
		text_printf(out, "%" PRIu64 "&#8239;min %" PRIu64 "&#8239;s", minutes,
			    seconds % 60);
}

void page_time(struct text *out, uint64_t ns)
{
	static const char *const units[] = { "&#181;s", "ms", "s" };
	double value = (double)ns / 1000;
	size_t unit = 0;

	if (ns < 1000)
		text_printf(out, "%" PRIu64 "&#8239;ns", ns);
	if (ns >= long_time)
		put_long(out, ns / 1000000000);
	if (ns < 1000 || ns >= long_time)
		return;
	for (; value >= 999.95 && unit < 2; unit++)
		value /= 1000;
	put_value(out, value, units[unit]);
}

void page_bytes(struct text *out, uint64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
	double value = (double)bytes / 1024;
	size_t unit = 0;

	if (bytes < 1024) {
		text_printf(out, "%" PRIu64 "&#8239;B", bytes);
		return;
	}
	for (; value >= 1023.95 && unit + 1 < sizeof(units) / sizeof(*units); unit++)
		value /= 1024;
	put_value(out, value, units[unit]);
}

void page_moment(struct text *out, uint64_t ns)
{
	struct wall_time wall = { 0 };
	struct text line;

	if (text_open(&line, -1))
		return;
	wall_time_put(&wall, &line, ns);
	/* 2026-11-21T12:34:56.123456789Z */
	if (line.used == WALL_TIME)
		text_printf(out, "%.10s %.12s", line.data, line.data + 11);
	text_close(&line);
}

void page_cell_count(struct text *out, uint64_t count)
{
	text_printf(out, count ? "<td data-v=%" PRIu64 ">" : "<td class=z data-v=%" PRIu64 ">",
		    count);
	page_count(out, count);
	text_put(out, "</td>");
}

void page_cell_time(struct text *out, bool known, uint64_t ns)
{
	if (!known) {
		text_put(out, "<td class=z data-v=-1>&#8211;</td>");
		return;
	}
	text_printf(out, "<td data-v=%" PRIu64 ">", ns);
	page_time(out, ns);
	text_put(out, "</td>");
}

void page_cell_bytes(struct text *out, uint64_t bytes)
{
	text_printf(out, bytes ? "<td data-v=%" PRIu64 ">" : "<td class=z data-v=%" PRIu64 ">",
		    bytes);
	page_bytes(out, bytes);
	text_put(out, "</td>");
}
