// SPDX-License-Identifier: GPL-2.0-or-later
/* What calls and processes do to descriptors: each test makes calls as a tape has them, and asks
 * what is open on what. */
#include "decode/descriptors/fd_tracking.h"
#include "decode/events/fds.h"
#include "decode/events/tape_facts.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/nsfs.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include <cmocka.h>

#define CLOEXEC 02000000

/* A process, and the record of its call at hand. */
struct world {
	struct facts facts;
	struct follow *follow;
	struct threads *threads;
	struct thread *thread;
	struct trace_header header;
	union {
		struct trace_call call;
		unsigned char bytes[4096];
	} record;
	size_t size;
};

static int make(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	assert_true(tape_facts_init(&w->facts, &w->header));
	w->follow = fd_tracking_new(&w->facts);
	w->threads = threads_new();
	w->thread = threads_get(w->threads, 100);
	w->thread->tgid = 100;
	fd_tracking_thread(w->threads, w->thread);
	fds_set_cwd(w->thread->fds, fd_file_path("/home", 5));
	*state = w;
	return 0;
}

static int unmake(void **state)
{
	struct world *w = *state;

	fd_tracking_free(w->follow);
	threads_free(w->threads);
	tape_facts_free(&w->facts);
	free(w);
	return 0;
}

/* Begins a record with the arguments; pieces and the call follow. */
static void arguments(struct world *w, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	uint64_t arg[6] = { a, b, c, d, 0, 0 };

	memset(&w->record, 0, sizeof(w->record));
	w->record.call.args = 6;
	memcpy(w->record.call.arg, arg, sizeof(arg));
	w->size = sizeof(w->record.call) + sizeof(arg);
}

/* Memory behind argument `arg`, or at `address` if that is not 0. */
static void piece(struct world *w, int arg, uint64_t address, uint16_t flags, const void *data,
		  size_t size)
{
	struct trace_piece p = { .length = size, .total = size, .arg = arg, .flags = flags };

	if (address)
		p.flags |= TRACE_P_NESTED;
	memcpy(w->record.bytes + w->size, &p, sizeof(p));
	w->size += sizeof(p);
	if (address) {
		memcpy(w->record.bytes + w->size, &address, sizeof(address));
		w->size += sizeof(address);
	}
	memcpy(w->record.bytes + w->size, data, size);
	w->size += (size + 7) & ~(size_t)7;
	w->record.call.pieces++;
}

static void text(struct world *w, int arg, const char *string)
{
	piece(w, arg, 0, TRACE_P_STRING, string, strlen(string));
}

/* The call as a whole: what it is called, and its result. */
static void call(struct world *w, const char *name, int64_t result)
{
	const struct desc_table *table = tape_facts_table(&w->facts, DESC_X86_64);
	int nr = desc_table_number(table, name);
	struct call c = { .state = CALL_DONE, .args_known = true, .args = 6, .name = name };

	assert_true(nr >= 0);
	assert_true(fd_tracking_concerns(w->follow, TRACE_X86_64, nr));
	w->record.call.record.length = w->size;
	w->record.call.nr = c.nr = nr;
	w->record.call.result = c.result = result;
	c.failed = result < 0 && result >= -4095;
	memcpy(c.arg, w->record.call.arg, sizeof(c.arg));
	c.desc = desc_table_variant(table, nr, c.arg);
	c.exit_record = &w->record.call;
	fd_tracking_prepare(w->follow, w->thread, &c);
	fd_tracking_commit(w->follow, w->thread, &c);
}

static void expect(struct world *w, int fd, const char *path)
{
	const struct fd_file *file = fds_find(w->thread->fds, fd);

	if (!path)
		assert_null(file);
	else
		assert_string_equal(file ? file->path : "(nothing)", path);
}

static void opened(struct world *w, const char *path, uint64_t flags, int64_t result)
{
	arguments(w, AT_FDCWD, 0x1000, flags, 0);
	text(w, 1, path);
	call(w, "openat", result);
}

static void test_open(void **state)
{
	struct world *w = *state;

	opened(w, "/etc/passwd", 0, 3);
	opened(w, "notes", CLOEXEC, 4);
	opened(w, "../x/./y", 0, 5);
	opened(w, "/missing", 0, -2);
	expect(w, 3, "/etc/passwd");
	expect(w, 4, "/home/notes");
	expect(w, 5, "/x/y");
	expect(w, -2, NULL);
	assert_true(fds_cloexec(w->thread->fds, 4));
	/* From a directory that is open. */
	opened(w, "/var", O_DIRECTORY, 6);
	arguments(w, 6, 0x1000, 0, 0);
	text(w, 1, "log");
	call(w, "openat", 7);
	expect(w, 7, "/var/log");
	arguments(w, 7, 0, 0, 0);
	call(w, "close", 0);
	expect(w, 7, NULL);
	/* A close that fails has closed, unless there was nothing. */
	arguments(w, 6, 0, 0, 0);
	call(w, "close", -5);
	expect(w, 6, NULL);
	arguments(w, 5, 0, 0, 0);
	call(w, "close", -9);
	expect(w, 5, "/x/y");
}

static void named(struct world *w, const char *name, const char *path)
{
	arguments(w, 0x1000, 0, 0, 0);
	if (path)
		text(w, 0, path);
	call(w, name, 0);
}

/* Right, or silent. */
static void test_root(void **state)
{
	struct world *w = *state;

	opened(w, "/home/above", 0, 3);
	named(w, "chroot", "jail");
	opened(w, "/file", 0, 4);
	expect(w, 4, "/home/jail/file");
	opened(w, "/../../file", 0, 5); /* nothing is above the root, */
	expect(w, 5, "/home/jail/file");
	opened(w, "../other", 0, 6); /* but who has stayed outside */
	expect(w, 6, "/other");
	expect(w, 3, "/home/above");
	named(w, "chdir", "/");
	named(w, "chroot", "sub");
	opened(w, "/file", 0, 7);
	expect(w, 7, "/home/jail/sub/file");
	named(w, "chroot", NULL);
	opened(w, "/file", 0, 8);
	expect(w, 8, "");
	opened(w, "file", 0, 9);
	expect(w, 9, "");
	named(w, "chdir", "/");
	assert_null(fds_cwd(w->thread->fds));
}

/* Where names begin again. */
static void test_mount_namespace(void **state)
{
	struct world *w = *state;

	named(w, "chroot", "/jail");
	opened(w, "/proc/1/ns/net", 0, 3);
	opened(w, "/proc/1/ns/mnt", 0, 4);
	arguments(w, 3, 0, 0, 0);
	call(w, "setns", 0);
	opened(w, "/file", 0, 5);
	expect(w, 5, "/jail/file");
	arguments(w, 4, 0, 0, 0);
	call(w, "setns", 0);
	opened(w, "file", 0, 6);
	expect(w, 6, "/file");
	named(w, "chroot", "/jail");
	arguments(w, 20, 0, 0, 0); /* who knows of what kind */
	call(w, "setns", 0);
	opened(w, "/file", 0, 7);
	expect(w, 7, "");
	named(w, "pivot_root", ".");
	opened(w, "/file", 0, 8);
	expect(w, 8, "/file");
	opened(w, "file", 0, 9);
	expect(w, 9, "");
}

static void test_copies(void **state)
{
	struct world *w = *state;

	opened(w, "/file", CLOEXEC, 3);
	arguments(w, 3, 9, 0, 0);
	call(w, "dup2", 9);
	expect(w, 9, "/file");
	assert_false(fds_cloexec(w->thread->fds, 9));
	arguments(w, 3, 1030 /* F_DUPFD_CLOEXEC */, 20, 0);
	call(w, "fcntl", 20);
	expect(w, 20, "/file");
	assert_true(fds_cloexec(w->thread->fds, 20));
	arguments(w, 20, F_SETFD, 0, 0);
	call(w, "fcntl", 0);
	assert_false(fds_cloexec(w->thread->fds, 20));
	arguments(w, 20, F_GETFL, 0, 0);
	call(w, "fcntl", 3); /* no descriptor */
	arguments(w, 9, 5, 4 /* CLOSE_RANGE_CLOEXEC */, 0);
	call(w, "close_range", 0);
	expect(w, 9, "/file");
	arguments(w, 9, ~0u, 0, 0);
	call(w, "close_range", 0);
	expect(w, 9, NULL);
	expect(w, 3, "/file");
}

static void test_pairs(void **state)
{
	struct world *w = *state;
	int fds[2] = { 5, 6 };

	arguments(w, 0x2000, CLOEXEC, 0, 0);
	piece(w, 0, 0, TRACE_P_EXIT, fds, sizeof(fds));
	call(w, "pipe2", 0);
	expect(w, 5, "");
	assert_true(fds_cloexec(w->thread->fds, 6));
	fds[0] = 7, fds[1] = 8;
	arguments(w, AF_UNIX, SOCK_STREAM, 0, 0x2000);
	piece(w, 3, 0, TRACE_P_EXIT, fds, sizeof(fds));
	call(w, "socketpair", 0);
	assert_true(fds_find(w->thread->fds, 8)->socket);
	assert_int_equal(fds_find(w->thread->fds, 7)->family, AF_UNIX);
}

static void test_sockets(void **state)
{
	static const unsigned char address[16] = { AF_INET, 0, 0, 80, 127, 0, 0, 1 };
	struct world *w = *state;
	const struct fd_file *file;

	arguments(w, AF_INET, SOCK_STREAM | CLOEXEC, 0, 0);
	call(w, "socket", 3);
	file = fds_find(w->thread->fds, 3);
	assert_int_equal(file->type, SOCK_STREAM);
	arguments(w, 3, 0x1000, 16, 0);
	piece(w, 1, 0, 0, address, sizeof(address));
	call(w, "connect", 0);
	assert_int_equal(file->remote->size, 16);
	assert_memory_equal(file->remote->data, address, 16);
	assert_null(file->local);
	/* A netlink socket in a group is found by its port. */
	arguments(w, AF_NETLINK, SOCK_RAW, 0, 0);
	call(w, "socket", 4);
	assert_false(fds_find(w->thread->fds, 4)->listens);
	arguments(w, 4, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 0);
	call(w, "setsockopt", 0);
	assert_true(fds_find(w->thread->fds, 4)->listens);
	arguments(w, 3, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 0);
	call(w, "setsockopt", 0);
	assert_false(file->listens);
}

static void test_special(void **state)
{
	struct world *w = *state;

	arguments(w, 0x1000, 1 /* MFD_CLOEXEC */, 0, 0);
	text(w, 0, "box");
	call(w, "memfd_create", 3);
	expect(w, 3, "/memfd:box (deleted)");
	arguments(w, 4321, 0, 0, 0);
	call(w, "pidfd_open", 4);
	assert_int_equal(fds_find(w->thread->fds, 4)->value, 4321);
	arguments(w, 0, 0, 0, 0);
	call(w, "epoll_create1", 5);
	expect(w, 5, "anon_inode:[eventpoll]");
	/* Not every command of bpf makes a descriptor. */
	opened(w, "/zero", 0, 0);
	arguments(w, 2 /* BPF_MAP_UPDATE_ELEM */, 0, 0, 0);
	call(w, "bpf", 0);
	expect(w, 0, "/zero");
	arguments(w, 0 /* BPF_MAP_CREATE */, 0, 0, 0);
	call(w, "bpf", 0);
	expect(w, 0, "");
}

static void test_names(void **state)
{
	struct world *w = *state;

	opened(w, "a", 0, 3);
	arguments(w, 0x1000, 0x2000, 0, 0);
	text(w, 0, "a");
	text(w, 1, "/tmp/b");
	call(w, "rename", 0);
	expect(w, 3, "/tmp/b");
	arguments(w, 0x1000, 0, 0, 0);
	text(w, 0, "/tmp");
	call(w, "chdir", 0);
	assert_string_equal(fds_cwd(w->thread->fds), "/tmp");
	arguments(w, 0x1000, 0, 0, 0);
	text(w, 0, "b");
	call(w, "unlink", -13);
	expect(w, 3, "/tmp/b");
	call(w, "unlink", 0);
	expect(w, 3, "/tmp/b (deleted)");
	arguments(w, 0x1000, 0, 0, 0);
	text(w, 0, "/none");
	call(w, "chdir", -2);
	assert_string_equal(fds_cwd(w->thread->fds), "/tmp");
}

/* What the recorder saw in the kernel goes before what the names say. */
static void fact(struct world *w, int fd, struct trace_file f, const char *names, size_t size)
{
	unsigned char data[256];

	memcpy(data, &f, sizeof(f));
	memcpy(data + sizeof(f), names, size);
	piece(w, 0, TRACE_FILE_ADDRESS | (uint32_t)fd, TRACE_P_EXIT | TRACE_P_FILE, data,
	      sizeof(f) + size);
}

static void test_facts(void **state)
{
	struct world *w = *state;

	arguments(w, AT_FDCWD, 0x1000, 0, 0);
	text(w, 1, "/link/file");
	fact(w, 3, (struct trace_file){ .mode = 0100644, .names = 2 }, "file\0real", 10);
	call(w, "openat", 3);
	expect(w, 3, "/real/file");
	arguments(w, AT_FDCWD, 0x1000, 0, 0);
	text(w, 1, "/dev/ptmx");
	fact(w, 4,
	     (struct trace_file){ .mode = 020666, .rdev = 5 << 20 | 2, .peer = 8, .names = 2 },
	     "ptmx\0dev", 9);
	call(w, "openat", 4);
	assert_int_equal(fds_find(w->thread->fds, 4)->peer, 8);
	/* /proc tells the kind of a namespace, and ioctl_nsfs that of another. */
	arguments(w, AT_FDCWD, 0x1000, 0, 0);
	text(w, 1, "/proc/self/ns/uts");
	fact(w, 5, (struct trace_file){ .mode = 0100444, .magic = 0x6e736673, .inode = 77 }, "", 0);
	call(w, "openat", 5);
	expect(w, 5, "uts:[77]");
	arguments(w, 5, NS_GET_USERNS, 0, 0);
	fact(w, 6, (struct trace_file){ .mode = 0100444, .magic = 0x6e736673, .inode = 78 }, "", 0);
	call(w, "ioctl", 6);
	expect(w, 6, "user:[78]");
	/* A name is missing: the guess stays. */
	arguments(w, AT_FDCWD, 0x1000, 0, 0);
	text(w, 1, "/deep");
	fact(w, 7, (struct trace_file){ .mode = 0100644, .names = 9 }, "deep", 5);
	call(w, "openat", 7);
	expect(w, 7, "/deep");
}

static void process(struct world *w, struct thread *child, uint16_t type)
{
	struct trace_process record = { .record = { .length = sizeof(record), .type = type } };

	fd_tracking_process(w->threads, w->thread, child, &record);
}

static void test_processes(void **state)
{
	struct world *w = *state;
	struct thread *child = threads_get(w->threads, 200), *parent = w->thread,
		      *thread = threads_get(w->threads, 101);

	child->tgid = 200;
	thread->tgid = 100;
	opened(w, "/kept", 0, 3);
	opened(w, "/closed", CLOEXEC, 4);
	process(w, thread, TRACE_FORK);
	process(w, child, TRACE_FORK);
	assert_ptr_equal(thread->fds, parent->fds);
	assert_ptr_not_equal(child->fds, parent->fds);
	w->thread = child;
	process(w, NULL, TRACE_EXEC);
	expect(w, 3, "/kept");
	expect(w, 4, NULL);
	opened(w, "/own", 0, 4);
	w->thread = thread;
	expect(w, 4, "/closed");
	/* A thread that executes no longer has its process's table. */
	process(w, NULL, TRACE_EXEC);
	expect(w, 4, NULL);
	w->thread = parent;
	expect(w, 4, "/closed");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, unmake)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_open),      TEST(test_root),	TEST(test_mount_namespace),
		TEST(test_copies),    TEST(test_pairs), TEST(test_sockets),
		TEST(test_special),   TEST(test_names), TEST(test_facts),
		TEST(test_processes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
