// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/output/tape_start.h"

#include "tracer/output/metadata.h"

#include <errno.h>

struct tape_writer *tape_start(const struct options *o, const struct recording_facts *f,
			       const struct trace_header *header, struct tape_sink *sink,
			       int *error)
{
	struct tape_writer *w = tape_writer_new(
		sink, header, o->binary ? o->codec : codec_by_name("none"), o->level);
	bool bare =
		o->redact &&
		redact_cmdline(o->redact); /* our own command line has the command's arguments */

	*error =
		w ? metadata_write(w, bare ? 1 : f->argc, f->argv, f->backend, f->native, f->compat)
		  : -ENOMEM;
	if (!*error && f->describe)
		*error = f->describe(f->context, w);
	if (!*error)
		*error = tape_writer_flush(w);
	if (!*error && o->redact)
		tape_writer_edit(w, redact_records, o->redact);
	if (!*error)
		return w;
	tape_writer_free(w);
	return NULL;
}
