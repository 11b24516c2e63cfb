// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * touched PID: how many lines of 64 bytes and pages of memory the programs of a running recorder
 * touch for one call, in its maps and in the kernel, and how many lines of their own code. Takes
 * call_enter and call_exit as the kernel's verifier has left them, runs both by bpf_machine over a
 * copy of their maps, once to warm up and then for some calls in a row, whose mean it prints:
 * "CALL|INSTRUCTIONS|HELPERS|LINES|PAGES|LINES OF THE THREAD|LINES OF CODE|LINES/PAGES BY MAP".
 */
#include "bpf_machine.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	FIRST_MAP = 5, /* the regions before it: see set_up */
	CALLS = 32,
	MAPS = 48
};

struct program {
	struct bpf_insn *code;
	size_t count;
	struct bpf_line_info *lines;
	uint64_t *jited;
	uint32_t line_count, code_size;
	bool *executed;
};

static struct btf *types;
static uint64_t call_base;
static char helper[128];
static int recorder; /* its process id */

static void fail(const char *what)
{
	fprintf(stderr, "touched: %s\n", what);
	exit(1);
}

static uint64_t symbol(const char *name, uint64_t address)
{
	FILE *file = fopen("/proc/kallsyms", "r");
	unsigned long long at, found = 0;
	char line[256], word[128];

	while (file && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%llx %*c %127s", &at, word) != 2)
			continue;
		if (name ? strcmp(word, name) != 0 : at != address)
			continue;
		snprintf(helper, sizeof(helper), "%s", word);
		found = at;
		break;
	}
	if (file)
		fclose(file);
	return found;
}

static const char *helper_name(int32_t imm)
{
	return symbol(NULL, call_base + (int64_t)imm) ? helper : "?";
}

/* Bytes from a structure's start to a member, of which the last may be within nameless ones. */
static int member_in(uint32_t id, const char *name)
{
	const struct btf_type *t = btf__type_by_id(types, id);
	const struct btf_member *m = btf_members(t);

	for (int i = 0; i < btf_vlen(t); i++) {
		const char *own = btf__name_by_offset(types, m[i].name_off);
		int within = -1;

		if (!strcmp(own, name))
			return btf_member_bit_offset(t, i) / 8;
		if (!*own && btf_is_composite(btf__type_by_id(types, m[i].type)))
			within = member_in(m[i].type, name);
		if (within >= 0)
			return btf_member_bit_offset(t, i) / 8 + within;
	}
	return -1;
}

static int member(const char *type, const char *name)
{
	int id = btf__find_by_name_kind(types, type, BTF_KIND_STRUCT),
	    at = id > 0 ? member_in(id, name) : -1;

	if (at < 0)
		fail(name);
	return at;
}

/* What an open descriptor of the recorder's says: the program of that name and its length; -1: it
 * is another one, or none. */
static int program_of(const char *fdinfo, const char *name, uint32_t *length)
{
	struct bpf_prog_info info;
	uint32_t size = sizeof(info), id = 0;
	FILE *file = fopen(fdinfo, "r");
	char line[256];
	int fd;

	while (file && fgets(line, sizeof(line), file) && !id)
		if (sscanf(line, "prog_id: %u", &id) != 1)
			id = 0;
	if (file)
		fclose(file);
	fd = id ? bpf_prog_get_fd_by_id(id) : -1;
	memset(&info, 0, sizeof(info));
	*length = 0;
	if (fd >= 0 && !bpf_obj_get_info_by_fd(fd, &info, &size) && !strcmp(info.name, name)) {
		*length = info.xlated_prog_len;
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

/* The longest of that name: libbpf keeps an empty one beside each. */
static int find_program(const char *name)
{
	uint32_t length, most = 0;
	struct dirent *entry;
	int found = -1;
	char path[300];
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo", recorder);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		int fd;

		snprintf(path, sizeof(path), "/proc/%d/fdinfo/%s", recorder, entry->d_name);
		fd = program_of(path, name, &length);
		if (length > most) {
			if (found >= 0)
				close(found);
			found = fd;
			most = length;
		} else if (fd >= 0) {
			close(fd);
		}
	}
	if (dir)
		closedir(dir);
	if (found < 0)
		fail("that is no recorder with the bpf backend");
	return found;
}

static void add_map(struct machine *m, uint32_t id)
{
	struct bpf_map_info info;
	uint32_t size = sizeof(info);
	int fd = bpf_map_get_fd_by_id(id), region;
	void *values = NULL;
	size_t bytes;

	memset(&info, 0, sizeof(info));
	if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size))
		fail("a map cannot be looked at");
	for (int r = 0; r < m->region_count; r++)
		if (m->regions[r].map == id)
			return;
	bytes = ((size_t)info.value_size + 7) / 8 * 8 * info.max_entries;
	bytes = (bytes + PAGE - 1) / PAGE * PAGE;
	if (info.type == BPF_MAP_TYPE_ARRAY && info.map_flags & BPF_F_MMAPABLE) {
		values = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	} else if (info.type == BPF_MAP_TYPE_ARRAY && (values = calloc(1, bytes + PAGE))) {
		size_t stride = (info.value_size + 7) / 8 * 8;

		for (uint32_t key = 0; key < info.max_entries; key++)
			bpf_map_lookup_elem(fd, &key, (char *)values + key * stride);
	}
	region = machine_region(m,
				strdup(strchr(info.name, '.') ? strchr(info.name, '.') : info.name),
				values == MAP_FAILED ? NULL : values, bytes);
	m->regions[region].map = id;
	m->regions[region].value =
		info.type == BPF_MAP_TYPE_ARRAY ? member("bpf_array", "value") : 0;
}

static void read_program(struct machine *m, const char *name, struct program *p)
{
	struct bpf_prog_info info;
	uint32_t size = sizeof(info), maps[MAPS];
	int fd = find_program(name);

	memset(&info, 0, sizeof(info));
	if (bpf_obj_get_info_by_fd(fd, &info, &size))
		fail("a program cannot be looked at");
	p->count = info.xlated_prog_len / sizeof(*p->code);
	p->line_count = info.nr_line_info < info.nr_jited_line_info ? info.nr_line_info
								    : info.nr_jited_line_info;
	p->code = calloc(p->count, sizeof(*p->code));
	p->executed = calloc(p->count, sizeof(*p->executed));
	p->lines = calloc(p->line_count, sizeof(*p->lines));
	p->jited = calloc(p->line_count + 1, sizeof(*p->jited));
	memset(&info, 0, sizeof(info));
	info.xlated_prog_insns = (uintptr_t)p->code;
	info.xlated_prog_len = p->count * sizeof(*p->code);
	info.map_ids = (uintptr_t)maps;
	info.nr_map_ids = MAPS;
	info.line_info = (uintptr_t)p->lines;
	info.nr_line_info = p->line_count;
	info.line_info_rec_size = sizeof(*p->lines);
	info.jited_line_info = (uintptr_t)p->jited;
	info.nr_jited_line_info = p->line_count;
	info.jited_line_info_rec_size = sizeof(*p->jited);
	size = sizeof(info);
	if (bpf_obj_get_info_by_fd(fd, &info, &size) || info.nr_map_ids > MAPS)
		fail("a program's code cannot be read");
	for (uint32_t i = 0; i < info.nr_map_ids; i++)
		add_map(m, maps[i]);
}

/* Of each line of source that ran, its code, as far as the next one's begins behind it. */
static int code_lines(const struct program *p)
{
	uint64_t seen[1024];
	int count = 0;

	for (uint32_t i = 0; i < p->line_count; i++) {
		uint32_t from = p->lines[i].insn_off,
			 to = i + 1 < p->line_count ? p->lines[i + 1].insn_off : p->count;
		uint64_t end = i + 1 < p->line_count && p->jited[i + 1] > p->jited[i]
				       ? p->jited[i + 1]
				       : p->jited[i] + 1;
		bool ran = false;

		for (uint32_t k = from; k < to && k < p->count; k++)
			ran = ran || p->executed[k];
		for (uint64_t at = p->jited[i] / LINE;
		     ran && at <= (end - 1) / LINE && end - p->jited[i] < PAGE; at++) {
			int known = 0;

			while (known < count && seen[known] != at)
				known++;
			if (known == count && count < 1024)
				seen[count++] = at;
		}
	}
	return count;
}

static void set_up(struct machine *m)
{
	static const char *const names[] = { "context", "registers", "per-cpu", "user", "task" };
	uint64_t at[FIRST_MAP];

	for (int i = 0; i < FIRST_MAP; i++)
		at[i] = machine_address(machine_region(m, names[i], NULL, 0));
	m->regs = at[1];
	m->per_cpu = at[2];
	m->task = at[4];
	m->helper_name = helper_name;
	machine_write(m, at[0], m->regs, 8);
	machine_write(m, m->per_cpu, m->task, 8);
	machine_write(m, m->task + member("task_struct", "pid"), 4711, 4);
	machine_write(m, m->task + member("task_struct", "tgid"), 4711, 4);
}

/* `second`: the last argument of the tracepoint. */
static void run(struct machine *m, struct program *p, uint64_t second)
{
	machine_write(m, machine_address(0) + 8, second, 8);
	m->code = p->code;
	m->count = p->count;
	m->executed = p->executed;
	if (!machine_run(m, machine_address(0)))
		fail(m->error);
}

struct touched {
	int lines[REGIONS], pages[REGIONS]; /* by region */
};

static void count(const struct machine *m, struct touched *t)
{
	for (int i = 0; i < m->page_count; i++) {
		size_t region = (m->pages[i]->at >> 40) - 1;

		if (region >= (size_t)m->region_count || !m->pages[i]->lines)
			continue;
		t->lines[region] += __builtin_popcountll(m->pages[i]->lines);
		t->pages[region]++;
	}
}

static void report(const struct machine *m, const char *name, const struct touched *t, int code)
{
	int lines = 0, pages = 0;

	for (int r = FIRST_MAP; r < m->region_count; r++) {
		lines += t->lines[r];
		pages += t->pages[r];
	}
	printf("%s|%.0f|%.0f|%.1f|%.1f|%.1f|%d|", name, (double)m->instructions / CALLS,
	       (double)m->helpers / CALLS, (double)lines / CALLS, (double)pages / CALLS,
	       (double)t->lines[FIRST_MAP - 1] / CALLS, code);
	for (int r = FIRST_MAP; r < m->region_count; r++)
		if (t->lines[r])
			printf(" %s %.1f/%.1f", m->regions[r].name, (double)t->lines[r] / CALLS,
			       (double)t->pages[r] / CALLS);
	printf("\n");
}

/* What the first call does alone, as asking for the thread, is not counted. */
static void begin_counting(struct machine *m, struct program *enter, struct program *exit)
{
	m->instructions = m->helpers = 0;
	memset(enter->executed, 0, enter->count * sizeof(*enter->executed));
	memset(exit->executed, 0, exit->count * sizeof(*exit->executed));
}

struct example {
	const char *name;
	uint64_t nr, args[3], result;
};

static void look_at(const struct example *e)
{
	static const char *const registers[] = { "di", "si", "dx" };
	struct machine m = { .region_count = 0 };
	struct touched touched = { .lines = { 0 } };
	struct program enter, exit;

	set_up(&m);
	read_program(&m, "call_enter", &enter);
	read_program(&m, "call_exit", &exit);
	for (int i = 0; i < 3; i++)
		machine_write(&m, m.regs + member("pt_regs", registers[i]), e->args[i], 8);
	machine_write(&m, m.regs + member("pt_regs", "orig_ax"), e->nr, 8);
	for (int i = -1; i < CALLS; i++) {
		machine_forget(&m);
		run(&m, &enter, e->nr);
		run(&m, &exit, e->result);
		if (i >= 0)
			count(&m, &touched);
		else
			begin_counting(&m, &enter, &exit);
	}
	report(&m, e->name, &touched, code_lines(&enter) + code_lines(&exit));
}

int main(int argc, char **argv)
{
	static const struct example calls[] = { { "getppid", SYS_getppid, { 0, 0, 0 }, 1 },
						{ "read", SYS_read, { 3, 8192, 1 }, 1 },
						{ "futex", SYS_futex, { 8192, 129, 1 }, 0 },
						{ "openat", SYS_openat, { -100, 8192, 0 }, 3 },
						{ "close", SYS_close, { 3, 0, 0 }, 0 } };

	recorder = argc > 1 ? atoi(argv[1]) : 0;
	types = btf__load_vmlinux_btf();
	call_base = symbol("__bpf_call_base", 0);
	if (!types || !call_base)
		fail("the kernel's types and symbols cannot be read");
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		look_at(&calls[i]);
	return 0;
}
