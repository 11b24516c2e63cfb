// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/cgroup_selection.h"

#include <errno.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

enum {
	FIRST_NAMESPACE = 0xeffffffb, /* PROC_CGROUP_INIT_INO */
};

/* A word of mountinfo: blanks and backslashes are octal there (proc(5)). */
static char *unescaped(const char *word)
{
	char *made = strdup(word), *to = made;

	for (const char *at = made; to && *at;) {
		unsigned int byte;

		if (*at == '\\' && sscanf(at + 1, "%3o", &byte) == 1) {
			*to++ = (char)byte;
			at += strlen("\\040");
		} else {
			*to++ = *at++;
		}
	}
	if (to)
		*to = '\0';
	return made;
}

/* Takes the mount of this line, if it is one of the hierarchy. */
static void take_mount(struct cgroup_selection *s, const char *line)
{
	char root[PATH_MAX], at[PATH_MAX];
	const char *type = strstr(line, " - cgroup2 ");

	if (!type || sscanf(line, "%*s %*s %*s %4095s %4095s", root, at) != 2)
		return;
	free(s->at);
	free(s->root);
	s->at = unescaped(at);
	s->root = unescaped(strcmp(root, "/") ? root : "");
}

/* The first that shows all of it; else the last one. */
static void find_mount(struct cgroup_selection *s)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char *line = NULL;
	size_t room = 0;

	while (mounts && !(s->root && !*s->root) && getline(&line, &room, mounts) > 0)
		take_mount(s, line);
	free(line);
	if (mounts)
		fclose(mounts);
}

static bool in_own_namespace(void)
{
	struct stat st;

	return !stat("/proc/self/ns/cgroup", &st) && st.st_ino != FIRST_NAMESPACE;
}

struct cgroup_selection *cgroup_selection_new(struct tape_error *why)
{
	struct cgroup_selection *s = calloc(1, sizeof(*s));

	if (s) {
		find_mount(s);
		s->part = in_own_namespace();
	}
	if (s && s->at && s->root)
		return s;
	snprintf(why->text, sizeof(why->text),
		 "no cgroup v2 hierarchy is mounted; run 'mount -t cgroup2 cgroup2 DIR'");
	cgroup_selection_free(s);
	return NULL;
}

void cgroup_selection_free(struct cgroup_selection *s)
{
	if (!s)
		return;
	while (s->count)
		free(s->patterns[--s->count]);
	free(s->patterns);
	free(s->folder);
	free(s->root);
	free(s->at);
	glob_automaton_free(&s->automaton);
	free(s);
}

bool cgroup_selection_add_pattern(struct cgroup_selection *s, const char *pattern)
{
	char **more = reallocarray(s->patterns, s->count + 1, sizeof(*more));

	if (!more)
		return false;
	s->patterns = more;
	more[s->count] = strdup(pattern);
	return more[s->count] ? ++s->count : false;
}

static bool is_cgroup(const char *path)
{
	struct statfs fs;
	struct stat st;

	return !statfs(path, &fs) && fs.f_type == CGROUP2_SUPER_MAGIC && !stat(path, &st) &&
	       S_ISDIR(st.st_mode);
}

bool cgroup_selection_add_literal(struct cgroup_selection *s, const char *text)
{
	char *pattern = malloc(2 * strlen(text) + 1), *to = pattern;
	bool added;

	if (!pattern)
		return false;
	for (const char *at = text; *at; at++) {
		if (strchr("*?[\\", *at))
			*to++ = '\\';
		*to++ = *at;
	}
	*to = '\0';
	added = cgroup_selection_add_pattern(s, pattern);
	free(pattern);
	return added;
}

static bool add_place(struct cgroup_selection *s, const char *below)
{
	char place[2 * PATH_MAX];

	snprintf(place, sizeof(place), "/%s%s", s->root, below);
	return cgroup_selection_add_literal(s, place);
}

static bool add_folder(struct cgroup_selection *s, const char *path)
{
	char *real = realpath(path, NULL), *at = realpath(s->at, NULL);
	size_t length = at ? strlen(at) : 0;
	bool inside =
		real && at && !strncmp(real, at, length) && (!real[length] || real[length] == '/');

	free(at);
	if (!inside || !add_place(s, real + length)) {
		free(real);
		return false;
	}
	free(s->folder);
	s->folder = real;
	s->folders++;
	return true;
}

/* A pattern may begin with where the hierarchy is mounted, as a folder may. */
static bool add_glob(struct cgroup_selection *s, const char *word)
{
	size_t length = strlen(s->at);
	char *pattern;
	bool added;

	if (strncmp(word, s->at, length) || word[length] != '/')
		return cgroup_selection_add_pattern(s, word);
	if (asprintf(&pattern, "%s%s", s->root, word + length) < 0)
		return false;
	added = cgroup_selection_add_pattern(s, pattern);
	free(pattern);
	return added;
}

bool cgroup_selection_add(struct cgroup_selection *s, const char *word, struct tape_error *why)
{
	char path[PATH_MAX];

	snprintf(why->text, sizeof(why->text), "out of memory");
	snprintf(path, sizeof(path), "%s/%s", s->at, word);
	if (*word && is_cgroup(word))
		return add_folder(s, word);
	if (*word && is_cgroup(path))
		return add_folder(s, path);
	if (*word && strpbrk(word, "*?["))
		return add_glob(s, word);
	snprintf(why->text, sizeof(why->text), "there is no cgroup '%.120s' (v2)", word);
	return false;
}

bool cgroup_selection_finish(struct cgroup_selection *s, struct tape_error *why)
{
	return !glob_automaton_make(&s->automaton, s->patterns, s->count, why);
}

const char *cgroup_selection_folder(const struct cgroup_selection *s)
{
	return s->folders == 1 && s->count == 1 ? s->folder : NULL;
}

bool cgroup_selection_inside(const struct cgroup_selection *s, const char *place)
{
	size_t length = strcspn(place, "\n");
	uint16_t state;

	if (length == 1) /* the root: of all paths it alone ends with a slash */
		length = 0;
	state = glob_automaton_step(&s->automaton, 0, place, length);
	return s->automaton.rows[state].accepts;
}
