/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bpf_maps: the program's maps, and settings that are constants in its code. See bpf_plan.h. */
#ifndef SYSTAPE_BPF_MAPS_H
#define SYSTAPE_BPF_MAPS_H

struct sent_signal {
	int32_t info[12]; /* kernel_siginfo */
};

/* One ring per CPU; the loader sets both sizes. No BTF type: the value has no fixed size. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(uint32_t));
	__uint(value_size, PLAN_RING_HEADER + 65536 + PLAN_SLACK);
} rings SEC(".maps");

/* The flag is for the values to begin a page. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2 * PLAN_CALLS + 1); /* the last row: numbers that nobody knows */
	__type(key, uint32_t);
	__type(value, struct plan_call);
} plans SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, PLAN_VARIANTS);
	__type(key, struct plan_variant_key);
	__type(value, struct plan_call);
} variants SEC(".maps");

/* As large as there can be threads: the loader knows how many. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 65536);
	__type(key, uint32_t);
	__type(value, struct bpf_target);
} targets SEC(".maps");

/* With -C: the calls whose beginning is on the tape, by thread. As large as `targets`. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, uint32_t);
} begun SEC(".maps");

/* By thread: the execve or execveat that it is in, arch << 16 | number. As large as many at once.
 */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, uint32_t);
	__type(value, uint32_t);
} exec_calls SEC(".maps");

/* In a pid namespace: the numbers there of threads, by their first, while an execve may exchange
 * the one for the leader's. As large as `targets`. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, uint32_t);
} numbers SEC(".maps");

/* By process: the signal that may end it, until it is delivered. Written in interrupts too, unlike
 * the rings. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, uint32_t);
	__type(value, struct sent_signal);
} sent SEC(".maps");

struct executed {
	uint32_t argc, envc, script;
};

/* By thread (the number of its task): what it is about to execute; see `delivered`. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, uint32_t);
	__type(value, struct executed);
} executing SEC(".maps");

/* By thread: the signal that is being delivered to it; for kernels where the two programs that see
 * that are apart. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, uint32_t);
	__type(value, struct sent_signal);
} delivered SEC(".maps");

/* The cgroup whose threads are wanted, with BY_CGROUP_FOLDER. */
struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(uint32_t));
	__uint(value_size, sizeof(uint32_t));
} cgroups SEC(".maps");

/* With BY_CGROUP_SET: every cgroup by its id, and the automaton of the patterns. The loader sets
 * both sizes. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, uint64_t);
	__type(value, struct bpf_cgroup);
} cgroup_states SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct glob_row);
} glob_rows SEC(".maps");

/* Nothing but a bell: the recorder sleeps on it. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} bell SEC(".maps");

/* What was told last of descriptors: bpf_descriptors.h. A slot belongs to whoever used it last. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, PLAN_TOLD);
	__type(key, uint32_t);
	__type(value, struct bpf_told);
} told SEC(".maps");

struct bpf_names names SEC(".data");
const volatile struct bpf_settings settings; /* of which the arrays alone are read here */

/* A number among the settings. The recorder puts it in place of this constant before the kernel
 * sees the program (bpf_image.h). */
#define setting(field)                                                                             \
	({                                                                                         \
		uint64_t value_;                                                                   \
		asm volatile("%0 = %1 ll"                                                          \
			     : "=r"(value_)                                                        \
			     : "i"((uint64_t)PLAN_SETTING << 32 |                                  \
				   sizeof(((struct bpf_settings *)0)->field) << 16 |               \
				   __builtin_offsetof(struct bpf_settings, field)));               \
		(typeof(((struct bpf_settings *)0)->field))value_;                                 \
	})

uint64_t generation; /* grows when the program changes targets: see bpf_ring.generation */
/* Where the kernel has the recorder's pid namespace, once a thread of it has been seen; 0: unknown.
 */
uint64_t namespace_at, namespace_level;

#endif
