// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/cgroup/container_state.h"

#include "tracer/cgroup/json_strings.h"

#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FILE_MOST = 16 << 20, /* bytes */
	NAME_ROOM = 256,
};

/* A file at hand, and where its words go. */
struct file {
	const char *engine;
	char id[NAME_ROOM];	       /* of the container that it is about */
	char kubernetes[3][NAME_ROOM]; /* container, pod and its namespace */
	container_state_each *each;
	void *context;
};

static void say(const struct file *f, const char *name, const char *hostname, const char *place)
{
	struct container_word word = { f->engine, f->id, name, hostname, place };

	if (*f->id && (!name || *name))
		f->each(f->context, &word);
}

/* CONTAINER, POD/CONTAINER and NAMESPACE/POD/CONTAINER. */
static void say_kubernetes(const struct file *f, const char *container, const char *pod,
			   const char *name_space)
{
	char name[3 * NAME_ROOM];

	say(f, container, NULL, NULL);
	if (!*container || !*pod)
		return;
	snprintf(name, sizeof(name), "%s/%s", pod, container);
	say(f, name, NULL, NULL);
	if (!*name_space)
		return;
	snprintf(name, sizeof(name), "%s/%s/%s", name_space, pod, container);
	say(f, name, NULL, NULL);
}

/* Docker and CRI-O call those of Kubernetes k8s_CONTAINER_POD_NAMESPACE_UID_ATTEMPT. That of a pod
 * itself, which only waits, is POD. */
static void say_name(const struct file *f, const char *name)
{
	char part[3][64];

	name += *name == '/';
	say(f, name, NULL, NULL);
	if (sscanf(name, "k8s_%63[^_]_%63[^_]_%63[^_]_", part[0], part[1], part[2]) == 3 &&
	    strcmp(part[0], "POD"))
		say_kubernetes(f, part[0], part[1], part[2]);
}

/* The folder that the file is in has the id's name. */
static void take_id(struct file *f, const char *path)
{
	const char *end = strrchr(path, '/'), *begin = end;

	while (begin && begin > path && begin[-1] != '/')
		begin--;
	if (begin && end - begin < NAME_ROOM)
		snprintf(f->id, sizeof(f->id), "%.*s", (int)(end - begin), begin);
}

static void docker_word(void *context, const char *path, const char *value)
{
	const struct file *f = context;

	if (!strcmp(path, "Name"))
		say_name(f, value);
	else if (!strcmp(path, "Config/Hostname") && *value)
		say(f, NULL, value, NULL);
}

static void read_docker(struct file *f, const char *path, const char *text, size_t size)
{
	take_id(f, path);
	json_each_string(text, size, docker_word, f);
}

/* N/id comes before N/names. */
static void storage_word(void *context, const char *path, const char *value)
{
	struct file *f = context;
	const char *key = strchr(path, '/');

	if (!key)
		return;
	if (!strcmp(key, "/id"))
		snprintf(f->id, sizeof(f->id), "%s", strlen(value) < NAME_ROOM ? value : "");
	else if (!strncmp(key, "/names/", strlen("/names/")))
		say_name(f, value);
}

static void read_storage(struct file *f, const char *path, const char *text, size_t size)
{
	(void)path;
	json_each_string(text, size, storage_word, f);
}

static void bundle_word(void *context, const char *path, const char *value)
{
	static const char *const keys[] = { "annotations/io.kubernetes.cri.container-name",
					    "annotations/io.kubernetes.cri.sandbox-name",
					    "annotations/io.kubernetes.cri.sandbox-namespace" };
	struct file *f = context;

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(path, keys[i]) && strlen(value) < NAME_ROOM)
			snprintf(f->kubernetes[i], sizeof(f->kubernetes[i]), "%s", value);
	if (!strcmp(path, "annotations/nerdctl/name"))
		say_name(f, value);
	else if (!strcmp(path, "hostname") && *value)
		say(f, NULL, value, NULL);
	else if (!strcmp(path, "linux/cgroupsPath") && *value)
		say(f, NULL, NULL, value);
}

/* What containerd's shim gives to runc: an OCI bundle. */
static void read_bundle(struct file *f, const char *path, const char *text, size_t size)
{
	take_id(f, path);
	json_each_string(text, size, bundle_word, f);
	say_kubernetes(f, f->kubernetes[0], f->kubernetes[1], f->kubernetes[2]);
}

/* nerdctl has a file for each name, with the id in it. */
static void read_name(struct file *f, const char *path, const char *text, size_t size)
{
	size_t length = strcspn(text, "\n");

	if (length < NAME_ROOM && length <= size)
		snprintf(f->id, sizeof(f->id), "%.*s", (int)length, text);
	say_name(f, strrchr(path, '/') + 1);
}

static const struct source {
	const char *engine;
	bool home; /* below the user's home */
	const char *files;
	void (*read)(struct file *file, const char *path, const char *text, size_t size);
} sources[] = {
	{ "Docker", false, "/var/lib/docker/containers/*/config.v2.json", read_docker },
	{ "Docker", true, "/.local/share/docker/containers/*/config.v2.json", read_docker },
	{ "Podman", false, "/var/lib/containers/storage/*-containers/*containers.json",
	  read_storage },
	{ "Podman", false, "/run/containers/storage/*-containers/*containers.json", read_storage },
	{ "Podman", true, "/.local/share/containers/storage/*-containers/*containers.json",
	  read_storage },
	{ "containerd", false, "/run/containerd/io.containerd.runtime.v2.task/*/*/config.json",
	  read_bundle },
	{ "containerd", false, "/run/k3s/containerd/io.containerd.runtime.v2.task/*/*/config.json",
	  read_bundle },
	{ "containerd", false, "/var/lib/nerdctl/*/names/*/*", read_name },
};

/* An ordinary file of some size, with a NUL behind it; NULL otherwise. */
static char *read_whole(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	char *text = NULL;
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size <= FILE_MOST)
		text = malloc((size_t)st.st_size + 1);
	if (text)
		n = read(fd, text, (size_t)st.st_size);
	close(fd);
	if (n < 0) {
		free(text);
		return NULL;
	}
	text[n] = '\0';
	*size = (size_t)n;
	return text;
}

static void read_source(const struct source *source, const char *above, struct file *file)
{
	glob_t found = { .gl_pathc = 0 };
	char pattern[PATH_MAX];

	snprintf(pattern, sizeof(pattern), "%s%s", above, source->files);
	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t size;
		char *text = read_whole(found.gl_pathv[i], &size);

		*file->id = '\0';
		memset(file->kubernetes, 0, sizeof(file->kubernetes));
		if (text)
			source->read(file, found.gl_pathv[i], text, size);
		free(text);
	}
	globfree(&found);
}

void container_state_read(const char *root, const char *home, container_state_each *each,
			  void *context)
{
	char above[PATH_MAX];

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		struct file file = { .engine = sources[i].engine,
				     .each = each,
				     .context = context };

		if (sources[i].home && !home)
			continue;
		snprintf(above, sizeof(above), "%s%s", root, sources[i].home ? home : "");
		read_source(&sources[i], above, &file);
	}
}
