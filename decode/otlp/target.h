/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * target: where batches of a signal go and how, as the environment says: address, headers,
 * compression, certificates. All that needs files or names of machines is looked up here, before
 * the sender shuts itself in. Called by delivery.
 */
#ifndef SYSTAPE_OTLP_TARGET_H
#define SYSTAPE_OTLP_TARGET_H

#include "decode/otlp/curl_library.h"
#include "decode/otlp/frame.h"

struct target {
	CURLU *url;
	CURL *handle; /* with all that does not change; NULL: it is not wanted */
	char *shown;  /* the address without what may be secret, for messages */
	bool gzip;
	struct curl_slist *headers, *names; /* names: addresses of the machine */
	char error[CURL_ERROR_SIZE];
	void *certificates;
	size_t certificates_size;
};

/* Zero before. False with a sentence; target_close in any case. */
bool target_open(struct target *target, const struct curl_library *library, enum otlp_signal signal,
		 struct tape_error *why);
void target_close(struct target *target, const struct curl_library *library);

#endif
