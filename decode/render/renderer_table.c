// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/render/renderer_table.h"

#include <string.h>

extern const struct renderer chrome_renderer, csv_renderer, ctf_renderer, folded_renderer,
	hex_renderer, hex_sl_renderer, html_renderer, json_renderer, list_renderer, otlp_renderer,
	perfetto_renderer, seccomp_renderer, sqlite_renderer, strace_renderer, summary_renderer;

const struct renderer *const *renderer_all(void)
{
	static const struct renderer *const all[] = {
		&hex_renderer,
		&hex_sl_renderer,
		&strace_renderer,
		&list_renderer,
		&json_renderer,
		&csv_renderer,
		&summary_renderer,
		&folded_renderer,
		&html_renderer,
		&perfetto_renderer,
		&chrome_renderer,
		&ctf_renderer,
		&seccomp_renderer,
		&otlp_renderer,
#if HAVE_SQLITE
		&sqlite_renderer,
#endif
		NULL,
	};

	return all;
}

const struct renderer *renderer_by_name(const char *name)
{
	for (const struct renderer *const *r = renderer_all(); *r; r++)
		if (!strcmp((*r)->name, name) || ((*r)->alias && !strcmp((*r)->alias, name)))
			return *r;
	return NULL;
}
