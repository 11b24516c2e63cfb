// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * seccomp_run PROFILE.json COMMAND...: runs a command under a profile of OCI, as a runtime does:
 * json-c reads it, libseccomp makes it a filter. With no command, lines of standard input say NAME
 * NUMBER NUMBER NUMBER (x86_64, i386, aarch64, - for none): each that libseccomp knows otherwise is
 * printed.
 */
#include <errno.h>
#include <json-c/json.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void __attribute__((noreturn)) fail(const char *what)
{
	fprintf(stderr, "seccomp_run: %s\n", what);
	exit(125);
}

static struct json_object *member(struct json_object *of, const char *name)
{
	struct json_object *value;

	if (!json_object_object_get_ex(of, name, &value))
		fail(name);
	return value;
}

static const char *item(struct json_object *array, size_t i)
{
	return json_object_get_string(json_object_array_get_idx(array, i));
}

static uint32_t arch_of(const char *name)
{
	char lower[20] = "";

	if (strncmp(name, "SCMP_ARCH_", 10) != 0)
		fail(name);
	for (size_t i = 0; name[10 + i] && i + 1 < sizeof(lower); i++)
		lower[i] = (char)(name[10 + i] |
				  (name[10 + i] >= 'A' && name[10 + i] <= 'Z' ? 32 : 0));
	return seccomp_arch_resolve_name(lower);
}

static void add_calls(scmp_filter_ctx filter, struct json_object *rule)
{
	struct json_object *names = member(rule, "names");

	if (strcmp(json_object_get_string(member(rule, "action")), "SCMP_ACT_ALLOW") != 0)
		fail("an action");
	for (size_t i = 0; i < json_object_array_length(names); i++) {
		int number = seccomp_syscall_resolve_name(item(names, i));

		if (number == __NR_SCMP_ERROR ||
		    seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0))
			fail(item(names, i));
	}
}

static int run(const char *file, char **command)
{
	struct json_object *profile = json_object_from_file(file), *arches, *rules;
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int native = 0;

	if (!profile || !filter ||
	    strcmp(json_object_get_string(member(profile, "defaultAction")), "SCMP_ACT_ERRNO") != 0)
		fail(file);
	arches = member(profile, "architectures");
	rules = member(profile, "syscalls");
	for (size_t i = 0; i < json_object_array_length(arches); i++) {
		uint32_t arch = arch_of(item(arches, i));

		native |= arch == seccomp_arch_native();
		if (arch != seccomp_arch_native() && seccomp_arch_add(filter, arch))
			fail(item(arches, i));
	}
	if (!native && seccomp_arch_remove(filter, SCMP_ARCH_NATIVE))
		fail("no architecture");
	for (size_t i = 0; i < json_object_array_length(rules); i++)
		add_calls(filter, json_object_array_get_idx(rules, i));
	if (seccomp_load(filter))
		fail("seccomp_load");
	execvp(command[0], command);
	return 127;
}

static void compare(uint32_t arch, const char *name, const char *number)
{
	int known = seccomp_syscall_resolve_name_arch(arch, name);

	if (*number != '-' && known >= 0 && known != atoi(number))
		printf("%s %s is %d\n", name, number, known);
	else if (*number != '-' && known < -1 && arch != SCMP_ARCH_X86) /* socketcall and ipc */
		printf("%s %s is not there\n", name, number);
}

int main(int argc, char **argv)
{
	char name[100], x86_64[20], i386[20], aarch64[20];

	if (argc > 2)
		return run(argv[1], argv + 2);
	while (scanf("%99s %19s %19s %19s", name, x86_64, i386, aarch64) == 4) {
		compare(SCMP_ARCH_X86_64, name, x86_64);
		compare(SCMP_ARCH_X86, name, i386);
		compare(SCMP_ARCH_AARCH64, name, aarch64);
	}
	return 0;
}
