// SPDX-License-Identifier: GPL-2.0-or-later
/* Sources: the Common Trace Format 1.8.3 specification; the names of events and fields are
 * lttng-modules'. */
#include "decode/ctf/ctf_metadata.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define INTEGER(bits, is_signed, base)                                                             \
	"integer { size = " #bits "; align = 8; signed = " #is_signed "; base = " #base "; }"

static void put_event(struct text *t, uint32_t id, const char *before, const char *name)
{
	text_printf(t,
		    "event {\n\tname = \"%s%s\";\n\tid = %" PRIu32
		    ";\n\tstream_id = 0;\n\tfields := struct {\n",
		    before, name, id);
}

static void put_end(struct text *t)
{
	text_put(t, "\t};\n};\n\n");
}

/* Every name has a _ in front, which readers take off: none is a word of the language. */
static void put_field(struct text *t, const char *type, const char *name)
{
	text_printf(t, "\t\t%s _%s;\n", type, name);
}

static void put_own(struct text *t)
{
	put_event(t, CTF_FORK, "", "sched_process_fork");
	put_field(t, "string", "parent_comm");
	put_field(t, INTEGER(32, true, 10), "parent_tid");
	put_field(t, INTEGER(32, true, 10), "parent_pid");
	put_field(t, "string", "child_comm");
	put_field(t, INTEGER(32, true, 10), "child_tid");
	put_field(t, INTEGER(32, true, 10), "child_pid");
	put_end(t);
	put_event(t, CTF_EXEC, "", "sched_process_exec");
	put_field(t, "string", "filename");
	put_field(t, INTEGER(32, true, 10), "tid");
	put_field(t, INTEGER(32, true, 10), "old_tid");
	put_end(t);
	put_event(t, CTF_EXIT, "", "sched_process_exit");
	put_field(t, "string", "comm");
	put_field(t, INTEGER(32, true, 10), "tid");
	put_field(t, INTEGER(32, true, 10), "status");
	put_end(t);
	put_event(t, CTF_SIGNAL, "", "signal_deliver");
	put_field(t, INTEGER(32, true, 10), "sig");
	put_end(t);
	put_event(t, CTF_PROBE, "", "probe");
	put_field(t, "string", "name");
	put_end(t);
}

int ctf_metadata_init(struct ctf_metadata *m)
{
	m->count = CTF_CALLS;
	if (text_open(&m->events, -1))
		return -ENOMEM;
	put_own(&m->events);
	return 0;
}

void ctf_metadata_done(struct ctf_metadata *m)
{
	for (int arch = 0; arch <= CTF_ARCHES; arch++)
		for (int nr = 0; nr <= CTF_NUMBERS; nr++)
			for (int bare = 0; bare < 2; bare++)
				free(m->classes[bare][arch][nr]);
	text_close(&m->events);
}

static struct ctf_field field_of(const struct desc_arg *arg)
{
	switch ((enum desc_kind)arg->kind) {
	case DESC_PATH:
	case DESC_STR:
		if (arg->dir & DESC_IN)
			return (struct ctf_field){ CTF_STRING, 0 };
		break;
	case DESC_INT:
	case DESC_FD:
	case DESC_DIRFD:
	case DESC_PID:
	case DESC_SIGNAL:
	case DESC_CLOCKID:
	case DESC_ENUM: return (struct ctf_field){ CTF_INT, 4 };
	case DESC_UINT:
	case DESC_UID:
	case DESC_GID:
	case DESC_DEV: return (struct ctf_field){ CTF_UINT, 4 };
	case DESC_MODE: return (struct ctf_field){ CTF_OCT, 4 };
	case DESC_FLAGS:
	case DESC_HIGH:
	case DESC_HEX32: return (struct ctf_field){ CTF_HEX, 4 };
	case DESC_LONG:
	case DESC_OFF:
	case DESC_TIME:
	case DESC_ENUM64: return (struct ctf_field){ CTF_INT, 8 };
	case DESC_ULONG:
	case DESC_SIZE: return (struct ctf_field){ CTF_UINT, 8 };
	case DESC_UNUSED: return (struct ctf_field){ CTF_SKIPPED, 0 };
	default: break;
	}
	return (struct ctf_field){ CTF_HEX, 8 }; /* an address */
}

static const char *type_name(const struct ctf_field *f)
{
	switch ((enum ctf_type)f->type) {
	case CTF_INT: return f->bytes == 4 ? INTEGER(32, true, 10) : INTEGER(64, true, 10);
	case CTF_UINT: return f->bytes == 4 ? INTEGER(32, false, 10) : INTEGER(64, false, 10);
	case CTF_HEX: return f->bytes == 4 ? INTEGER(32, false, 16) : INTEGER(64, false, 16);
	case CTF_OCT: return INTEGER(32, false, 8);
	case CTF_STRING:
	case CTF_SKIPPED: break;
	}
	return "string";
}

/* What a call may be given there: some of its forms have arguments that others lack. */
static const struct desc_arg *argument_of(const struct desc_call *row, int i)
{
	for (; row; row = row->next_variant)
		if (i < row->args)
			return &row->arg[i];
	return NULL;
}

/* A word, and not one of those before it: a tape has rows of its own. */
static bool is_name(const struct desc_call *row, int i)
{
	const char *name = argument_of(row, i)->name;

	for (int other = 0; other < i; other++)
		if (!strcmp(argument_of(row, other)->name, name))
			return false;
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_"
					   "ABCDEFGHIJKLMNOPQRSTUVWXYZ")];
}

static void put_entry(struct text *t, struct ctf_class *class, const struct desc_call *row)
{
	const struct desc_arg *arg;
	char name[8];

	for (int i = 0; i < DESC_ARGS && (arg = argument_of(row, i)); i++) {
		class->fields++;
		class->field[i] = field_of(arg);
		if (class->field[i].type == CTF_SKIPPED)
			continue;
		snprintf(name, sizeof(name), "arg%d", i);
		put_field(t, type_name(&class->field[i]), is_name(row, i) ? arg->name : name);
	}
}

static void put_unknown(struct text *t, struct ctf_class *class, bool bare)
{
	char name[8];

	put_field(t, INTEGER(32, false, 10), "id");
	class->fields = bare ? 0 : DESC_ARGS;
	for (int i = 0; i < class->fields; i++) {
		class->field[i] = (struct ctf_field){ CTF_HEX, 8 };
		snprintf(name, sizeof(name), "arg%d", i);
		put_field(t, type_name(&class->field[i]), name);
	}
}

static const char *const abis[CTF_ARCHES + 1] = {
	[TRACE_I386] = "compat_", [TRACE_X32] = "x32_", [CTF_ARCHES] = "other_"
};

static struct ctf_class *new_class(struct ctf_metadata *m, const struct desc_call *row,
				   unsigned int arch, bool bare)
{
	struct ctf_class *class = calloc(1, sizeof(*class));
	const char *name = row ? row->name : "unknown";
	struct text *t = &m->events;
	char before[32];

	if (!class)
		return NULL;
	class->unknown = !row;
	class->entry = m->count++;
	class->exit = m->count++;
	snprintf(before, sizeof(before), "%ssyscall_entry_", abis[arch] ? abis[arch] : "");
	put_event(t, class->entry, before, name);
	if (row && !bare)
		put_entry(t, class, row);
	else if (!row)
		put_unknown(t, class, bare);
	put_end(t);
	snprintf(before, sizeof(before), "%ssyscall_exit_", abis[arch] ? abis[arch] : "");
	put_event(t, class->exit, before, name);
	if (!row)
		put_field(t, INTEGER(32, false, 10), "id");
	put_field(t,
		  row && (row->result == DESC_PTR || row->result == DESC_HEX)
			  ? INTEGER(64, true, 16)
			  : INTEGER(64, true, 10),
		  "ret");
	put_field(t, "string", "args");
	put_end(t);
	return class;
}

const struct ctf_class *ctf_metadata_call(struct ctf_metadata *m, const struct call *call)
{
	unsigned int arch = call->arch < CTF_ARCHES ? call->arch : CTF_ARCHES;
	uint32_t nr =
		call->row && arch < CTF_ARCHES && call->nr < CTF_NUMBERS ? call->nr : CTF_NUMBERS;
	struct ctf_class **class = &m->classes[!call->args_known][arch][nr];

	if (!*class)
		*class = new_class(m, nr < CTF_NUMBERS ? call->row : NULL, arch, !call->args_known);
	return *class;
}

/* Within quotes: what would end them, or is not plain, is a question mark. */
static void put_words(struct text *out, const char *name, const char *value, size_t size)
{
	text_printf(out, "\t%s = \"", name);
	for (size_t i = 0; i < size; i++)
		text_char(out, value[i] < ' ' || value[i] > '~' || strchr("\"\\?", value[i])
				       ? '?'
				       : value[i]);
	text_put(out, "\";\n");
}

/* Seconds, and the rest: a capture may have begun in 1969. */
static void put_clock(struct text *out, const struct tape_facts *facts)
{
	int64_t offset = (int64_t)tape_time(facts, 0), s = offset / 1000000000,
		ns = offset % 1000000000;

	if (ns < 0) {
		s--;
		ns += 1000000000;
	}
	text_printf(out,
		    "clock {\n\tname = \"monotonic\";\n\tdescription = \"CLOCK_MONOTONIC\";\n"
		    "\tfreq = 1000000000;\n\toffset_s = %" PRId64 ";\n\toffset = %" PRId64
		    ";\n};\n\n",
		    s, ns);
}

static void put_trace(struct text *out, const uint8_t *uuid)
{
	text_put(out, "/* CTF 1.8 */\n\ntrace {\n\tmajor = 1;\n\tminor = 8;\n\tuuid = \"");
	for (int i = 0; i < 16; i++)
		text_printf(out, "%s%02x", i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
			    uuid[i]);
	text_put(out,
		 "\";\n\tbyte_order = le;\n\tpacket.header := struct {\n\t\t" INTEGER(
			 32, false,
			 16) " magic;\n\t\t" INTEGER(8, false,
						     16) " uuid[16];\n\t\t" INTEGER(32, false,
										    10) " stream_"
											"id;\n\t};"
											"\n};\n\n");
}

static void put_environment(struct text *out, const struct tape_facts *facts)
{
	text_put(out, "env {\n\tdomain = \"kernel\";\n\tsysname = \"Linux\";\n");
	put_words(out, "hostname", facts->host, strlen(facts->host));
	put_words(out, "kernel_release", facts->kernel, strcspn(facts->kernel, " "));
	put_words(out, "tracer_name", facts->recorder, strcspn(facts->recorder, " "));
	put_words(out, "command", facts->command, strlen(facts->command));
	text_put(out, "};\n\n");
}

#define TIME "integer { size = 64; align = 8; signed = false; map = clock.monotonic.value; }"

static const char stream[] =
	"stream {\n"
	"\tid = 0;\n"
	"\tevent.header := struct {\n"
	"\t\t" INTEGER(
		32, false,
		10) " id;\n"
		    "\t\t" TIME " timestamp;\n"
		    "\t};\n"
		    "\tpacket.context := struct {\n"
		    "\t\t" TIME " timestamp_begin;\n"
		    "\t\t" TIME " timestamp_end;\n"
		    "\t\t" INTEGER(
			    64, false,
			    10) " content_size;\n"
				"\t\t" INTEGER(
					64, false,
					10) " packet_size;\n"
					    "\t\t" INTEGER(
						    64, false,
						    10) " packet_seq_num;\n"
							"\t\t" INTEGER(
								64, false,
								10) " events_discarded;\n"
								    "\t\t" INTEGER(
									    32, false,
									    10) " cpu_id;\n"
										"\t};\n"
										"\tevent.context "
										":= struct {\n"
										"\t\t" INTEGER(
											32, true,
											10) " _pid;"
											    "\n"
											    "\t"
											    "\t" INTEGER(
												    32,
												    true,
												    10) " _tid;\n"
													"\t\tstring _procname;\n"
													"\t};\n"
													"};\n\n";

void ctf_metadata_write(const struct ctf_metadata *m, const struct tape_facts *facts,
			struct text *out)
{
	put_trace(out, facts->header->capture);
	put_environment(out, facts);
	put_clock(out, facts);
	text_put(out, stream);
	text_bytes(out, m->events.data, m->events.used);
	if (m->events.error)
		out->error = m->events.error;
}
