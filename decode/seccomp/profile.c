// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/seccomp/profile.h"

#include <errno.h>
#include <stdlib.h>

enum { LINE = 100 };

static const struct abi {
	const char *name, *scmp, *systemd;
} abis[PROGRAM_ARCHES] = {
	[TRACE_X86_64] = { "x86_64", "SCMP_ARCH_X86_64", "x86-64" },
	[TRACE_I386] = { "i386", "SCMP_ARCH_X86", "x86" },
	[TRACE_AARCH64] = { "aarch64", "SCMP_ARCH_AARCH64", "arm64" },
	[TRACE_X32] = { "x32", "SCMP_ARCH_X32", "x32" },
};

/* What every program needs when it ends, or gets a signal: the tape may have ended before. */
static const char *const always[] = { "exit", "exit_group", "restart_syscall", "rt_sigreturn" };
enum { ALWAYS = sizeof(always) / sizeof(*always) };

/* Names in order, each once. */
struct names {
	const char **at;
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_seen(const struct call_set *set, unsigned int arch)
{
	for (int i = 0; i < PROGRAM_CALLS / 64; i++)
		if (set->word[arch][i])
			return true;
	return false;
}

static void add_names(struct names *n, const struct program_calls *calls, unsigned int arch)
{
	for (uint32_t nr = 0; nr < PROGRAM_CALLS; nr++)
		if (call_set_has(&calls->seen, arch, nr) && calls->name[arch][nr])
			n->at[n->count++] = calls->name[arch][nr];
	for (int i = 0; i < ALWAYS; i++)
		n->at[n->count++] = always[i];
	if (arch == TRACE_I386)
		n->at[n->count++] = "sigreturn";
}

/* Of one ABI, or of all that have been seen (-1). */
static struct names names_of(const struct program_calls *calls, int arch)
{
	struct names n = { .at = calloc(PROGRAM_ARCHES * (PROGRAM_CALLS + ALWAYS + 1),
					sizeof(*n.at)) };
	size_t kept = 0;

	if (!n.at)
		return n;
	for (int i = 0; i < PROGRAM_ARCHES; i++)
		if ((arch < 0 || arch == i) && is_seen(&calls->seen, (unsigned int)i))
			add_names(&n, calls, (unsigned int)i);
	qsort(n.at, n.count, sizeof(*n.at), by_name);
	for (size_t i = 0; i < n.count; i++)
		if (!kept || strcmp(n.at[kept - 1], n.at[i]) != 0)
			n.at[kept++] = n.at[i];
	n.count = kept;
	return n;
}

static void put_oci(struct text *out, const struct program_calls *calls, const struct names *n,
		    const char *remark)
{
	const char *comma = "";

	text_put(out, "{\n\t\"defaultAction\": \"SCMP_ACT_ERRNO\",\n\t\"architectures\": [");
	for (unsigned int arch = 0; arch < PROGRAM_ARCHES; arch++) {
		if (!is_seen(&calls->seen, arch))
			continue;
		text_printf(out, "%s\n\t\t\"%s\"", comma, abis[arch].scmp);
		comma = ",";
	}
	text_put(out, "\n\t],\n\t\"syscalls\": [\n\t\t{\n");
	if (*remark)
		text_printf(out, "\t\t\t\"comment\": \"%s\",\n", remark);
	text_put(out, "\t\t\t\"names\": [");
	for (size_t i = 0; i < n->count; i++)
		text_printf(out, "%s\n\t\t\t\t\"%s\"", i ? "," : "", n->at[i]);
	text_put(out, "\n\t\t\t],\n\t\t\t\"action\": \"SCMP_ACT_ALLOW\"\n\t\t}\n\t]\n}\n");
}

/* Words one behind another, in lines that begin with `head` and end with `tail`. */
static void put_words(struct text *out, const struct names *n, const char *head, const char *quote,
		      const char *tail)
{
	size_t column = 0;

	for (size_t i = 0; i < n->count; i++) {
		size_t size = strlen(n->at[i]) + 2 * strlen(quote) + 2;

		if (column && column + size > LINE) {
			text_put(out, tail);
			text_char(out, '\n');
			column = 0;
		}
		text_put(out, column ? *quote ? ", " : " " : head);
		column = (column ? column : strlen(head)) + size;
		text_printf(out, "%s%s%s", quote, n->at[i], quote);
	}
	text_put(out, tail);
	text_char(out, '\n');
}

static void put_systemd(struct text *out, const struct program_calls *calls, const struct names *n,
			const char *remark)
{
	if (*remark)
		text_printf(out, "# %s\n", remark);
	text_put(out, "[Service]\n");
	put_words(out, n, "SystemCallFilter=", "", "");
	text_put(out, "SystemCallErrorNumber=EPERM\nSystemCallArchitectures=");
	for (unsigned int arch = 0, any = 0; arch < PROGRAM_ARCHES; arch++) {
		if (!is_seen(&calls->seen, arch))
			continue;
		text_printf(out, "%s%s", any ? " " : "", abis[arch].systemd);
		any = 1;
	}
	text_char(out, '\n');
}

/* Each ABI is a filter of its own: what one allows is no leave for another. */
static const char c_code[] =
	"/* Binds the calling thread and all that it starts: 0, or a negative errno; -ENOSYS: "
	"this\n"
	" * libseccomp does not know one of the calls. */\n"
	"int seccomp_profile_load(void);\n"
	"int seccomp_profile_load(void)\n"
	"{\n"
	"\tscmp_filter_ctx all = NULL;\n"
	"\tint error = 0;\n"
	"\n"
	"\tfor (size_t i = 0; !error && i < sizeof(abis) / sizeof(*abis); i++) {\n"
	"\t\tscmp_filter_ctx one = seccomp_init(SECCOMP_PROFILE_ACTION);\n"
	"\n"
	"\t\tif (!one)\n"
	"\t\t\terror = -ENOMEM;\n"
	"\t\telse if (abis[i].arch != seccomp_arch_native())\n"
	"\t\t\terror = seccomp_arch_add(one, abis[i].arch);\n"
	"\t\tif (!error && abis[i].arch != seccomp_arch_native())\n"
	"\t\t\terror = seccomp_arch_remove(one, SCMP_ARCH_NATIVE);\n"
	"\t\tfor (const char *const *call = abis[i].calls; !error && *call; call++) {\n"
	"\t\t\tint number = seccomp_syscall_resolve_name(*call);\n"
	"\n"
	"\t\t\terror = number == __NR_SCMP_ERROR ?\n"
	"\t\t\t\t-ENOSYS : seccomp_rule_add(one, SCMP_ACT_ALLOW, number, 0);\n"
	"\t\t}\n"
	"\t\tif (!error && all)\n"
	"\t\t\terror = seccomp_merge(all, one);\n"
	"\t\telse if (!error)\n"
	"\t\t\tall = one;\n"
	"\t\tif (error && one)\n"
	"\t\t\tseccomp_release(one);\n"
	"\t}\n"
	"\tif (!error)\n"
	"\t\terror = seccomp_load(all);\n"
	"\tif (all)\n"
	"\t\tseccomp_release(all);\n"
	"\treturn error;\n"
	"}\n"
	"\n"
	"#ifdef SECCOMP_PROFILE_MAIN /* a program that runs another one under the profile */\n"
	"#include <stdio.h>\n"
	"#include <string.h>\n"
	"#include <unistd.h>\n"
	"\n"
	"int main(int argc, char **argv)\n"
	"{\n"
	"\tint error;\n"
	"\n"
	"\tif (argc < 2) {\n"
	"\t\tfprintf(stderr, \"usage: %s COMMAND [ARGUMENT ...]\\n\", argv[0]);\n"
	"\t\treturn 2;\n"
	"\t}\n"
	"\terror = seccomp_profile_load();\n"
	"\tif (error) {\n"
	"\t\tfprintf(stderr, \"%s: no seccomp profile: %s\\n\", argv[0], strerror(-error));\n"
	"\t\treturn 126;\n"
	"\t}\n"
	"\texecvp(argv[1], argv + 1);\n"
	"\tfprintf(stderr, \"%s: cannot execute %s: %s\\n\", argv[0], argv[1], strerror(errno));\n"
	"\treturn 127;\n"
	"}\n"
	"#endif\n";

static int put_c(struct text *out, const struct program_calls *calls, const char *remark)
{
	if (*remark)
		text_printf(out, "/* %s */\n", remark);
	text_put(out, "/* A seccomp profile, by systape: link with -lseccomp. */\n"
		      "#include <errno.h>\n#include <seccomp.h>\n#include <stddef.h>\n"
		      "#include <stdint.h>\n\n"
		      "#ifndef SECCOMP_PROFILE_ACTION /* what happens to all other calls */\n"
		      "#define SECCOMP_PROFILE_ACTION SCMP_ACT_ERRNO(EPERM)\n#endif\n\n");
	for (int arch = 0; arch < PROGRAM_ARCHES; arch++) {
		struct names n;

		if (!is_seen(&calls->seen, (unsigned int)arch))
			continue;
		n = names_of(calls, arch);
		if (!n.at)
			return -ENOMEM;
		text_printf(out, "static const char *const calls_%s[] = {\n", abis[arch].name);
		put_words(out, &n, "\t", "\"", ",");
		text_put(out, "\tNULL,\n};\n");
		free(n.at);
	}
	text_put(out, "static const struct {\n\tuint32_t arch;\n\tconst char *const *calls;\n} "
		      "abis[] = {\n");
	for (unsigned int arch = 0; arch < PROGRAM_ARCHES; arch++)
		if (is_seen(&calls->seen, arch))
			text_printf(out, "\t{ %s, calls_%s },\n", abis[arch].scmp, abis[arch].name);
	text_put(out, "};\n\n");
	text_put(out, c_code);
	return 0;
}

int profile_write(struct text *out, enum profile_form form, const struct program_calls *calls,
		  const char *remark)
{
	struct names n;

	if (form == PROFILE_C)
		return put_c(out, calls, remark);
	n = names_of(calls, -1);
	if (!n.at)
		return -ENOMEM;
	if (form == PROFILE_SYSTEMD)
		put_systemd(out, calls, &n, remark);
	else
		put_oci(out, calls, &n, remark);
	free(n.at);
	return 0;
}
