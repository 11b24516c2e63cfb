// SPDX-License-Identifier: GPL-2.0-or-later
// The constant tables: their order, contents, and lookups, against this machine's own headers.
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "format/flags/flags.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void tables_are_in_order(void **state)
{
	(void)state;
	size_t count;
	const struct flag_table *table = flag_table_all(&count);

	assert_true(count > 700);
	for (size_t i = 0; i < count; i++) {
		assert_true(!!table[i].count == !!table[i].values);
		assert_true(*table[i].name && table[i].unknown);
		if (i)
			assert_true(strcmp(table[i - 1].name, table[i].name) < 0);
		assert_ptr_equal(flag_table_find(table[i].name), &table[i]);
	}
	assert_null(flag_table_find(""));
	assert_null(flag_table_find("zzz"));
	assert_null(flag_table_find("mmap_prot_"));
}

static void values_fit(void **state)
{
	(void)state;
	size_t count;
	const struct flag_table *table = flag_table_all(&count);

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < table[i].count; k++) {
			const struct flag_value *value = &table[i].values[k];

			assert_true(*value->name);
			if (value->mask)
				assert_true((value->value & ~value->mask) == 0);
			/* flag_walk.h relies on the order. */
			if (value->mask && k)
				assert_true(value[-1].mask != 0);
			if (table[i].sorted && k)
				assert_true(value[-1].value <= value->value);
			for (size_t j = 0; j < k && table[i].count < 300; j++)
				assert_string_not_equal(table[i].values[j].name, value->name);
		}
	}
}

static void names_and_values(void **state)
{
	(void)state;
	static const struct {
		const char *table, *name;
		uint64_t value;
	} expected[] = {
		{ "open_mode_flags", "O_CLOEXEC", O_CLOEXEC },
		{ "open_mode_flags", "O_LARGEFILE", 0100000 },
		{ "open_access_modes", "O_RDWR", O_RDWR },
		{ "mmap_prot", "PROT_EXEC", PROT_EXEC },
		{ "mmap_flags", "MAP_ANONYMOUS", MAP_ANONYMOUS },
		{ "madvise_cmds", "MADV_DONTNEED", MADV_DONTNEED },
		{ "fcntlcmds", "F_DUPFD_CLOEXEC", F_DUPFD_CLOEXEC },
		{ "addrfams", "AF_NETLINK", AF_NETLINK },
		{ "socktypes", "SOCK_SEQPACKET", SOCK_SEQPACKET },
		{ "msg_flags", "MSG_NOSIGNAL", MSG_NOSIGNAL },
		{ "sock_options", "SO_REUSEADDR", SO_REUSEADDR },
		{ "resources", "RLIMIT_NOFILE", RLIMIT_NOFILE },
		{ "modetypes", "S_IFSOCK", S_IFSOCK },
		{ "sigact_flags", "SA_RESTORER", 0x04000000 },
		{ "clone_flags", "CLONE_THREAD", 0x10000 },
		{ "key_spec", "KEY_SPEC_SESSION_KEYRING", (uint64_t)-3 },
		{ "uffd_api_flags", "1<<_UFFDIO_API", UINT64_C(1) << 63 },
	};

	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct flag_table *table = flag_table_find(expected[i].table);
		uint64_t value = 0;

		assert_non_null(table);
		assert_int_equal(flag_value_by_name(table, expected[i].name, &value), 0);
		assert_true(value == expected[i].value);
		assert_string_equal(flag_name(table, expected[i].value), expected[i].name);
		assert_int_equal(flag_value_by_name(table, "NO_SUCH_NAME", &value), -ENOENT);
		assert_null(flag_name(table, 0x0123456789abcdef));
	}
}

/* Large tables are hashed: each name is found, with the value of the first that has it. */
static void test_every_name(void **state)
{
	size_t count, tables;
	const struct flag_table *table = flag_table_all(&tables);

	(void)state;
	for (const struct flag_table *end = table + tables; table < end; table++) {
		for (count = 0; count < table->count; count++) {
			const char *name = table->values[count].name;
			uint64_t value = 0;
			size_t first = 0;

			while (strcmp(table->values[first].name, name) != 0)
				first++;
			assert_int_equal(flag_value_by_name(table, name, &value), 0);
			assert_true(value == table->values[first].value);
		}
		assert_int_equal(flag_value_by_name(table, "NO_SUCH_NAME", &(uint64_t){ 0 }),
				 -ENOENT);
	}
}

/* Position of a name in its table, as print priority. */
static size_t position(const char *table_name, const char *name)
{
	const struct flag_table *table = flag_table_find(table_name);

	assert_non_null(table);
	for (size_t i = 0; i < table->count; i++)
		if (!strcmp(table->values[i].name, name))
			return i;
	fail_msg("no %s in %s", name, table_name);
	return 0;
}

static void combinations_come_first(void **state)
{
	(void)state;
	const char *table = "open_mode_flags";

	assert_true(position(table, "O_SYNC") < position(table, "O_DSYNC"));
	assert_true(position(table, "O_TMPFILE") < position(table, "O_DIRECTORY"));
	table = "statx_masks";
	assert_true(position(table, "STATX_BASIC_STATS") < position(table, "STATX_TYPE"));
}

static void errors_and_signals(void **state)
{
	(void)state;
	/* looked up by binary search without asking */
	assert_true(flag_table_find("errnocodes")->sorted);
	assert_true(flag_table_find("errno_texts")->sorted);
	assert_true(flag_table_find("signals")->sorted);
	assert_string_equal(flag_errno_name(ENOENT), "ENOENT");
	assert_string_equal(flag_errno_name(EAGAIN), "EAGAIN");
	assert_string_equal(flag_errno_name(512), "ERESTARTSYS");
	assert_string_equal(flag_errno_name(516), "ERESTART_RESTARTBLOCK");
	assert_null(flag_errno_name(0));
	assert_null(flag_errno_name(41));
	assert_null(flag_errno_name(4096));
	assert_string_equal(flag_errno_text(512), "To be restarted if SA_RESTART is set");
	assert_string_equal(flag_errno_text(524), "Unknown error 524");
	for (int error = 1; error < 134; error++) {
		const char *name = flag_errno_name((unsigned int)error);

		/* glibc knows no name where the kernel leaves a gap, and says so in its own way */
		assert_true(!!name == !!strerrorname_np(error));
		if (name)
			assert_string_equal(flag_errno_text((unsigned int)error), strerror(error));
	}
	for (int signal = 1; signal < 32; signal++) {
		const char *abbreviation = sigabbrev_np(signal);

		if (signal == SIGPOLL)
			abbreviation = "IO";
		assert_non_null(flag_signal_name((unsigned int)signal));
		assert_string_equal(flag_signal_name((unsigned int)signal) + 3, abbreviation);
	}
	assert_null(flag_signal_name(0));
	assert_null(flag_signal_name(32));
}

static void several_names_of_one_value(void **state)
{
	(void)state;
	const struct flag_table *table = flag_table_find("errnocodes");
	size_t count = 99;

	assert_non_null(flag_names(table, ENOENT, &count));
	assert_int_equal(count, 1);
	assert_null(flag_names(table, 99999, &count));
	assert_int_equal(count, 0);
	table = flag_table_find("open_mode_flags");
	assert_false(table->sorted);
	assert_null(flag_names(table, O_CLOEXEC, &count));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_name),
		cmocka_unit_test(tables_are_in_order),
		cmocka_unit_test(values_fit),
		cmocka_unit_test(names_and_values),
		cmocka_unit_test(combinations_come_first),
		cmocka_unit_test(errors_and_signals),
		cmocka_unit_test(several_names_of_one_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
