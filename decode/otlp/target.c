// SPDX-License-Identifier: GPL-2.0-or-later
/* Source: the specification of OpenTelemetry, "OTLP Exporter Configuration". */
#include "decode/otlp/target.h"

#include "decode/otlp/environment.h"
#include "format/option_parse.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TIMEOUT = 10000, /* ms */
	CERTIFICATES_MOST = 16 << 20,
};

static const char system_certificates[] = "/etc/ssl/certs/ca-certificates.crt";

static bool __attribute__((format(printf, 2, 3)))
refused(struct tape_error *why, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why->text, sizeof(why->text), format, args);
	va_end(args);
	return false;
}

/* Puts the signal's path behind the one that is there. */
static bool add_path(const struct curl_library *l, CURLU *url, enum otlp_signal signal)
{
	static const char *const paths[] = {
		[OTLP_TRACES] = "/v1/traces", [OTLP_LOGS] = "/v1/logs"
	};
	char *path = NULL, *whole = NULL;
	size_t size;
	bool good;

	if (l->url_get(url, CURLUPART_PATH, &path, 0))
		return false;
	for (size = strlen(path); size && path[size - 1] == '/'; size--)
		;
	good = asprintf(&whole, "%.*s%s", (int)size, path, paths[signal]) >= 0 &&
	       !l->url_set(url, CURLUPART_PATH, whole, 0);
	l->free(path);
	free(whole);
	return good;
}

/* The address of a signal is taken as it is; the one for all gets the signal's path. */
static CURLU *address_of(const struct curl_library *l, enum otlp_signal signal,
			 struct tape_error *why)
{
	bool own = false, good;
	const char *given = environment_setting(signal, "ENDPOINT", &own);
	char *scheme = NULL;
	CURLU *url = l->url();

	given = given ? given : "http://localhost:4318";
	good = url && !l->url_set(url, CURLUPART_URL, given, 0) &&
	       !l->url_get(url, CURLUPART_SCHEME, &scheme, 0) &&
	       (!strcmp(scheme, "http") || !strcmp(scheme, "https")) &&
	       (own || add_path(l, url, signal));
	l->free(scheme);
	if (good)
		return url;
	/* It may have a password in it. */
	refused(why, "OTEL_EXPORTER_OTLP_ENDPOINT is no address such as http://localhost:4318");
	l->url_cleanup(url);
	return NULL;
}

/* Neither name nor password, nor what may be a key behind a question mark. */
static bool show(struct target *t, const struct curl_library *l, CURLU *url)
{
	char *host = NULL, *path = NULL, *port = NULL, *scheme = NULL;
	bool good = !l->url_get(url, CURLUPART_SCHEME, &scheme, 0) &&
		    !l->url_get(url, CURLUPART_HOST, &host, 0) &&
		    !l->url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) &&
		    !l->url_get(url, CURLUPART_PATH, &path, 0) &&
		    asprintf(&t->shown, "%s://%s:%s%s", scheme, host, port, path) >= 0;

	l->free(scheme);
	l->free(host);
	l->free(port);
	l->free(path);
	return good;
}

/* An entry for libcurl: HOST:PORT:ADDRESS,ADDRESS. */
static bool add_names(struct target *t, const struct curl_library *l, const char *host,
		      const char *port, const struct addrinfo *found)
{
	char entry[2048], address[INET6_ADDRSTRLEN];
	size_t used = (size_t)snprintf(entry, sizeof(entry), "%s:%s:", host, port);
	bool any = false;

	for (; found && used < sizeof(entry) - 80; found = found->ai_next) {
		bool six = found->ai_family == AF_INET6;
		const void *bytes =
			six ? (const void *)&(
				      (const struct sockaddr_in6 *)(const void *)found->ai_addr)
					->sin6_addr
			    : (const void *)&(
				      (const struct sockaddr_in *)(const void *)found->ai_addr)
					->sin_addr;

		if (!inet_ntop(found->ai_family, bytes, address, sizeof(address)))
			continue;
		used += (size_t)snprintf(entry + used, sizeof(entry) - used, "%s%s%s%s",
					 any ? "," : "", six ? "[" : "", address, six ? "]" : "");
		any = true;
	}
	t->names = any ? l->slist_append(NULL, entry) : NULL;
	return t->names;
}

static bool resolve(struct target *t, const struct curl_library *l, CURLU *url,
		    struct tape_error *why)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
	char *host = NULL, *port = NULL;
	bool good = true;
	int error;

	if (l->url_get(url, CURLUPART_HOST, &host, 0) ||
	    l->url_get(url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT)) {
		l->free(host);
		return refused(why, "out of memory");
	}
	if (*host != '[') { /* an address is none that has to be looked up, but does no harm */
		error = getaddrinfo(host, port, &hints, &found);
		if (error)
			good = refused(why, "cannot find the machine %s: %s", host,
				       gai_strerror(error));
		else if (!add_names(t, l, host, port, found))
			good = refused(why, "the machine %s has no address", host);
		if (!error)
			freeaddrinfo(found);
	}
	l->free(host);
	l->free(port);
	return good;
}

static bool read_certificates(struct target *t, enum otlp_signal signal, struct tape_error *why)
{
	const char *given = environment_setting(signal, "CERTIFICATE", NULL);
	const char *name = given ? given : system_certificates;
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	struct stat about;
	ssize_t got = -1;

	if (fd >= 0 && !fstat(fd, &about) && S_ISREG(about.st_mode) &&
	    about.st_size <= CERTIFICATES_MOST) {
		t->certificates = malloc((size_t)about.st_size + 1);
		got = t->certificates ? read(fd, t->certificates, (size_t)about.st_size) : -1;
	}
	if (fd >= 0)
		close(fd);
	if (got <= 0)
		return refused(why, "cannot read the certificates in %s: %s", name,
			       errno ? strerror(errno) : "it is no such file");
	t->certificates_size = (size_t)got;
	return true;
}

struct headers {
	struct target *target;
	const struct curl_library *library;
};

static bool add_line(struct target *t, const struct curl_library *l, const char *line)
{
	struct curl_slist *more = l->slist_append(t->headers, line);

	if (more)
		t->headers = more;
	return more;
}

/* What would end the line begins another header. */
static bool take_header(void *context, const char *key, const char *value)
{
	struct headers *h = context;
	char *line = NULL;
	bool good = !strpbrk(key, "\r\n:") && !strpbrk(value, "\r\n") &&
		    asprintf(&line, "%s: %s", key, value) >= 0 &&
		    add_line(h->target, h->library, line);

	free(line);
	return good;
}

static bool add_headers(struct target *t, const struct curl_library *l, enum otlp_signal signal,
			struct tape_error *why)
{
	const char *list = environment_setting(signal, "HEADERS", NULL);
	struct headers headers = { t, l };

	if (!add_line(t, l, "Content-Type: application/x-protobuf") ||
	    !add_line(t, l, "Expect:") || /* sends at once, without asking whether it may */
	    (t->gzip && !add_line(t, l, "Content-Encoding: gzip")))
		return refused(why, "out of memory");
	/* What is wrong is not shown: it may be a secret. */
	return !list || environment_list(list, take_header, &headers) ||
	       refused(why, "OTEL_EXPORTER_OTLP_HEADERS is no list of NAME=VALUE");
}

static bool read_settings(struct target *t, enum otlp_signal signal, long *timeout,
			  struct tape_error *why)
{
	const char *compression = environment_setting(signal, "COMPRESSION", NULL);
	const char *protocol = environment_setting(signal, "PROTOCOL", NULL);
	const char *text = environment_setting(signal, "TIMEOUT", NULL);
	uint64_t number = TIMEOUT;

	if (text && !option_parse_number(text, 1, INT_MAX, &number))
		return refused(why, "OTEL_EXPORTER_OTLP_TIMEOUT is no number of milliseconds: %s",
			       text);
	*timeout = (long)number;
	t->gzip = compression && !strcmp(compression, "gzip");
	if (compression && !t->gzip && strcmp(compression, "none"))
		return refused(why, "OTEL_EXPORTER_OTLP_COMPRESSION is gzip or none, not %s",
			       compression);
	if (protocol && strcmp(protocol, "http/protobuf"))
		return refused(why,
			       "OTEL_EXPORTER_OTLP_PROTOCOL asks for %s: there is http/protobuf "
			       "alone",
			       protocol);
	return true;
}

/* No files, names or other machines than this one from here on. */
static bool prepare(struct target *t, const struct curl_library *l, CURLU *url, long timeout)
{
	struct curl_blob blob = { t->certificates, t->certificates_size, CURL_BLOB_NOCOPY };
	CURL *h = t->handle = l->easy_init();

	return h && !l->easy_setopt(h, CURLOPT_CURLU, url) &&
	       !l->easy_setopt(h, CURLOPT_POST, 1L) &&
	       !l->easy_setopt(h, CURLOPT_HTTPHEADER, t->headers) &&
	       !l->easy_setopt(h, CURLOPT_USERAGENT,
			       "OTel-OTLP-Exporter-systape/" SYSTAPE_VERSION) &&
	       !l->easy_setopt(h, CURLOPT_TIMEOUT_MS, timeout) &&
	       !l->easy_setopt(h, CURLOPT_NOSIGNAL, 1L) && !l->easy_setopt(h, CURLOPT_PROXY, "") &&
	       !l->easy_setopt(h, CURLOPT_ERRORBUFFER, t->error) &&
	       (!t->names || !l->easy_setopt(h, CURLOPT_RESOLVE, t->names)) &&
	       (!t->certificates || (!l->easy_setopt(h, CURLOPT_CAINFO, NULL) &&
				     !l->easy_setopt(h, CURLOPT_CAPATH, NULL) &&
				     !l->easy_setopt(h, CURLOPT_CAINFO_BLOB, &blob)));
}

bool target_open(struct target *t, const struct curl_library *l, enum otlp_signal signal,
		 struct tape_error *why)
{
	CURLU *url = NULL;
	long timeout = 0;
	bool good = read_settings(t, signal, &timeout, why) && (url = address_of(l, signal, why)) &&
		    add_headers(t, l, signal, why);

	if (good && !show(t, l, url))
		good = refused(why, "out of memory");
	good = good && resolve(t, l, url, why);
	if (good && !strncmp(t->shown, "https", 5))
		good = read_certificates(t, signal, why);
	if (good && !prepare(t, l, url, timeout))
		good = refused(why, "libcurl cannot be prepared: it is too old");
	t->url = url;
	return good;
}

void target_close(struct target *t, const struct curl_library *l)
{
	if (t->handle)
		l->easy_cleanup(t->handle);
	if (t->url)
		l->url_cleanup(t->url);
	if (t->headers)
		l->slist_free_all(t->headers);
	if (t->names)
		l->slist_free_all(t->names);
	free(t->certificates);
	free(t->shown);
}
