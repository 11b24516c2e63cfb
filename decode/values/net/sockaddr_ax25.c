// SPDX-License-Identifier: GPL-2.0-or-later
/* show: addresses of amateur radio (linux/ax25.h): a call sign of six characters, each shifted by a
 * bit, and the number of a station. */
#include "decode/values/net/net.h"
#include "decode/values/values.h"

#include <ctype.h>
#include <stdio.h>

enum {
	CALL_SIZE = 7,
	STATION = CALL_SIZE - 1, /* the byte that has its number, */
	STATION_BITS = 0x1e,	 /* in these bits */
	HEAD = 16,		 /* struct sockaddr_ax25; what is behind it: */
	DIGIPEATERS_MOST = 8,
};

/* NAME-5; "" where it has characters that do not print. False: it is not what the kernel would
 * write. */
static bool call_sign(const unsigned char *call, char text[16])
{
	int length = STATION, station = (call[STATION] & STATION_BITS) >> 1;
	bool usual = !(call[STATION] & ~STATION_BITS);

	while (length && call[length - 1] >> 1 == ' ') {
		length--;
		usual &= !(call[length] & 1);
	}
	for (int i = 0; i < length; i++) {
		int c = call[i] >> 1;

		if (c < ' ' || c > '~' || c == '*' || c == '/') {
			*text = 0;
			return false;
		}
		usual &= !(call[i] & 1) && (isdigit(c) || isupper(c));
		text[i] = (char)c;
	}
	if (usual && !length && !station)
		snprintf(text, 16, "*");
	else
		snprintf(text + length, 16 - length, "-%d", station);
	return usual;
}

static void print_call(struct show *s, const unsigned char *call)
{
	char text[16];

	if (call_sign(call, text)) {
		value_text(s, text);
		return;
	}
	value_struct(s);
	value_field(s, "ax25_call");
	value_hex_bytes(s, call, CALL_SIZE, CALL_SIZE);
	value_struct_end(s);
	if (*text)
		value_remark(s, text);
}

static void print_base(struct show *s, const unsigned char *data)
{
	value_field(s, "sax25_call");
	print_call(s, data + 2);
	field_signed(s, "sax25_ndigis", (int32_t)get32(data + 12));
}

static void print_digipeaters(struct show *s, const unsigned char *data, int count, int there)
{
	value_field(s, "fsa_digipeater");
	value_array(s);
	for (int i = 0; i < count && i < there; i++) {
		value_element(s);
		print_call(s, data + (ptrdiff_t)CALL_SIZE * i);
	}
	if (count > there)
		value_more(s);
	value_array_end(s);
}

bool show_ax25(struct show *s, const unsigned char *data, int size)
{
	int count = (int32_t)get32(data + 12), behind = size - HEAD, there = behind / CALL_SIZE;

	if (size < HEAD)
		return false;
	if (count > DIGIPEATERS_MOST)
		count = DIGIPEATERS_MOST;
	if (!behind && !count) {
		print_base(s, data);
		return true;
	}
	value_field(s, "fsa_ax25");
	value_struct(s);
	print_base(s, data);
	value_struct_end(s);
	if (count > 0)
		print_digipeaters(s, data + HEAD, count, there);
	if (behind % CALL_SIZE || there > DIGIPEATERS_MOST)
		value_more(s);
	return true;
}
