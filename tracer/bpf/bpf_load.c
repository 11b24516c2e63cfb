// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_load.h"

#include "tracer/bpf/bpf_types.h"
#include "tracer/system/message.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	THREADS = 4,	     /* at most, the caller among them */
	LOG_SIZE = 16 << 20, /* bytes of the kernel's reasons */
};

/* What the names of sections begin with, and the types that such programs get when they are loaded:
 * BPF_PROG_TYPE_TRACING at once would make libbpf read all of the kernel's types. */
static const struct kind {
	const char *prefix;
	enum bpf_prog_type prepared, loaded;
} kinds[] = {
	{ "tp_btf/", BPF_PROG_TYPE_RAW_TRACEPOINT, BPF_PROG_TYPE_TRACING },
	{ "tracepoint/", BPF_PROG_TYPE_TRACEPOINT, BPF_PROG_TYPE_TRACEPOINT },
};

enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

struct job {
	const char *name, *tracepoint; /* the object's */
	const struct kind *kind;
	struct bpf_insn *code;
	size_t count;
	struct bpf_prog_load_opts opts;
	int fd; /* or a negative errno */
};

struct bpf_load {
	int handlers[KINDS];
	struct job at[BPF_PROGRAMS];
	struct job *order[BPF_PROGRAMS]; /* the longest first, so that the end of it is short */
	size_t count, next;
};

static void *copy(const void *from, size_t size)
{
	void *to = size ? malloc(size) : NULL;

	return to ? memcpy(to, from, size) : NULL;
}

static int copy_program(struct job *job, const struct bpf_program *program,
			const struct bpf_prog_load_opts *opts)
{
	size_t functions = (size_t)opts->func_info_cnt * opts->func_info_rec_size,
	       lines = (size_t)opts->line_info_cnt * opts->line_info_rec_size;

	job->count = bpf_program__insn_cnt(program);
	job->code = copy(bpf_program__insns(program), job->count * sizeof(*job->code));
	job->opts = *opts;
	job->opts.func_info = copy(opts->func_info, functions);
	job->opts.line_info = copy(opts->line_info, lines);
	if (!job->code || !job->opts.func_info != !functions || !job->opts.line_info != !lines)
		return -ENOMEM;
	return 0;
}

static const struct kind *kind_of(const char *section)
{
	const struct kind *kind = kinds;

	while (kind < kinds + KINDS - 1 && strncmp(section, kind->prefix, strlen(kind->prefix)))
		kind++;
	return kind;
}

/* libbpf calls it when a program is ready to be loaded. Something has to be loaded here, or all of
 * bpf_object__load fails: a program that does nothing. */
static int take(struct bpf_program *program, struct bpf_prog_load_opts *opts, long cookie)
{
	static const struct bpf_insn nothing[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	struct bpf_load *load = (void *)cookie;
	const char *section = bpf_program__section_name(program);
	struct job *job = &load->at[load->count];
	int error;

	if (load->count == BPF_PROGRAMS)
		return -E2BIG;
	load->count++;
	job->name = bpf_program__name(program);
	job->kind = kind_of(section);
	job->tracepoint = section + strlen(job->kind->prefix);
	error = copy_program(job, program, opts);
	if (error)
		return error;
	opts->prog_btf_fd = opts->func_info_cnt = opts->line_info_cnt = 0;
	opts->func_info = opts->line_info = NULL;
	return bpf_program__set_insns(program, (struct bpf_insn *)nothing,
				      sizeof(nothing) / sizeof(*nothing));
}

static void drop_handlers(struct bpf_load *load)
{
	for (int i = 0; i < KINDS; i++)
		if (load->handlers[i] > 0)
			libbpf_unregister_prog_handler(load->handlers[i]);
}

struct bpf_load *bpf_load_begin(void)
{
	struct bpf_load *load = calloc(1, sizeof(*load));
	LIBBPF_OPTS(libbpf_prog_handler_opts, opts, .prog_prepare_load_fn = take,
		    .cookie = (long)load);
	bool whole = load;

	if (!load)
		return NULL;
	for (size_t i = 0; i < BPF_PROGRAMS; i++)
		load->at[i].fd = -1;
	/* libbpf before 1.3 goes on with memory that it has freed when the last handler has gone:
	 * this one never matches, and stays. */
	if (libbpf_register_prog_handler("systape", BPF_PROG_TYPE_RAW_TRACEPOINT, 0, NULL) <= 0)
		whole = false;
	for (int i = 0; i < KINDS && whole; i++) {
		load->handlers[i] =
			libbpf_register_prog_handler(kinds[i].prefix, kinds[i].prepared, 0, &opts);
		whole = load->handlers[i] > 0;
	}
	if (whole)
		return load;
	drop_handlers(load);
	free(load);
	return NULL;
}

static void *load_some(void *context)
{
	struct bpf_load *load = context;
	size_t i;

	while ((i = __atomic_fetch_add(&load->next, 1, __ATOMIC_RELAXED)) < load->count) {
		struct job *job = load->order[i];

		job->fd = bpf_prog_load(job->kind->loaded, job->name, "GPL", job->code, job->count,
					&job->opts);
	}
	return NULL;
}

/* The kernel's reasons cost time: only where there are some. */
static void explain(struct job *job)
{
	char *text = calloc(1, LOG_SIZE);

	if (!text)
		return;
	job->opts.log_buf = text;
	job->opts.log_size = LOG_SIZE;
	job->opts.log_level = 1;
	bpf_prog_load(job->kind->loaded, job->name, "GPL", job->code, job->count, &job->opts);
	tracer_say("the program %s: %s", job->name, strerror(-job->fd));
	tracer_say_lines(text);
	free(text);
}

static int by_length(const void *a, const void *b)
{
	size_t left = (*(struct job *const *)a)->count, right = (*(struct job *const *)b)->count;

	return (left < right) - (left > right);
}

int bpf_load_run(struct bpf_load *load, const struct bpf_types *types, bool debug)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	pthread_t threads[THREADS];
	int count = 0, error = 0;

	for (size_t i = 0; i < load->count; i++) {
		struct bpf_prog_load_opts *opts = &load->at[i].opts;

		load->order[i] = &load->at[i];
		if (load->at[i].kind->loaded != BPF_PROG_TYPE_TRACING)
			continue;
		opts->expected_attach_type = BPF_TRACE_RAW_TP;
		opts->attach_btf_id = bpf_types_tracepoint(types, load->at[i].tracepoint);
	}
	qsort(load->order, load->count, sizeof(*load->order), by_length);
	while (count < THREADS - 1 && count < cpus - 1 &&
	       !pthread_create(&threads[count], NULL, load_some, load))
		count++;
	load_some(load);
	while (count)
		pthread_join(threads[--count], NULL);
	for (size_t i = 0; i < load->count; i++) {
		if (load->at[i].fd >= 0)
			continue;
		if (debug)
			explain(&load->at[i]);
		error = load->at[i].fd;
	}
	return error;
}

bool bpf_load_take(struct bpf_load *load, size_t i, struct bpf_loaded *loaded)
{
	struct job *job = &load->at[i];

	if (i >= load->count || job->fd < 0)
		return false;
	*loaded = (struct bpf_loaded){
		.name = job->name,
		.event = job->kind->loaded == BPF_PROG_TYPE_TRACEPOINT ? job->tracepoint : NULL,
		.fd = job->fd,
	};
	job->fd = -1;
	return true;
}

bool bpf_load_copy(const struct bpf_program *program, struct bpf_loaded *loaded)
{
	const char *section = bpf_program__section_name(program);

	*loaded = (struct bpf_loaded){
		.name = bpf_program__name(program),
		.event = bpf_program__type(program) == BPF_PROG_TYPE_TRACEPOINT
				 ? section + strlen(kind_of(section)->prefix)
				 : NULL,
		.fd = dup(bpf_program__fd(program)),
	};
	return loaded->fd >= 0;
}

void bpf_load_end(struct bpf_load *load)
{
	if (!load)
		return;
	for (size_t i = 0; i < load->count; i++) {
		free(load->at[i].code);
		free((void *)load->at[i].opts.func_info);
		free((void *)load->at[i].opts.line_info);
		if (load->at[i].fd >= 0)
			close(load->at[i].fd);
	}
	drop_handlers(load);
	free(load);
}
