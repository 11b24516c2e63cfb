// SPDX-License-Identifier: GPL-2.0-or-later
// The sets of -e trace=, status= and signal=: what they choose, and strace's words for errors.
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

#include <cmocka.h>

#include "format/filter/filter.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define X32	     0x40000000U
#define UNKNOWN	     2000U /* a number without a row */

/* A filter with this trace set, which must be valid. */
static struct filter *traced(const char *set)
{
	struct filter *filter = filter_new();
	char error[256] = "";

	assert_non_null(filter);
	if (filter_trace(filter, set, error, sizeof(error)))
		fail_msg("'%s': %s", set, error);
	return filter;
}

/* Whether `set` wants the call of this name, which must exist there. */
static bool wants_name(const char *set, enum desc_arch arch, const char *name)
{
	struct desc_table *table = desc_table_new(arch);
	struct filter *filter = traced(set);
	int nr = desc_table_number(table, name);
	bool wanted = nr >= 0 && filter_wants(filter, arch, (uint32_t)nr);

	assert_true(nr >= 0);
	filter_free(filter);
	desc_table_free(table);
	return wanted;
}

static bool wants(const char *set, const char *name)
{
	return wants_name(set, DESC_X86_64, name);
}

static bool wants_number(const char *set, enum desc_arch arch, uint32_t nr)
{
	struct filter *filter = traced(set);
	bool wanted = filter_wants(filter, arch, nr);

	filter_free(filter);
	return wanted;
}

static void a_new_filter_wants_everything(void **state)
{
	(void)state;
	struct filter *filter = filter_new();

	assert_true(filter_is_all(filter));
	assert_true(filter_wants(filter, DESC_X86_64, SYS_read));
	assert_true(filter_wants(filter, DESC_I386, UNKNOWN));
	assert_true(filter_wants(filter, DESC_AARCH64, UINT32_MAX));
	assert_true(filter_wants_signal(filter, SIGUSR1));
	assert_true(filter_wants_status(filter, FILTER_DETACHED));
	filter_free(filter);
	filter_free(NULL);
}

static void names(void **state)
{
	(void)state;
	assert_true(wants("open,close", "open"));
	assert_true(wants("open,close", "close"));
	assert_false(wants("open,close", "read"));
	assert_false(wants("open,close", "openat"));
	assert_true(wants("?open,?nosuchcall", "open"));
	assert_true(wants(",,open,,close,", "close"));
	assert_true(wants_name("open", DESC_I386, "open"));
	assert_true(wants_name("waitpid", DESC_I386, "waitpid"));
	assert_true(wants_name("openat", DESC_AARCH64, "openat"));
}

static void complements(void **state)
{
	(void)state;
	assert_false(wants("!open,close", "open"));
	assert_false(wants("!open,close", "close"));
	assert_true(wants("!open,close", "read"));
	assert_true(wants("!!read", "read"));
	assert_false(wants("!!read", "write"));
	assert_false(wants("!,read", "read"));
	assert_true(wants("!?nosuchcall", "read"));
	assert_true(wants_number("!open", DESC_X86_64, UNKNOWN));
	assert_true(wants_number("!open", DESC_X86_64, UINT32_MAX));
	assert_false(wants_number("!!open", DESC_X86_64, UINT32_MAX));
}

static void all_and_none(void **state)
{
	(void)state;
	static const struct {
		const char *set;
		bool is_all, known, unknown;
	} sets[] = {
		{ "all", true, true, true },	      { "!none", true, true, true },
		{ "!?nosuchcall", true, true, true }, { "none", false, false, false },
		{ "!all", false, false, false },      { "read,all", false, true, false },
		{ "?all", false, true, false },	      { "/.", false, true, false },
		{ "!read,all", false, false, true },  { "tp-all", true, true, true },
		{ "kp-kern-all", true, true, true },  { "kp-libc-all", false, true, false },
		{ "!tp-all", false, false, false },   { "read,tp-all", true, true, true },
	};

	for (size_t i = 0; i < COUNT(sets); i++) {
		struct filter *filter = traced(sets[i].set);

		assert_int_equal(filter_is_all(filter), sets[i].is_all);
		for (enum desc_arch arch = 0; arch < DESC_ARCHES; arch++) {
			assert_int_equal(filter_wants(filter, arch, 60), sets[i].known);
			assert_int_equal(filter_wants(filter, arch, UNKNOWN), sets[i].unknown);
			assert_int_equal(filter_wants(filter, arch, UINT32_MAX), sets[i].unknown);
		}
		filter_free(filter);
	}
}

static void numbers(void **state)
{
	(void)state;
	assert_true(wants_number("0", DESC_X86_64, 0));
	assert_true(wants_number("0", DESC_I386, 0));
	assert_true(wants_number("00", DESC_X86_64, 0));
	assert_false(wants_number("0", DESC_X86_64, 1));
	assert_false(wants_number("0@64", DESC_I386, 0));
	assert_true(wants_number("0@64", DESC_AARCH64, 0));
	/* 400 is i386's msgsnd, and nothing elsewhere. */
	assert_true(wants_number("400", DESC_I386, 400));
	assert_false(wants_number("400", DESC_X86_64, 400));
	assert_false(wants_number("?400", DESC_X86_64, 400));
	assert_true(wants_number("?2000", DESC_X86_64, UNKNOWN));
	assert_false(wants_number("?2000", DESC_X86_64, UNKNOWN + 1));
	assert_false(wants_number("?2000@32", DESC_X86_64, UNKNOWN));
	assert_false(wants_number("!?2000", DESC_X86_64, UNKNOWN));
	assert_true(wants_number("?999999", DESC_X86_64, 999999));
}

static void regular_expressions(void **state)
{
	(void)state;
	assert_true(wants("/^read", "readlinkat"));
	assert_false(wants("/^read", "pread64"));
	assert_true(wants("/read", "pread64"));
	assert_true(wants("/^(read|close)$", "close"));
	assert_false(wants("/^(read|close)$", "readv"));
	assert_true(wants("/^.{4}$,close", "mmap"));
	assert_true(wants("/", "mmap"));
	assert_true(wants("?/^nosuch,mmap", "mmap"));
	assert_false(wants("!/^read", "read"));
	assert_false(wants_name("/^read@64", DESC_I386, "read"));
}

static void classes(void **state)
{
	(void)state;
	static const struct {
		const char *set, *in, *out;
	} sets[] = {
		{ "%file", "openat", "read" },
		{ "file", "openat", "read" },
		{ "%desc", "read", "unlink" },
		{ "desc", "read", "unlink" },
		{ "%process", "execve", "read" },
		{ "process", "exit_group", "read" },
		{ "%network", "sendmsg", "read" },
		{ "network", "connect", "read" },
		{ "%net", "sendmsg", "read" },
		{ "%signal", "kill", "read" },
		{ "signal", "rt_sigaction", "read" },
		{ "%ipc", "shmat", "read" },
		{ "ipc", "semop", "read" },
		{ "%memory", "mmap", "read" },
		{ "memory", "brk", "read" },
		{ "%creds", "setuid", "read" },
		{ "%clock", "clock_gettime", "read" },
		{ "%stat", "stat", "lstat" },
		{ "stat", "stat", "newfstatat" },
		{ "%lstat", "lstat", "stat" },
		{ "%fstat", "newfstatat", "stat" },
		{ "%%stat", "lstat", "statfs" },
		{ "%stat_like", "statx", "statfs" },
		{ "%statfs", "statfs", "fstatfs" },
		{ "statfs", "statfs", "fstatfs" },
		{ "%fstatfs", "fstatfs", "statfs" },
		{ "%%statfs", "ustat", "stat" },
		{ "%statfs_like", "fstatfs", "stat" },
		{ "%pure", "getpid", "setuid" },
		{ "kp-file", "openat", "read" },
		{ "kp-desc", "read", "unlink" },
		{ "kp-fileio", "read", "getpid" },
		{ "kp-fileio", "unlink", "mprotect" },
		{ "kp-open", "open", "openat" },
		{ "kp-sc_glob:*at", "openat", "open" },
		{ "kp-sc_glob:o[p]en", "open", "openat" },
		{ "kp-sc_re:^set", "setuid", "getuid" },
		{ "%file,read", "read", "write" },
		{ "kp-sc_glob:pread6?", "pread64", "preadv" },
	};

	for (size_t i = 0; i < COUNT(sets); i++) {
		if (!wants(sets[i].set, sets[i].in))
			fail_msg("%s lacks %s", sets[i].set, sets[i].in);
		if (wants(sets[i].set, sets[i].out))
			fail_msg("%s has %s", sets[i].set, sets[i].out);
	}
}

static void personalities(void **state)
{
	(void)state;
	assert_true(wants_name("open@64", DESC_X86_64, "open"));
	assert_false(wants_name("open@64", DESC_I386, "open"));
	assert_false(wants_name("open@32", DESC_X86_64, "open"));
	assert_true(wants_name("open@32", DESC_I386, "open"));
	assert_true(wants_name("%file@64", DESC_AARCH64, "openat"));
	assert_false(wants_name("!open@64", DESC_X86_64, "open"));
	assert_true(wants_name("!open@64", DESC_I386, "open"));
	assert_false(wants_number("tp-all@64", DESC_I386, UNKNOWN));
	assert_true(wants_number("tp-all@64", DESC_X86_64, UNKNOWN));
}

/* x32: x86-64's calls with bit 30, but some under numbers from 512 on, and the oldest not. */
static void x32_numbers(void **state)
{
	(void)state;
	assert_true(wants_number("read", DESC_X86_64, X32 | SYS_read));
	assert_true(wants_number("read@x32", DESC_X86_64, X32 | SYS_read));
	assert_false(wants_number("read@x32", DESC_X86_64, SYS_read));
	assert_false(wants_number("read@64", DESC_X86_64, X32 | SYS_read));
	assert_true(wants_number("ioctl", DESC_X86_64, X32 | 514));
	assert_false(wants_number("ioctl", DESC_X86_64, X32 | SYS_ioctl));
	assert_false(wants_number("ioctl", DESC_X86_64, 514));
	assert_true(wants_number("pwritev2@x32", DESC_X86_64, X32 | 547));
	assert_true(wants_number("1073741825", DESC_X86_64, X32 | 1));
	assert_false(wants_number("1073741825", DESC_X86_64, 1));
	assert_true(wants_number("ioctl#64", DESC_X86_64, X32 | SYS_ioctl));
	assert_false(wants_number("ioctl#64", DESC_X86_64, SYS_ioctl));
	assert_true(wants_number("/^uselib", DESC_X86_64, X32 | SYS_uselib));
	assert_true(wants_number("16@x32", DESC_X86_64, X32 | SYS_ioctl));
	assert_false(wants_number("all,read", DESC_X86_64, X32 | 335));
}

/* What strace 7.2 says, but for the last two. */
static void errors(void **state)
{
	(void)state;
	static const struct {
		const char *set, *error;
	} sets[] = {
		{ "foo", "invalid system call 'foo'" },
		{ "!foo", "invalid system call 'foo'" },
		{ "read,foo,bar", "invalid system call 'foo'" },
		{ "%foo", "invalid system call '%foo'" },
		{ "%%file", "invalid system call '%%file'" },
		{ "creds", "invalid system call 'creds'" },
		{ "READ", "invalid system call 'READ'" },
		{ " read", "invalid system call ' read'" },
		{ "", "invalid system call ''" },
		{ ",", "invalid system call ','" },
		{ "!", "invalid system call '!'" },
		{ "!,", "invalid system call '!,'" },
		{ "read,none", "invalid system call 'none'" },
		{ "read,!close", "invalid system call '!close'" },
		{ "/nomatch", "invalid system call '/nomatch'" },
		{ "999", "invalid system call '999'" },
		{ "0x0", "invalid system call '0x0'" },
		{ "-1", "invalid system call '-1'" },
		{ "4294967296", "invalid system call '4294967296'" },
		{ "18446744073709551616", "invalid system call '18446744073709551616'" },
		{ "2147483648", "invalid system call '2147483648'" },
		{ "400@64", "invalid system call '400@64'" },
		{ "waitpid@64", "invalid system call 'waitpid@64'" },
		{ "uselib@x32", "invalid system call 'uselib@x32'" },
		{ "none@64", "invalid system call 'none@64'" },
		{ "read@64@64", "invalid system call 'read@64@64'" },
		{ "read@foo",
		  "incorrect personality designator 'foo' in qualification 'read@foo'" },
		{ "?read@", "incorrect personality designator '' in qualification 'read@'" },
		{ "/(", "regcomp: (: Unmatched ( or \\(" },
		{ "?/(", "regcomp: (: Unmatched ( or \\(" },
		{ "kp-foo", "invalid system call 'kp-foo'" },
		{ "?kp-raw:vfs_read",
		  "cannot use 'kp-raw:vfs_read' here: kernel functions are no system calls; "
		  "systape probes them by kprobe:FUNC" },
	};

	for (size_t i = 0; i < COUNT(sets); i++) {
		struct filter *filter = traced("write");
		char error[256] = "";

		bool abi = strstr(sets[i].error, "personality");

		assert_int_equal(filter_trace(filter, sets[i].set, error, sizeof(error)),
				 abi ? -EAFNOSUPPORT : -EINVAL);
		assert_string_equal(error, sets[i].error);
		assert_true(filter_wants(filter, DESC_X86_64, SYS_write));
		assert_false(filter_wants(filter, DESC_X86_64, SYS_read));
		filter_free(filter);
	}
}

static void errors_fit_their_buffer(void **state)
{
	(void)state;
	struct filter *filter = filter_new();
	char error[12] = "0123456789a";

	assert_int_equal(filter_trace(filter, "kp-raw_re:x", error, 8), -EINVAL);
	assert_string_equal(error, "cannot ");
	assert_int_equal(filter_trace(filter, "foo", NULL, 0), -EINVAL);
	assert_true(filter_is_all(filter));
	filter_free(filter);
}

static void a_later_set_replaces(void **state)
{
	(void)state;
	struct filter *filter = traced("read");

	assert_int_equal(filter_trace(filter, "write", NULL, 0), 0);
	assert_true(filter_wants(filter, DESC_X86_64, SYS_write));
	assert_false(filter_wants(filter, DESC_X86_64, SYS_read));
	assert_int_equal(filter_trace(filter, "all", NULL, 0), 0);
	assert_true(filter_is_all(filter));
	filter_free(filter);
}

static void rows_of_a_tape(void **state)
{
	(void)state;
	struct desc_table *table = desc_table_new(DESC_X86_64);
	struct filter *filter = filter_new();

	assert_int_equal(desc_table_add(table, UNKNOWN, "brandnew(fd fd) = int ; desc", NULL), 0);
	assert_int_equal(filter_trace(filter, "brandnew", NULL, 0), -EINVAL);
	filter_use_table(filter, DESC_X86_64, table);
	assert_int_equal(filter_trace(filter, "brandnew", NULL, 0), 0);
	assert_true(filter_wants(filter, DESC_X86_64, UNKNOWN));
	assert_int_equal(filter_trace(filter, "%desc", NULL, 0), 0);
	assert_true(filter_wants(filter, DESC_X86_64, UNKNOWN));
	filter_use_table(filter, DESC_X86_64, NULL);
	assert_int_equal(filter_trace(filter, "brandnew", NULL, 0), -EINVAL);
	filter_free(filter);
	desc_table_free(table);
}

static void statuses(void **state)
{
	(void)state;
	static const struct {
		const char *set;
		unsigned int wanted; /* 1 << enum filter_status */
	} sets[] = {
		{ "successful", 1 }, { "failed", 2 },
		{ "unfinished", 4 }, { "unavailable", 8 },
		{ "detached", 16 },  { "!failed", 29 },
		{ "Failed", 2 },     { "failed,unfinished,", 6 },
		{ "all", 31 },	     { "none", 0 },
		{ "!all", 0 },	     { "!!detached", 16 },
	};
	static const char *const wrong[][2] = {
		{ "foo", "invalid status 'foo'" },
		{ "fail", "invalid status 'fail'" },
		{ "failed,all", "invalid status 'all'" },
		{ "", "invalid status ''" },
		{ "0", "invalid status '0'" },
		{ "!?foo", "invalid status '?foo'" },
	};
	struct filter *filter = filter_new();
	char error[64];

	for (size_t i = 0; i < COUNT(sets); i++) {
		assert_int_equal(filter_status(filter, sets[i].set, error, sizeof(error)), 0);
		for (enum filter_status k = 0; k < FILTER_STATUSES; k++)
			assert_int_equal(filter_wants_status(filter, k), sets[i].wanted >> k & 1);
	}
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(filter_status(filter, wrong[i][0], error, sizeof(error)), -EINVAL);
		assert_string_equal(error, wrong[i][1]);
		assert_true(filter_wants_status(filter, FILTER_DETACHED));
	}
	filter_free(filter);
}

static void signals(void **state)
{
	(void)state;
	static const struct {
		const char *set;
		unsigned int in, out;
	} sets[] = {
		{ "usr1", SIGUSR1, SIGUSR2 },
		{ "SIGUSR1", SIGUSR1, SIGUSR2 },
		{ "sigUsr1,hup", SIGHUP, SIGUSR2 },
		{ "10", SIGUSR1, SIGUSR2 },
		{ "010", SIGUSR1, 8 },
		{ "!usr1", SIGUSR2, SIGUSR1 },
		{ "all", SIGUSR1, 1000 },
		{ "rtmin", 32, 33 },
		{ "RT_1", 33, 32 },
		{ "SIGRT_32", 64, 63 },
		{ "255", 255, 254 },
		{ "io", SIGIO, SIGURG },
		{ "!none", 64, 1000 },
		{ "0", 0, 1 },
	};
	static const char *const wrong[] = {
		"foo", "256", "RT_0",	    "RT_33", "RT_01", "rtmax", "poll", "cld",
		"iot", "SIG", "SIGSIGUSR1", "?foo",  "",      ",",     "all,", "RTMIN+1",
	};
	struct filter *filter = filter_new();
	char error[64], expected[64];

	for (size_t i = 0; i < COUNT(sets); i++) {
		assert_int_equal(filter_signal(filter, sets[i].set, error, sizeof(error)), 0);
		assert_true(filter_wants_signal(filter, sets[i].in));
		if (sets[i].out < 1000)
			assert_false(filter_wants_signal(filter, sets[i].out));
	}
	assert_int_equal(filter_signal(filter, "none", NULL, 0), 0);
	for (unsigned int k = 0; k < 300; k++)
		assert_false(filter_wants_signal(filter, k));
	for (size_t i = 0; i < COUNT(wrong); i++) {
		snprintf(expected, sizeof(expected), "invalid signal '%s'",
			 strcmp(wrong[i], "all,") ? wrong[i] : "all");
		assert_int_equal(filter_signal(filter, wrong[i], error, sizeof(error)), -EINVAL);
		assert_string_equal(error, expected);
		assert_false(filter_wants_signal(filter, SIGHUP));
	}
	filter_free(filter);
}

static void large_descriptors(void **state)
{
	enum filter_descriptors which = FILTER_DUMPED_READ;
	struct filter *filter = filter_new();
	char error[160], many[1024];
	size_t used = 0;

	(void)state;
	assert_int_equal(filter_descriptors(filter, which, "3,19998", error, sizeof(error)), 0);
	assert_true(filter_wants_descriptor(filter, which, 19998));
	assert_true(filter_wants_descriptor(filter, which, 3));
	assert_false(filter_wants_descriptor(filter, which, 19997));
	assert_int_equal(filter_descriptors(filter, which, "!19998", error, sizeof(error)), 0);
	assert_false(filter_wants_descriptor(filter, which, 19998));
	assert_true(filter_wants_descriptor(filter, which, 2147483647));
	assert_int_equal(filter_descriptors(filter, which, "all", error, sizeof(error)), 0);
	assert_true(filter_wants_descriptor(filter, which, 19998));
	assert_int_equal(filter_descriptors(filter, which, "!all", error, sizeof(error)), 0);
	assert_false(filter_wants_descriptor(filter, which, 19998));
	for (int i = 0; i < 65; i++)
		used += snprintf(many + used, sizeof(many) - used, "%d,", 5000 + i);
	assert_int_equal(filter_descriptors(filter, which, many, error, sizeof(error)), -EINVAL);
	assert_false(filter_wants_descriptor(filter, which, 5000));
	assert_int_equal(filter_trace(filter, "?100000", error, sizeof(error)), 0);
	assert_false(filter_wants(filter, DESC_X86_64, 100001));
	filter_free(filter);
}

/* Every word in the help that is whole is a valid set. */
static void help_is_true(void **state)
{
	(void)state;
	const char *word, *argument, *help;
	size_t i;

	for (i = 0; filter_help(i, &word, &argument, &help); i++) {
		assert_true(*word || *argument);
		assert_true(*help);
		if (!*argument)
			filter_free(traced(word));
	}
	assert_true(i > 40);
	assert_false(filter_help(i + 1, &word, &argument, &help));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_filter_wants_everything),
		cmocka_unit_test(names),
		cmocka_unit_test(complements),
		cmocka_unit_test(all_and_none),
		cmocka_unit_test(numbers),
		cmocka_unit_test(regular_expressions),
		cmocka_unit_test(classes),
		cmocka_unit_test(personalities),
		cmocka_unit_test(x32_numbers),
		cmocka_unit_test(errors),
		cmocka_unit_test(errors_fit_their_buffer),
		cmocka_unit_test(a_later_set_replaces),
		cmocka_unit_test(rows_of_a_tape),
		cmocka_unit_test(statuses),
		cmocka_unit_test(signals),
		cmocka_unit_test(large_descriptors),
		cmocka_unit_test(help_is_true),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
