// SPDX-License-Identifier: GPL-2.0-or-later
/* The few types of the kernel that the BPF program needs: what is handed to libbpf says of each
 * field what libbpf finds itself among all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#if HAVE_BPF
#include "tracer/bpf/bpf_types.h"
#include "tracer/system/kernel_types.h"

#include <bpf/btf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *const structures[] = { "task_struct", "sock_common", "file", "mount",
					  "nobodys" };
static const char *const fields[] = { "pid",	 "tgid",   "comm", "thread_info", "se",	   "files",
				      "skc_num", "f_path", "mnt",  "skc_dport",	  "dentry" };

struct fixture {
	struct btf *program, *kernel;
	struct bpf_types *types;
};

/* A program that knows these structures, each with all of these fields. */
static struct btf *make_program(void)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);

	for (size_t i = 0; i < sizeof(structures) / sizeof(*structures); i++) {
		btf__add_struct(btf, structures[i], 4 * sizeof(fields) / sizeof(*fields));
		for (size_t k = 0; k < sizeof(fields) / sizeof(*fields); k++)
			btf__add_field(btf, fields[k], number, 32 * k, 0);
	}
	return btf;
}

static int open_all(void **state)
{
	static struct fixture f;

	f.program = make_program();
	f.kernel = btf__load_vmlinux_btf();
	f.types = f.kernel ? bpf_types_open(f.program) : NULL;
	*state = &f;
	return 0;
}

static int close_all(void **state)
{
	struct fixture *f = *state;

	bpf_types_free(f->types);
	btf__free(f->kernel);
	btf__free(f->program);
	return 0;
}

/* Those of mm_struct are in a structure without a name. */
static void finds_fields_within_nameless_structures(void **state)
{
	struct fixture *f = *state;
	struct kernel_types types;
	int start;

	if (!f->kernel)
		skip();
	assert_true(kernel_types_open(&types, NULL, NULL));
	start = kernel_types_field(&types, "mm_struct", "arg_start");
	assert_true(start > 0);
	assert_int_equal(kernel_types_field(&types, "mm_struct", "arg_end"), start + 8);
	assert_int_equal(kernel_types_field(&types, "mm_struct", "env_end"), start + 24);
	assert_int_equal(kernel_types_field(&types, "task_struct", "pid"),
			 bpf_types_field(f->types, "task_struct", "pid"));
	assert_int_equal(kernel_types_field(&types, "mm_struct", "nobodys"), -1);
	assert_int_equal(kernel_types_field(&types, "nobodys", "pid"), -1);
	kernel_types_close(&types);
}

static void finds_tracepoints(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = { "sys_enter", "sched_switch", "sched_process_exit" };
	char name[64];

	if (!f->kernel)
		skip();
	assert_non_null(f->types);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(name, sizeof(name), "btf_trace_%s", names[i]);
		assert_int_equal(bpf_types_tracepoint(f->types, names[i]),
				 btf__find_by_name_kind(f->kernel, name, BTF_KIND_TYPEDEF));
	}
	assert_int_equal(bpf_types_tracepoint(f->types, "sys_ente"), 0);
}

static void knows_what_is_there(void **state)
{
	struct fixture *f = *state;

	if (!f->kernel)
		skip();
	assert_true(bpf_types_has(f->types, "mount"));
	assert_false(bpf_types_has(f->types, "nobodys"));
	assert_false(bpf_types_has(f->types, "inode")); /* the program does not know it */
}

static const struct btf_member *member(const struct btf *btf, const struct btf_type *t,
				       const char *name)
{
	const struct btf_member *m = btf_members(t);

	for (int i = 0; i < btf_vlen(t); i++)
		if (!strcmp(btf__name_by_offset(btf, m[i].name_off), name))
			return &m[i];
	return NULL;
}

static size_t compare(const struct fixture *f, const struct btf *few, const char *structure)
{
	int id = btf__find_by_name_kind(few, structure, BTF_KIND_STRUCT),
	    all = btf__find_by_name_kind(f->kernel, structure, BTF_KIND_STRUCT);
	const struct btf_type *t = btf__type_by_id(few, id),
			      *other = btf__type_by_id(f->kernel, all);
	size_t same = 0;

	assert_true(id > 0 && all > 0);
	assert_int_equal(t->size, other->size);
	for (size_t k = 0; k < sizeof(fields) / sizeof(*fields); k++) {
		const struct btf_member *m = member(few, t, fields[k]),
					*n = member(f->kernel, other, fields[k]);

		assert_int_equal(!m, !n);
		if (!m)
			continue;
		assert_int_equal(m->offset, n->offset);
		assert_int_equal(btf__resolve_size(few, m->type),
				 btf__resolve_size(f->kernel, n->type));
		same++;
	}
	return same;
}

static void says_the_same_of_each_field(void **state)
{
	struct fixture *f = *state;
	int fd = memfd_create("types", MFD_CLOEXEC);
	size_t same = 0;
	struct btf *few;
	char path[32];

	if (!f->kernel)
		skip();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(bpf_types_extract(f->types, fd), 0);
	few = btf__parse(path, NULL);
	assert_non_null(few);
	for (size_t i = 0; i + 1 < sizeof(structures) / sizeof(*structures); i++)
		same += compare(f, few, structures[i]);
	assert_true(same >= 5); /* the others are in structures without a name */
	assert_true(btf__find_by_name_kind(few, "nobodys", BTF_KIND_STRUCT) < 0);
	assert_true(btf__type_cnt(few) < 1000);
	btf__free(few);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_fields_within_nameless_structures),
		cmocka_unit_test(finds_tracepoints),
		cmocka_unit_test(knows_what_is_there),
		cmocka_unit_test(says_the_same_of_each_field),
	};

	return cmocka_run_group_tests_name("types", tests, open_all, close_all);
}
#else
static void has_no_bpf(void **state)
{
	(void)state;
	skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(has_no_bpf) };

	return cmocka_run_group_tests_name("types", tests, NULL, NULL);
}
#endif
