// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/stream/text_socket.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* NAME=VALUE: the value. */
static bool field(struct grammar_part *rest, const char *name, struct grammar_part *value)
{
	size_t n;

	if (!grammar_next(rest, value))
		return false;
	n = grammar_name(*value);
	if (!n || !grammar_is((struct grammar_part){ value->at, n }, name))
		return false;
	value->at += n + 1;
	value->size -= n + 1;
	return true;
}

/* FUNCTION(...): what is between the parentheses. */
static bool within(struct grammar_part *p, const char *function)
{
	size_t n = strlen(function);

	if (p->size < n + 2 || memcmp(p->at, function, n) != 0 || p->at[n] != '(' ||
	    p->at[p->size - 1] != ')')
		return false;
	*p = (struct grammar_part){ p->at + n + 1, p->size - n - 2 };
	return true;
}

static bool port(struct grammar_part *rest, const char *name, uint16_t *number)
{
	struct grammar_part p;
	uint64_t value;

	if (!field(rest, name, &p) || !within(&p, "htons") || grammar_number(p, &value) != p.size)
		return false;
	*number = htons((uint16_t)value);
	return true;
}

/* "127.0.0.1" */
static bool quoted(struct grammar_part p, int family, void *address)
{
	char text[INET6_ADDRSTRLEN];

	if (p.size < 2 || p.size > sizeof(text) || *p.at != '"')
		return false;
	memcpy(text, p.at + 1, p.size - 2);
	text[p.size - 2] = '\0';
	return inet_pton(family, text, address) == 1;
}

static size_t inet(struct grammar_part rest, char *address)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct grammar_part p;

	if (!port(&rest, "sin_port", &in.sin_port) || !field(&rest, "sin_addr", &p) ||
	    !within(&p, "inet_addr") || !quoted(p, AF_INET, &in.sin_addr))
		return 0;
	memcpy(address, &in, sizeof(in));
	return sizeof(in);
}

/* inet_pton(AF_INET6, "::1", &sin6_addr) stands before or behind sin6_flowinfo. */
static size_t inet6(struct grammar_part rest, char *address)
{
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	struct grammar_part p, text;

	if (!port(&rest, "sin6_port", &in6.sin6_port))
		return 0;
	while (grammar_next(&rest, &p)) {
		if (!within(&p, "inet_pton"))
			continue;
		if (!grammar_next(&p, &text) || !grammar_next(&p, &text) ||
		    !quoted(text, AF_INET6, &in6.sin6_addr))
			return 0;
		memcpy(address, &in6, sizeof(in6));
		return sizeof(in6);
	}
	return 0;
}

/* sun_path="/run/x", of an abstract one @"x". */
static size_t local(struct grammar_part rest, char *address)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct grammar_part p;
	size_t abstract, size;

	if (!field(&rest, "sun_path", &p) || !p.size)
		return 0;
	abstract = *p.at == '@';
	p.at += abstract;
	p.size -= abstract;
	size = p.size > 2 && *p.at == '"' ? grammar_string(p.at, p.size) : 0;
	if (size < 3 || size != p.size || size > sizeof(un.sun_path) + 1)
		return 0;
	size = abstract + grammar_unescape(p.at + 1, size - 2, un.sun_path + abstract);
	size += offsetof(struct sockaddr_un, sun_path);
	memcpy(address, &un, size);
	return size;
}

size_t text_socket_address(struct grammar_part p, char *address)
{
	struct grammar_part family;

	if (p.size < 2 || *p.at != '{' || p.at[p.size - 1] != '}')
		return 0;
	p = (struct grammar_part){ p.at + 1, p.size - 2 };
	if (!field(&p, "sa_family", &family))
		return 0;
	if (grammar_is(family, "AF_INET"))
		return inet(p, address);
	if (grammar_is(family, "AF_INET6"))
		return inet6(p, address);
	return grammar_is(family, "AF_UNIX") || grammar_is(family, "AF_LOCAL") ? local(p, address)
									       : 0;
}
