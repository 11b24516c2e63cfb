// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf/bpf_object.h"

#include "tracer/bpf/bpf_cgroups.h"
#include "tracer/bpf/bpf_image.h"
#include "tracer/bpf/bpf_preemption.h"
#include "tracer/bpf/bpf_rings.h"
#include "tracer/bpf/bpf_types.h"
#include "tracer/pid_namespace/pid_namespace.h"
#include "tracer/system/message.h"
#include "tracer/system/user_namespace.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TARGETS_LEAST = 32768, /* threads */
	TARGETS_MOST = 1 << 20,
	PLACEHOLDER = 8, /* bytes of a map that stands for the rings */
};

bool bpf_object_available(struct tape_error *why)
{
	union bpf_attr attr;
	struct stat st;
	long fd;

	memset(&attr, 0, sizeof(attr));
	fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, NULL, 4, 8, 1, NULL);
	if (fd < 0 && (errno == EPERM || errno == EACCES)) {
		user_namespace_refused(why, "not permitted to use BPF",
				       "run as root, or give the program CAP_BPF and CAP_PERFMON");
		return false;
	}
	if (fd < 0) {
		snprintf(why->text, sizeof(why->text), "this kernel has no BPF: %s",
			 strerror(errno));
		return false;
	}
	close(fd);
	if (stat("/sys/kernel/btf/vmlinux", &st)) {
		snprintf(why->text, sizeof(why->text),
			 "this kernel has no BTF (CONFIG_DEBUG_INFO_BTF), which the program needs");
		return false;
	}
	return true;
}

/* libbpf's own messages only under -d: the person gets one sentence. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level, (void)format, (void)args;
	return 0;
}

static int loud(enum libbpf_print_level level, const char *format, va_list args)
{
	char *text;

	if (level == LIBBPF_DEBUG || vasprintf(&text, format, args) < 0)
		return 0;
	tracer_say_lines(text);
	free(text);
	return 0;
}

static uint64_t read_number(const char *path, uint64_t otherwise)
{
	unsigned long long number = otherwise;
	FILE *file = fopen(path, "re");

	if (file) {
		if (fscanf(file, "%llu", &number) != 1)
			number = otherwise;
		fclose(file);
	}
	return number;
}

/* Room for every thread that the machine can have at once, within reason: 64 MB or so. */
static int size_maps(struct bpf_object *object, bool by_cpu)
{
	struct bpf_map *targets = bpf_object__find_map_by_name(object, "targets");
	struct bpf_map *begun = bpf_object__find_map_by_name(object, "begun");
	struct bpf_map *numbers = bpf_object__find_map_by_name(object, "numbers");
	uint64_t threads = read_number("/proc/sys/kernel/threads-max", TARGETS_LEAST),
		 pids = read_number("/proc/sys/kernel/pid_max", TARGETS_LEAST);

	if (threads > pids)
		threads = pids;
	if (threads < TARGETS_LEAST)
		threads = TARGETS_LEAST;
	if (threads > TARGETS_MOST)
		threads = TARGETS_MOST;
	if (!targets || !begun || !numbers ||
	    (by_cpu && bpf_map__set_max_entries(begun, threads)) ||
	    (pid_namespace_own() && bpf_map__set_max_entries(numbers, threads)))
		return -EINVAL;
	return bpf_map__set_max_entries(targets, threads);
}

/* A recorder whose root is not that of the first process shows names as its own processes have
 * them: what lies above is not for it to see. */
static bool has_own_root(void)
{
	struct stat own, first;

	return !stat("/", &own) && !stat("/proc/1/root", &first) &&
	       (own.st_dev != first.st_dev || own.st_ino != first.st_ino);
}

static void fill_settings(const struct bpf_object_wishes *wishes, struct bpf_settings *s)
{
	const struct backend_settings *settings = wishes->settings;

	memset(s, 0, sizeof(*s));
	s->ring_mask = wishes->data - 1;
	s->everything = settings->everything;
	s->follow = settings->follow;
	s->failed_only = settings->failed_only;
	s->enter_time = settings->enter_time;
	s->wake = wishes->data / 4;
	s->successful_only = settings->successful_only;
	s->uid = settings->by_user ? settings->user : ~0u;
	s->by_comm = !!settings->comm;
	s->by_cgroup = bpf_cgroups_how(settings);
	s->chooses = settings->by_user || settings->comm || settings->cgroups;
	if (settings->comm)
		strncpy(s->comm, settings->comm, sizeof(s->comm) - 1);
	s->by_cpu = !!settings->cpus;
	if (settings->cpus)
		memcpy(s->cpus, settings->cpus, sizeof(s->cpus));
	s->files = settings->plan->files;
	s->paths = settings->plan->paths;
	s->own_root = has_own_root();
	s->program = settings->plan->program;
	s->state = settings->state;
	s->pid_namespace = pid_namespace_own();
	for (size_t row = 0; row < sizeof(settings->plan->calls) / sizeof(*settings->plan->calls);
	     row++) {
		s->pieces |= settings->plan->calls[row].flags & PLAN_PIECES;
		s->moves |= settings->plan->marks[row] & PLAN_MARK_MOVE;
	}
}

static int set_up(struct bpf_object *object, const struct backend_settings *settings,
		  const struct bpf_settings *s)
{
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	struct bpf_map *constants = bpf_object__find_map_by_name(object, ".rodata");
	size_t size;
	void *at;

	if (!rings || !constants || bpf_cgroups_prepare(object, settings))
		return -EINVAL;
	at = (void *)bpf_map__initial_value(constants, &size);
	if (!at || size < sizeof(*s))
		return -EINVAL;
	memcpy(at, s, sizeof(*s));
	return size_maps(object, settings->cpus) || bpf_map__set_value_size(rings, PLACEHOLDER)
		       ? -EINVAL
		       : 0;
}

/* `types`: the path of a file with the kernel's types; NULL: libbpf looks for them itself. */
static int open_object(const struct bpf_image *image, const char *types, struct bpf_object **object,
		       struct tape_error *why)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .btf_custom_path = types);
	int error = 0;

	*object = bpf_object__open_mem(image->at, image->size, &opts);
	if (!*object) {
		error = -errno;
		snprintf(why->text, sizeof(why->text), "cannot open the BPF object: %s",
			 strerror(-error));
	}
	return error;
}

/* The types for the program, in the file at `fd`. NULL: those that a module may have are not among
 * the kernel's own, so that libbpf has to look. */
static struct bpf_types *find_types(const struct bpf_object *object, int fd)
{
	const struct btf *program = bpf_object__btf(object);
	struct bpf_types *types = program ? bpf_types_open(program) : NULL;

	if (types && bpf_types_has(types, "unix_sock") && !bpf_types_extract(types, fd))
		return types;
	bpf_types_free(types);
	return NULL;
}

void bpf_programs_close(struct bpf_programs *programs)
{
	while (programs->count)
		close(programs->at[--programs->count].fd);
}

/* The descriptors outlive the object's own. */
static int list_programs(struct bpf_object *object, struct bpf_load *load,
			 struct bpf_programs *programs)
{
	struct bpf_program *program;

	programs->count = 0;
	if (load) {
		while (programs->count < BPF_PROGRAMS &&
		       bpf_load_take(load, programs->count, &programs->at[programs->count]))
			programs->count++;
		return programs->count ? 0 : -ENOENT;
	}
	bpf_object__for_each_program(program, object)
	{
		if (!bpf_program__autoload(program))
			continue;
		if (programs->count == BPF_PROGRAMS ||
		    !bpf_load_copy(program, &programs->at[programs->count]))
			return -ENOENT;
		programs->count++;
	}
	return programs->count ? 0 : -ENOENT;
}

/* The programs that libbpf has prepared know the map by its descriptor: the rings take the place of
 * the small one that it has made. */
static int place_rings(struct bpf_object *object, struct bpf_rings *rings)
{
	int fd = bpf_object__find_map_fd_by_name(object, "rings"), map = bpf_rings_map(rings);

	if (map < 0)
		return map;
	return fd < 0 || dup3(map, fd, O_CLOEXEC) < 0 ? -errno : 0;
}

/* Without `load` libbpf does it alone. */
static int load_programs(const struct bpf_object_wishes *wishes, struct bpf_object *object,
			 struct bpf_load *load, const struct bpf_types *types,
			 struct bpf_programs *programs, struct tape_error *why)
{
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	int error = 0;

	if (!load && !(error = bpf_rings_wait(wishes->rings)))
		error = bpf_map__reuse_fd(rings, wishes->rings->fd);
	if (!error)
		error = bpf_object__load(object);
	if (!error && load)
		error = place_rings(object, wishes->rings);
	if (!error && load)
		error = bpf_load_run(load, types, wishes->settings->debug);
	if (!error)
		error = bpf_rings_wait(wishes->rings);
	if (!error)
		error = list_programs(object, load, programs);
	if (error)
		snprintf(why->text, sizeof(why->text),
			 "the kernel refused the BPF program: %s; -d shows its reasons",
			 strerror(-error));
	return error;
}

static int load(const struct bpf_object_wishes *wishes, const struct bpf_image *image,
		const struct bpf_settings *settings, struct bpf_object **object,
		struct bpf_programs *programs, int fd, struct tape_error *why)
{
	struct bpf_load *loader = fd >= 0 ? bpf_load_begin() : NULL;
	struct bpf_types *types = NULL;
	char path[32];
	int error;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	error = open_object(image, loader ? path : NULL, object, why);
	if (!error && loader && !(types = find_types(*object, fd))) {
		bpf_object__close(*object);
		bpf_load_end(loader);
		loader = NULL;
		error = open_object(image, NULL, object, why);
	}
	if (!error)
		error = bpf_preemption_choose(*object, bpf_preemption_possible(types));
	if (!error && (error = set_up(*object, wishes->settings, settings)))
		snprintf(why->text, sizeof(why->text), "the BPF object is not systape's");
	else if (!error)
		error = load_programs(wishes, *object, loader, types, programs, why);
	bpf_types_free(types);
	bpf_load_end(loader);
	return error;
}

int bpf_object_load(const struct bpf_object_wishes *wishes, struct bpf_object **object,
		    struct bpf_programs *programs, struct tape_error *why)
{
	int fd = memfd_create("systape-types", MFD_CLOEXEC), error;
	struct bpf_settings settings;
	struct bpf_image image;

	libbpf_set_print(wishes->settings->debug ? loud : quiet);
	*object = NULL;
	fill_settings(wishes, &settings);
	error = bpf_image_open(&image, wishes->settings->bpf_object, &settings, why);
	if (!error)
		error = load(wishes, &image, &settings, object, programs, fd, why);
	bpf_image_close(&image);
	if (fd >= 0)
		close(fd);
	if (!error)
		return 0;
	bpf_programs_close(programs);
	bpf_object__close(*object);
	*object = NULL;
	if (error == -ENOMEM)
		snprintf(why->text, sizeof(why->text), "no memory for rings of %zu bytes per CPU",
			 wishes->data);
	return error;
}

void *bpf_object_variables(struct bpf_map *map)
{
	size_t size = sysconf(_SC_PAGESIZE);
	void *at = map ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0)
		       : MAP_FAILED;

	return at == MAP_FAILED ? NULL : at;
}
