/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * container: finds a container of Docker, Podman, CRI-O, containerd or Kubernetes by its name or
 * id, in the paths of cgroups and in what the engines keep on disk, and adds its cgroups to those
 * that are wanted. Called for --container.
 */
#ifndef SYSTAPE_CONTAINER_H
#define SYSTAPE_CONTAINER_H

#include "tracer/cgroup/cgroup_selection.h"

enum container_found {
	CONTAINER_FOUND,
	CONTAINER_WAITED_FOR, /* it is known and has no cgroup now: it is wanted once it has */
	CONTAINER_UNKNOWN,    /* or there are several */
};

/*
 * `root` and `home` as in container_state.h. By its whole name or id, else by the beginning of its
 * id, else by the name of its host. `text`, of that many bytes, gets which one it is, or the
 * sentence why it is none.
 */
enum container_found container_select(struct cgroup_selection *selection, const char *root,
				      const char *home, const char *wanted, char *text,
				      size_t room);

/* The id in a cgroup's name, which is that of a container (docker-ID.scope and its like), and its
 * length; NULL: it is none. *engine: whose, NULL if the name does not tell. */
const char *container_id(const char *name, size_t *length, const char **engine);

#endif
