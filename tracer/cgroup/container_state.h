/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * container_state: what the files say that Docker, Podman, CRI-O, containerd and nerdctl keep of
 * their containers. No daemon is asked. Used by container.
 */
#ifndef SYSTAPE_CONTAINER_STATE_H
#define SYSTAPE_CONTAINER_STATE_H

/* A word of a file about a container; NULL: it says nothing of the kind. */
struct container_word {
	const char *engine, *id;
	const char *name;
	const char *hostname;
	const char *place; /* the path of its cgroup, or SLICE:PREFIX:NAME as systemd is told it */
};

typedef void container_state_each(void *context, const struct container_word *word);

/* `root` is in front of every path, "" of course; `home` is that of the user who asks, NULL if it
 * is not known. */
void container_state_read(const char *root, const char *home, container_state_each *each,
			  void *context);

#endif
