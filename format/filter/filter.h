/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * filter: strace's expressions that choose calls: `-e trace=open,close,%file,/^set,?newcall,231`
 * and so on, and those for results and signals. The tracer asks it which calls to capture, the
 * decoders which to show. systape-filter(7) is the manual.
 */
#ifndef SYSTAPE_FILTER_H
#define SYSTAPE_FILTER_H

#include "format/calls/desc.h"

#include <stdbool.h>

struct filter;

/* A filter that wants everything; NULL without memory. Free with filter_free (NULL accepted). */
struct filter *filter_new(void);
void filter_free(struct filter *filter);

/*
 * Sets `-e trace=SET`: names, numbers, %class and old class names, /regex, `?` before a name that
 * may be unknown, `all`, `none`, a leading `!` for the complement, `@64`, `@32` and `@x32` behind a
 * name. As in strace, a later set replaces an earlier one. 0, or -EINVAL (-EAFNOSUPPORT where it is
 * about what stands behind @, -ENOMEM) with a sentence in `error` (of `size` bytes); the filter is
 * then as it was.
 */
int filter_trace(struct filter *filter, const char *set, char *error, size_t size);

/*
 * Whether a call is wanted. Numbers without a row are wanted by `all`, complements and their number
 * only. x32's calls are x86-64 numbers with bit 30 set, as the kernel has them.
 */
bool filter_wants(const struct filter *filter, enum desc_arch arch, uint32_t nr);
/* The same of a call as records have it: `arch` is an enum trace_arch, x32's numbers lack that bit.
 */
bool filter_wants_traced(const struct filter *filter, uint8_t arch, uint32_t nr);
/* The same, or that a call is wanted that this one may carry (format/calls/carried.h). */
bool filter_may_want(const struct filter *filter, enum desc_arch arch, uint32_t nr);
/* Whether there is a call that is wanted only for what it may carry. */
bool filter_wants_carried(const struct filter *filter);
/* Whether every call is wanted, by what filter_trace said. */
bool filter_is_all(const struct filter *filter);

/*
 * Takes names and classes from `table` instead of the built-in rows: those of a tape, which may
 * know newer calls. For the sets that come after it; the table stays the caller's and must live
 * until then. NULL: the built-in rows again.
 */
void filter_use_table(struct filter *filter, enum desc_arch arch, const struct desc_table *table);

/* How a call ended, the words of `-e status=SET`. */
enum filter_status {
	FILTER_SUCCESSFUL,
	FILTER_FAILED,
	FILTER_UNFINISHED,  /* it did not return */
	FILTER_UNAVAILABLE, /* it returned, but with what is not known */
	FILTER_DETACHED,    /* the trace ended before it did */
	FILTER_STATUSES,
};

/*
 * Sets `-e status=SET`: the words above, `all`, `none`, a leading `!`. -z is the set "successful",
 * -Z "failed"; the last one counts, as in strace. Errors as in filter_trace.
 */
int filter_status(struct filter *filter, const char *set, char *error, size_t size);
bool filter_wants_status(const struct filter *filter, enum filter_status status);

/*
 * Sets `-e signal=SET`: names in any case with or without SIG, numbers up to 255, `all`, `none`, a
 * leading `!`. Errors as in filter_trace.
 */
int filter_signal(struct filter *filter, const char *set, char *error, size_t size);
bool filter_wants_signal(const struct filter *filter, unsigned int signal);

/* Sets of descriptors, each empty at first. */
enum filter_descriptors {
	FILTER_TOUCHED,	     /* -e trace-fds=SET */
	FILTER_DUMPED_READ,  /* -e read=SET */
	FILTER_DUMPED_WRITE, /* -e write=SET */
	FILTER_DESCRIPTORS,
};

/*
 * Sets one of them: numbers, `all`, `none`, a leading `!`. Errors as in filter_trace.
 */
int filter_descriptors(struct filter *filter, enum filter_descriptors which, const char *set,
		       char *error, size_t size);
/* False for a negative one. */
bool filter_wants_descriptor(const struct filter *filter, enum filter_descriptors which, int fd);

/*
 * The grammar of filter_trace in lines, for `-e help`: the `i`th word, what follows it ("" if
 * nothing), and its help. False past the last; the strings are constant.
 */
bool filter_help(size_t i, const char **word, const char **argument, const char **help);

#endif
