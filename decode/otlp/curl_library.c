// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/otlp/curl_library.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

bool curl_library_load(struct curl_library *l, struct tape_error *why)
{
	const struct {
		const char *name;
		void *function;
	} functions[] = {
		{ "curl_global_init", &l->global_init },
		{ "curl_easy_init", &l->easy_init },
		{ "curl_easy_setopt", &l->easy_setopt },
		{ "curl_easy_perform", &l->easy_perform },
		{ "curl_easy_getinfo", &l->easy_getinfo },
		{ "curl_easy_strerror", &l->easy_strerror },
		{ "curl_easy_cleanup", &l->easy_cleanup },
		{ "curl_slist_append", &l->slist_append },
		{ "curl_slist_free_all", &l->slist_free_all },
		{ "curl_url", &l->url },
		{ "curl_url_set", &l->url_set },
		{ "curl_url_get", &l->url_get },
		{ "curl_url_cleanup", &l->url_cleanup },
		{ "curl_free", &l->free },
	};
	void *library = dlopen("libcurl.so.4", RTLD_NOW);

	for (size_t i = 0; library && i < sizeof(functions) / sizeof(*functions); i++) {
		void *function = dlsym(library, functions[i].name);

		if (!function)
			library = NULL;
		memcpy(functions[i].function, &function, sizeof(function));
	}
	if (!library)
		snprintf(why->text, sizeof(why->text),
			 "sending needs libcurl: %s; install it (Debian: libcurl4), or name a file "
			 "with -o",
			 dlerror());
	return library;
}
