// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/probes/ftrace_probe.h"

#include "tracer/probes/ftrace_probe_format.h"
#include "tracer/probes/kernel_functions.h"
#include "tracer/probes/probe_symbols.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tracefs.h>
#include <unistd.h>

static const char group_prefix[] = "systape_";

/* What is at hand while the events of one spec are made. */
struct making {
	struct ftrace_probes *probes;
	const struct backend_settings *settings;
	const struct probe_spec *spec;
	const char *root;
	struct tape_error *why;
	bool several; /* of a pattern: one that cannot be probed is left out */
};

static int refuse(const struct making *m, const char *what, const char *name, const char *text)
{
	snprintf(m->why->text, sizeof(m->why->text), "cannot %.30s %.60s: %.100s", what, name,
		 text);
	return -EINVAL;
}

/* The kernel says in its error log what it did not like. */
static void kernel_reason(int error, char *to, size_t room)
{
	char *log = tracefs_error_last(NULL), *at = log ? strstr(log, "error: ") : NULL;

	if (at) {
		at += strlen("error: ");
		at[strcspn(at, "\n")] = '\0';
	}
	snprintf(to, room, "%s", at && *at ? at : strerror(error));
	free(log);
}

static int take_format(const struct making *m, struct ftrace_probe *p)
{
	char path[PATH_MAX];
	const char *missing;

	snprintf(path, sizeof(path), "%s/events/%s/%s/format", m->root, p->system, p->event);
	p->fields = ftrace_probe_format(path, m->spec, &p->id, &missing);
	if (p->fields)
		return 0;
	if (missing)
		return refuse(m, "fetch the value", missing, "the event has no such field");
	return refuse(m, "use the event", p->name,
		      errno == ENOENT ? "this kernel does not have it" : strerror(errno));
}

static struct ftrace_probe *add(const struct making *m, const char *file, const char *place)
{
	struct ftrace_probe *more;
	const struct probe_spec *spec = m->spec;

	if (m->probes->count == FTRACE_PROBES_MOST) {
		refuse(m, "probe", spec->place,
		       "there are more than 256 probes; make the pattern narrower");
		return NULL;
	}
	more = reallocarray(m->probes->at, m->probes->count + 1, sizeof(*more));
	if (!more) {
		refuse(m, "probe", place, "out of memory");
		return NULL;
	}
	m->probes->at = more;
	more += m->probes->count;
	memset(more, 0, sizeof(*more));
	if (asprintf(&more->name, "%s:%s%s%s%s%s", probe_kind_word(spec->kind), file ? file : "",
		     file ? ":" : "", spec->provider ? spec->provider : "",
		     spec->provider ? ":" : "", place) < 0)
		more->name = NULL;
	more->condition = spec->condition ? strdup(spec->condition) : NULL;
	if (!more->name || (spec->condition && !more->condition)) {
		free(more->name);
		free(more->condition);
		refuse(m, "probe", place, "out of memory");
		return NULL;
	}
	m->probes->count++;
	return more;
}

static void forget_last(struct ftrace_probes *probes)
{
	struct ftrace_probe *p = &probes->at[--probes->count];

	free(p->name);
	free(p->definition);
	free(p->condition);
	free(p->fields);
}

static void drop_last(struct ftrace_probes *probes)
{
	const struct ftrace_probe *p = &probes->at[probes->count - 1];

	if (p->definition && p->id) {
		char text[192];

		snprintf(text, sizeof(text), "-:%s/%s", p->system, p->event);
		tracefs_instance_file_append(NULL, "dynamic_events", text);
	}
	forget_last(probes);
}

void ftrace_probes_free(const struct backend_settings *settings, struct ftrace_probes *probes)
{
	while (probes->count) {
		if (settings->guarded)
			forget_last(probes);
		else
			drop_last(probes);
	}
	free(probes->at);
	probes->at = NULL;
}

/* What argN is here, for N from 1 on; NULL: the kernel has no words for it. */
struct arguments {
	const char *at[PROBE_USDT_ARGS];
	size_t count;
};

static void arguments_of(struct arguments *args, const struct making *m,
			 const struct probe_place *place)
{
	static const char *const registers[] = { "%di", "%si", "%dx", "%cx", "%r8", "%r9" };
	static const char *const kept[] = { "$arg1", "$arg2", "$arg3" };

	memset(args, 0, sizeof(*args));
	if (m->spec->kind == PROBE_USDT && place) {
		for (; args->count < place->args; args->count++)
			if (!place->arg[args->count].why)
				args->at[args->count] = place->arg[args->count].expression;
	} else if (m->spec->kind == PROBE_KPROBE || m->spec->kind == PROBE_UPROBE) {
		memcpy(args->at, registers, sizeof(registers));
		args->count = sizeof(registers) / sizeof(*registers);
	} else if (m->spec->called_with) {
		memcpy(args->at, kept, sizeof(kept));
		args->count = sizeof(kept) / sizeof(*kept);
	} /* of a return the registers are no arguments any more */
}

/* The first of a static probe's arguments that the expression names and that cannot be fetched. */
static const struct usdt_operand *refused_operand(const struct making *m, const char *expression,
						  const struct probe_place *place)
{
	const char *arg = m->spec->kind == PROBE_USDT && place ? expression : NULL;

	while (arg && (arg = strstr(arg, "arg"))) {
		size_t i = strtoul(arg + 3, NULL, 10);

		if (i && i <= place->args && place->arg[i - 1].why)
			return &place->arg[i - 1];
		arg += 3;
	}
	return NULL;
}

static int refuse_fetch(const struct making *m, const char *expression,
			const struct probe_place *place)
{
	const struct usdt_operand *operand = refused_operand(m, expression, place);

	if (m->spec->kind == PROBE_KRETPROBE || m->spec->kind == PROBE_URETPROBE)
		return refuse(m, "fetch", expression,
			      "arguments are gone when a function returns; probe its beginning as "
			      "well");
	return refuse(m, "fetch", expression,
		      operand ? operand->why : "there is no such argument here");
}

/* The values behind a definition: " name=expression:type" each. */
static int write_fetches(const struct making *m, FILE *out, const struct probe_place *place)
{
	struct arguments args;
	char text[256];

	arguments_of(&args, m, place);
	for (size_t i = 0; i < m->spec->fetches; i++) {
		const struct probe_fetch *f = &m->spec->fetch[i];
		const char *type = f->type;

		if (probe_spec_expression(f->expression, args.at, args.count, text, sizeof(text)))
			return refuse_fetch(m, f->expression, place);
		if (!type && m->spec->kind == PROBE_USDT && !strncmp(f->expression, "arg", 3) &&
		    !f->expression[3 + strspn(f->expression + 3, "0123456789")])
			type = place->arg[atoi(f->expression + 3) - 1].type;
		fprintf(out, " %s=%s%s%s", f->name, text, type ? ":" : "", type ? type : "");
	}
	return 0;
}

/* Hands one definition to the kernel. `where`: what stands behind the event's name. */
static int make(const struct making *m, const char *file, const char *name, const char *where,
		const struct probe_place *place)
{
	bool returning = m->spec->kind == PROBE_KRETPROBE || m->spec->kind == PROBE_URETPROBE;
	struct ftrace_probe *p = add(m, file, name);
	size_t size;
	FILE *out;
	int error;
	char reason[100];

	if (!p)
		return -ENOMEM;
	snprintf(p->system, sizeof(p->system), "%s%d", group_prefix, getpid());
	snprintf(p->event, sizeof(p->event), "p%d_%zu", getpid(),
		 m->probes->first + m->probes->count - 1);
	out = open_memstream(&p->definition, &size);
	if (!out)
		return refuse(m, "probe", name, "out of memory");
	/* room for as many calls under way at once: a kretprobe without room misses its hit */
	fprintf(out, "%s:%s/%s %s",
		!returning			   ? "p"
		: m->spec->kind == PROBE_KRETPROBE ? "r256"
						   : "r",
		p->system, p->event, where);
	error = write_fetches(m, out, place);
	fclose(out);
	if (error)
		return error;
	if (tracefs_instance_file_append(NULL, "dynamic_events", p->definition) >= 0) {
		p->id = 1; /* it has to be removed */
		return take_format(m, p);
	}
	error = errno;
	kernel_reason(error, reason, sizeof(reason));
	if (m->several) {
		backend_debug(m->settings, "%s is left out: %s", p->name, reason);
		drop_last(m->probes);
		return 0;
	}
	return refuse(m, "probe", p->name, reason);
}

static int make_kernel(struct making *m)
{
	const char *pattern = m->spec->place;
	struct kernel_functions functions;
	size_t before = m->probes->count;
	char path[256];
	int error;

	snprintf(path, sizeof(path), "%s/kprobe_events", m->root);
	if (access(path, F_OK))
		return refuse(m, "probe the kernel's function", pattern,
			      "this kernel has no kprobes (CONFIG_KPROBE_EVENTS); uprobe:, usdt: "
			      "and tracepoint: work");
	if (!probe_spec_is_pattern(pattern))
		return make(m, NULL, pattern, pattern, NULL);
	m->several = true;
	error = kernel_functions_read(&functions, m->root, pattern);
	if (!error && functions.count > FTRACE_PROBES_MOST)
		error = refuse(
			m, "probe", pattern,
			"more than 256 functions match; make the pattern narrower, -R lists them");
	for (size_t i = 0; i < functions.count && !error; i++)
		error = make(m, NULL, functions.names[i], functions.names[i], NULL);
	kernel_functions_free(&functions);
	if (!error && m->probes->count == before)
		error = refuse(m, "probe", pattern,
			       "no function that can be probed has such a name; -R lists them");
	return error;
}

/* A program by its path, or by its name as the shell and the loader would find it. */
static bool find_file(const char *name, char path[PATH_MAX])
{
	static const char libraries[] =
		":/lib/x86_64-linux-gnu:/usr/lib/x86_64-linux-gnu:/lib64:/usr/lib64:/lib:/usr/lib";
	const char *search = getenv("PATH");
	char *list = NULL, *save = NULL, try[PATH_MAX];
	bool found = false;

	if (strchr(name, '/'))
		return realpath(name, path);
	if (asprintf(&list, "%s%s", search ? search : "/usr/bin", libraries) < 0)
		return false;
	for (char *d = strtok_r(list, ":", &save); d && !found; d = strtok_r(NULL, ":", &save)) {
		snprintf(try, sizeof(try), "%s/%s", d, name);
		found = !access(try, R_OK) && realpath(try, path);
	}
	free(list);
	return found;
}

static int make_user(struct making *m)
{
	const struct probe_spec *spec = m->spec;
	struct probe_places places = { NULL, 0 };
	char path[PATH_MAX], where[PATH_MAX + 64];
	int error = 0;

	if (!find_file(spec->file, path))
		return refuse(m, "probe", spec->file, "there is no such file");
	if (spec->kind == PROBE_USDT) {
		error = probe_places_usdt(&places, path, spec->provider, spec->place, m->why);
	} else if (*spec->place >= '0' && *spec->place <= '9') {
		snprintf(where, sizeof(where), "%s:%s", path, spec->place);
		return make(m, spec->file, spec->place, where, NULL);
	} else {
		error = probe_places_functions(&places, path, spec->place, m->why);
	}
	m->several = places.count > 1;
	for (size_t i = 0; i < places.count && !error; i++) {
		const struct probe_place *p = &places.at[i];

		snprintf(where, sizeof(where), p->counter ? "%s:0x%llx(0x%llx)" : "%s:0x%llx", path,
			 (unsigned long long)p->offset, (unsigned long long)p->counter);
		error = make(m, spec->file, p->name, where, p);
	}
	probe_places_free(&places);
	return error;
}

static int make_tracepoint(struct making *m, const char *name)
{
	struct ftrace_probe *p = add(m, m->spec->file, name);

	if (!p)
		return -ENOMEM;
	snprintf(p->system, sizeof(p->system), "%s", m->spec->file);
	snprintf(p->event, sizeof(p->event), "%s", name);
	return take_format(m, p);
}

static int make_tracepoints(struct making *m)
{
	const struct probe_spec *spec = m->spec;
	size_t before = m->probes->count;
	struct dirent *entry;
	char path[PATH_MAX];
	int error = 0;
	DIR *events;

	if (!probe_spec_is_pattern(spec->place))
		return make_tracepoint(m, spec->place);
	snprintf(path, sizeof(path), "%s/events/%s", m->root, spec->file);
	events = opendir(path);
	while (!error && events && (entry = readdir(events)))
		if (entry->d_type == DT_DIR && *entry->d_name != '.' &&
		    probe_spec_matches(spec->place, entry->d_name))
			error = make_tracepoint(m, entry->d_name);
	if (events)
		closedir(events);
	if (!error && m->probes->count == before)
		error = refuse(m, "use the tracepoints", spec->place,
			       "this kernel has none of such a name");
	return error;
}

int ftrace_probes_make(struct ftrace_probes *probes, const struct backend_settings *settings,
		       const char *root, struct tape_error *why)
{
	size_t before = probes->count;
	int error = 0;

	for (size_t i = 0; i < settings->probe_count && !error; i++) {
		struct making m = { probes, settings, &settings->probes[i], root, why, false };

		switch (m.spec->kind) {
		case PROBE_KPROBE:
		case PROBE_KRETPROBE: error = make_kernel(&m); break;
		case PROBE_UPROBE:
		case PROBE_URETPROBE:
		case PROBE_USDT: error = make_user(&m); break;
		default: error = make_tracepoints(&m);
		}
	}
	while (error && probes->count > before)
		drop_last(probes);
	return error;
}

/* "  p4711_0      1      0": the group is not in it, so the name has the process as well. */
static uint64_t take_profile(struct ftrace_probes *probes, const char *line)
{
	unsigned long long hits, missed;
	char event[96];

	if (sscanf(line, "%95s %llu %llu", event, &hits, &missed) != 3)
		return 0;
	for (size_t i = 0; i < probes->count; i++) {
		struct ftrace_probe *p = &probes->at[i];
		uint64_t before = p->missed;

		if (!p->definition || strcmp(event, p->event) || missed <= before)
			continue;
		p->missed = missed;
		return missed - before;
	}
	return 0;
}

uint64_t ftrace_probes_missed(struct ftrace_probes *probes, const char *root)
{
	uint64_t missed = 0;
	char path[256], *line = NULL;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/kprobe_profile", root);
	file = probes->count ? fopen(path, "re") : NULL;
	while (file && getline(&line, &room, file) > 0)
		missed += take_profile(probes, line);
	free(line);
	if (file)
		fclose(file);
	return missed;
}

pid_t ftrace_probe_owner(const char *system)
{
	size_t length = strlen(group_prefix);

	return strncmp(system, group_prefix, length) ? 0 : atoi(system + length);
}
