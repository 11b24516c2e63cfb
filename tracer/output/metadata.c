// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/metadata.h"

#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

const char metadata_header_text[] = {
#include "trace_text.h"
};
const size_t metadata_header_size = sizeof(metadata_header_text);

static int64_t ns(const struct timespec *t)
{
	return t->tv_sec * 1000000000ll + t->tv_nsec;
}

int metadata_header(struct trace_header *h)
{
	struct timespec before, real, after;
	long cpus = sysconf(_SC_NPROCESSORS_CONF);

	memset(h, 0, sizeof(*h));
	clock_gettime(CLOCK_MONOTONIC, &before);
	clock_gettime(CLOCK_REALTIME, &real);
	clock_gettime(CLOCK_MONOTONIC, &after);
	h->clock = CLOCK_MONOTONIC;
	h->start = ns(&after);
	h->realtime = ns(&real) - (ns(&before) + ns(&after)) / 2;
	h->cpus = cpus > 0 ? cpus : 1;
	h->arch = TRACE_X86_64;
	h->recorder = getpid();
	h->page_size = sysconf(_SC_PAGESIZE);
	return getrandom(h->capture, sizeof(h->capture), 0) == sizeof(h->capture) ? 0 : -EIO;
}

int metadata_header_next(struct trace_header *h)
{
	struct trace_header next;
	int error = metadata_header(&next);

	memcpy(next.capture, h->capture, sizeof(next.capture));
	next.part = h->part;
	if (!error)
		*h = next;
	return error;
}

/* Words that a shell would take apart stand in quotes. */
static char *command_line(int argc, char **argv)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return NULL;
	for (int i = 0; i < argc; i++) {
		bool plain =
			*argv[i] &&
			!argv[i][strspn(argv[i], "abcdefghijklmnopqrstuvwxyz"
						 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./_-")];

		fputs(i ? " " : "", out);
		if (plain) {
			fputs(argv[i], out);
			continue;
		}
		putc('\'', out);
		for (const char *c = argv[i]; *c; c++)
			*c == '\'' ? fputs("'\\''", out) : putc(*c, out);
		putc('\'', out);
	}
	fclose(out);
	return text;
}

static int write_rows(struct tape_writer *writer, const struct desc_table *table, uint32_t arch)
{
	int error = 0;

	for (uint32_t nr = 0; nr < desc_table_limit(table) && !error; nr++) {
		const struct desc_call *call = desc_table_call(table, nr);
		const char *row;

		for (unsigned int i = 0;
		     call && !error && (row = desc_row_text((enum desc_arch)arch, call->name, i));
		     i++)
			error = tape_writer_meta(writer, TRACE_META_CALL, arch, nr, row,
						 strlen(row));
	}
	return error;
}

/* Decoders name interfaces where the tape has only their index. */
static void write_interfaces(struct tape_writer *writer)
{
	struct if_nameindex *all = if_nameindex();

	for (struct if_nameindex *i = all; i && i->if_index; i++)
		tape_writer_meta(writer, TRACE_META_INTERFACE, 0, i->if_index, i->if_name,
				 strlen(i->if_name));
	if (all)
		if_freenameindex(all);
}

int metadata_write(struct tape_writer *writer, int argc, char **argv, const char *backend,
		   const struct desc_table *native, const struct desc_table *compat)
{
	char *command = command_line(argc, argv),
	     kernel[2 * sizeof(((struct utsname *)0)->release) + 2];
	struct utsname u;
	int error;

	if (!command)
		return -ENOMEM;
	uname(&u);
	snprintf(kernel, sizeof(kernel), "%s %s", u.release, u.version);
	error = tape_writer_meta(writer, TRACE_META_COMMAND, 0, 0, command, strlen(command));
	tape_writer_meta(writer, TRACE_META_HOST, 0, 0, u.nodename, strlen(u.nodename));
	tape_writer_meta(writer, TRACE_META_KERNEL, 0, 0, kernel, strlen(kernel));
	tape_writer_meta(writer, TRACE_META_RECORDER, 0, 0, "systape " SYSTAPE_VERSION,
			 strlen("systape " SYSTAPE_VERSION));
	tape_writer_meta(writer, TRACE_META_BACKEND, 0, 0, backend, strlen(backend));
	tape_writer_meta(writer, TRACE_META_HEADER, 0, 0, metadata_header_text,
			 metadata_header_size);
	write_interfaces(writer);
	free(command);
	if (!error)
		error = write_rows(writer, native, TRACE_X86_64);
	if (!error)
		error = write_rows(writer, compat, TRACE_I386);
	return error ? error : tape_writer_flush(writer);
}
