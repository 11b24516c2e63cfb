// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/command.h"

#include <errno.h>

static void decode(struct words *w, const char *word)
{
	words_add(w, "--decode");
	words_add(w, word);
}

/* No pids in the log of one process, always in the log of several, on a terminal while there are
 * several. */
static const char *pid_style(const struct strace_options *o, bool separate)
{
	bool several = o->follow || o->pid_count + !!*o->command > 1;

	if (separate)
		return "never";
	if (o->always_pid)
		return "always";
	if (!several)
		return "never";
	return o->output ? "always" : "several";
}

static void add_output(struct words *w, const struct strace_options *o, bool separate, bool lines)
{
	words_add(w, "--stderr");
	if (o->pipe) {
		words_add(w, "-o");
		words_add(w, o->pipe);
	} else if (o->output) {
		decode(w, "-o");
		decode(w, o->output);
	}
	if (o->output && !o->pipe) {
		decode(w, "--mode");
		decode(w, "umask");
	}
	if (separate)
		decode(w, "--per-thread");
	if (o->append && o->output && !o->pipe)
		decode(w, "--append");
	if (!lines)
		return;
	decode(w, "--notes");
	decode(w, "always");
	decode(w, "--pids");
	decode(w, pid_style(o, separate));
}

/* A log of a command tells nothing of attaching and of modes, unless somebody says what it tells.
 */
static bool is_quiet(const struct strace_options *o)
{
	return o->output && *o->command && !o->given['q'] && !o->long_quiet;
}

static void add_decoder(struct words *w, const struct strace_options *o, bool lines, bool table)
{
	if (lines && is_quiet(o))
		decode(w, "-q");
	if (o->dumps && lines) {
		decode(w, "-s");
		decode(w, "32");
	}
	for (size_t i = 0; i < o->decoder.count; i++)
		decode(w, o->decoder.word[i]);
	for (size_t i = 0; lines && i < o->lines.count; i++)
		decode(w, o->lines.word[i]);
	for (size_t i = 0; table && i < o->table.count; i++)
		decode(w, o->table.word[i]);
}

static void add_farewell(struct words *w, const struct strace_options *o)
{
	char *tip = tips_text(&o->tips);

	if (!tip)
		return;
	words_add(w, "--farewell");
	words_add(w, tip);
}

/* Which calls are recorded; what descriptors are open on, the others tell. */
static void add_choice(struct words *w, const struct strace_options *o)
{
	if (!o->trace)
		return;
	if (o->descriptors) {
		decode(w, "-e");
		decode(w, o->trace);
	} else {
		words_add(w, "-e");
		words_add(w, o->trace);
	}
}

void command_build(struct words *w, const struct strace_options *o)
{
	static const char *const places[] = { "grandchild", "pgroup", "session" };
	bool separate = o->output && o->separately;
	bool table = o->summary_only || o->summary, lines = !o->summary_only;
	bool patient = o->interruptible ? o->interruptible > 2
					: o->daemonize || (o->output && *o->command);

	words_add(w, "systape");
	words_add(w, "-q");
	words_add(w, "--message-name");
	words_add(w, program_invocation_name);
	words_add(w, "--reraise");
	if (o->daemonize) {
		words_add(w, "--daemonize");
		words_add(w, places[o->daemonize - 1]);
	}
	words_add(w, "-l");
	words_add(w, lines ? "strace" : "summary");
	if (o->follow)
		words_add(w, "-f");
	else if (o->pid_count)
		words_add(w, "--one-thread");
	if (o->pid_count && !o->given['q'] && !o->quiet_attach && !is_quiet(o))
		words_add(w, "--announce");
	if (patient)
		words_add(w, "--patient");
	if (o->full) {
		words_add(w, "--environment");
		words_add(w, "--arrays");
	}
	if (o->descriptors)
		words_add(w, "--keep-descriptors");
	add_choice(w, o);
	add_output(w, o, separate, lines);
	if (o->summary)
		decode(w, "--summary");
	if (o->hex && lines)
		decode(w, o->hex);
	for (size_t i = 0; i < o->recorder.count; i++)
		words_add(w, o->recorder.word[i]);
	if (o->given['i'] || (table && !o->given['w']))
		words_add(w, "--state");
	if (table && !o->given['w'])
		decode(w, "--cpu-time=auto");
	if (o->dumps) { /* all of every buffer, whatever the lines show of it */
		words_add(w, "-s");
		words_add(w, "131007");
	}
	add_decoder(w, o, lines, table);
	add_farewell(w, o);
	words_add(w, "--");
	for (char **word = o->command; *word; word++)
		words_add(w, *word);
}
