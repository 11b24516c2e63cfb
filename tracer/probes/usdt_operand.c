// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/usdt_operand.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SYMBOL_MOST = 128,
};

/* An operand taken apart: displacement(base,index,scale), all of it optional. */
struct parts {
	int64_t number;
	char symbol[SYMBOL_MOST]; /* "": none */
	uint64_t address;	  /* of the symbol */
	char base[8], index[8];	  /* "": none */
	int scale;
};

static const char strange[] = "its operand is none that sys/sdt.h writes";

/* The 64-bit register that holds an assembler's register, as the kernel calls it. */
static bool kernel_register(const char *name, size_t length, char to[8])
{
	static const char *const letters[] = { "ax", "bx", "cx", "dx", "si", "di", "bp", "sp" };

	if (length == 3 && !memcmp(name, "rip", 3)) {
		memcpy(to, "ip", 3);
		return true;
	}
	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++) {
		const char *l = letters[i];

		/* rax eax ax al; rsi esi si sil */
		if ((length == 3 && (name[0] == 'r' || name[0] == 'e') &&
		     !strncmp(name + 1, l, 2)) ||
		    (length == 2 && !strncmp(name, l, 2)) ||
		    (length == 2 && l[1] == 'x' && name[0] == l[0] && name[1] == 'l') ||
		    (length == 3 && !strncmp(name, l, 2) && name[2] == 'l')) {
			memcpy(to, l, strlen(l) + 1);
			return true;
		}
	}
	if (length < 2 || length > 4 || name[0] != 'r' || !isdigit((unsigned char)name[1]))
		return false;
	length = strspn(name + 1, "0123456789") + 1;
	snprintf(to, 8, "%.*s", (int)length, name);
	return true;
}

/* [+-]number and [+]symbol in any order; *text is left behind them. */
static const char *read_displacement(struct parts *p, const char **text, const char *end)
{
	const char *at = *text;

	while (at < end && *at != '(') {
		bool minus = *at == '-';
		const char *from = at + (*at == '-' || *at == '+'), *to = from;

		while (to < end && (isalnum((unsigned char)*to) || strchr("_.$@", *to)))
			to++;
		if (to == from)
			return strange;
		if (isdigit((unsigned char)*from)) {
			char *behind;
			uint64_t n = strtoull(from, &behind, 0);

			if (behind != to)
				return strange;
			p->number = (uint64_t)p->number + (minus ? -n : n);
		} else if (minus || *p->symbol || to - from >= SYMBOL_MOST) {
			return strange;
		} else {
			memcpy(p->symbol, from, to - from);
		}
		at = to;
	}
	*text = at;
	return NULL;
}

/* (base,index,scale) */
static const char *read_registers(struct parts *p, const char *text, const char *end)
{
	const char *names[3] = { text + 1 };
	size_t lengths[3] = { 0 };
	int count = 1;

	if (end[-1] != ')')
		return strange;
	for (const char *at = text + 1; at < end - 1; at++) {
		if (*at != ',') {
			lengths[count - 1]++;
			continue;
		}
		if (count == 3)
			return strange;
		names[count++] = at + 1;
	}
	for (int i = 0; i < 2; i++)
		if (lengths[i] &&
		    (*names[i] != '%' ||
		     !kernel_register(names[i] + 1, lengths[i] - 1, i ? p->index : p->base)))
			return strange;
	p->scale = lengths[2] ? atoi(names[2]) : 1;
	return NULL;
}

static const char *find_symbol(struct parts *p, const struct usdt_program *program)
{
	if (!*p->symbol)
		return NULL;
	if (strchr(p->symbol, '@'))
		return "it is found through the global offset table";
	return program->symbol(program->context, p->symbol, &p->address)
		       ? NULL
		       : "it is at a symbol that the file does not name, or names twice; is it "
			 "stripped?";
}

/* $8, $symbol */
static const char *immediate(struct usdt_operand *to, const char *text, const char *end,
			     const struct usdt_program *program)
{
	struct parts p = { .number = 0 };
	const char *why = text == end ? strange : read_displacement(&p, &text, end);

	why = why ? why : text < end ? strange : find_symbol(&p, program);
	if (why)
		return why;
	if (*p.symbol && !program->fixed)
		return "it is an address in a program that is loaded anywhere";
	p.address += p.number;
	snprintf(to->expression, sizeof(to->expression), "\\%lld", (long long)p.address);
	return NULL;
}

/* Something in memory. */
static const char *memory(struct usdt_operand *to, const char *text, const char *end,
			  const struct usdt_program *program)
{
	struct parts p = { .number = 0 };
	const char *why = read_displacement(&p, &text, end);
	int64_t at;

	if (!why && text < end)
		why = read_registers(&p, text, end);
	why = why ? why : find_symbol(&p, program);
	if (why)
		return why;
	if (!*p.base && *p.index && p.scale == 1) { /* as good as a base */
		memcpy(p.base, p.index, sizeof(p.base));
		*p.index = '\0';
	}
	at = (uint64_t)p.number + p.address;
	if (*p.index)
		return "it is at a sum of two registers, or a multiple of one, which the kernel "
		       "does not compute";
	if (!strcmp(p.base, "ip") || !*p.base) {
		if (!*p.symbol)
			return strange;
		snprintf(to->expression, sizeof(to->expression), "@+0x%llx",
			 (long long)((uint64_t)at - program->base));
		return at < (int64_t)program->base ? strange : NULL;
	}
	if (*p.symbol && !program->fixed)
		return strange;
	snprintf(to->expression, sizeof(to->expression), "%+lld(%%%s)", (long long)at, p.base);
	return NULL;
}

static const char *in_register(struct usdt_operand *to, const char *name, size_t length)
{
	char reg[8];

	if (memchr(name, ':', length))
		return "it is in a segment of the thread's own, whose place the kernel does not "
		       "tell";
	if (length == 2 && name[1] == 'h' && strchr("abcd", *name)) {
		snprintf(to->expression, sizeof(to->expression), "%%%cx", *name);
		snprintf(to->type, sizeof(to->type), "b8@8/64");
		return NULL;
	}
	if (!kernel_register(name, length, reg))
		return "it is in a register for floating-point numbers or vectors";
	snprintf(to->expression, sizeof(to->expression), "%%%s", reg);
	return NULL;
}

void usdt_operand_read(struct usdt_operand *to, const char *text, size_t length,
		       const struct usdt_program *program)
{
	const char *end = text + length, *at = memchr(text, '@', length);
	long size = strtol(text, NULL, 10), bits = size < -8 || size > 8 ? 64 : 8 * labs(size);

	*to = (struct usdt_operand){ .why = strange };
	if (!at || at + 1 == end)
		return;
	snprintf(to->type, sizeof(to->type), "%c%d", size < 0 ? 's' : 'u',
		 bits == 8 || bits == 16 || bits == 32 ? (int)bits : 64);
	at++;
	if (*at == '%')
		to->why = in_register(to, at + 1, end - at - 1);
	else if (*at == '$')
		to->why = immediate(to, at + 1, end, program);
	else
		to->why = memory(to, at, end, program);
	if (to->why)
		*to->expression = '\0';
}
