// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/container.h"

#include "tracer/cgroup/cgroup_tree.h"
#include "tracer/cgroup/container_state.h"
#include "tracer/cgroup/json_strings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ID_SHOWN = 12, /* characters, as the engines show it */
	ID_WHOLE = 64, /* of a name that is nothing but an id */
	CANDIDATES_SHOWN = 5,
};

/* What cgroups of containers are called around the id; conmon's own (libpod-conmon-ID) are not. */
static const struct shape {
	const char *engine, *before, *after;
} shapes[] = {
	{ "Docker", "docker-", ".scope" },
	{ "Podman", "libpod-", ".scope" },
	{ "Podman", "libpod-", "" },
	{ "CRI-O", "crio-", ".scope" },
	{ "CRI-O", "crio-", "" },
	{ "containerd", "cri-containerd-", ".scope" },
	{ "containerd", "nerdctl-", ".scope" },
	{ NULL, "", "" },
};

enum { SHAPES = sizeof(shapes) / sizeof(*shapes) };

struct container {
	char *id;
	const char *engine;		 /* NULL: not known */
	char **names, **hosts, **places; /* NULL behind the last one, or NULL */
	bool running;
};

struct list {
	const struct cgroup_selection *selection;
	struct container *at;
	size_t count;
	bool whole; /* there was memory for all */
};

static bool is_hexadecimal(const char *text, size_t length)
{
	return length && strspn(text, "0123456789abcdef") >= length;
}

const char *container_id(const char *name, size_t *length, const char **engine)
{
	for (const struct shape *s = shapes; s < shapes + SHAPES; s++) {
		size_t before = strlen(s->before), after = strlen(s->after), all = strlen(name);

		if (all < before + after + ID_SHOWN || strncmp(name, s->before, before) ||
		    strcmp(name + all - after, s->after))
			continue;
		*length = all - before - after;
		if ((!before && *length != ID_WHOLE) || !is_hexadecimal(name + before, *length))
			continue;
		*engine = s->engine;
		return name + before;
	}
	return NULL;
}

/* Adds a text to a list that ends with NULL, once. */
static bool keep(char ***texts, const char *text)
{
	size_t count = 0;
	char **more;

	for (; *texts && (*texts)[count]; count++)
		if (!strcmp((*texts)[count], text))
			return true;
	more = reallocarray(*texts, count + 2, sizeof(*more));
	if (!more)
		return false;
	*texts = more;
	more[count] = strdup(text);
	more[count + 1] = NULL;
	return more[count];
}

static void drop(char **texts)
{
	for (char **t = texts; t && *t; t++)
		free(*t);
	free(texts);
}

static bool holds(char *const *texts, const char *text)
{
	for (; texts && *texts; texts++)
		if (!strcmp(*texts, text))
			return true;
	return false;
}

static struct container *find(struct list *l, const char *id, const char *engine)
{
	struct container *more;
	char *copy;

	for (size_t i = 0; i < l->count; i++)
		if (!strcmp(l->at[i].id, id))
			return &l->at[i];
	more = reallocarray(l->at, l->count + 1, sizeof(*more));
	copy = more ? strdup(id) : NULL;
	if (more)
		l->at = more;
	if (!copy) {
		l->whole = false;
		return NULL;
	}
	more[l->count] = (struct container){ .id = copy, .engine = engine };
	return &more[l->count++];
}

static int take_cgroup(void *context, uint64_t number, const char *path)
{
	const char *name = strrchr(path, '/'), *engine, *id;
	struct list *l = context;
	struct container *c;
	char copy[NAME_MAX + 1];
	size_t length;

	(void)number;
	id = name ? container_id(name + 1, &length, &engine) : NULL;
	if (!id || length >= sizeof(copy))
		return 0;
	snprintf(copy, sizeof(copy), "%.*s", (int)length, id);
	if (!engine && strstr(path, "/docker/"))
		engine = "Docker";
	c = find(l, copy, engine);
	if (c)
		c->running = true;
	return 0;
}

/* SLICE:PREFIX:NAME is PREFIX-NAME.scope wherever the slice is (runc, crun). */
static bool add_place(struct list *l, struct container *c, const char *told)
{
	const char *prefix = strchr(told, ':'), *name = prefix ? strchr(prefix + 1, ':') : NULL;
	char place[PATH_MAX], path[2 * PATH_MAX];

	if (*told == '/') {
		snprintf(place, sizeof(place), "%s", told);
		snprintf(path, sizeof(path), "%s%s", l->selection->at, told);
		if (!access(path, F_OK))
			c->running = true;
	} else if (name) {
		snprintf(place, sizeof(place), "%.*s-%s.scope", (int)(name - prefix - 1),
			 prefix + 1, name + 1);
	} else {
		return true;
	}
	return keep(&c->places, place);
}

static void take_word(void *context, const struct container_word *word)
{
	struct list *l = context;
	struct container *c = find(l, word->id, word->engine);

	if (!c)
		return;
	if (!c->engine)
		c->engine = word->engine;
	if ((word->name && !keep(&c->names, word->name)) ||
	    (word->hostname && !keep(&c->hosts, word->hostname)) ||
	    (word->place && !add_place(l, c, word->place)))
		l->whole = false;
}

/* "web (Docker 0123456789ab)": behind what stands in the text. */
static void show(const struct container *c, char *text, size_t room)
{
	size_t used = strlen(text);

	snprintf(text + used, room - used, "%s (%s%s%.*s)", c->names ? *c->names : "a container",
		 c->engine ? c->engine : "", c->engine ? " " : "", ID_SHOWN, c->id);
}

typedef bool is_it(const struct container *c, const char *wanted);

static bool by_name(const struct container *c, const char *wanted)
{
	return !strcmp(c->id, wanted) || holds(c->names, wanted);
}

static bool by_beginning(const struct container *c, const char *wanted)
{
	size_t length = strlen(wanted);

	return is_hexadecimal(wanted, length) && !strncmp(c->id, wanted, length);
}

static bool by_host(const struct container *c, const char *wanted)
{
	return holds(c->hosts, wanted);
}

/* Who means one of these may have it in mind. */
static bool is_near(const struct container *c, const char *wanted)
{
	for (char *const *n = c->names; n && *n; n++)
		if (strcasestr(*n, wanted) || strcasestr(wanted, *n))
			return true;
	return strstr(c->id, wanted);
}

static bool is_any(const struct container *c, const char *wanted)
{
	(void)wanted;
	return c->names || c->running;
}

static size_t count(const struct list *l, is_it *is, const char *wanted,
		    const struct container **first)
{
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++)
		if (is(&l->at[i], wanted) && !n++)
			*first = &l->at[i];
	return n;
}

static void show_all(const struct list *l, is_it *is, const char *wanted, char *text, size_t room)
{
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++) {
		size_t used = strlen(text);

		if (!is(&l->at[i], wanted) || n++ > CANDIDATES_SHOWN)
			continue;
		snprintf(text + used, room - used, n > 1 ? ", " : " ");
		if (n > CANDIDATES_SHOWN) {
			used = strlen(text);
			snprintf(text + used, room - used, "and others");
		} else {
			show(&l->at[i], text, room);
		}
	}
}

/* Patterns for all shapes, so that it is found again when it has been started anew. */
static bool add(struct cgroup_selection *s, const struct container *c)
{
	bool added = true;

	for (const struct shape *shape = shapes; shape < shapes + SHAPES && added; shape++) {
		char pattern[NAME_MAX + 1];

		if (!is_hexadecimal(c->id, strlen(c->id)))
			break;
		snprintf(pattern, sizeof(pattern), "%s%s%s", shape->before, c->id, shape->after);
		added = cgroup_selection_add_pattern(s, pattern);
	}
	for (char *const *p = c->places; p && *p && added; p++)
		added = cgroup_selection_add_literal(s, *p);
	return added;
}

static enum container_found choose(struct cgroup_selection *s, const struct list *l,
				   const char *wanted, char *text, size_t room)
{
	static is_it *const ways[] = { by_name, by_beginning, by_host };
	const struct container *one = NULL;

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		size_t n = count(l, ways[i], wanted, &one);

		if (!n)
			continue;
		*text = '\0';
		if (n > 1) {
			snprintf(text, room, "'%.64s' is more than one container:", wanted);
			show_all(l, ways[i], wanted, text, room);
			return CONTAINER_UNKNOWN;
		}
		show(one, text, room);
		if (add(s, one))
			return one->running ? CONTAINER_FOUND : CONTAINER_WAITED_FOR;
		snprintf(text, room, "out of memory");
		return CONTAINER_UNKNOWN;
	}
	snprintf(text, room, "there is no container '%.64s';%s", wanted,
		 json_strings_available() ? ""
					  : " this build has no json-c, and knows them by ids "
					    "alone;");
	if (!count(l, is_any, wanted, &one))
		snprintf(text + strlen(text), room - strlen(text),
			 " no cgroup and no file of Docker, Podman, CRI-O or containerd tells of "
			 "any");
	else
		snprintf(text + strlen(text), room - strlen(text), " there is");
	show_all(l, count(l, is_near, wanted, &one) ? is_near : is_any, wanted, text, room);
	return CONTAINER_UNKNOWN;
}

enum container_found container_select(struct cgroup_selection *s, const char *root,
				      const char *home, const char *wanted, char *text, size_t room)
{
	struct list l = { .selection = s, .whole = true };
	enum container_found found = CONTAINER_UNKNOWN;

	l.whole = !cgroup_tree_walk(s, take_cgroup, &l);
	container_state_read(root, home, take_word, &l);
	if (!*wanted)
		snprintf(text, room, "'' is no name of a container");
	else if (l.whole)
		found = choose(s, &l, wanted, text, room);
	else
		snprintf(text, room, "out of memory");
	for (size_t i = 0; i < l.count; i++) {
		free(l.at[i].id);
		drop(l.at[i].names);
		drop(l.at[i].hosts);
		drop(l.at[i].places);
	}
	free(l.at);
	return found;
}
