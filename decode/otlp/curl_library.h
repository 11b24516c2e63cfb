/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * curl_library: the functions of libcurl, loaded when something is to be sent. It takes thirty
 * other libraries along and with them more time than a short tape does, which nobody else is to
 * pay. Called by delivery.
 */
#ifndef SYSTAPE_OTLP_CURL_LIBRARY_H
#define SYSTAPE_OTLP_CURL_LIBRARY_H

#include "format/tape/tape_reader.h"

#include <curl/curl.h>

struct curl_library {
	CURLcode (*global_init)(long flags);
	CURL *(*easy_init)(void);
	CURLcode (*easy_setopt)(CURL *handle, CURLoption option, ...);
	CURLcode (*easy_perform)(CURL *handle);
	CURLcode (*easy_getinfo)(CURL *handle, CURLINFO info, ...);
	const char *(*easy_strerror)(CURLcode code);
	void (*easy_cleanup)(CURL *handle);
	struct curl_slist *(*slist_append)(struct curl_slist *list, const char *string);
	void (*slist_free_all)(struct curl_slist *list);
	CURLU *(*url)(void);
	CURLUcode (*url_set)(CURLU *url, CURLUPart part, const char *text, unsigned int flags);
	CURLUcode (*url_get)(CURLU *url, CURLUPart part, char **text, unsigned int flags);
	void (*url_cleanup)(CURLU *url);
	void (*free)(void *memory);
};

/* Stays loaded. False with a sentence. */
bool curl_library_load(struct curl_library *library, struct tape_error *why);

#endif
