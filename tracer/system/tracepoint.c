// SPDX-License-Identifier: GPL-2.0-or-later
#include "tracer/system/tracepoint.h"

#include "tracer/system/user_namespace.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

// clang-format off
static const struct {
	const char *system, *name, *fields[5];
} table[TP_KINDS] = {
	[TP_ENTER] = { "raw_syscalls", "sys_enter", { "id", "args" } },
	[TP_EXIT] = { "raw_syscalls", "sys_exit", { "id", "ret" } },
	[TP_NEWTASK] = { "task", "task_newtask", { "pid", "comm", "clone_flags" } },
	[TP_FORK] = { "sched", "sched_process_fork", { "child_pid", "child_comm" } },
	[TP_EXEC] = { "sched", "sched_process_exec", { "filename", "pid", "old_pid" } },
	[TP_RENAME] = { "task", "task_rename", { "newcomm", "pid" } },
	[TP_END] = { "sched", "sched_process_exit", { "pid", "comm", "group_dead" } },
	[TP_GENERATE] = { "signal", "signal_generate", { "sig", "pid", "result", "code", "group" } },
	[TP_DELIVER] = { "signal", "signal_deliver", { "sig", "errno", "code", "sa_handler", "sa_flags" } },
	[TP_MIGRATE] = { "sched", "sched_migrate_task", { "pid", "dest_cpu" } },
	[TP_ATTACH] = { "cgroup", "cgroup_attach_task", { "pid", "dst_path", "dst_root" } },
};
// clang-format on

const char *tracepoint_root(bool *mounted, struct tape_error *why)
{
	static const char *const roots[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
	char path[64];

	*mounted = false;
	for (int try = 0; try < 2; try++) {
		for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
			snprintf(path, sizeof(path), "%s/events", roots[i]);
			if (!access(path, X_OK))
				return roots[i];
			if (errno == EACCES || errno == EPERM)
				break;
		}
		if (try || mount("tracefs", roots[0], "tracefs", 0, NULL))
			break;
		*mounted = true;
	}
	if (geteuid())
		snprintf(why->text, sizeof(why->text),
			 "cannot read /sys/kernel/tracing/events: not permitted; run as root, or "
			 "let a group read it: 'mount -o "
			 "remount,gid=%d,mode=750 /sys/kernel/tracing'",
			 getegid());
	else if (errno == EPERM || errno == EACCES)
		user_namespace_refused(why, "cannot use /sys/kernel/tracing: not permitted",
				       "give the program CAP_SYS_ADMIN and CAP_DAC_READ_SEARCH");
	else
		snprintf(why->text, sizeof(why->text),
			 "cannot use /sys/kernel/tracing: %s; run 'mount -t tracefs tracefs "
			 "/sys/kernel/tracing'",
			 strerror(errno));
	return NULL;
}

/* One line of a format file: "field:TYPE NAME[...]; offset:N; size:N; signed:N;" */
static void take_field(struct tracepoint *tp, const char *const names[5], const char *line)
{
	const char *end = strchr(line, ';'), *name;
	struct tracepoint_field field = { .elsewhere = strstr(line, "__data_loc") &&
						       strstr(line, "__data_loc") < end };
	unsigned int offset, size;
	size_t length;

	if (!end || sscanf(end, "; offset:%u; size:%u", &offset, &size) != 2)
		return;
	field.offset = offset;
	field.size = size;
	if (end > line && end[-1] == ']')
		while (end > line && *end != '[')
			end--;
	for (name = end; name > line && name[-1] != ' ' && name[-1] != '*'; name--)
		;
	length = end - name;
	if (length == strlen("common_pid") && !strncmp(name, "common_pid", length))
		tp->tid = field;
	for (int i = 0; i < 5; i++)
		if (names[i] && strlen(names[i]) == length && !strncmp(name, names[i], length))
			tp->field[i] = field;
}

int tracepoint_load(struct tracepoint *tp, const char *const names[5], const char *root)
{
	char path[256], *line = NULL;
	size_t room = 0;
	FILE *file;

	snprintf(path, sizeof(path), "%s/events/%s/%s/format", root, tp->system, tp->name);
	file = fopen(path, "re");
	if (!file)
		return -errno;
	while (getline(&line, &room, file) > 0) {
		const char *at = line + strspn(line, " \t");

		if (!strncmp(at, "ID: ", 4))
			tp->id = strtoul(at + 4, NULL, 10);
		else if (!strncmp(at, "field:", 6))
			take_field(tp, names, at + 6);
	}
	free(line);
	fclose(file);
	return tp->id ? 0 : -EINVAL;
}

int tracepoints_load(struct tracepoints *all, const char *root, struct tape_error *why)
{
	memset(all, 0, sizeof(*all));
	memset(all->kind_of, TP_KINDS, sizeof(all->kind_of));
	for (int i = 0; i < TP_KINDS; i++) {
		struct tracepoint *tp = &all->at[i];
		int error;

		tp->system = table[i].system;
		tp->name = table[i].name;
		error = tracepoint_load(tp, table[i].fields, root);
		if (error && i <= TP_EXIT) {
			snprintf(why->text, sizeof(why->text),
				 "cannot read %s/events/%s/%s/format: %s%s", root, tp->system,
				 tp->name, strerror(-error),
				 error == -ENOENT ? "; the kernel lacks CONFIG_FTRACE_SYSCALLS"
						  : "; run as root or in its group");
			return error;
		}
		if (tp->id && tp->id < sizeof(all->kind_of))
			all->kind_of[tp->id] = i;
	}
	return 0;
}

uint64_t tracepoint_number(const struct tracepoint *tp, int field, const void *data)
{
	const struct tracepoint_field *f = &tp->field[field];
	uint64_t value = 0;

	memcpy(&value, (const char *)data + f->offset, f->size > 8 ? 8 : f->size);
	return value;
}

size_t tracepoint_text(const struct tracepoint *tp, int field, const void *data, size_t size,
		       char *to, size_t room)
{
	const struct tracepoint_field *f = &tp->field[field];
	size_t offset = f->offset, length = f->size;
	uint32_t where;

	if (f->elsewhere) {
		where = tracepoint_number(tp, field, data);
		offset = where & 0xffff;
		length = where >> 16;
	}
	if (!length || offset > size || !room) {
		if (room)
			*to = '\0';
		return 0;
	}
	if (length > size - offset)
		length = size - offset;
	if (length > room - 1)
		length = room - 1;
	memcpy(to, (const char *)data + offset, length);
	to[length] = '\0';
	return strlen(to);
}
