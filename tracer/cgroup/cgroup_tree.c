// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/cgroup_tree.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Paths below the mount point that are still to be visited: one folder is open at a time, however
 * deep the tree is. */
struct todo {
	char **paths;
	size_t count, room;
};

static int add(struct todo *todo, const char *above, const char *name)
{
	if (todo->count == todo->room) {
		size_t room = todo->room ? 2 * todo->room : 64;
		char **more = reallocarray(todo->paths, room, sizeof(*more));

		if (!more)
			return -ENOMEM;
		todo->paths = more;
		todo->room = room;
	}
	if (asprintf(&todo->paths[todo->count], "%s%s%s", above, *name ? "/" : "", name) < 0)
		return -ENOMEM;
	todo->count++;
	return 0;
}

/* The number is that of the folder's inode: Documentation/admin-guide/cgroup-v2.rst has none, the
 * kernel's kernfs_node has one for both. */
static int visit(const struct cgroup_selection *s, struct todo *todo, const char *below,
		 cgroup_tree_each *each, void *context)
{
	char path[2 * PATH_MAX];
	struct dirent *entry;
	struct stat st;
	int error = 0;
	DIR *folder;

	snprintf(path, sizeof(path), "%s%s", s->at, below);
	folder = opendir(path);
	if (!folder || fstat(dirfd(folder), &st)) { /* gone meanwhile */
		if (folder)
			closedir(folder);
		return 0;
	}
	snprintf(path, sizeof(path), "%s%s", s->root, below);
	error = each(context, st.st_ino, path);
	while (!error && (entry = readdir(folder)))
		if (entry->d_type == DT_DIR && strcmp(entry->d_name, ".") &&
		    strcmp(entry->d_name, ".."))
			error = add(todo, below, entry->d_name);
	closedir(folder);
	return error;
}

int cgroup_tree_walk(const struct cgroup_selection *s, cgroup_tree_each *each, void *context)
{
	struct todo todo = { .count = 0 };
	int error = add(&todo, "", "");

	while (!error && todo.count) {
		char *below = todo.paths[--todo.count];

		error = visit(s, &todo, below, each, context);
		free(below);
	}
	while (todo.count)
		free(todo.paths[--todo.count]);
	free(todo.paths);
	return error;
}
