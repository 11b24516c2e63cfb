// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/heading.h"

#include "decode/render/wall_time.h"

const char *heading_host(const struct render *r)
{
	return *r->facts->host ? r->facts->host : "unknown host";
}

void heading_put(struct render *r)
{
	const struct trace_header *h = r->facts->header;
	const char *host = heading_host(r);
	struct wall_time wall = { 0 };

	if (!r->several || !r->options->header)
		return;
	text_put(r->out, r->further ? "\n==> " : "==> ");
	text_escaped(r->out, host, strlen(host), NULL);
	text_put(r->out, ", ");
	wall_time_put(&wall, r->out, h->start + (uint64_t)h->realtime);
	text_put(r->out, " <==\n");
}
