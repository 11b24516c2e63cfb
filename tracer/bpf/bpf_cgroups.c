// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_cgroups.h"

#include "tracer/bpf/bpf_attach.h"
#include "tracer/bpf/bpf_object.h"
#include "tracer/cgroup/cgroup_tree.h"
#include "tracer/plan/bpf_plan.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	CGROUPS_MOST = 65536, /* at once: 6 MB */
};

static const char *const programs_of_sets[BPF_CGROUP_PROGRAMS] = { "cgroup_made", "cgroup_gone" };

enum by_cgroup bpf_cgroups_how(const struct backend_settings *settings)
{
	const struct cgroup_selection *s = settings->cgroups;

	return !s ? BY_CGROUP_NONE : cgroup_selection_folder(s) ? BY_CGROUP_FOLDER : BY_CGROUP_SET;
}

int bpf_cgroups_prepare(struct bpf_object *object, const struct backend_settings *settings)
{
	bool set = bpf_cgroups_how(settings) == BY_CGROUP_SET;
	struct bpf_map *states = bpf_object__find_map_by_name(object, "cgroup_states"),
		       *rows = bpf_object__find_map_by_name(object, "glob_rows");

	for (size_t i = 0; i < BPF_CGROUP_PROGRAMS; i++) {
		struct bpf_program *program =
			bpf_object__find_program_by_name(object, programs_of_sets[i]);

		if (!program || bpf_program__set_autoload(program, set))
			return -EINVAL;
	}
	if (!states || !rows)
		return -EINVAL;
	if (set && (bpf_map__set_max_entries(states, CGROUPS_MOST) ||
		    bpf_map__set_max_entries(rows, settings->cgroups->automaton.count)))
		return -EINVAL;
	return 0;
}

bool bpf_cgroups_owns(const struct bpf_loaded *program)
{
	for (size_t i = 0; i < BPF_CGROUP_PROGRAMS; i++)
		if (!strcmp(program->name, programs_of_sets[i]))
			return true;
	return false;
}

static int load_folder(int map, const char *folder, struct tape_error *why)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), error = 0;
	uint32_t key = 0;

	if (fd < 0 || bpf_map_update_elem(map, &key, &fd, BPF_ANY)) {
		error = -errno;
		snprintf(why->text, sizeof(why->text), "cannot use the cgroup %.100s: %s", folder,
			 strerror(-error));
	}
	if (fd >= 0)
		close(fd);
	return error;
}

struct walk {
	const struct glob_automaton *automaton;
	int states; /* the map */
};

static int tell_state(void *context, uint64_t id, const char *path)
{
	const struct walk *w = context;
	struct bpf_cgroup c = { .state = glob_automaton_step(w->automaton, 0, path, strlen(path)) };

	c.wanted = w->automaton->rows[c.state].accepts;
	return bpf_map_update_elem(w->states, &id, &c, BPF_ANY) ? -errno : 0;
}

static int load_rows(int map, const struct glob_automaton *a)
{
	for (uint32_t i = 0; i < a->count; i++)
		if (bpf_map_update_elem(map, &i, &a->rows[i], BPF_ANY))
			return -errno;
	return 0;
}

static int attach_programs(const struct bpf_programs *programs, int links[BPF_CGROUP_PROGRAMS],
			   struct tape_error *why)
{
	size_t count = 0;

	for (int i = 0; i < programs->count && count < BPF_CGROUP_PROGRAMS; i++) {
		if (!bpf_cgroups_owns(&programs->at[i]))
			continue;
		links[count] = bpf_attach(&programs->at[i], why);
		if (links[count] < 0)
			return links[count];
		count++;
	}
	return 0;
}

/* The programs first, then all that there is, twice: what was made below a cgroup that the first
 * walk had not reached yet was nobody's to the program, and is there for the second one. */
static int load_set(struct bpf_object *object, const struct bpf_programs *programs,
		    const struct cgroup_selection *s, int links[BPF_CGROUP_PROGRAMS],
		    struct tape_error *why)
{
	struct walk w = { .automaton = &s->automaton,
			  .states = bpf_object__find_map_fd_by_name(object, "cgroup_states") };
	int error = load_rows(bpf_object__find_map_fd_by_name(object, "glob_rows"), w.automaton);

	if (!error && (error = attach_programs(programs, links, why)))
		return error;
	for (int i = 0; i < 2 && !error; i++)
		error = cgroup_tree_walk(s, tell_state, &w);
	if (error == -E2BIG)
		snprintf(why->text, sizeof(why->text), "there are more than %d cgroups",
			 CGROUPS_MOST);
	else if (error)
		snprintf(why->text, sizeof(why->text), "cannot walk the cgroups: %s",
			 strerror(-error));
	return error;
}

int bpf_cgroups_load(struct bpf_object *object, const struct bpf_programs *programs,
		     const struct backend_settings *settings, int links[BPF_CGROUP_PROGRAMS],
		     struct tape_error *why)
{
	const struct cgroup_selection *s = settings->cgroups;

	for (size_t i = 0; i < BPF_CGROUP_PROGRAMS; i++)
		links[i] = -1;
	if (!s)
		return 0;
	if (cgroup_selection_folder(s))
		return load_folder(bpf_object__find_map_fd_by_name(object, "cgroups"),
				   cgroup_selection_folder(s), why);
	return load_set(object, programs, s, links, why);
}
