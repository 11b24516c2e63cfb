// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/bpf_object.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TARGETS_LEAST = 32768, /* threads */
	TARGETS_MOST = 1 << 20,
};

static const unsigned char built_in[] __attribute__((aligned(8))) = {
#include "systape_bpf.h"
};

bool bpf_object_probe(struct tape_error *why)
{
	union bpf_attr attr;
	struct stat st;
	long fd;

	memset(&attr, 0, sizeof(attr));
	fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, NULL, 4, 8, 1, NULL);
	if (fd < 0 && (errno == EPERM || errno == EACCES)) {
		snprintf(why->text, sizeof(why->text),
			 "not permitted to use BPF; run as root, or give the program CAP_BPF and "
			 "CAP_PERFMON");
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
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
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
	uint64_t threads = read_number("/proc/sys/kernel/threads-max", TARGETS_LEAST),
		 pids = read_number("/proc/sys/kernel/pid_max", TARGETS_LEAST);

	if (threads > pids)
		threads = pids;
	if (threads < TARGETS_LEAST)
		threads = TARGETS_LEAST;
	if (threads > TARGETS_MOST)
		threads = TARGETS_MOST;
	if (!targets || !begun || (by_cpu && bpf_map__set_max_entries(begun, threads)))
		return -EINVAL;
	return bpf_map__set_max_entries(targets, threads);
}

static int set_up(struct bpf_object *object, const struct backend_settings *settings, size_t data,
		  size_t stride, int cpus)
{
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	struct bpf_map *constants = bpf_object__find_map_by_name(object, ".rodata");
	struct bpf_settings *s;
	size_t size;

	if (!rings || !constants)
		return -EINVAL;
	s = (void *)bpf_map__initial_value(constants, &size);
	if (!s || size < sizeof(*s))
		return -EINVAL;
	s->ring_mask = data - 1;
	s->everything = settings->everything;
	s->follow = settings->follow;
	s->failed_only = settings->failed_only;
	s->enter_time = settings->enter_time;
	s->wake = data / 4;
	s->successful_only = settings->successful_only;
	s->uid = settings->by_user ? settings->user : ~0u;
	s->by_comm = !!settings->comm;
	s->by_cgroup = !!settings->cgroup;
	s->chooses = settings->by_user || settings->comm || settings->cgroup;
	if (settings->comm)
		strncpy(s->comm, settings->comm, sizeof(s->comm) - 1);
	s->by_cpu = !!settings->cpus;
	if (settings->cpus)
		memcpy(s->cpus, settings->cpus, sizeof(s->cpus));
	s->files = settings->plan->files;
	s->state = settings->state;
	for (size_t row = 0; row < sizeof(s->rows) / sizeof(*s->rows); row++) {
		const struct plan_call *call = &settings->plan->calls[row];

		s->rows[row] = call->flags | call->args << PLAN_ARGS_SHIFT;
		s->pieces |= call->flags & PLAN_PIECES;
	}
	if (size_maps(object, settings->cpus) || bpf_map__set_value_size(rings, stride) ||
	    bpf_map__set_max_entries(rings, cpus))
		return -EINVAL;
	return 0;
}

int bpf_object_load(const struct backend_settings *settings, size_t data, size_t stride, int cpus,
		    struct bpf_object **object, struct tape_error *why)
{
	const char *file = settings->bpf_object;
	int error;

	libbpf_set_print(settings->debug ? loud : quiet);
	*object = file ? bpf_object__open(file)
		       : bpf_object__open_mem(built_in, sizeof(built_in), NULL);
	if (!*object) {
		error = -errno;
		snprintf(why->text, sizeof(why->text), "cannot open the BPF object %s: %s",
			 file ? file : "(built in)", strerror(-error));
		return error;
	}
	error = set_up(*object, settings, data, stride, cpus);
	if (error)
		snprintf(why->text, sizeof(why->text), "the BPF object %s is not systape's",
			 file ? file : "(built in)");
	else
		error = bpf_object__load(*object);
	if (!error)
		return 0;
	if (!*why->text)
		snprintf(why->text, sizeof(why->text),
			 "the kernel refused the BPF program: %s; -d shows its reasons",
			 strerror(-error));
	bpf_object__close(*object);
	*object = NULL;
	if (error == -ENOMEM)
		snprintf(why->text, sizeof(why->text), "no memory for rings of %zu bytes per CPU",
			 data);
	return error;
}

uint64_t *bpf_object_generation(struct bpf_map *bss, size_t *size)
{
	void *at;

	*size = sysconf(_SC_PAGESIZE);
	at = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(bss), 0);
	return at == MAP_FAILED ? NULL : at;
}
