// SPDX-License-Identifier: GPL-2.0-or-later
/* Tables of descriptors: shared by threads, copied at fork, what exec closes, names that change. */
#include "decode/events/call_fds.h"
#include "decode/events/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <cmocka.h>

static struct fd_file *path(const char *text)
{
	return fd_file_path(text, strlen(text));
}

static void expect(const struct fds *fds, int fd, const char *text)
{
	const struct fd_file *file = fds_find(fds, fd);

	if (!text)
		assert_null(file);
	else
		assert_string_equal(file ? file->path : "(nothing)", text);
}

static void test_set(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store);

	(void)state;
	expect(fds, 0, NULL);
	fds_set(fds, 3, path("/a"), false);
	fds_set(fds, 100, path("/b"), true);
	expect(fds, 3, "/a");
	expect(fds, 100, "/b");
	expect(fds, 99, NULL);
	expect(fds, -1, NULL);
	assert_false(fds_cloexec(fds, 3));
	assert_true(fds_cloexec(fds, 100));
	fds_set(fds, 3, path("/c"), false);
	expect(fds, 3, "/c");
	fds_set(fds, 3, NULL, false);
	expect(fds, 3, NULL);
	/* A damaged tape may name any number. */
	fds_set(fds, -5, path("/x"), false);
	fds_set(fds, 1 << 30, path("/x"), false);
	expect(fds, 1 << 30, NULL);
	fds_set(NULL, 1, path("/x"), false);
	assert_true(store.bytes > 0);
	fds_unref(fds);
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

/* A child has what its parent had, and neither sees what the other does from then on. */
static void test_copies(void **state)
{
	struct fds_store store = { 0 };
	struct fds *parent = fds_new(&store), *child, *thread;

	(void)state;
	fds_set(parent, 1, path("/one"), false);
	fds_set(parent, 2, path("/two"), false);
	fds_set_cwd(parent, path("/home"));
	thread = fds_ref(parent);
	child = fds_copy(parent);
	expect(child, 1, "/one");
	assert_string_equal(fds_cwd(child), "/home");
	fds_set(child, 1, path("/child"), false);
	fds_set(parent, 2, path("/parent"), false);
	fds_set_cwd(child, path("/"));
	expect(parent, 1, "/one");
	expect(child, 2, "/two");
	assert_string_equal(fds_cwd(parent), "/home");
	/* Threads of a process have one table. */
	fds_set(thread, 1, NULL, false);
	expect(parent, 1, NULL);
	expect(child, 1, "/child");
	fds_unref(parent);
	expect(thread, 2, "/parent");
	fds_unref(thread);
	fds_unref(child);
	assert_null(fds_copy(NULL));
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

static void test_exec(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store);

	(void)state;
	for (int fd = 0; fd < 8; fd++)
		fds_set(fds, fd, path("/f"), fd % 2);
	fds_set_cloexec(fds, 0, true);
	fds_set_cloexec(fds, 1, false);
	fds_set_cloexec(fds, 50, true); /* not open */
	fds_exec(fds);
	expect(fds, 0, NULL);
	expect(fds, 1, "/f");
	expect(fds, 2, "/f");
	expect(fds, 3, NULL);
	assert_false(fds_cloexec(fds, 1));
	fds_unref(fds);
}

static void test_ranges(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store), *copy;

	(void)state;
	for (int fd = 0; fd < 10; fd++)
		fds_set(fds, fd, path("/f"), false);
	copy = fds_copy(fds);
	fds_close_range(fds, 3, 5, false);
	expect(fds, 2, "/f");
	expect(fds, 3, NULL);
	expect(fds, 5, NULL);
	expect(fds, 6, "/f");
	expect(copy, 4, "/f");
	fds_close_range(fds, 8, UINT32_MAX, true);
	assert_false(fds_cloexec(fds, 7));
	assert_true(fds_cloexec(fds, 9));
	assert_false(fds_cloexec(copy, 9));
	fds_close_range(fds, 0, UINT32_MAX, false);
	expect(fds, 0, NULL);
	fds_unref(fds);
	fds_unref(copy);
}

static void test_names(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store);

	(void)state;
	fds_set(fds, 1, path("/dir/file"), false);
	fds_set(fds, 2, path("/dir"), false);
	fds_set(fds, 3, path("/directory"), false);
	fds_set_cwd(fds, path("/dir/below"));
	fds_rename(fds, "/dir", "/new");
	expect(fds, 1, "/new/file");
	expect(fds, 2, "/new");
	expect(fds, 3, "/directory"); /* begins the same, and is another */
	assert_string_equal(fds_cwd(fds), "/new/below");
	fds_rename(fds, "/new/file", NULL);
	expect(fds, 1, "/new/file (deleted)");
	expect(fds, 2, "/new");
	fds_unref(fds);
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

/* Whoever comes too late for all that has happened does not know the name any more. */
static void test_too_many_names(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store);

	(void)state;
	fds_set(fds, 1, path("/a"), false);
	fds_set(fds, 2, path("/b"), false);
	for (int i = 0; i < RENAMES_KEPT; i++) {
		fds_rename(fds, i % 2 ? "/x" : "/a", i % 2 ? "/a" : "/x");
		if (i == RENAMES_KEPT / 2)
			expect(fds, 2, "/b");
	}
	expect(fds, 1, "/a");
	fds_rename(fds, "/other", NULL);
	expect(fds, 1, "/a");
	for (int i = 0; i < RENAMES_KEPT; i++)
		fds_rename(fds, "/other", NULL);
	expect(fds, 1, "/a");
	fds_rename(fds, "/a", "/z");
	for (int i = 0; i < RENAMES_KEPT; i++)
		fds_rename(fds, "/other", "/another");
	expect(fds, 1, "");
	fds_set(fds, 3, path("/new"), false);
	expect(fds, 3, "/new");
	fds_unref(fds);
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

/* One descriptor with a high number costs no more than another, whatever is done to all of them. */
static void test_high(void **state)
{
	enum { HIGH = 1048575, TIMES = 3000 };
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store), *child;
	clock_t begin = clock();

	(void)state;
	fds_set(fds, 3, path("/low"), false);
	fds_set(fds, HIGH, path("/high"), false);
	for (int i = 0; i < TIMES; i++) {
		fds_rename(fds, "/high", "/other");
		fds_rename(fds, "/other", "/high");
		fds_set(fds, 4, path("/closed"), true);
		fds_exec(fds);
		expect(fds, 4, NULL);
		fds_close_range(fds, 4, UINT32_MAX - 1, true);
		assert_true(fds_cloexec(fds, HIGH));
		fds_set_cloexec(fds, HIGH, false);
		child = fds_copy(fds);
		fds_set(child, 3, NULL, false);
		expect(child, HIGH, "/high");
		fds_unref(child);
		expect(fds, 3, "/low");
	}
	assert_true(clock() - begin < 2 * CLOCKS_PER_SEC);
	fds_close_range(fds, 4, HIGH, false);
	expect(fds, HIGH, NULL);
	expect(fds, 3, "/low");
	fds_unref(fds);
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

/* What a call opens is known at its end, not before. */
static void test_calls(void **state)
{
	struct fds_store store = { 0 };
	struct fds *fds = fds_new(&store);
	struct fd_file *netlink = fd_file_socket(AF_NETLINK, SOCK_RAW, 6),
		       *opened = path("/opened");
	struct call_file file = { .fd = 4, .file = opened };
	struct call call = { .fds = fds, .opened = &file, .opened_count = 1 };

	(void)state;
	fds_set(fds, 4, path("/before"), false);
	fds_set(fds, 5, netlink, false);
	assert_string_equal(fds_of_call(&call, 4, false)->path, "/before");
	assert_string_equal(fds_of_call(&call, 4, true)->path, "/opened");
	assert_null(fds_of_call(&call, 6, true));
	assert_int_equal(fds_netlink(&call, 5), 6);
	assert_int_equal(fds_netlink(&call, 4), -1);
	assert_int_equal(fds_netlink(&call, 77), -1);
	fd_file_unref(opened);
	fds_unref(fds);
}

/* Two processes with one table, and directories of their own: whoever had it changed sees it in
 * both. */
static void test_share(void **state)
{
	struct fds_store store = { 0 };
	struct fds *parent = fds_new(&store), *child, *other, *program;

	(void)state;
	fds_set(parent, 3, path("/a"), false);
	fds_set_cwd(parent, path("/here"));
	child = fds_copy(parent);
	other = fds_copy(parent);
	fds_set(child, 4, path("/b"), true);
	fds_share(child, parent, true);
	expect(parent, 4, "/b");
	fds_share(other, child, false);
	fds_set(other, 5, path("/c"), false);
	fds_set(parent, 3, NULL, false);
	fds_set_cwd(child, path("/there"));
	expect(parent, 5, "/c");
	expect(child, 3, NULL);
	assert_string_equal(fds_cwd(parent), "/here");
	assert_string_equal(fds_cwd(child), "/there");
	fds_share(parent, parent, true);
	fds_share(parent, child, true);
	fds_share(NULL, parent, true);
	expect(parent, 5, "/c");
	program = fds_copy(child); /* of its own again */
	fds_exec(program);
	expect(program, 4, NULL);
	expect(parent, 4, "/b");
	fds_unref(parent);
	fds_close_range(child, 0, 100, false);
	expect(other, 5, NULL);
	fds_unref(child);
	fds_unref(other);
	fds_unref(program);
	assert_int_equal(store.bytes, 0);
	fds_store_end(&store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),   cmocka_unit_test(test_copies),
		cmocka_unit_test(test_exec),  cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_names), cmocka_unit_test(test_too_many_names),
		cmocka_unit_test(test_high),  cmocka_unit_test(test_calls),
		cmocka_unit_test(test_share),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
